"""Goals, how they come along, reviews, and what to learn next."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import GroupedEnum, LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import Employee, User
from rmhr.models.competencies import Competency, CompetencyProfile, Level


class Direction(LabelEnum):
    """Which way is good."""

    UP = "higher_is_better", _("Higher is better"), "neutral", "arrow-up"
    DOWN = "lower_is_better", _("Lower is better"), "neutral", "arrow-down"


class Kpi(Audited, Base):
    """A measured value, with its formula in words."""

    __tablename__ = "kpi"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name: Mapped[Words]
    question: Mapped[Words]
    unit: Mapped[str]  # percent, count, money, score, days …
    direction: Mapped[Direction]
    formula: Mapped[str]
    caution: Mapped[Words]
    commercial: Mapped[bool]  # a sales number, not one of quality or conduct


class GoalGroup(Enum):
    """How far a goal is, in a word."""

    PROPOSED = "proposed"  # not agreed yet
    RUNNING = "running"
    CONCLUDED = "concluded"
    DROPPED = "dropped"


class GoalStatus(GroupedEnum):
    """The life of a goal."""

    DRAFT = "draft", _("Draft"), "neutral", "pencil", GoalGroup.PROPOSED
    PROPOSED = "proposed", _("Proposed"), "info", "chat-left-text", GoalGroup.PROPOSED
    AGREED = "agreed", _("Agreed"), "good", "hand-thumbs-up", GoalGroup.RUNNING
    ACHIEVED = "achieved", _("Achieved"), "good", "check-circle-fill", GoalGroup.CONCLUDED
    PARTLY = "partly", _("Partly achieved"), "warning", "circle-half", GoalGroup.CONCLUDED
    MISSED = "missed", _("Not achieved"), "bad", "x-circle", GoalGroup.CONCLUDED
    CANCELLED = "cancelled", _("Withdrawn"), "neutral", "slash-circle", GoalGroup.DROPPED


class Goal(Audited, Timestamps, Versioned, Base):
    """A SMART goal of one RM, agreed with the supervisor."""

    __tablename__ = "goal"
    __table_args__ = (
        sa.CheckConstraint("baseline != target", name="target_differs_from_baseline"),
        sa.Index(None, "user_id", "status", "due_on"),
        sa.Index(None, "status", "due_on"),
        sa.Index(None, "due_on", "id"),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    supervisor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    kpi_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kpi.id", ondelete="RESTRICT"), index=True)
    status: Mapped[GoalStatus] = mapped_column(default=GoalStatus.DRAFT)
    title: Mapped[str] = mapped_column(default="")  # in a few words, for lists
    specific: Mapped[str]  # S
    measure: Mapped[str]  # M: what is measured
    unit: Mapped[str]
    baseline: Mapped[Decimal] = mapped_column(sa.Numeric(14, 2))
    target: Mapped[Decimal] = mapped_column(sa.Numeric(14, 2))
    achievable: Mapped[str]  # A: why it is within reach
    relevance: Mapped[str]  # R: what it serves
    starts_on: Mapped[date]
    due_on: Mapped[date]  # T
    propose_by: Mapped[
        date | None
    ]  # while it is a draft: until when whoever wrote it proposes or withdraws it
    agree_by: Mapped[date | None]  # while it is proposed: until when the other side answers
    check_in_by: Mapped[date | None]  # the next look at it, once agreed
    agreed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(  # of a draft: whoever wrote it down
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    supervisor: Mapped[User] = relationship(foreign_keys=[supervisor_id])
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    kpi: Mapped[Kpi | None] = relationship()
    check_ins: Mapped[list[CheckIn]] = relationship(
        cascade="all, delete-orphan", back_populates="goal", order_by="CheckIn.on, CheckIn.id"
    )


class Confidence(LabelEnum):
    """How it looks from here."""

    ON_TRACK = "on_track", _("On track"), "good", "arrow-right-circle"
    AT_RISK = "at_risk", _("At risk"), "warning", "exclamation-triangle"
    BEHIND = "behind", _("Behind"), "bad", "arrow-down-circle"


class CheckIn(Audited, Timestamps, Base):
    """A new value for a goal, and what stands in the way."""

    __tablename__ = "check_in"

    goal_id: Mapped[int] = mapped_column(sa.ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(sa.Numeric(14, 2))
    confidence: Mapped[Confidence]
    comment: Mapped[str] = mapped_column(default="", info={"private": True})

    goal: Mapped[Goal] = relationship(back_populates="check_ins")
    by: Mapped[User] = relationship()


class ReviewCycle(Audited, Timestamps, Base):
    """A round of reviews over a period."""

    __tablename__ = "review_cycle"
    __table_args__ = (sa.CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    title: Mapped[Words]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class ReviewStatus(LabelEnum):
    """The way of a review."""

    SELF_ASSESSMENT = "self_assessment", _("Self-assessment"), "info", "pencil"
    SUPERVISOR_ASSESSMENT = "supervisor_assessment", _("Supervisor’s assessment"), "info", "pencil"
    MEETING = "meeting", _("Meeting"), "info", "people"
    SIGNING = "signing", _("To be signed"), "warning", "pen"
    SIGNED = "signed", _("Signed"), "good", "patch-check-fill"
    CANCELLED = "cancelled", _("Called off"), "neutral", "slash-circle"


class Review(Audited, Timestamps, Versioned, Base):
    """The yearly conversation of one RM: two assessments, a meeting, next steps, two signatures."""

    __tablename__ = "review"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "user_id"),
        sa.Index(None, "meeting_due_on", "id"),
        sa.CheckConstraint("supervisor_id != user_id", name="not_own_supervisor"),
        sa.CheckConstraint(
            "status != 'signed' OR (signed_by_employee_at IS NOT NULL AND signed_by_supervisor_at IS NOT NULL)",
            name="signed_by_both",
        ),
        sa.Index(None, "status", "self_due_on"),
    )

    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("review_cycle.id", ondelete="RESTRICT"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    supervisor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    status: Mapped[ReviewStatus] = mapped_column(default=ReviewStatus.SELF_ASSESSMENT)
    self_due_on: Mapped[date]
    supervisor_due_on: Mapped[date]
    meeting_due_on: Mapped[date]
    sign_by: Mapped[date | None]  # set by the meeting
    begun_without_self_on: Mapped[date | None]  # the self-assessment was not handed in, and it went on
    # HR has given it to somebody who does not lead the RM: it does not follow who does.
    supervisor_chosen: Mapped[bool] = mapped_column(default=False)
    self_handed_in_at: Mapped[datetime | None]
    supervisor_handed_in_at: Mapped[datetime | None]
    met_on: Mapped[date | None]
    meeting_notes: Mapped[str] = mapped_column(default="", info={"private": True})
    employee_comment: Mapped[str] = mapped_column(default="", info={"private": True})
    signed_by_employee_at: Mapped[datetime | None]
    signed_by_supervisor_at: Mapped[datetime | None]

    cycle: Mapped[ReviewCycle] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    supervisor: Mapped[User] = relationship(foreign_keys=[supervisor_id])
    ratings: Mapped[list[ReviewRating]] = relationship(cascade="all, delete-orphan", back_populates="review")
    texts: Mapped[list[ReviewText]] = relationship(cascade="all, delete-orphan", back_populates="review")
    items: Mapped[list[DevelopmentItem]] = relationship(
        back_populates="review", order_by="DevelopmentItem.due_on, DevelopmentItem.id"
    )
    #: What the RM's type should reach.
    profiles: Mapped[list[CompetencyProfile]] = relationship(
        secondary=Employee.__table__,
        primaryjoin=lambda: Review.user_id == Employee.user_id,
        secondaryjoin=lambda: Employee.rm_type == CompetencyProfile.rm_type,
        viewonly=True,
    )

    @property
    def self_text(self) -> str:
        """What the RM has written so far, handed in or not."""
        return self.text_of(Side.SELF)

    @property
    def supervisor_text(self) -> str:
        """What the supervisor has written so far, handed in or not."""
        return self.text_of(Side.SUPERVISOR)

    def text_of(self, side: Side) -> str:
        """What one side has written so far."""
        return next((each.text for each in self.texts if each.side is side), "")


class Side(LabelEnum):
    """Who assesses."""

    SELF = "self", _("Self-assessment"), "neutral", "person"
    SUPERVISOR = "supervisor", _("Supervisor"), "neutral", "diagram-3"


class ReviewText(Audited, Timestamps, Versioned, Base):
    """The words of one side of a review. A row of its own: both may write at the same time."""

    __tablename__ = "review_text"
    __table_args__ = (sa.UniqueConstraint("review_id", "side"),)

    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id", ondelete="CASCADE"))
    side: Mapped[Side]
    text: Mapped[str] = mapped_column(default="", info={"private": True})

    review: Mapped[Review] = relationship(back_populates="texts")


class ReviewDraft(Audited, Timestamps, Base):
    """What a supervisor had written and not handed in when a review went to another: it is its author's alone."""

    __tablename__ = "review_draft"
    __table_args__ = (sa.UniqueConstraint("review_id", "author_id"),)

    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    text: Mapped[str] = mapped_column(default="", info={"private": True})
    #: {competency_id, level or None, evidence} of each competency that was begun.
    ratings: Mapped[list[dict[str, Any]]] = mapped_column(info={"private": True})

    review: Mapped[Review] = relationship()
    author: Mapped[User] = relationship()


