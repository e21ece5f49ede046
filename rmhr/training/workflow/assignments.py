"""The lives of a duty and of an attempt."""

from __future__ import annotations

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus
from rmhr.training import notifications, policies, queries
from rmhr.training.forms.assignments import ExcuseForm, RequireForm, RevokeForm, UnlockForm

A, T = AssignmentStatus, AttemptStatus


def _passed(_actor: Actor, assignment: Assignment) -> None:
    today = clock.today()
    assignment.passed_on = today
    assignment.valid_until = calendar.add_months(today, assignment.taught.interval_months)


def _blocked(_actor: Actor, assignment: Assignment) -> None:
    assignment.unlock_by = queries.people.unlock_by(assignment.user)


def _revoked(actor: Actor, assignment: Assignment) -> None:
    assignment.passed_on = assignment.valid_until = None
    proof = assignment.certificate
    if proof is not None:
        proof.revoked_on, proof.revoked_by_id = clock.today(), actor.id


def _excused(_actor: Actor, assignment: Assignment) -> None:
    assignment.unlock_by = None


def _required(_actor: Actor, assignment: Assignment) -> None:
    assignment.due_on = max(assignment.due_on, queries.people.pass_again_by(assignment.user))


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
        Transition(
            name="revoke",
            sources=(A.PASSED,),
            target=A.REVOKED,
            label=_("Revoke the certificate…"),
            done=_("Certificate revoked"),
            allow=policies.REVOKE,
            form=RevokeForm,
            confirm=_(
                "Whoever checks the certificate sees from now on that it is revoked. The course has to "
                "be passed again, and the tasks that it had ticked in the onboarding plan are open "
                "again. This cannot be undone."
            ),
            apply=_revoked,
            notify=(notifications.REVOKED,),
            tone="danger",
        ),
        Transition(
            name="drop",
            sources=(A.OPEN, A.BLOCKED),
            target=A.DROPPED,
            label=_("No longer required…"),
            done=_("Course no longer required"),
            allow=policies.EXCUSE,
            form=ExcuseForm,
            apply=_excused,
        ),
        Transition(
            name="require",
            sources=(A.DROPPED,),
            target=A.OPEN,
            label=_("Required after all…"),
            done=_("Course required after all"),
            allow=policies.EXCUSE,
            form=RequireForm,
            apply=_required,
        ),
    ],
    next_steps={
        A.OPEN: Owed("training.course"),
        A.BLOCKED: Owed("training.blocked", "training.unlock"),
        A.PASSED: Rests("It is held until its end; the scheduler opens the renewal as a duty of its own."),
        A.DROPPED: Rests("It is not required; only a change of the person’s work leads back."),
    },
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
        Transition(
            name="abandon",
            sources=(T.RUNNING,),
            target=T.ABANDONED,
            label=_("Exam broken off"),
            done=_("Exam broken off: the course is no longer required"),
            allow=policies.SYSTEM_ONLY,
        ),
    ],
    next_steps={T.RUNNING: Owed("training.hand_in")},
)
