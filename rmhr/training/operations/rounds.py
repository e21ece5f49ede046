"""The rounds of a course: renewals, what replaces what, and what is passed again."""

from __future__ import annotations

from datetime import date

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import news
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.duties.queries import texts
from rmhr.models.duties import TextKind
from rmhr.models.training import Assignment, AssignmentStatus
from rmhr.onboarding import operations as onboarding
from rmhr.training import notifications, queries
from rmhr.training.workflow.assignments import ASSIGNMENTS


def open_renewals(actor: Actor) -> int:
    """Give everybody whose course comes to its end the duty to renew it; say how many. Twice is harmless."""
    return len(one_by_one(queries.assignments.to_renew(), lambda assignment: renew(actor, assignment)))


@operation(allow=the_system, done=_("Renewal opened"))
def renew(actor: Actor, assignment: Assignment) -> Assignment:
    """Assign the next cycle of a course, due on the last day on which the present certificate holds.

    Raises NotPossible where it was not passed yet.
    """
    if assignment.valid_until is None:
        raise NotPossible(gettext("Only a course that was passed can be renewed."))
    successor = next_round(assignment, due_on=assignment.valid_until)
    news.tell(notifications.ASSIGNED, successor, actor)
    return successor


@ASSIGNMENTS.after("pass", order=5)
@ASSIGNMENTS.after("revoke", order=5)
def weigh_rounds(_actor: Actor, assignment: Assignment) -> None:
    """Of the rounds of this course that the person has passed, the one that holds longest counts."""
    rounds = queries.assignments.passed_rounds(assignment)
    for each in rounds:
        counts = each is rounds[-1]
        if counts and each.superseded_on is not None:
            count_again(SYSTEM, each)
        elif not counts and each.superseded_on is None:
            supersede(SYSTEM, each)


@operation(allow=the_system, done=_("Replaced by a later round"))
def supersede(_actor: Actor, assignment: Assignment) -> None:
    """A later round of the same course holds longer."""
    assignment.superseded_on = clock.today()


@operation(allow=the_system, done=_("Counts again: the certificate of the later round was revoked"))
def count_again(_actor: Actor, assignment: Assignment) -> None:
    """No other round of the same course holds longer any more."""
    assignment.superseded_on = None


@ASSIGNMENTS.after("revoke", order=10)
def pass_again(_actor: Actor, assignment: Assignment) -> Assignment | None:
    """After a revoked certificate the course is owed again: as a new round, or as the renewal that is open already."""
    learner, newest = assignment.user, queries.assignments.newest(assignment)
    onboarding.course_lost(SYSTEM, learner, course_code=assignment.course.code)
    day = queries.people.pass_again_by(learner)
    if newest.id == assignment.id:
        return assign_again(SYSTEM, assignment, due_on=day)
    if newest.status in (AssignmentStatus.OPEN, AssignmentStatus.BLOCKED):
        newest.due_on = min(newest.due_on, day)
    return None


@operation(allow=the_system, done=_("Course assigned again: its certificate was revoked"))
def assign_again(_actor: Actor, assignment: Assignment, *, due_on: date) -> Assignment:
    """A new round of a course whose certificate was revoked."""
    return next_round(assignment, due_on=due_on)


def next_round(assignment: Assignment, *, due_on: date) -> Assignment:
    """The same person has to pass the course once more, as it is taught now. Inside an operation."""
    made = Assignment(
        user=assignment.user,
        course=assignment.course,
        taught=assignment.course.current or assignment.taught,
        cycle=assignment.cycle + 1,
        reason=assignment.reason,
        assigned_on=clock.today(),
        due_on=due_on,
        notice_text_id=texts.id_in_force(TextKind.TRAINING_NOTICE),
    )
    db.session.add(made)
    return made
