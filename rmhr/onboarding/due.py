"""What is owed in the first months: tasks by whoever they were given to, and the end of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries.people import here, owed_by_first_here
from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.law import hiring
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.onboarding import (
    NOTIFIES,
    OnboardingPlan,
    OnboardingTask,
    PlanStatus,
    TaskKind,
    TaskOwner,
    TaskStatus,
)
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.onboarding import queries

#: One click marks a task as done; another one takes that back.
TICK = {"id": "subject_id", "name": "transition"}
#: Days around the due date; without early ones, a task is small.
REMIND_ON = (-3, 0, 3, 7)
ORDINARY = (TaskKind.ORDINARY,)


def _open(whose: sa.ColumnElement[bool], *words: Any, kinds: Sequence[TaskKind] = ORDINARY) -> Rows:
    """The tasks that can be done by hand. Whose owner has left are those of HR.

    What a change of employment leaves to be notified is owed when the person is not there any more.
    """
    tasks = (
        sa.select(
            OnboardingTask.id.label("subject_id"),
            OnboardingTask.due_on.label("due_on"),
            day_of(OnboardingTask.created_at).label("since_on"),
            OnboardingTask.plan_id.label("plan"),
            OnboardingTask.text.label("what"),
            User.name.label("person"),
            sa.literal("complete").label("transition"),
            *words,
        )
        .join(OnboardingPlan, OnboardingPlan.id == OnboardingTask.plan_id)
        .join(User, User.id == OnboardingPlan.user_id)
        .where(
            OnboardingTask.status == TaskStatus.OPEN,
            # What a course ticks is owed as the course, and what somebody decides after it once it is passed.
            sa.or_(
                OnboardingTask.course_code == "",
                sa.and_(
                    OnboardingTask.owner_role != TaskOwner.NEW_RM,
                    OnboardingTask.course_passed_on.is_not(None),
                ),
            ),
            OnboardingTask.kind.in_(kinds),
            queries.stands(),
            sa.true() if TaskKind.CHANGE in kinds else here(),
            whose,
        )
    )
    return owed_by_first_here(tasks, (OnboardingTask.owner_id, OnboardingPlan.hr_id))


@source(
    "onboarding.own",
    label=N_("Your onboarding tasks"),
    remind_on=REMIND_ON,
    escalation=(
        ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),
        ReminderStep(15, (EscalationLevel.HR,), Basis.WORKING),
    ),
    text=N_("%(what)s"),
    why=N_("Task in your onboarding plan"),
    verb=N_("View"),
    endpoint="onboarding.show",
    params={"id": "plan"},
    icon="signpost",
    snooze=5,
    click="onboarding_tasks.transition",
    click_params=TICK,
    click_verb=N_("Done"),
    undo="reopen",
)
def own_tasks() -> Rows:
    """What new RMs owe themselves."""
    return _open(OnboardingTask.owner_id == OnboardingPlan.user_id)


@source(
    "onboarding.part",
    label=N_("Your part in the onboarding of others"),
    remind_on=REMIND_ON,
    escalation=(
        ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),
        ReminderStep(10, (EscalationLevel.HR,), Basis.WORKING),
    ),
    text=N_("%(what)s"),
    why=N_("Your part in the onboarding of %(person)s"),
    verb=N_("View"),
    endpoint="onboarding.show",
    params={"id": "plan"},
    icon="signpost",
    snooze=3,
    click="onboarding_tasks.transition",
    click_params=TICK,
    click_verb=N_("Done"),
    undo="reopen",
    awaited=N_("%(what)s"),
)
def tasks_for_others() -> Rows:
    """What everybody else owes a new RM."""
    waits = OnboardingPlan.user_id.label("waits_id")
    return _open(OnboardingTask.owner_id != OnboardingPlan.user_id, waits)


@source(
    "onboarding.notification",
    label=N_("Notifications to BaFin"),
    remind_on=(-7, -3, 0, 1),
    escalation=(
        ReminderStep(1, (EscalationLevel.SUPERVISOR,), Basis.WORKING),
        ReminderStep(5, (EscalationLevel.HR,), Basis.WORKING),
    ),
    text=N_("%(what)s"),
    why=N_("Investment advice by %(person)s (section 87 WpHG)"),
    verb=N_("View"),
    endpoint="onboarding.show",
    params={"id": "plan"},
    icon="bank",
    must=N_("Law asks the bank for it, and nobody else is asked to do it"),
    awaited=N_("%(what)s"),
    shared=Role.COMPLIANCE,
)
def to_notify() -> Rows:
    """What BaFin has to be told: that somebody begins to give advice, and that they do not any more."""
    return _open(sa.true(), OnboardingPlan.user_id.label("waits_id"), kinds=NOTIFIES)


@source(
    "onboarding.clock",
    label=N_("Last days that law sets for RMs"),
    remind_on=(-hiring.WARN_EARLY.number, -hiring.WARN_AGAIN.number, -30, -7, 0),
    escalation=(
        ReminderStep(-30, (EscalationLevel.SUPERVISOR,)),
        ReminderStep(0, (EscalationLevel.HR,)),
    ),
    text=N_("%(what)s"),
    why=N_("Concerns %(person)s"),
    verb=N_("View"),
    endpoint="onboarding.show",
    params={"id": "plan"},
    icon="hourglass-split",
    awaited=N_("%(what)s"),
    shared=Role.COMPLIANCE,
)
def last_days() -> Rows:
    """How long law lets something go on: it is warned of months before."""
    waits = OnboardingPlan.user_id.label("waits_id")
    return _open(OnboardingTask.owner_id != OnboardingPlan.user_id, waits, kinds=(TaskKind.CLOCK,))


@source(
    "onboarding.complete",
    label=N_("Onboarding plans to complete"),
    remind_on=(0, 7),
    escalation=(ReminderStep(10, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("Complete the onboarding of %(person)s"),
    why=N_("Nothing that is required is open any more"),
    verb=N_("View"),
    endpoint="onboarding.show",
    icon="flag",
    snooze=7,
    awaited=N_("The end of your onboarding plan"),
)
def to_complete() -> Rows:
    """Plans of which nothing that is required is open, and of people who have left: the supervisor's, else HR's."""
    blocking = (
        sa.select(OnboardingTask.id)
        .where(
            OnboardingTask.plan_id == OnboardingPlan.id,
            OnboardingTask.blocking,
            OnboardingTask.status == TaskStatus.OPEN,
        )
        .correlate(OnboardingPlan)
        .exists()
    )
    plans = (
        sa.select(
            OnboardingPlan.id.label("subject_id"),
            OnboardingPlan.complete_by.label("due_on"),
            OnboardingPlan.starts_on.label("since_on"),
            OnboardingPlan.user_id.label("waits_id"),
            User.name.label("person"),
        )
        .join(User, User.id == OnboardingPlan.user_id)
        .outerjoin(Employee, Employee.user_id == OnboardingPlan.user_id)
        .where(OnboardingPlan.status == PlanStatus.ACTIVE)
    )
    return owed_by_first_here(
        plans, (Employee.supervisor_id, OnboardingPlan.hr_id), sa.or_(~blocking, ~here())
    )
