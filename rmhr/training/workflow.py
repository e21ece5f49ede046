"""The lives of a duty and of an attempt."""

from __future__ import annotations

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus
from rmhr.training import notifications, policies, queries
from rmhr.training.forms import UnlockForm

A, T = AssignmentStatus, AttemptStatus


def _passed(_actor: Actor, assignment: Assignment) -> None:
    today = clock.today()
    assignment.passed_on = today
    assignment.valid_until = calendar.add_months(today, assignment.course.interval_months)


def _blocked(_actor: Actor, assignment: Assignment) -> None:
    assignment.unlock_by = queries.unlock_by(assignment.user)


def _unlocked(_actor: Actor, assignment: Assignment, *, attempts: int) -> None:
    assignment.extra_attempts += attempts
    assignment.unlock_by = None


ASSIGNMENTS = Workflow(
    "training",
    initial=A.OPEN,
    transitions=[
        Transition(
            name="pass",
            sources=(A.OPEN,),
            target=A.PASSED,
            label=_("Course passed"),
            done=_("Course passed"),
            allow=policies.SYSTEM_ONLY,
            apply=_passed,
            notify=(notifications.PASSED,),
        ),
        Transition(
            name="block",
            sources=(A.OPEN,),
            target=A.BLOCKED,
            label=_("Attempts used up"),
            done=_("Attempts used up"),
            allow=policies.SYSTEM_ONLY,
            apply=_blocked,
            notify=(notifications.BLOCKED,),
        ),
        Transition(
            name="unlock",
            sources=(A.BLOCKED,),
            target=A.OPEN,
            label=_("Unlock…"),
            done=_("Another attempt unlocked"),
            allow=policies.UNLOCK,
            form=UnlockForm,
            apply=_unlocked,
            notify=(notifications.UNLOCKED,),
            tone="primary",
        ),
    ],
)


def _marked(_actor: Actor, attempt: Attempt, *, score: int) -> None:
    attempt.score, attempt.submitted_at = score, clock.now()


ATTEMPTS = Workflow(
    "training_attempts",
    initial=T.RUNNING,
    transitions=[
        Transition(
            name="pass",
            sources=(T.RUNNING,),
            target=T.PASSED,
            label=_("Exam passed"),
            done=_("Exam passed"),
            allow=policies.SYSTEM_ONLY,
            apply=_marked,
        ),
        Transition(
            name="fail",
            sources=(T.RUNNING,),
            target=T.FAILED,
            label=_("Exam not passed"),
            done=_("Exam not passed"),
            allow=policies.SYSTEM_ONLY,
            apply=_marked,
        ),
    ],
)