class ReviewRating(Audited, Timestamps, Versioned, Base):
    """A level for one competency in one review, from one side, with what happened."""

    __tablename__ = "review_rating"
    __table_args__ = (sa.UniqueConstraint("review_id", "side", "competency_id"),)

    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id", ondelete="CASCADE"))
    side: Mapped[Side]
    competency_id: Mapped[int] = mapped_column(
        sa.ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    level: Mapped[Level | None]  # None while it is a draft: evidence may be noted first
    evidence: Mapped[str] = mapped_column(default="", info={"private": True})

    review: Mapped[Review] = relationship(back_populates="ratings")
    competency: Mapped[Competency] = relationship()


class DevelopmentAction(LabelEnum):
    """By what somebody learns."""

    COURSE = "course", _("Course"), "neutral", "mortarboard"
    SHADOWING = "shadowing", _("Job shadowing"), "neutral", "eye"
    MENTORING = "mentoring", _("Mentoring"), "neutral", "people"
    PROJECT = "project", _("Project"), "neutral", "kanban"
    READING = "reading", _("Reading"), "neutral", "book"


class ItemStatus(LabelEnum):
    """Whether it was done."""

    OPEN = "open", _("Open"), "neutral", "circle"
    DONE = "done", _("Done"), "good", "check-circle-fill"
    DROPPED = "dropped", _("Not needed"), "neutral", "slash-circle"


class DevelopmentItem(Audited, Timestamps, Versioned, Base):
    """One next step of an RM's development plan."""

    __tablename__ = "development_item"
    __table_args__ = (sa.Index(None, "status", "due_on"), sa.Index(None, "due_on", "id"))

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    review_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    competency_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    status: Mapped[ItemStatus] = mapped_column(default=ItemStatus.OPEN)
    aim: Mapped[str]
    measure: Mapped[str]  # how both will see that it is reached
    action: Mapped[DevelopmentAction]
    due_on: Mapped[date]
    done_on: Mapped[date | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    review: Mapped[Review | None] = relationship(back_populates="items")
    competency: Mapped[Competency | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether its date still matters."""
        return self.status is ItemStatus.OPEN
