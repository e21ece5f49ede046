"""Applicants, what they sent, and how it was judged."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned, enum_type
from rmhr.core.enums import GroupedEnum, LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import Unit, User
from rmhr.models.criteria import Criterion, PostingVersion, Question
from rmhr.models.documents import Document, TextState
from rmhr.models.duties import BankText
from rmhr.models.postings import Posting
from rmhr.models.requisitions import PayPeriod
from rmhr.models.sourcing import Referral, ShareLink, SourceKind


class ApplicationGroup(Enum):
    """How far an application is, in a word."""

    NEW = "new"  # still with the people who screen
    IN_SELECTION = "in_selection"
    HIRED = "hired"
    ENDED = "ended"  # refused or taken back
    REPLACED = "replaced"  # another form of the same person stands for it: never counted


class ApplicationStatus(GroupedEnum):
    """Where an application stands. What else is known of each status: `rmhr.applications.stages`."""

    group: ApplicationGroup

    RECEIVED = "received", _("New"), "neutral", "inbox", ApplicationGroup.NEW
    SCREENING = "screening", _("In screening"), "info", "search", ApplicationGroup.NEW
    SHORTLISTED = "shortlisted", _("Shortlisted"), "info", "bookmark-check", ApplicationGroup.IN_SELECTION
    INTERVIEWING = "interviewing", _("Interview"), "info", "chat-square-text", ApplicationGroup.IN_SELECTION
    APPROVED = "approved", _("Decided: hire"), "good", "hand-thumbs-up", ApplicationGroup.IN_SELECTION
    OFFERED = "offered", _("Offer sent"), "info", "envelope-open", ApplicationGroup.IN_SELECTION
    HIRED = "hired", _("Hired"), "good", "check-circle-fill", ApplicationGroup.HIRED
    REJECTED = "rejected", _("Rejected"), "bad", "x-circle", ApplicationGroup.ENDED
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "arrow-return-left", ApplicationGroup.ENDED
    REPLACED = "replaced", _("Replaced"), "neutral", "arrow-repeat", ApplicationGroup.REPLACED


class Applicant(Audited, Timestamps, Base):
    """An address from which somebody applies. No account: whoever holds a valid private link acts as this person.

    An address proves nothing, anybody can type it. So nothing that a form says is kept here: name, phone and language
    belong to the application. Who applies from inside, signed in, is an applicant apart from the same address outside.
    """

    __tablename__ = "applicant"
    __table_args__ = (
        sa.Index(
            "ix_applicant_email_outside",
            "email",
            unique=True,
            sqlite_where=sa.text("user_id IS NULL"),
            postgresql_where=sa.text("user_id IS NULL"),
        ),
    )

    email: Mapped[str] = mapped_column(index=True, info={"private": True})  # in small letters
    # Who already works here and has applied from inside.
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), unique=True)

    is_authenticated = False

    user: Mapped[User | None] = relationship()
    applications: Mapped[list[Application]] = relationship(back_populates="applicant")


class PrivateLink(Base):
    """The secret address of an applicant's status page. Only its digest is kept.

    It opens the page once; the visit that begins with it is short (`visit_until`), and closing the page ends it.
    """

    __tablename__ = "private_link"

    applicant_id: Mapped[int] = mapped_column(sa.ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    used_at: Mapped[datetime | None]
    visit_until: Mapped[datetime | None]

    applicant: Mapped[Applicant] = relationship()


class AttemptKind(LabelEnum):
    """What a stranger can send us or ask of us."""

    APPLY = "apply", _("Application form"), "neutral", "send"
    LINK = "link", _("Request for a private link"), "neutral", "envelope"
    FEED = "feed", _("Calendar that does not exist"), "neutral", "calendar3"
    FORGOTTEN = "forgotten", _("Request for a new password"), "neutral", "key"


class PublicAttempt(Base):
    """That something was sent from a network address: counted, to slow down programs. Gone after a day."""

    __tablename__ = "public_attempt"
    __table_args__ = (sa.Index(None, "kind", "address", "at"),)

    kind: Mapped[AttemptKind]
    address: Mapped[str]  # digest of the network address
    account: Mapped[str] = mapped_column(
        default=""
    )  # digest of the e-mail address that was typed, if one was
    at: Mapped[datetime] = mapped_column(default=lambda: clock.now())


class RejectionReason(Audited, Base):
    """Why applications are refused: the words for HR, and the paragraph that the applicant reads."""

    __tablename__ = "rejection_reason"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    label: Mapped[Words]
    said: Mapped[Words]


#: Of these one person may have any number for one posting; of all others together one.
OVER = ("rejected", "withdrawn", "replaced")
#: A disclosure that was not taken back.
_STANDS = sa.text("withdrawn_at IS NULL")
_ALIVE = sa.text(f"status NOT IN ({', '.join(map(repr, OVER))})")


class Application(Audited, Timestamps, Versioned, Base):
    """One person's application to one posting, with who they say they are."""

    __tablename__ = "application"
    __table_args__ = (
        sa.Index(
            "ix_application_one_alive",
            "posting_id",
            "applicant_id",
            unique=True,
            sqlite_where=_ALIVE,
            postgresql_where=_ALIVE,
        ),
        sa.CheckConstraint(
            "(status = 'rejected') = (rejection_reason_id IS NOT NULL)", name="rejection_has_reason"
        ),
        sa.CheckConstraint("(source = 'shared') = (share_link_id IS NOT NULL)", name="shared_has_link"),
        sa.CheckConstraint("(source = 'referral') = (referral_id IS NOT NULL)", name="referral_is_named"),
        sa.Index(None, "posting_id", "status"),
        sa.Index(None, "status", "received_at"),
        sa.Index(None, "received_at", "id"),
        sa.Index(None, "delete_on"),
        # Every list asks which these are.
        sa.Index(
            "ix_application_kept_from_supervisors",
            "applicant_id",
            sqlite_where=sa.text("supervisor_may_know IS 0"),
            postgresql_where=sa.text("supervisor_may_know IS false"),
        ),
    )

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="RESTRICT"))
    posting_version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("posting_version.id", ondelete="RESTRICT"), index=True
    )
    applicant_id: Mapped[int] = mapped_column(sa.ForeignKey("applicant.id", ondelete="RESTRICT"), index=True)
    status: Mapped[ApplicationStatus] = mapped_column(default=ApplicationStatus.RECEIVED)
    status_since: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    # Rejected, withdrawn or replaced: where it stood before, and where a way back leads.
    was: Mapped[ApplicationStatus | None] = mapped_column(enum_type(ApplicationStatus, "was"))
    name: Mapped[str] = mapped_column(info={"private": True})
    phone: Mapped[str] = mapped_column(default="", info={"private": True})
    language: Mapped[str] = mapped_column(sa.String(2))
    motivation: Mapped[str] = mapped_column(info={"private": True})
    cv_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id", ondelete="RESTRICT"), unique=True)
    # The privacy notice that was read, and the words by which somebody agreed that their supervisor learns of it.
    privacy_text_id: Mapped[int] = mapped_column(
        sa.ForeignKey("bank_text.id", ondelete="RESTRICT"), index=True
    )
    supervisor_text_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("bank_text.id", ondelete="RESTRICT"), index=True
    )
    privacy_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    screen_by: Mapped[date]
    rejection_reason_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("rejection_reason.id", ondelete="RESTRICT"), index=True
    )
    rejection_line: Mapped[str] = mapped_column(
        default="", info={"private": True}
    )  # what HR added to the mail
    interview_by: Mapped[date | None]  # once shortlisted: until when an interview should be planned
    closed_at: Mapped[datetime | None]  # rejected, withdrawn or hired
    delete_on: Mapped[date | None]  # the day that was promised: then everything about it is deleted
    source: Mapped[SourceKind] = mapped_column(default=SourceKind.DIRECT)
    share_link_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("share_link.id", ondelete="RESTRICT"), index=True
    )
    referral_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("referral.id", ondelete="RESTRICT"), unique=True
    )
    # Of somebody who works here: whether their own supervisor may know of it.
    supervisor_may_know: Mapped[bool] = mapped_column(default=True)

    privacy_text: Mapped[BankText] = relationship(foreign_keys=[privacy_text_id])
    posting: Mapped[Posting] = relationship()
    posting_version: Mapped[PostingVersion] = relationship()
    share_link: Mapped[ShareLink | None] = relationship()
    referral: Mapped[Referral | None] = relationship()
    places: Mapped[list[ApplicationPlace]] = relationship(
        cascade="all, delete-orphan", back_populates="application", order_by="ApplicationPlace.id"
    )
    pay_notices: Mapped[list[PayNotice]] = relationship(
        cascade="all, delete-orphan", back_populates="application", order_by="PayNotice.id"
    )
    applicant: Mapped[Applicant] = relationship(back_populates="applications")
    cv: Mapped[Document] = relationship()
    reading: Mapped[CvReading | None] = relationship(
        cascade="all, delete-orphan", back_populates="application", single_parent=True
    )
    rejection_reason: Mapped[RejectionReason | None] = relationship()
    disclosure: Mapped[Disclosure | None] = relationship(
        cascade="all, delete-orphan", back_populates="application", single_parent=True
    )
    answers: Mapped[list[ApplicationAnswer]] = relationship(
        cascade="all, delete-orphan", back_populates="application", order_by="ApplicationAnswer.id"
    )
    marks: Mapped[list[ScreeningMark]] = relationship(
        cascade="all, delete-orphan", back_populates="application", order_by="ScreeningMark.criterion_id"
    )

    @property
    def email(self) -> str:
        """Where its mails go. With `name` and `language` it is who is written to."""
        return self.applicant.email

    @property
    def text_state(self) -> TextState:
        """Whether the text of its CV could be read."""
        return self.cv.text_state

    @property
    def chosen_places(self) -> list[str]:
        """Where the person would work, as the posting called the places; a place it names no more, by its unit."""
        named = {each.unit_id: each.place for each in self.posting.further_places}
        named[self.posting.unit_id] = self.posting.place
        return [named.get(each.unit_id, each.unit.name) for each in self.places]


