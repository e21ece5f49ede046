"""Applicants, what they sent, and how it was judged."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User
from rmhr.models.documents import Document
from rmhr.models.postings import Criterion, Posting, Question


class ApplicationStatus(LabelEnum):
    """Where an application stands."""

    RECEIVED = "received", _("New"), "neutral", "inbox"
    SCREENING = "screening", _("In screening"), "info", "search"
    SHORTLISTED = "shortlisted", _("Shortlisted"), "info", "bookmark-check"
    INTERVIEWING = "interviewing", _("Interview"), "info", "chat-square-text"
    APPROVED = "approved", _("Decided: hire"), "good", "hand-thumbs-up"
    OFFERED = "offered", _("Offer sent"), "info", "envelope-open"
    HIRED = "hired", _("Hired"), "good", "check-circle-fill"
    REJECTED = "rejected", _("Rejected"), "bad", "x-circle"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "arrow-return-left"


class Applicant(Audited, Timestamps, Base):
    """A person who applies. No account: whoever holds a valid private link acts as this person."""

    __tablename__ = "applicant"

    email: Mapped[str] = mapped_column(unique=True, info={"private": True})  # in small letters
    name: Mapped[str] = mapped_column(info={"private": True})
    phone: Mapped[str] = mapped_column(default="", info={"private": True})
    language: Mapped[str] = mapped_column(sa.String(2))

    is_authenticated = False

    applications: Mapped[list[Application]] = relationship(back_populates="applicant")


class PrivateLink(Base):
    """The secret address of an applicant's status page. Only its digest is kept."""

    __tablename__ = "private_link"

    applicant_id: Mapped[int] = mapped_column(sa.ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())

    applicant: Mapped[Applicant] = relationship(lazy="joined")


class AttemptKind(LabelEnum):
    """What a stranger can send us or ask of us."""

    APPLY = "apply", _("Application form"), "neutral", "send"
    LINK = "link", _("Request for a private link"), "neutral", "envelope"
    FEED = "feed", _("Calendar that does not exist"), "neutral", "calendar3"


class PublicAttempt(Base):
    """That something was sent from a network address: counted, to slow down programs. Gone after a day."""

    __tablename__ = "public_attempt"
    __table_args__ = (sa.Index(None, "kind", "address", "at"),)

    kind: Mapped[AttemptKind]
    address: Mapped[str]  # digest of the network address
    at: Mapped[datetime] = mapped_column(default=lambda: clock.now())


class RejectionReason(Audited, Base):
    """Why applications are refused: the words for HR, and the paragraph that the applicant reads."""

    __tablename__ = "rejection_reason"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    label: Mapped[Words]
    said: Mapped[Words]


class Application(Audited, Timestamps, Versioned, Base):
    """One person's application to one posting."""

    __tablename__ = "application"
    __table_args__ = (
        sa.UniqueConstraint("posting_id", "applicant_id"),
        sa.CheckConstraint(
            "(status = 'rejected') = (rejection_reason_id IS NOT NULL)", name="rejection_has_reason"
        ),
        sa.Index(None, "status", "received_at"),
    )

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="RESTRICT"), index=True)
    applicant_id: Mapped[int] = mapped_column(sa.ForeignKey("applicant.id", ondelete="RESTRICT"), index=True)
    status: Mapped[ApplicationStatus] = mapped_column(default=ApplicationStatus.RECEIVED)
    status_since: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    language: Mapped[str] = mapped_column(sa.String(2))
    motivation: Mapped[str] = mapped_column(info={"private": True})
    cv_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id", ondelete="RESTRICT"), unique=True)
    privacy_version: Mapped[str]  # of the notice that was agreed to
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

    posting: Mapped[Posting] = relationship(lazy="joined")
    applicant: Mapped[Applicant] = relationship(lazy="joined", back_populates="applications")
    cv: Mapped[Document] = relationship()
    rejection_reason: Mapped[RejectionReason | None] = relationship()
    answers: Mapped[list[ApplicationAnswer]] = relationship(
        cascade="all, delete-orphan", back_populates="application", order_by="ApplicationAnswer.id"
    )
    marks: Mapped[list[ScreeningMark]] = relationship(
        cascade="all, delete-orphan", back_populates="application", order_by="ScreeningMark.criterion_id"
    )


class ApplicationAnswer(Audited, Base):
    """An applicant's answer to one question of the posting."""

    __tablename__ = "application_answer"
    __table_args__ = (sa.UniqueConstraint("application_id", "question_id"),)

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id", ondelete="RESTRICT"), index=True)
    answer: Mapped[str] = mapped_column(info={"private": True})  # text, "yes"/"no", ISO date

    application: Mapped[Application] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()


class Verdict(LabelEnum):
    """Whether a criterion is met."""

    MET = "met", _("Met"), "good", "check-lg"
    PARTLY = "partly", _("Partly"), "warning", "circle-half"
    NOT_MET = "not_met", _("Not met"), "bad", "x-lg"


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
