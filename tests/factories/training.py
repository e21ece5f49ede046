"""Courses, duties and exams for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import User
from rmhr.models.courses import Course, CourseVersion
from rmhr.models.training import Assignment, AssignmentStatus, Attempt
from rmhr.training import content, exams, operations, queries

from . import accounts, save


def course(code: str = "aml") -> Course:
    """A course of the starter content, brought where it is not there yet."""
    wanted = sa.select(Course).where(Course.code == code)
    if db.session.scalar(wanted) is None:
        content.load()
    return db.session.scalars(wanted).one()


def taught(code: str = "aml") -> CourseVersion:
    """The version of a course of the starter content that is taught now."""
    version = course(code).current
    assert version is not None
    return version


def rewrite(version: CourseVersion, **values: Any) -> None:
    """Change what a published version says, past the rule that nobody does: for tests of what stays as it was."""
    db.session.flush()
    table = CourseVersion.__table__
    db.session.connection().execute(sa.update(table).where(table.c.id == version.id).values(**values))
    db.session.expire(version)


def assignment(code: str = "aml", *, read: bool = True, **given: Any) -> Assignment:
    """An RM's duty to pass a course, its lessons read. `user` or `employee`, `due_on`, `cycle`."""
    employee = given.pop("employee", None)
    if employee is None:
        user = given.pop("user", None)
        employee = (user.employee if user and user.employee else None) or accounts.employee(
            **({"user": user} if user else {})
        )
    with audit.acting(SYSTEM, "training.assign_required"):
        made = operations.assignments.duty(taught(code), employee)
        for name, value in given.items():
            setattr(made, name, value)
        db.session.add(made)
    if read:
        read_all(made)
    db.session.commit()
    return made


def read_all(made: Assignment) -> None:
    """Read every lesson."""
    for lesson in exams.lessons_for(made.taught, queries.people.rm_type(made.user)):
        operations.exams.read_lesson(made.user, made, lesson=lesson)


def sit(made: Assignment, right: int = 100) -> Attempt:
    """Take the exam with so many right answers, and hand it in."""
    attempt = operations.exams.start_exam(made.user, made)
    for answer in attempt.answers:
        question = answer.question
        wrong = [option for option in answer.order if option not in question.correct][:1]
        chosen = question.correct if answer.position <= right else wrong
        operations.exams.answer_question(made.user, attempt, position=answer.position, chosen=chosen)
    operations.exams.hand_in(made.user, attempt)
    db.session.commit()
    return attempt


def running(code: str = "aml", **given: Any) -> Attempt:
    """An exam that has begun."""
    made = assignment(code, **given)
    attempt = operations.exams.start_exam(made.user, made)
    db.session.commit()
    return attempt


def passed(code: str = "aml", **given: Any) -> Assignment:
    """A duty that was fulfilled today."""
    made = assignment(code, **given)
    sit(made)
    assert made.status is AssignmentStatus.PASSED
    return made


def blocked(code: str = "aml", **given: Any) -> Assignment:
    """A duty whose attempts are used up."""
    made = assignment(code, **given)
    rewrite(made.taught, wait_hours=0)
    while made.status is AssignmentStatus.OPEN:
        sit(made, right=0)
    return made


def progress(
    user: User,
    code: str,
    *,
    due_on: date | None = None,
    valid_until: date | None = None,
    failed: bool = False,
    cycle: int = 1,
) -> Assignment:
    """A duty in whatever state, without an exam: for lists and figures."""
    from rmhr.core import clock
    from rmhr.models.training import AttemptStatus

    attempts = (
        [
            Attempt(
                number=1,
                taught=taught(code),
                status=AttemptStatus.FAILED,
                started_at=clock.now(),
                hand_in_by=clock.today(),
                submitted_at=clock.now(),
                score=10,
            )
        ]
        if failed
        else []
    )
    return save(
        Assignment(
            user=user,
            course=course(code),
            taught=taught(code),
            cycle=cycle,
            status=AssignmentStatus.PASSED if valid_until else AssignmentStatus.OPEN,
            reason={"en": "Required", "de": "Erforderlich"},
            assigned_on=clock.today(),
            due_on=due_on or valid_until,
            passed_on=clock.today() if valid_until else None,
            valid_until=valid_until,
            attempts=attempts,
        )
    )
