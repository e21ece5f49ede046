"""The first months of an RM: a plan with tasks for everybody who has a part in it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User
from rmhr.models.offers import Offer


class Phase(LabelEnum):
    """The stations of the first months. Ends are days from the first working day."""

    PREBOARDING = "preboarding", _("Before the first day"), "neutral", "envelope"
    ARRIVE = "arrive", _("First week: arrive"), "neutral", "door-open"
    LEARN = "learn", _("To day 30: learn"), "neutral", "book"
    CONTRIBUTE = "contribute", _("To day 60: contribute"), "neutral", "people"
    OWN = "own", _("To day 90: take responsibility"), "neutral", "person-check"
    CONSOLIDATE = "consolidate", _("To month 6: consolidate"), "neutral", "flag"
    LATER = "later", _("After the first six months"), "neutral", "hourglass"


class TaskOwner(LabelEnum):
    """Whose task it is."""

    NEW_RM = "new_rm", _("New RM"), "neutral", "person"
    SUPERVISOR = "supervisor", _("Supervisor"), "neutral", "diagram-3"
    HR = "hr", _("HR"), "neutral", "people"
    IT = "it", _("IT"), "neutral", "pc-display"
    BUDDY = "buddy", _("Buddy"), "neutral", "person-heart"
    MENTOR = "mentor_rm", _("Mentor"), "neutral", "signpost-split"
    COMPLIANCE = "compliance", _("Compliance"), "neutral", "shield-check"


class TaskKind(LabelEnum):
    """What a task is besides a thing to do."""

    ORDINARY = "ordinary", _("Task")
    NOTIFICATION = "notification", _("Notification to BaFin")  # day and number are kept
    CLOCK = "clock", _("Last day that law sets")
    CHANGE = "change", _("Change to be notified to BaFin")  # there from the day on which advice ends


#: These ask for the day and the number of what was notified.
NOTIFIES = (TaskKind.NOTIFICATION, TaskKind.CHANGE)
#: These are owed after the plan is completed as well; a change is owed whatever became of the plan.
LASTING = (TaskKind.NOTIFICATION, TaskKind.CLOCK)


class TaskTemplate(Audited, Base):
    """A task that every new plan begins with."""

    __tablename__ = "task_template"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    phase: Mapped[Phase]
    owner: Mapped[TaskOwner]
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.ORDINARY)
    due_days: Mapped[int]  # calendar days from the first working day; negative is before it
    rule: Mapped[str] = mapped_column(default="")  # instead of `due_days`: the legal rule that sets the day
    blocking: Mapped[bool]
    text: Mapped[Words]
    course_code: Mapped[str] = mapped_column(default="")  # see OnboardingTask
    requires: Mapped[list[str]] = mapped_column(default=list)  # see OnboardingTask
    rm_types: Mapped[list[str]]  # values of RmType; empty: for all


class PlanStatus(LabelEnum):
    """The life of a plan."""

    ACTIVE = "active", _("Under way"), "info", "signpost"
    COMPLETED = "completed", _("Completed"), "good", "check-circle-fill"
    CALLED_OFF = "called_off", _("Called off"), "neutral", "slash-circle"


class OnboardingPlan(Audited, Timestamps, Versioned, Base):
    """The first months of one RM."""

    __tablename__ = "onboarding_plan"
    __table_args__ = (sa.Index(None, "starts_on", "id"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), unique=True)
    offer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("offer.id", ondelete="RESTRICT"), unique=True)
    status: Mapped[PlanStatus] = mapped_column(default=PlanStatus.ACTIVE, index=True)
    starts_on: Mapped[date]
    complete_by: Mapped[date]  # the last day of the last phase
    signed_off_on: Mapped[date | None]  # when the shadowing ladder was signed off
    mentor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    buddy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    hr_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    offer: Mapped[Offer | None] = relationship()
    mentor: Mapped[User | None] = relationship(foreign_keys=[mentor_id])
    buddy: Mapped[User | None] = relationship(foreign_keys=[buddy_id])
    hr: Mapped[User] = relationship(foreign_keys=[hr_id])
    tasks: Mapped[list[OnboardingTask]] = relationship(
        cascade="all, delete-orphan",
        back_populates="plan",
        order_by="OnboardingTask.due_on, OnboardingTask.id",
    )


class TaskStatus(LabelEnum):
    """Whether a task is done."""

    OPEN = "open", _("Open"), "neutral", "circle"
    DONE = "done", _("Done"), "good", "check-circle-fill"
    DROPPED = "dropped", _("Not needed"), "neutral", "slash-circle"


#: Among what a task requires: the shadowing ladder is signed off.
SIGN_OFF = "shadow_signoff"


class OnboardingTask(Audited, Timestamps, Versioned, Base):
    """One thing to do in the first months, by somebody, until a day."""

    __tablename__ = "onboarding_task"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "code"),
        sa.CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done_has_time"),
        sa.CheckConstraint(
            "kind NOT IN ('notification', 'change') OR status != 'done' OR notified_on IS NOT NULL",
            name="notified_has_day",
        ),
        sa.Index(None, "owner_id", "status", "due_on"),
        sa.Index(None, "status", "due_on"),
        # Few of many: SQLite knows so by this one, and begins with them.
        sa.Index(
            "ix_onboarding_task_open",
            "plan_id",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        ),
    )

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("onboarding_plan.id", ondelete="CASCADE"))
    code: Mapped[str]
    phase: Mapped[Phase]
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.ORDINARY)
    owner_role: Mapped[TaskOwner]
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    status: Mapped[TaskStatus] = mapped_column(default=TaskStatus.OPEN)
    text: Mapped[Words]
    blocking: Mapped[bool]
    # What the new RM owes is done by passing this course; what somebody else owes can be done from then on.
    course_code: Mapped[str] = mapped_column(default="")
    course_passed_on: Mapped[date | None]
    # Codes of the tasks that must be done before, and SIGN_OFF.
    requires: Mapped[list[str]] = mapped_column(default=list)
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    comment: Mapped[str] = mapped_column(default="", info={"private": True})
    notified_on: Mapped[date | None]  # of a notification: when, and under which number
    notice_number: Mapped[str] = mapped_column(default="")

    plan: Mapped[OnboardingPlan] = relationship(back_populates="tasks")
    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])

    @property
    def notifies(self) -> bool:
        """Whether it is done by saying when and under which number something was notified."""
        return self.kind in NOTIFIES

    @property
    def stands(self) -> bool:
        """Whether it is owed still, as far as its plan decides."""
        if self.kind is TaskKind.CHANGE or self.plan.status is PlanStatus.ACTIVE:
            return True
        return self.plan.status is PlanStatus.COMPLETED and self.kind in LASTING

    @property
    def by_course(self) -> bool:
        """Whether passing the course does it: what somebody else decides after it is not done by that."""
        return bool(self.course_code) and self.owner_role is TaskOwner.NEW_RM

    @property
    def for_somebody(self) -> bool:
        """Whether it was done by somebody else than whose task it is."""
        return self.done_by_id is not None and self.done_by_id != self.owner_id

    @property
    def called_in_history(self) -> Words:
        """What is to be done."""
        return self.text
