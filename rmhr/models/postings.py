"""Advertised jobs: their texts in two languages, what is screened for and what applicants are asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import RmLevel, RmType, Unit, User


class PostingStatus(LabelEnum):
    """The life of a posting."""

    DRAFT = "draft", _("Draft"), "neutral", "pencil"
    PUBLISHED = "published", _("Open"), "good", "broadcast"
    CLOSED = "closed", _("Closed"), "neutral", "lock"


class SectionKind(LabelEnum):
    """The parts of a posting's text, in the order of the page."""

    CULTURE = "culture", _("Our culture"), "neutral", "people"
    VISION = "vision", _("Our vision"), "neutral", "binoculars"
    MISSION = "mission", _("Our mission"), "neutral", "compass"
    SUMMARY = "summary", _("The job in brief"), "neutral", "card-text"
    RESPONSIBILITIES = "responsibilities", _("Your responsibilities"), "neutral", "list-check"
    REQUIREMENTS = "requirements", _("What you need"), "neutral", "check2-square"
    EXPERIENCE = "experience", _("Experience"), "neutral", "briefcase"
    CERTIFICATIONS = "certifications", _("Certifications"), "neutral", "patch-check"
    INTERPERSONAL = "interpersonal", _("Interpersonal skills"), "neutral", "chat-heart"
    EXPECTATIONS = "expectations", _("What we expect"), "neutral", "bullseye"
    NICE_TO_HAVE = "nice_to_have", _("What would be nice to have"), "neutral", "plus-circle"
    BENEFITS = "benefits", _("What we offer"), "neutral", "gift"
    PROCESS = "process", _("How the application works"), "neutral", "signpost"
    EQUAL_OPPORTUNITY = "equal_opportunity", _("Equal opportunities"), "neutral", "people"
    PRIVACY = "privacy", _("Data protection"), "neutral", "shield-lock"


class Employment(LabelEnum):
    """Hours of the job."""

    FULL_TIME = "full_time", _("Full time"), "neutral", "clock"
    PART_TIME = "part_time", _("Part time"), "neutral", "clock-history"
    EITHER = "either", _("Full time or part time"), "neutral", "clock"


class PayPeriod(LabelEnum):
    """What a pay range is for."""

    YEAR = "year", _("a year"), "neutral", "calendar"
    MONTH = "month", _("a month"), "neutral", "calendar"


class Posting(Audited, Timestamps, Versioned, Base):
    """One advertised job."""

    __tablename__ = "posting"
    __table_args__ = (
        sa.CheckConstraint("openings > 0", name="at_least_one_opening"),
        sa.CheckConstraint(
            "pay_min IS NULL OR pay_max IS NULL OR pay_min <= pay_max", name="pay_range_in_order"
        ),
        sa.CheckConstraint(
            "(usual_min IS NULL) = (usual_max IS NULL) AND (usual_min IS NULL OR usual_min <= usual_max)",
            name="usual_pay_in_order",
        ),
        sa.CheckConstraint("status = 'draft' OR published_at IS NOT NULL", name="published_has_time"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Words]
    rm_type: Mapped[RmType] = mapped_column(index=True)
    level: Mapped[RmLevel] = mapped_column(default=RmLevel.RM)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    status: Mapped[PostingStatus] = mapped_column(default=PostingStatus.DRAFT, index=True)
    employment: Mapped[Employment] = mapped_column(default=Employment.FULL_TIME)
    hours: Mapped[Words]  # "39 a week, part time from 28"
    place: Mapped[str]
    remote: Mapped[Words]  # "up to 2 days from home", may be empty
    starts: Mapped[Words]  # "from 1 February 2027"
    openings: Mapped[int] = mapped_column(default=1)
    pay_min: Mapped[int | None]  # minor units
    pay_max: Mapped[int | None]
    usual_min: Mapped[int | None]  # where most people begin, within the range
    usual_max: Mapped[int | None]
    currency: Mapped[str] = mapped_column(sa.String(3), default="EUR")
    pay_period: Mapped[PayPeriod] = mapped_column(default=PayPeriod.YEAR)
    pay_note: Mapped[Words]  # variable part, collective agreement
    closes_on: Mapped[date | None]  # the last day on which one can apply
    hiring_manager_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    recruiter_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    contact_phone: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(lazy="joined")
    hiring_manager: Mapped[User] = relationship(foreign_keys=[hiring_manager_id], lazy="joined")
    recruiter: Mapped[User] = relationship(foreign_keys=[recruiter_id], lazy="joined")
    sections: Mapped[list[PostingSection]] = relationship(
        cascade="all, delete-orphan", back_populates="posting", order_by="PostingSection.id"
    )
    criteria: Mapped[list[Criterion]] = relationship(
        cascade="all, delete-orphan", back_populates="posting", order_by="Criterion.position"
    )
    questions: Mapped[list[Question]] = relationship(
        cascade="all, delete-orphan", back_populates="posting", order_by="Question.position"
    )

    @property
    def is_open(self) -> bool:
        """Whether one can apply today. Its last day may be over before the scheduler has closed it."""
        return (
            self.status is PostingStatus.PUBLISHED
            and self.closes_on is not None
            and self.closes_on >= clock.today()
        )

    def section(self, kind: SectionKind) -> Words:
        """The text of one part; empty words where there is none."""
        return next((each.text for each in self.sections if each.kind is kind), Words())


class PostingSection(Audited, Base):
    """One part of a posting's text."""

    __tablename__ = "posting_section"
    __table_args__ = (sa.UniqueConstraint("posting_id", "kind"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    kind: Mapped[SectionKind]
    text: Mapped[Words]  # Markdown

    posting: Mapped[Posting] = relationship(back_populates="sections")


class Importance(LabelEnum):
    """Whether a criterion must be met."""

    MUST = "must", _("Must"), "info", "exclamation"
    NICE = "nice", _("Nice to have"), "neutral", "plus"


class Criterion(Audited, Base):
    """Something that every application is screened for."""

    __tablename__ = "criterion"
    __table_args__ = (sa.UniqueConstraint("posting_id", "position"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[Words]
    importance: Mapped[Importance] = mapped_column(default=Importance.MUST)

    posting: Mapped[Posting] = relationship(back_populates="criteria")


class QuestionKind(LabelEnum):
    """How a question is answered."""

    TEXT = "text", _("Text"), "neutral", "card-text"
    YES_NO = "yes_no", _("Yes or no"), "neutral", "toggle-on"
    DATE = "date", _("Date"), "neutral", "calendar"


class Question(Audited, Base):
    """Something that every applicant is asked."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("posting_id", "position"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    text: Mapped[Words]
    required: Mapped[bool] = mapped_column(default=True)

    posting: Mapped[Posting] = relationship(back_populates="questions")


class PostingTemplate(Audited, Base):
    """The starter text for a type of RM: what a new posting begins with."""

    __tablename__ = "posting_template"

    rm_type: Mapped[RmType] = mapped_column(unique=True)
    title: Mapped[Words]
    facts: Mapped[dict[str, Any]]  # {employment, hours, remote, starts, pay_note}: the last four {en, de}
    sections: Mapped[list[dict[str, Any]]]  # [{kind, text: {en, de}}]
    criteria: Mapped[list[dict[str, Any]]]  # [{text: {en, de}, importance}]
    questions: Mapped[list[dict[str, Any]]]  # [{kind, text: {en, de}, required}]
