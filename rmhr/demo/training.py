"""Courses of the demo bank, by real exams on past days: most valid, some late, one person out of attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import calendar
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.demo.building import REGION, at_work, day, hired, person, working_day
from rmhr.models.accounts import User
from rmhr.models.courses import Course
from rmhr.models.training import Assignment, AssignmentStatus
from rmhr.training import exams, operations, queries

#: The old hands: who passed which course how many days ago. What is valid for a year and was passed 344 days
#: ago ends in three weeks; 370 days ago, it has ended.
PASSED: dict[str, dict[str, int]] = {
    "ilse": {
        "aml": 206,
        "data_protection": 206,
        "compliance": 73,
        "ethics": 73,
        "product_knowledge": 201,
        "mifid": 158,
        "customer_service": 50,
    },
    "murat": {
        "aml": 361,
        "data_protection": 137,
        "compliance": 137,
        "ethics": 272,
        "product_knowledge": 245,
        "mifid": 344,
        "customer_service": 235,
    },
    "oskar": {
        "data_protection": 253,
        "compliance": 173,
        "ethics": 173,
        "product_knowledge": 370,
        "customer_service": 286,
    },
    "aylin": {
        "aml": 203,
        "data_protection": 350,
        "compliance": 203,
        "ethics": 129,
        "product_knowledge": 129,
        "mifid": 129,
    },
    "paul": {"aml": 50, "data_protection": 51, "compliance": 35, "ethics": 34, "product_knowledge": 30},
}
#: What nobody has passed yet: days until it is due (from today).
OWED: dict[str, dict[str, int]] = {
    "oskar": {"aml": -6},
    "aylin": {"customer_service": 24},
    "paul": {"customer_service": -3},
}
#: Out of attempts: on which days before today each was handed in.
FAILED = ("oskar", "aml", (20, 13, 2))


@dataclass(frozen=True)
class Sitting:
    """One exam in the past: who, what, when, and whether it goes well."""

    assignment: Assignment
    on: date
    wrong: int = 0
    hour: int = 10


def build() -> None:
    """The old hands first, then Lena, then what the passing of time has opened since."""
    for key, courses in PASSED.items():
        user = person(key)
        for code, ago in courses.items():
            sit(Sitting(_assigned(user, code, day(-ago - 14), due_on=day(-ago + 7)), day(-ago)))
    for key, owed in OWED.items():
        for code, days in owed.items():
            _assigned(person(key), code, day(days - 60), due_on=working_day(day(days)))
    who, code, days_ago = FAILED
    for ago in days_ago:
        sit(Sitting(_owed(person(who), code), day(-ago), wrong=3, hour=15))
    operations.rounds.open_renewals(SYSTEM)
    if lena := hired("lena"):
        _lena(lena)


def _lena(lena: User) -> None:
    """Data protection passed, anti-money laundering late after one failed attempt, compliance begun."""
    started = lena.employee.started_on if lena.employee else day(-20)
    sit(Sitting(_owed(lena, "data_protection"), working_day(started + timedelta(days=8))))
    late = _owed(lena, "aml")
    sit(Sitting(late, late.due_on - timedelta(days=1), wrong=3))
    begun = _owed(lena, "compliance")
    with clock.at(at_work(day(-1), 16, 5)):
        _read(begun)
        attempt = operations.exams.start_exam(lena, begun)
        for answer in attempt.answers[:3]:
            right = answer.question.correct
            operations.exams.answer_question(lena, attempt, position=answer.position, chosen=right)
    ethics = _owed(lena, "ethics")
    with clock.at(at_work(day(-1), 16, 40)):
        _read(ethics, 1)


def sit(sitting: Sitting) -> None:
    """Read the lessons and take the exam on that working day or the last one before it."""
    assignment = sitting.assignment
    learner = assignment.user
    on = calendar.add_working_days(sitting.on + timedelta(days=1), -1, REGION)
    with clock.at(clock.moment(on, sitting.hour, 20)):
        _read(assignment)
    with clock.at(clock.moment(on, sitting.hour + 1, 5)):
        attempt = operations.exams.start_exam(learner, assignment)
        for answer in attempt.answers:
            question = answer.question
            wrong = [option for option in answer.order if option not in question.correct][:1]
            chosen = wrong if answer.position <= sitting.wrong else question.correct
            operations.exams.answer_question(learner, attempt, position=answer.position, chosen=chosen)
    with clock.at(clock.moment(on, sitting.hour + 1, 25)):
        operations.exams.hand_in(learner, attempt)


def _read(assignment: Assignment, most: int | None = None) -> None:
    for lesson in exams.lessons_for(assignment.taught, queries.people.rm_type(assignment.user))[:most]:
        operations.exams.read_lesson(assignment.user, assignment, lesson=lesson)


def _assigned(user: User, code: str, on: date, *, due_on: date) -> Assignment:
    if user.employee is None:
        raise LookupError(f"{user.name} is not employed")
    course = db.session.scalars(sa.select(Course).where(Course.code == code)).one()
    if course.current is None:
        raise LookupError(f"{code} is not taught")
    with clock.at(clock.moment(on, 8)), audit.acting(SYSTEM, "training.assign_required"):
        assignment = operations.assignments.duty(course.current, user.employee)
        assignment.due_on = due_on
        db.session.add(assignment)
    return assignment


def _owed(user: User, code: str) -> Assignment:
    """The duty of this course that is still open."""
    wanted = (
        sa.select(Assignment)
        .join(Assignment.course)
        .where(Assignment.user_id == user.id, Course.code == code)
    )
    return db.session.scalars(wanted.where(Assignment.status == AssignmentStatus.OPEN)).unique().one()
