"""What applications are screened for and what applicants are asked: for one posting, or kept for many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import RmType


class PostingVersion(Audited, Base):
    """What one generation of applicants applied to: criteria, questions, and, once replaced, the text.

    It is frozen as soon as somebody has applied to it; who changes it then begins the next one.
    """

    __tablename__ = "posting_version"
    __table_args__ = (sa.UniqueConstraint("posting_id", "number"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    # {title, pay, sections …} as they read when the next version began; None: as the posting reads now.
    text: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))

    criteria: Mapped[list[Criterion]] = relationship(
        cascade="all, delete-orphan", back_populates="version", order_by="Criterion.position"
    )
    questions: Mapped[list[Question]] = relationship(
        cascade="all, delete-orphan", back_populates="version", order_by="Question.position"
    )


class Importance(LabelEnum):
    """Whether a criterion must be met."""

    MUST = "must", _("Must"), "info", "exclamation"
    NICE = "nice", _("Nice to have"), "neutral", "plus"


class CriterionKind(LabelEnum):
    """What a criterion is about."""

    COMPETENCY = "competency", _("Competency"), "neutral", "chat-heart"
    EXPERIENCE = "experience", _("Experience"), "neutral", "briefcase"
    EDUCATION = "education", _("Education"), "neutral", "mortarboard"
    CERTIFICATE = "certificate", _("Certificate"), "neutral", "patch-check"
    LANGUAGE = "language", _("Language"), "neutral", "translate"


class Criterion(Audited, Base):
    """Something that every application is screened for."""

    __tablename__ = "criterion"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "position"),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name="weight_in_scale"),
        sa.CheckConstraint("weight = 1 OR weight_reason != ''", name="other_weight_has_reason"),
    )

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("posting_version.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[CriterionKind] = mapped_column(default=CriterionKind.EXPERIENCE)
    text: Mapped[Words]
    importance: Mapped[Importance] = mapped_column(default=Importance.MUST)
    weight: Mapped[int] = mapped_column(default=1)  # 1 to 5; equal weights are the default
    weight_reason: Mapped[str] = mapped_column(default="")

    version: Mapped[PostingVersion] = relationship(back_populates="criteria")


class QuestionKind(LabelEnum):
    """How a question is answered."""

    TEXT = "text", _("Text"), "neutral", "card-text"
    YES_NO = "yes_no", _("Yes or no"), "neutral", "toggle-on"
    SINGLE = "single", _("Single choice"), "neutral", "ui-radios"
    MULTIPLE = "multiple", _("Multiple choice"), "neutral", "ui-checks"
    NUMBER = "number", _("Number"), "neutral", "123"
    PERCENTAGE = "percentage", _("Percentage"), "neutral", "percent"
    DATE = "date", _("Date"), "neutral", "calendar"
    RATING = "rating", _("Rating from 1 to 5"), "neutral", "star"
    FILE = "file", _("File"), "neutral", "paperclip"


class Question(Audited, Base):
    """Something that every applicant is asked."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("posting_version.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    text: Mapped[Words]
    choices: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)  # [{en, de}] of a choice
    required: Mapped[bool] = mapped_column(default=True)

    version: Mapped[PostingVersion] = relationship(back_populates="questions")

    @property
    def choice_words(self) -> list[Words]:
        """The choices as texts, in the order of their numbers."""
        return [Words(choice) for choice in self.choices]


class QuestionSet(Audited, Timestamps, Versioned, Base):
    """Questions that many postings ask, kept under a name."""

    __tablename__ = "question_set"

    name: Mapped[str] = mapped_column(unique=True)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)  # [{kind, text, choices, required}]

    @property
    def first_question(self) -> Words:
        """What a list says of it besides its name."""
        return Words(self.questions[0]["text"])


class PostingTemplate(Audited, Base):
    """The starter text for a type of RM: what a new posting begins with."""

    __tablename__ = "posting_template"

    rm_type: Mapped[RmType] = mapped_column(unique=True)
    title: Mapped[Words]
    facts: Mapped[dict[str, Any]]  # {employment, remote_work, and as {en, de}: hours, remote, starts, pay_…}
    sections: Mapped[list[dict[str, Any]]]  # [{kind, text: {en, de}}]
    criteria: Mapped[list[dict[str, Any]]]  # [{kind, text: {en, de}, importance}]
    questions: Mapped[list[dict[str, Any]]]  # [{kind, text: {en, de}, choices, required}]
