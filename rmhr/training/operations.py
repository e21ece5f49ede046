"""Who must take which course; reading lessons; beginning, answering and handing in an exam; certificates."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking, calendar
from rmhr.core.errors import NotPossible, Stale
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, speaking
from rmhr.core.policy import SYSTEM, the_system
from rmhr.models.accounts import Employee, User
from rmhr.models.training import (
    Assignment,
    AssignmentStatus,
    Attempt,
    AttemptAnswer,
    AttemptStatus,
    Certificate,
    Course,
    Lesson,
    LessonRead,
)
from rmhr.onboarding import operations as onboarding
from rmhr.training import exams, policies, queries
from rmhr.training.entry import entry_of
from rmhr.training.workflow import ASSIGNMENTS, ATTEMPTS

#: Letters and digits of a certificate's code: none that is read as another (0 and O, 1 and I and L).
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: Twelve of them: more than 10 to the 17 codes, and nothing counts up.
CODE_LENGTH = 12

#: The courses that a person has to pass.
OWED = asking.Owed(("training.course",), "owner_id")


@operation(allow=the_system, done=_("Mandatory courses assigned"))
def assign_required(_actor: Any, employee: Employee) -> list[Assignment]:
    """Every course that is mandatory for this kind of RM and not assigned yet, due on working days."""
    given = {held.course.id for held in queries.courses_of(employee.user)}
    rm_type = employee.rm_type
    fresh = [
        Assignment(
            user=employee.user,
            course=course,
            reason=reason(course, employee),
            assigned_on=clock.today(),
            due_on=due_date(course, employee),
        )
        for course in queries.courses()
        if rm_type is not None and rm_type.value in course.rm_types and course.id not in given
    ]
    db.session.add_all(fresh)
    return fresh


@operation(allow=the_system, done=_("Course assigned"))
def assign(
    _actor: Any, employee: Employee, *, course: Course, due_on: date | None = None, cycle: int = 1
) -> Assignment:
    """One course for one person. Without `due_on`, due as for a new RM."""
    assignment = Assignment(
        user=employee.user,
        course=course,
        cycle=cycle,
        reason=reason(course, employee),
        assigned_on=clock.today(),
        due_on=due_on or due_date(course, employee),
    )
    db.session.add(assignment)
    return assignment


def due_date(course: Course, employee: Employee) -> date:
    """So many days after the first one, on the next working day of the person's place, not before today."""
    day = max(employee.started_on + timedelta(days=course.due_days), clock.today())
    return calendar.next_working_day(day, queries.region(employee))


def reason(course: Course, employee: Employee) -> Words:
    """Why this person must take it, in both languages."""
    said = Words()
    for code in LANGUAGES:
        with speaking(code):
            if employee.rm_type is None:
                said[code] = gettext("Required by the bank")
                continue
            clients = str(employee.rm_type.label)
            clients = clients.lower() if code == "en" else clients
            if course.blocked:
                said[code] = gettext(
                    "Required for %(clients)s, before %(what)s",
                    clients=clients,
                    what=str(course.blocked[0].label),
                )
            else:
                said[code] = gettext("Required for %(clients)s", clients=clients)
    return said


def open_renewals(actor: Any) -> int:
    """Give everybody whose course comes to its end the duty to renew it; say how many. Twice is harmless."""
    ending = queries.to_renew()
    for assignment in ending:
        renew(actor, assignment)
    return len(ending)


@operation(allow=the_system, done=_("Renewal opened"))
def renew(_actor: Any, assignment: Assignment) -> Assignment:
    """The next cycle of a course: due on the last day on which the present certificate holds."""
    if assignment.valid_until is None:
        raise NotPossible(gettext("Only a course that was passed can be renewed."))
    successor = Assignment(
        user=assignment.user,
        course=assignment.course,
        cycle=assignment.cycle + 1,
        reason=assignment.reason,
        assigned_on=clock.today(),
        due_on=assignment.valid_until,
    )
    db.session.add(successor)
    return successor


