"""What the bank is before the law, and the texts in which it tells people so, version by version."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned, enum_type
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User


class Answer(LabelEnum):
    """Whether something is so. What nobody has answered yet is neither."""

    OPEN = "open", _("Not answered yet"), "neutral", "question-circle"
    YES = "yes", _("Yes"), "neutral", "check-lg"
    NO = "no", _("No"), "neutral", "x-lg"


class LegalForm(LabelEnum):
    """The bank's legal form: it decides what a business letter must say."""

    OPEN = "open", _("Not answered yet")
    STOCK = "stock", _("Stock corporation (AG)")
    SHARES = "shares", _("Partnership limited by shares (KGaA)")
    EUROPEAN = "european", _("European company (SE)")
    LIMITED = "limited", _("Limited liability company (GmbH)")
    COOPERATIVE = "cooperative", _("Registered cooperative (eG)")
    PUBLIC = "public", _("Institution under public law (AöR)")
    OTHER = "other", _("Other legal form")


class TravelCosts(LabelEnum):
    """Whether the bank pays what an interview costs an applicant. Without a word about it, it has to."""

    OPEN = "open", _("Not answered yet")
    PAID = "paid", _("Paid on proof")
    LIMITED = "limited", _("Paid within limits")
    NOT_PAID = "not_paid", _("Not paid")


class BankDuties(Audited, Timestamps, Versioned, Base):
    """Who the bank is, whom one can turn to, and what it owes applicants. One row; none before it is filled in."""

    __tablename__ = "bank_duties"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    # The controller (Art. 4(7) GDPR), as it is registered.
    name: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    # The data protection officer; a name is not needed.
    officer: Mapped[str] = mapped_column(default="")
    officer_address: Mapped[str] = mapped_column(default="")  # "": the bank's
    officer_email: Mapped[str] = mapped_column(default="")
    officer_phone: Mapped[str] = mapped_column(default="")
    # The supervisory authority for data protection.
    authority: Mapped[str] = mapped_column(default="")
    authority_address: Mapped[str] = mapped_column(default="")
    authority_url: Mapped[str] = mapped_column(default="")
    # Who else gets the data: Markdown, a line each.
    processors: Mapped[Words]
    third_countries: Mapped[Answer] = mapped_column(enum_type(Answer, "third_countries"), default=Answer.OPEN)
    third_countries_words: Mapped[Words]  # which, to whom, on what ground (Art. 44 to 49 GDPR)
    # What stands on business letters and in the imprint.
    legal_form: Mapped[LegalForm] = mapped_column(default=LegalForm.OPEN)
    seat: Mapped[str] = mapped_column(default="")
    register_court: Mapped[str] = mapped_column(default="")
    register_number: Mapped[str] = mapped_column(default="")
    management: Mapped[str] = mapped_column(default="")  # "Anna Beck (chair), Jan Dahl"
    board_chair: Mapped[str] = mapped_column(default="")  # of the supervisory board
    vat_id: Mapped[str] = mapped_column(default="")
    supervision: Mapped[str] = mapped_column(default="")  # who supervises the bank, with address
    # What applicants can count on.
    travel_costs: Mapped[TravelCosts] = mapped_column(default=TravelCosts.OPEN)
    travel_limits: Mapped[Words]
    employment_terms: Mapped[Words]  # of every offer: probation, notice, holiday, pay day (section 2 NachwG)
    complaints: Mapped[str] = mapped_column(default="")  # the body of section 13 AGG, and how it is reached
    works_council: Mapped[Answer] = mapped_column(enum_type(Answer, "works_council"), default=Answer.OPEN)
    works_council_contact: Mapped[str] = mapped_column(default="")
    works_council_email: Mapped[str] = mapped_column(default="")  # where the product writes to it
    # Whether it is asked before somebody is hired: not in a bank of twenty voters or fewer (section 99(1) BetrVG).
    more_than_twenty: Mapped[Answer] = mapped_column(
        enum_type(Answer, "more_than_twenty"), default=Answer.OPEN
    )
    representative: Mapped[Answer] = mapped_column(  # of severely disabled employees
        enum_type(Answer, "representative"), default=Answer.OPEN
    )
    representative_contact: Mapped[str] = mapped_column(default="")
    representative_email: Mapped[str] = mapped_column(default="")
    public_employer: Mapped[Answer] = mapped_column(enum_type(Answer, "public_employer"), default=Answer.OPEN)
    # Whether as many severely disabled people work here as section 154 SGB IX asks for.
    quota: Mapped[Answer] = mapped_column(enum_type(Answer, "quota"), default=Answer.OPEN)

    @property
    def address(self) -> str:
        """Street, postcode and town in one line; empty while none of it is known."""
        town = " ".join(filter(None, (self.postcode, self.town)))
        return ", ".join(filter(None, (self.street, town)))