class ApplicationAnswer(Audited, Base):
    """An applicant's answer to one question of the posting."""

    __tablename__ = "application_answer"
    __table_args__ = (sa.UniqueConstraint("application_id", "question_id"),)

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id", ondelete="RESTRICT"), index=True)
    # text, "yes"/"no", ISO date, number, numbers of the choices ("0,2"), name of the file
    answer: Mapped[str] = mapped_column(info={"private": True})
    document_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("document.id", ondelete="RESTRICT"), unique=True
    )

    application: Mapped[Application] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()
    document: Mapped[Document | None] = relationship()


class ApplicationPlace(Audited, Base):
    """A place, of those that the posting names, where the applicant would work."""

    __tablename__ = "application_place"
    __table_args__ = (sa.UniqueConstraint("application_id", "unit_id"),)

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True)

    application: Mapped[Application] = relationship(back_populates="places")
    unit: Mapped[Unit] = relationship()


class CvReading(Base):
    """How the text of an application's CV is laid out, and where it may speak to criteria: places, no words."""

    __tablename__ = "cv_reading"

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="CASCADE"), unique=True
    )
    # [kind, [[begin, end] of each line]] of each block, in characters of the text; empty: as it stands
    outline: Mapped[list[Any]] = mapped_column(sa.JSON)
    passages: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)  # {criterion: its id, start, end}

    application: Mapped[Application] = relationship(back_populates="reading")


