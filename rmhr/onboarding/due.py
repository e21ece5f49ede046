"""What is owed in the first months: tasks, by whoever they were given to."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import User
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask, PlanStatus, TaskStatus
from rmhr.models.reminders import Basis, EscalationLevel

#: One click marks a task as done; another one takes that back.
TICK = {"id": "subject_id", "name": "transition"}
#: Days around the due date (rmhr/content/courses.yaml, reminders; without the early ones, a task is small).
REMIND_ON = (-3, 0, 3, 7)


def _open() -> Rows:
    return (
        sa.select(
            OnboardingTask.id.label("subject_id"),
            OnboardingTask.owner_id.label("owner_id"),
            OnboardingTask.due_on.label("due_on"),
            day_of(OnboardingTask.created_at).label("since_on"),
            OnboardingTask.plan_id.label("plan"),
            OnboardingTask.text.label("what"),
            User.name.label("person"),
            sa.literal("complete").label("transition"),
        )
        .join(OnboardingPlan, OnboardingPlan.id == OnboardingTask.plan_id)
        .join(User, User.id == OnboardingPlan.user_id)
        # What a course ticks is owed as the course.
        .where(
            OnboardingTask.status == TaskStatus.OPEN,
            OnboardingTask.course_code == "",
            OnboardingPlan.status == PlanStatus.ACTIVE,
        )
    )


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
    return _open().where(OnboardingTask.owner_id == OnboardingPlan.user_id)


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
    otherwise=N_("The new colleague waits for it"),
    snooze=3,
    click="onboarding_tasks.transition",
    click_params=TICK,
    click_verb=N_("Done"),
    undo="reopen",
    awaited=N_("%(what)s"),
)
def tasks_for_others() -> Rows:
    """What everybody else owes a new RM."""
    tasks = _open().add_columns(OnboardingPlan.user_id.label("waits_id"))
    return tasks.where(OnboardingTask.owner_id != OnboardingPlan.user_id)
