"""The lives of a task and of a plan."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import the_system
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask, PlanStatus, TaskStatus
from rmhr.onboarding import policies
from rmhr.onboarding.forms import CommentForm, DropForm

T, P = TaskStatus, PlanStatus


def _by_hand(task: OnboardingTask) -> Any:
    return _("This is ticked by itself when the course is passed.") if task.course_code else None


def _done(actor: Any, task: OnboardingTask, *, comment: str = "") -> None:
    task.done_at, task.done_by_id, task.comment = clock.now(), actor.id, comment


def _not_done(_actor: Any, task: OnboardingTask) -> None:
    task.done_at = task.done_by_id = None


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
            guard=_by_hand,
            apply=_done,
            tone="primary",
        ),
        Transition(
            name="complete_with_remark",
            sources=(T.OPEN,),
            target=T.DONE,
            label=_("Done, with a remark…"),
            done=_("Task done"),
            allow=policies.DO,
            guard=_by_hand,
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
            apply=_done,
        ),
        Transition(
            name="reopen",
            sources=(T.DONE, T.DROPPED),
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
            allow=policies.ADJUST,
            form=DropForm,
        ),
    ],
)


def _something_blocks(plan: OnboardingPlan) -> Any:
    blocking = [task for task in plan.tasks if task.blocking and task.status is T.OPEN]
    if blocking:
        return _("Still open and required: %(what)s", what=blocking[0].text)
    return None


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
            confirm=_("Tasks that are still open stay on record as not done. The new RM keeps the plan."),
        ),
        Transition(
            name="call_off",
            sources=(P.ACTIVE,),
            target=P.CALLED_OFF,
            label=_("Call off"),
            done=_("Onboarding called off: will not start"),
            allow=the_system,
        ),
    ],
)