class Disability(LabelEnum):
    """What somebody says of themselves, if they wish to: nobody has to."""

    SEVERE = "severe", _("Severe disability")
    EQUAL = "equal", _("Equal status")


class Uninvited(LabelEnum):
    """Why a public employer need not invite somebody any more."""

    UNSUITABLE = (
        "unsuitable",
        _("Professional suitability is plainly lacking (section 165 sentence 4 SGB IX)"),
    )
    DECLINED = "declined", _("Invited, and did not want to come")


class Disclosure(Audited, Timestamps, Versioned, Base):
    """That an applicant has told of a severe disability or equal status: a special category of data (Art. 9 GDPR).

    It stands apart, so that whatever reads an application does not read this. What was said is empty again once it is
    taken back; that it was said, and who was told, is kept as proof until the application is deleted.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        sa.CheckConstraint("(kind IS NULL) = (withdrawn_at IS NOT NULL)", name="said_or_withdrawn"),
        sa.CheckConstraint("(uninvited IS NULL) = (uninvited_why = '')", name="uninvited_has_reason"),
        sa.Index("ix_disclosure_standing", "application_id", sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="CASCADE"), unique=True
    )
    kind: Mapped[Disability | None] = mapped_column(info={"private": True})
    # The representative body is not to take part (section 164(1) sentence 10 SGB IX).
    objects: Mapped[bool] = mapped_column(default=False, info={"private": True})
    said_at: Mapped[datetime]
    tell_by: Mapped[date]  # the bodies have to know of it
    decision_by: Mapped[date | None]  # once it is decided: those concerned have to know that
    source: Mapped[str] = mapped_column(default="", info={"private": True})  # where HR read or heard it
    withdrawn_at: Mapped[datetime | None]
    # A public employer: why this person need not be invited, with the evidence.
    uninvited: Mapped[Uninvited | None]
    uninvited_why: Mapped[str] = mapped_column(default="", info={"private": True})
    uninvited_at: Mapped[datetime | None]
    uninvited_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )

    application: Mapped[Application] = relationship(back_populates="disclosure")
    uninvited_by: Mapped[User | None] = relationship()
    steps: Mapped[list[DisclosureStep]] = relationship(
        cascade="all, delete-orphan", back_populates="disclosure", order_by="DisclosureStep.id"
    )

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.kind is not None


class Party(LabelEnum):
    """Who has a part in it beside HR."""

    REPRESENTATIVE = "representative", _("Representative body"), "neutral", "person-badge"
    WORKS_COUNCIL = "works_council", _("Works council"), "neutral", "people"
    APPLICANT = "applicant", _("Applicant"), "neutral", "person"


class StepKind(LabelEnum):
    """What law asks to be done with one of them."""

    TOLD = "told", _("Told of the application"), "good", "envelope-check"
    HEARD = "heard", _("Heard before the decision"), "good", "chat-square-text"
    DECISION = "decision", _("Told the decision"), "good", "signpost"


class Opinion(LabelEnum):
    """What a body says of the decision that is intended."""

    AGREES = "agrees", _("Agrees"), "good", "check-lg"
    DISAGREES = "disagrees", _("Does not agree"), "warning", "x-lg"
    SILENT = "silent", _("Has said nothing in the time that it was given"), "neutral", "dash-lg"


class DisclosureStep(Audited, Base):
    """Proof that somebody was told or heard: whom, when, how. By the product where nobody is named."""

    __tablename__ = "disclosure_step"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'heard') = (opinion IS NOT NULL)", name="heard_has_opinion"),
        sa.Index(None, "disclosure_id", "kind", "party"),
    )

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id", ondelete="CASCADE"))
    kind: Mapped[StepKind]
    party: Mapped[Party]
    at: Mapped[datetime] = mapped_column(default=lambda: clock.now())  # when it was written down
    day: Mapped[date]  # on which it was done
    # The address that was written to; of what somebody has written down, in which words it was told, or what was said.
    how: Mapped[str] = mapped_column(info={"private": True})
    opinion: Mapped[Opinion | None] = mapped_column(info={"private": True})
    message_id: Mapped[int | None] = mapped_column(  # the mail by which it was told
        sa.ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    disclosure: Mapped[Disclosure] = relationship(back_populates="steps")
    by: Mapped[User | None] = relationship()

    @property
    def called_in_history(self) -> str:
        """With whom it was done: there are several."""
        return str(self.party.label)


class PayNoticeWay(LabelEnum):
    """How an applicant came to know the pay range."""

    PAGE = "page", _("It was in the posting"), "neutral", "globe"
    CONFIRMATION = "confirmation", _("In the confirmation"), "neutral", "envelope"
    INVITATION = "invitation", _("In the invitation to the interview"), "neutral", "calendar-event"


class PayNotice(Audited, Base):
    """Proof that this applicant was told the pay range, which, when and how (Art. 5(1) Directive (EU) 2023/970)."""

    __tablename__ = "pay_notice"
    __table_args__ = (sa.UniqueConstraint("application_id", "way"),)

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"))
    way: Mapped[PayNoticeWay]
    told_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    pay_min: Mapped[int]  # minor units
    pay_max: Mapped[int]
    currency: Mapped[str] = mapped_column(sa.String(3))
    pay_period: Mapped[PayPeriod]

    application: Mapped[Application] = relationship(back_populates="pay_notices")

    @property
    def called_in_history(self) -> str:
        """How it was told: there may be several."""
        return str(self.way.label)

    def says_the_same(self, other: PayNotice) -> bool:
        """Whether the range is the same one."""
        return self._range() == other._range()

    def _range(self) -> tuple[Any, ...]:
        return self.pay_min, self.pay_max, self.currency, self.pay_period


@sa.event.listens_for(PayNotice, "before_update")
def _stays_as_it_was(_mapper: Any, _connection: Any, notice: PayNotice) -> None:
    """A proof that can be changed proves nothing."""
    if sa.inspect(notice).modified:
        raise RuntimeError("what an applicant was told is never changed")


class Verdict(LabelEnum):
    """Whether a criterion is met."""

    MET = "met", _("Met"), "good", "check-lg"
    PARTLY = "partly", _("Partly"), "warning", "circle-half"
    NOT_MET = "not_met", _("Not met"), "bad", "x-lg"


#: The verdicts by which a criterion is met.
MEETS = (Verdict.MET,)


class ScreeningMark(Audited, Timestamps, Base):
    """One judgement of one criterion, with the passage that shows it."""

    __tablename__ = "screening_mark"
    __table_args__ = (sa.UniqueConstraint("application_id", "criterion_id"),)

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("criterion.id", ondelete="RESTRICT"), index=True)
    verdict: Mapped[Verdict]
    evidence: Mapped[str] = mapped_column(default="", info={"private": True})
    marked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    application: Mapped[Application] = relationship(back_populates="marks")
    criterion: Mapped[Criterion] = relationship()
    marked_by: Mapped[User] = relationship()