@operation(allow=policies.TAKE, done=_("Lesson read"))
def read_lesson(_actor: Any, assignment: Assignment, *, lesson: Lesson) -> None:
    """Remember that a lesson was worked through; a second time changes nothing."""
    if queries.has_read(assignment, lesson.id) is None:
        assignment.lessons_read.append(LessonRead(lesson=lesson, read_at=clock.now()))


@operation(allow=policies.TAKE, done=_("Exam begun"))
def start_exam(_actor: Any, assignment: Assignment, *, chance: random.Random = exams.CHANCE) -> Attempt:
    """Draw the questions of a new attempt; where one is under way, go on with that. Raises NotPossible."""
    assignment = queries.locked(assignment)
    entry = entry_of(assignment)
    if entry.running is not None:
        return entry.running
    if entry.refusal:
        raise NotPossible(entry.refusal)
    attempt = Attempt(
        number=entry.used + 1,
        started_at=clock.now(),
        answers=exams.draw(assignment.course, queries.rm_type(assignment.user), chance),
    )
    assignment.attempts.append(attempt)
    return attempt


@operation(allow=policies.TAKE, done=_("Answer saved"))
def answer_question(_actor: Any, attempt: Attempt, *, position: int, chosen: Sequence[str]) -> AttemptAnswer:
    """Keep what was chosen, until the exam is handed in. An empty choice takes the answer back."""
    if attempt.status is not AttemptStatus.RUNNING:
        raise Stale(gettext("This exam has been handed in already."))
    answer = next(each for each in attempt.answers if each.position == position)
    if not set(chosen) <= set(answer.order):
        raise NotPossible(gettext("This answer does not belong to the question."))
    answer.chosen = [id for id in answer.order if id in chosen]
    return answer


@operation(allow=policies.TAKE, done=_("Exam handed in"))
def hand_in(_actor: Any, attempt: Attempt) -> Attempt:
    """Mark the exam. Passed: the certificate and what hangs on it. No attempt left: somebody must talk."""
    queries.locked(attempt.assignment)
    if attempt.status is not AttemptStatus.RUNNING:
        raise Stale(gettext("This exam has been handed in already."))
    for answer in attempt.answers:
        answer.right = exams.is_right(answer.question, answer.chosen)
    points = exams.score([bool(answer.right) for answer in attempt.answers])
    passed = exams.passes(attempt, points)
    ATTEMPTS.perform(SYSTEM, attempt, "pass" if passed else "fail", score=points)
    assignment = attempt.assignment
    if passed:
        ASSIGNMENTS.perform(SYSTEM, assignment, "pass")
    elif assignment.status is AssignmentStatus.OPEN and not entry_of(assignment).left:
        ASSIGNMENTS.perform(SYSTEM, assignment, "block")
    return attempt


@ASSIGNMENTS.after("pass", order=10)
def certify(_actor: Any, assignment: Assignment) -> Certificate:
    """A passed course has its certificate, and ticks what waited for it in the onboarding plan."""
    if assignment.passed_on is None or assignment.valid_until is None:
        raise LookupError(f"{assignment!r} was passed without a day")
    best = max((each.score or 0 for each in assignment.attempts), default=0)
    certificate = Certificate(
        assignment=assignment,
        code=new_code(),
        issued_on=assignment.passed_on,
        valid_until=assignment.valid_until,
        score=best,
    )
    db.session.add(certificate)
    onboarding.course_passed(SYSTEM, assignment.user, course_code=assignment.course.code)
    return certificate


def new_code() -> str:
    """A code that nobody guesses and that can be typed: "7K3M-QX9P-2WHD"."""
    plain = "".join(secrets.choice(SIGNS) for _n in range(CODE_LENGTH))
    return "-".join(plain[start : start + 4] for start in range(0, CODE_LENGTH, 4))


@operation(allow=policies.REMIND, done=_("Reminder sent"))
def remind(actor: User, person: User, /) -> str:
    """Remind somebody of the courses that are due; their name. Raises NotPossible where none is."""
    return OWED.ask(actor, person)