class TextKind(LabelEnum):
    """What the bank says to people in words of its own."""

    PRIVACY_NOTICE = "privacy_notice", _("Privacy notice for applicants"), "neutral", "shield-lock"
    SUPERVISOR_CONSENT = (
        "supervisor_consent",
        _("Consent: the supervisor may know"),
        "neutral",
        "person-check",
    )
    TRAINING_NOTICE = "training_notice", _("Privacy notice for courses and exams"), "neutral", "mortarboard"
    # Letters to applicants, in the order in which they may come.
    REFERRAL = "referral", _("Letter: somebody has referred you"), "neutral", "hand-thumbs-up"
    CONFIRMATION = "confirmation", _("Letter: we have your application"), "neutral", "envelope"
    SECOND_CONFIRMATION = (
        "second_confirmation",
        _("Letter: we have your new application"),
        "neutral",
        "envelope-plus",
    )
    EARLIER_COUNTS = (
        "earlier_counts",
        _("Letter: your earlier application counts"),
        "neutral",
        "arrow-left-right",
    )
    SHORTLIST = "shortlist", _("Letter: we would like to meet you"), "neutral", "star"
    REJECTION = "rejection", _("Letter: rejection"), "neutral", "x-circle"
    DECISION = "decision", _("Letter: decision with its reasons"), "neutral", "signpost"
    REOPENED = (
        "reopened",
        _("Letter: we are looking at your application again"),
        "neutral",
        "arrow-counterclockwise",
    )
    WITHDRAWAL = "withdrawal", _("Letter: you have withdrawn your application"), "neutral", "box-arrow-left"
    RESUMED = "resumed", _("Letter: your application is open again"), "neutral", "arrow-repeat"
    INVITATION = "invitation", _("Letter: invitation to an interview"), "neutral", "calendar-event"
    INTERVIEW_CHANGED = "interview_changed", _("Letter: interview changed"), "neutral", "calendar-plus"
    INTERVIEW_CANCELLED = "interview_cancelled", _("Letter: interview cancelled"), "neutral", "calendar-x"
    INTERVIEW_MISSED = (
        "interview_missed",
        _("Letter: you did not come to the interview"),
        "neutral",
        "calendar-minus",
    )
    INTERVIEW_HELD = (
        "interview_held",
        _("Letter: the interview did take place"),
        "neutral",
        "calendar-check",
    )
    OFFER = "offer", _("Letter: offer"), "neutral", "envelope-open"
    OFFER_REWORKED = "offer_reworked", _("Letter: our offer is being corrected"), "neutral", "pencil-square"
    OFFER_WITHDRAWN = "offer_withdrawn", _("Letter: we withdraw our offer"), "neutral", "envelope-x"
    OFFER_EXPIRED = "offer_expired", _("Letter: our offer has expired"), "neutral", "hourglass-bottom"
    OFFER_DECLINED = "offer_declined", _("Letter: you have declined our offer"), "neutral", "envelope-dash"
    OFFER_CONDITIONAL = (
        "offer_conditional",
        _("Letter: accepted, the works council has to consent"),
        "neutral",
        "hourglass-split",
    )
    OFFER_HELD_UP = (
        "offer_held_up",
        _("Letter: accepted, something is still to be settled"),
        "neutral",
        "hourglass",
    )
    OFFER_ACCEPTED = "offer_accepted", _("Letter: welcome to the team"), "neutral", "envelope-check"
    ACCEPTANCE_RETRACTED = (
        "acceptance_retracted",
        _("Letter: you will not be joining us"),
        "neutral",
        "person-dash",
    )

    @property
    def is_letter(self) -> bool:
        """Whether it is written to one person; the others are read on a page."""
        return self not in _READ_ON_A_PAGE


_READ_ON_A_PAGE = frozenset({TextKind.PRIVACY_NOTICE, TextKind.SUPERVISOR_CONSENT, TextKind.TRAINING_NOTICE})


class TextStatus(LabelEnum):
    """The life of one version of a text. Whether it is in force follows from its day."""

    DRAFT = "draft", _("Draft"), "neutral", "pencil"
    IN_APPROVAL = "in_approval", _("In approval"), "info", "hourglass-split"
    APPROVED = "approved", _("Approved"), "good", "check-circle-fill"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "arrow-return-left"


_ON_ITS_WAY = sa.text("status IN ('draft', 'in_approval')")


class BankText(Audited, Timestamps, Versioned, Base):
    """One version of one of the bank's texts. Once it is approved, its words are never changed."""

    __tablename__ = "bank_text"
    __table_args__ = (
        sa.UniqueConstraint("kind", "number"),
        sa.CheckConstraint("status != 'approved' OR valid_from IS NOT NULL", name="approved_has_day"),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id != submitted_by_id", name="approved_by_a_second_person"
        ),
        # At most one version of a text is on its way.
        sa.Index(
            "uq_bank_text_on_its_way",
            "kind",
            unique=True,
            sqlite_where=_ON_ITS_WAY,
            postgresql_where=_ON_ITS_WAY,
        ),
        sa.Index(None, "kind", "status", "valid_from"),
    )

    kind: Mapped[TextKind]
    number: Mapped[int]
    status: Mapped[TextStatus] = mapped_column(default=TextStatus.DRAFT)
    text: Mapped[Words]  # Markdown with placeholders in braces
    reason: Mapped[str] = mapped_column(default="")  # what is new in it, and why
    valid_from: Mapped[date | None]
    edited_by_id: Mapped[int | None] = mapped_column(  # None: as the product brought it
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    submitted_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    submitted_at: Mapped[datetime | None]
    # None of an approved one: it was in use before texts were approved, or is a letter as the product brought it.
    approved_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    approved_at: Mapped[datetime | None]

    edited_by: Mapped[User | None] = relationship(foreign_keys=[edited_by_id])
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    @property
    def called_in_history(self) -> str:
        """Which of several versions it is."""
        return f"{self.kind.label} {self.number}"


@sa.event.listens_for(BankText, "before_update")
def _stays_as_approved(_mapper: object, _connection: object, version: BankText) -> None:
    """Somebody was told these words, whether people of the bank have approved them or the product brought them."""
    approved = version.approved_at is not None or version.status is TextStatus.APPROVED
    if approved and sa.inspect(version).attrs.text.history.has_changes():
        raise RuntimeError("the words of an approved text are never changed")
