"""The lives of a task and of a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.accounts.operations import employment
from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.models.onboarding import SIGN_OFF, OnboardingPlan, OnboardingTask, PlanStatus, TaskKind, TaskStatus
from rmhr.onboarding import policies, queries
from rmhr.onboarding.forms import (
    CallOffForm,
    CommentForm,
    DropForm,
    NotificationForm,
    ReopenForm,
    RestoreForm,
)

T, P = TaskStatus, PlanStatus


def _over(task: OnboardingTask) -> Any:
    return _("This plan is over. Open it again first.") if not task.stands else None


def _by_hand(task: OnboardingTask) -> Any:
    if task.by_course:
        return _("This is ticked automatically when the course is passed.")
    return _over(task)


def _what_comes_before(task: OnboardingTask) -> Any:
    """Why it cannot be done yet: a course, the sign-off of the ladder, another task."""
    if why_not := _by_hand(task):
        return why_not
    if task.course_code and task.course_passed_on is None:
        return _("The course has to be passed before.")
    if SIGN_OFF in task.requires and task.plan.signed_off_on is None:
        return _("The shadowing programme has to be signed off before.")
    before = next(
        (each for each in task.plan.tasks if each.code in task.requires and each.status is T.OPEN), None
    )
    return _("This has to be done before: %(what)s", what=before.text) if before is not None else None


def _by_a_click(task: OnboardingTask) -> Any:
    if task.notifies:
        return _("Enter the day and the number of the notification.")
    return _what_comes_before(task)


def _by_notifying(task: OnboardingTask) -> Any:
    if not task.notifies:
        return _("This task is no notification.")
    return _what_comes_before(task)


def _notified(
    actor: Actor, task: OnboardingTask, *, notified_on: date, notice_number: str = "", **_data: Any
) -> None:
    """Raises NotPossible for a day to come: nothing has been notified then."""
    if notified_on > clock.today():
        raise NotPossible(gettext("This day is in the future."))
    _done(actor, task)
    task.notified_on, task.notice_number = notified_on, notice_number


def _done(actor: Actor, task: OnboardingTask, *, comment: str = "") -> None:
    task.done_at, task.done_by_id, task.comment = clock.now(), actor.id, comment


def _passed(_actor: Actor, task: OnboardingTask) -> None:
    task.done_at, task.course_passed_on = clock.now(), clock.today()


def _not_done(_actor: Actor, task: OnboardingTask) -> None:
    task.done_at = task.done_by_id = task.notified_on = None
    task.notice_number = ""


def _not_passed(_actor: Actor, task: OnboardingTask) -> None:
    task.done_at = task.course_passed_on = None


TASKS = Workflow(
    "onboarding_tasks",
    initial=T.OPEN,
    transitions=[
        Transition(
            name="complete",
            sources=(T.OPEN,),
            target=T.DONE,
            label=_("Mark as done"),
            done=_("Task done"),
            allow=policies.DO,
            guard=_by_a_click,
            apply=_done,
            tone="primary",
        ),
        Transition(
            name="notify",
            sources=(T.OPEN,),
            target=T.DONE,
            label=_("Notified…"),
            done=_("Notification recorded"),
            allow=policies.DO,
            guard=_by_notifying,
            form=NotificationForm,
            apply=_notified,
            tone="primary",
        ),
        Transition(
            name="complete_with_remark",
            sources=(T.OPEN,),
            target=T.DONE,
            label=_("Done, with a remark…"),
            done=_("Task done"),
            allow=policies.DO,
            guard=_by_a_click,
            form=CommentForm,
            apply=_done,
        ),
        Transition(
            name="pass_course",
            sources=(T.OPEN,),
            target=T.DONE,
            label=_("Course passed"),
            done=_("Done: the course was passed"),
            allow=the_system,
            apply=_passed,
        ),
        Transition(
            name="lose_course",
            sources=(T.DONE,),
            target=T.OPEN,
            label=_("Course to be passed again"),
            done=_("Open again: the course has to be passed once more"),
            allow=the_system,
            apply=_not_passed,
        ),
        Transition(
            name="reopen",
            sources=(T.DONE,),
            target=T.OPEN,
            label=_("Open again"),
            done=_("Task opened again"),
            allow=policies.DO | policies.supervisor_of_the_new_rm,
            guard=_by_hand,
            apply=_not_done,
        ),
        Transition(
            name="drop",
            sources=(T.OPEN,),
            target=T.DROPPED,
            label=_("Not needed…"),
            done=_("Task dropped"),
            allow=policies.ADJUST_OR_FOLLOW,
            guard=_over,
            form=DropForm,
        ),
        Transition(
            name="restore",
            sources=(T.DROPPED,),
            target=T.OPEN,
            label=_("Needed after all…"),
            done=_("Dropped task opened again"),
            allow=policies.ADJUST,
            guard=_over,
            form=RestoreForm,
        ),
    ],
    next_steps={
        T.OPEN: Owed(
            "onboarding.own",
            "onboarding.part",
            "onboarding.notification",
            "onboarding.clock",
            "training.course",
            "training.blocked",
        ),
        T.DONE: Rests("It is done; only a mistake leads back."),
        T.DROPPED: Rests("It is not needed; only a mistake leads back."),
    },
)


def _something_blocks(plan: OnboardingPlan) -> Any:
    blocking = [task for task in plan.tasks if task.blocking and task.status is T.OPEN]
    if blocking:
        return _("Still open and required: %(what)s", what=blocking[0].text)
    return None


def _moved(_actor: Actor, plan: OnboardingPlan, *, starts_on: date) -> None:
    """Every open task lies as far from the new first day as it lay from the old one; what is done stays."""
    plan.starts_on, plan.complete_by = starts_on, queries.complete_by(starts_on)
    employee = plan.user.employee
    if employee is None:
        return
    employment.reschedule(SYSTEM, plan.user, started_on=starts_on)
    known = {template.code: template for template in queries.templates()}
    for task in plan.tasks:
        # A change counts from the day on which it came about.
        if task.status is T.OPEN and task.code in known and task.kind is not TaskKind.CHANGE:
            task.due_on = queries.due_of(known[task.code], starts_on, employee.unit.holiday_region)


PLANS = Workflow(
    "onboarding",
    initial=P.ACTIVE,
    transitions=[
        Transition(
            name="complete",
            sources=(P.ACTIVE,),
            target=P.COMPLETED,
            label=_("Complete the onboarding"),
            done=_("Onboarding completed"),
            allow=policies.ADJUST,
            guard=_something_blocks,
            confirm=_(
                "Tasks that are still open stay on record as not done, except those that law sets a day for: they "
                "remain due. The new RM keeps the plan."
            ),
        ),
        Transition(
            name="move_first_day",
            sources=(P.ACTIVE,),
            target=P.ACTIVE,
            label=_("Move the first day…"),
            done=_("First day moved, and everything that counts from it"),
            allow=policies.ADJUST_OR_FOLLOW,
            apply=_moved,
        ),
        Transition(
            name="call_off",
            sources=(P.ACTIVE,),
            target=P.CALLED_OFF,
            label=_("Call off the onboarding…"),
            done=_("Onboarding called off"),
            allow=policies.FOLLOW,
            form=CallOffForm,
            tone="danger",
        ),
        Transition(
            name="reopen",
            sources=(P.COMPLETED, P.CALLED_OFF),
            target=P.ACTIVE,
            label=_("Open again…"),
            done=_("Onboarding opened again"),
            allow=policies.ADJUST_OR_FOLLOW,
            form=ReopenForm,
        ),
    ],
    next_steps={
        P.ACTIVE: Owed(
            "onboarding.own",
            "onboarding.part",
            "onboarding.notification",
            "onboarding.complete",
            "training.course",
            "training.blocked",
        ),
        P.COMPLETED: Rests("The first months are over; only a mistake leads back."),
        P.CALLED_OFF: Rests("The person left or never came; it goes on if they come after all."),
    },
)
