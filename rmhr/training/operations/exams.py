"""Reading lessons; beginning, answering and handing in an exam."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy.orm.attributes import flag_modified

from rmhr.core import clock
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible, Stale
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.law import deadlines
from rmhr.models.courses import CourseStatus, Lesson
from rmhr.models.training import (
    Assignment,
    AssignmentStatus,
    Attempt,
    AttemptAnswer,
    AttemptStatus,
    LessonRead,
)
from rmhr.training import exams, policies, queries, records
from rmhr.training.entry import entry_of
from rmhr.training.workflow.assignments import ASSIGNMENTS, ATTEMPTS


@operation(allow=policies.TAKE, done=_("Lesson read"))
def read_lesson(_actor: Actor, assignment: Assignment, *, lesson: Lesson) -> None:
    """Remember that a lesson was worked through; a second time changes nothing."""
    if queries.assignments.has_read(assignment, lesson.id) is None:
        assignment.lessons_read.append(LessonRead(lesson=lesson, read_at=clock.now()))


@operation(allow=policies.TAKE, done=_("Exam begun"))
def start_exam(_actor: Actor, assignment: Assignment, *, chance: random.Random = exams.CHANCE) -> Attempt:
    """Draw the questions of a new attempt; where one is under way, go on with that. Raises NotPossible."""
    assignment = queries.assignments.locked(assignment)
    entry = entry_of(assignment)
    if entry.running is not None:
        return entry.running
    if entry.refusal:
        raise NotPossible(entry.refusal)
    attempt = Attempt(
        number=len(assignment.attempts) + 1,
        taught=assignment.taught,
        started_at=clock.now(),
        hand_in_by=deadlines.HAND_IN_EXAM.after(clock.today()),
        answers=exams.draw(assignment.taught, queries.people.rm_type(assignment.user), chance),
    )
    assignment.attempts.append(attempt)
    return attempt


@operation(allow=policies.TAKE, done=_("Answer saved"))
def answer_question(
    _actor: Actor, attempt: Attempt, *, position: int, chosen: Sequence[str]
) -> AttemptAnswer:
    """Store what was chosen (the ids of choices). An empty choice takes the answer back.

    Raises Stale once the exam is handed in, NotPossible for a choice of another question.
    """
    if attempt.status is not AttemptStatus.RUNNING:
        raise Stale(gettext("This exam has been handed in already."))
    answer = next(each for each in attempt.answers if each.position == position)
    if not set(chosen) <= set(answer.order):
        raise NotPossible(gettext("This answer does not belong to the question."))
    before, answer.chosen = answer.chosen, [id for id in answer.order if id in chosen]
    if answer.chosen != before:
        flag_modified(attempt, "hand_in_by")  # whoever hands in has to have seen this answer
    return answer


@operation(allow=policies.TAKE, done=_("Exam handed in"))
def hand_in(_actor: Actor, attempt: Attempt) -> Attempt:
    """Mark the exam. Passed, the course is passed, too; failed without an attempt left, the course is blocked.

    Raises Stale where it was handed in already.
    """
    queries.assignments.locked(attempt.assignment)
    if attempt.status is not AttemptStatus.RUNNING:
        raise Stale(gettext("This exam has been handed in already."))
    return _mark(attempt)


def hand_in_all_overdue(actor: Actor) -> int:
    """Mark as they stand the exams that were to be handed in before today; say how many. Twice is harmless."""
    return len(one_by_one(queries.attempts.overdue_exams(), lambda attempt: hand_in_overdue(actor, attempt)))


@operation(allow=the_system, done=_("Exam marked with the answers so far: its last day had passed"))
def hand_in_overdue(_actor: Actor, attempt: Attempt) -> Attempt:
    """Mark an exam that was begun and never handed in."""
    queries.assignments.locked(attempt.assignment)
    return _mark(attempt) if attempt.status is AttemptStatus.RUNNING else attempt


def _mark(attempt: Attempt) -> Attempt:
    for answer in attempt.answers:
        answer.right = exams.is_right(answer.question, answer.chosen)
    points = exams.score([bool(answer.right) for answer in attempt.answers])
    passed = exams.passes(attempt, points)
    ATTEMPTS.perform(SYSTEM, attempt, "pass" if passed else "fail", score=points)
    assignment = attempt.assignment
    if passed:
        ASSIGNMENTS.perform(SYSTEM, assignment, "pass")
    elif assignment.course.status is CourseStatus.RETIRED:
        ASSIGNMENTS.perform(SYSTEM, assignment, "drop", note=gettext("The course was retired."))
    elif assignment.status is AssignmentStatus.OPEN and not entry_of(assignment).left:
        ASSIGNMENTS.perform(SYSTEM, assignment, "block")
    return attempt


@ATTEMPTS.after("pass", order=10)
@ATTEMPTS.after("fail", order=10)
def keep_exam(_actor: Actor, attempt: Attempt) -> None:
    """What was asked, answered and right is kept as it was."""
    records.EXAM.keep(attempt)


@ASSIGNMENTS.after("drop", order=10)
def break_off(_actor: Actor, assignment: Assignment) -> None:
    """An exam that is under way ends with the duty."""
    for attempt in assignment.attempts:
        if attempt.status is AttemptStatus.RUNNING:
            ATTEMPTS.perform(SYSTEM, attempt, "abandon")
