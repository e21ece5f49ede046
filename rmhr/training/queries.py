"""Courses, duties and attempts as each person may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import calendar
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, RmType, Role, User
from rmhr.models.training import (
    Assignment,
    AssignmentStatus,
    Attempt,
    AttemptAnswer,
    AttemptStatus,
    Certificate,
    Course,
    CourseState,
    ExamQuestion,
    LessonRead,
)
from rmhr.onboarding import queries as onboarding
from rmhr.training.progress import OWED, RENEWAL_OPENS, Progress, of_row, progress_rows


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """Which duties this person may see: their own, their team's; HR and compliance all."""
    if viewer.has(Role.HR, Role.COMPLIANCE):
        return sa.true()
    return sa.or_(Assignment.user_id == viewer.id, Assignment.user_id.in_(accounts.people.team_ids(viewer)))


def _whole() -> Any:
    employee = joinedload(Assignment.user).joinedload(User.employee)
    return sa.select(Assignment).options(
        employee.joinedload(Employee.supervisor),
        employee.joinedload(Employee.unit),
        joinedload(Assignment.course).selectinload(Course.lessons),
        selectinload(Assignment.lessons_read),
        selectinload(Assignment.attempts),
        joinedload(Assignment.certificate),
    )


def assigned_since(learner: User, first: Assignment) -> Sequence[Assignment]:
    """What this person has to pass since that duty came, the oldest first."""
    query = (
        sa.select(Assignment)
        .where(
            Assignment.id >= first.id,
            Assignment.user_id == learner.id,
            Assignment.status == AssignmentStatus.OPEN,
        )
        .options(joinedload(Assignment.course))
        .order_by(Assignment.id)
    )
    return db.session.scalars(query).unique().all()


def get(viewer: User, id: int) -> Assignment:
    """A duty with its course, lessons and attempts, or 404; of the questions only whom they concern."""
    counted = joinedload(Assignment.course).selectinload(Course.questions).load_only(ExamQuestion.rm_types)
    query = _whole().options(counted).where(Assignment.id == id, visible_to(viewer))
    found: Assignment | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def own(learner: User, id: int) -> Assignment:
    """A duty of one's own, or 404: nobody sits somebody else's exam or reads their answers."""
    questions = joinedload(Assignment.course).selectinload(Course.questions)
    query = _whole().options(questions).where(Assignment.id == id, Assignment.user_id == learner.id)
    found: Assignment | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def locked(assignment: Assignment) -> Assignment:
    """The same duty as it stands now; others who want it wait until the commit."""
    wanted = sa.select(Assignment).where(Assignment.id == assignment.id)
    fresh: Assignment = (
        db.session.scalars(wanted.with_for_update(of=Assignment).execution_options(populate_existing=True))
        .unique()
        .one()
    )
    db.session.expire(fresh, ["attempts"])
    return fresh


def locked_attempt(attempt: Attempt) -> Attempt:
    """The same attempt with its answers as they stand now; others who want it wait until the commit."""
    wanted = sa.select(Attempt).where(Attempt.id == attempt.id).options(_answers())
    fresh: Attempt = db.session.scalars(
        wanted.with_for_update(of=Attempt).execution_options(populate_existing=True)
    ).one()
    return fresh


def _answers() -> Any:
    return selectinload(Attempt.answers).joinedload(AttemptAnswer.question)


def lock(user: User) -> None:
    """Whoever else wants to assign something to this person waits until the commit."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())


def all_of(user: User) -> Sequence[Assignment]:
    """Every duty of this person, the oldest first."""
    return db.session.scalars(_all_of(user)).all()


def _all_of(user: User) -> sa.Select[Assignment]:
    query = sa.select(Assignment).where(Assignment.user_id == user.id).order_by(Assignment.id)
    return query.options(joinedload(Assignment.course))


def newest_of(user: User) -> dict[int, Assignment]:
    """The newest duty of this person for each course, by its id, whatever has become of it."""
    return {each.course_id: each for each in sorted(all_of(user), key=lambda each: each.cycle)}


def owed_by(user: User) -> list[Assignment]:
    """What this person still has to pass, each with its attempts, which end with it."""
    query = _all_of(user).where(Assignment.status.in_(OWED)).options(selectinload(Assignment.attempts))
    return list(db.session.scalars(query).unique())


def first_ones_of(user: User) -> list[Assignment]:
    """What this person still has to pass for the first time: it counts from the first day."""
    return [each for each in owed_by(user) if each.cycle == 1]


def not_begun_by(user: User) -> Sequence[Assignment]:
    """What this person has to pass and of which no lesson was read and no exam begun."""
    return (
        db.session.scalars(
            sa.select(Assignment)
            .where(
                Assignment.user_id == user.id,
                Assignment.status == AssignmentStatus.OPEN,
                ~Assignment.attempts.any(),
                ~Assignment.lessons_read.any(),
            )
            .options(joinedload(Assignment.course))
            .order_by(Assignment.id)
        )
        .unique()
        .all()
    )


def overdue_exams() -> Sequence[Attempt]:
    """The exams under way that were to be handed in before today."""
    return (
        db.session.scalars(
            sa.select(Attempt)
            .where(Attempt.status == AttemptStatus.RUNNING, Attempt.hand_in_by < clock.today())
            .options(
                _answers(),
                joinedload(Attempt.assignment)
                .joinedload(Assignment.user)
                .joinedload(User.employee)
                .joinedload(Employee.unit),
                joinedload(Attempt.assignment).joinedload(Assignment.course),
            )
            .order_by(Attempt.id)
        )
        .unique()
        .all()
    )


def attempt(assignment: Assignment, number: int) -> Attempt:
    """One attempt that is handed in, with its questions, or 404."""
    found: Attempt | None = (
        db.session.scalars(
            sa.select(Attempt)
            .where(
                Attempt.assignment_id == assignment.id,
                Attempt.number == number,
                Attempt.status.in_((AttemptStatus.PASSED, AttemptStatus.FAILED)),
            )
            .options(_answers())
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        abort(404)
    return found


def newest(assignment: Assignment) -> Assignment:
    """The newest duty of the same person for the same course: itself, or a renewal."""
    found: Assignment = (
        db.session.scalars(
            sa.select(Assignment)
            .where(Assignment.user_id == assignment.user_id, Assignment.course_id == assignment.course_id)
            .order_by(Assignment.cycle.desc())
            .limit(1)
        )
        .unique()
        .one()
    )
    return found


def standing_of(assignment: Assignment) -> tuple[int, Progress | None]:
    """The id of the newest duty of the same person for the same course, and how they stand with it. One query.

    They do not stand anyhow with what is not required of them any more.
    """
    same = (Assignment.user_id == assignment.user_id, Assignment.course_id == assignment.course_id)
    newest = sa.select(Assignment.id).where(*same).order_by(Assignment.cycle.desc()).limit(1).subquery()
    rows = progress_rows(*same)
    found = db.session.execute(sa.select(newest.c.id, rows).outerjoin(rows, sa.true())).one()
    stands = found.assignment_id is not None
    return found.id, of_row(found, assignment.course.max_attempts) if stands else None


def passed_rounds(assignment: Assignment) -> Sequence[Assignment]:
    """What the same person has passed of the same course, that which holds longest last."""
    rounds = sa.select(Assignment).where(
        Assignment.user_id == assignment.user_id,
        Assignment.course_id == assignment.course_id,
        Assignment.status == AssignmentStatus.PASSED,
    )
    return db.session.scalars(rounds.order_by(Assignment.valid_until, Assignment.id)).unique().all()


def certified(code: str) -> Certificate | None:
    """The certificate of this code, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    if not plain or len(plain) > 40:
        return None
    typed = "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    return db.session.scalars(sa.select(Certificate).where(Certificate.code == typed)).unique().one_or_none()


# Progress: the state of each course for each person.


@dataclass(frozen=True)
class Held:
    """A course of one person and how they stand with it."""

    course: Course
    progress: Progress

    @property
    def state(self) -> CourseState:
        """The state today."""
        return self.progress.state

    @property
    def order(self) -> tuple[bool, date, int]:
        """Required first, soonest first."""
        return (self.state is CourseState.VALID, self.progress.on, self.course.position)


def courses_of(user: User) -> list[Held]:
    """The courses of this person: what is required first, soonest due first. One query."""
    found = db.session.execute(_courses_held(), {"user_id": user.id})
    held = [Held(row[0], of_row(row, row[0].max_attempts)) for row in found]
    return sorted(held, key=lambda it: it.order)


@cache
def _courses_held() -> sa.Select[Any]:
    """The statement of `courses_of`, made once: many pages ask it."""
    rows = progress_rows(Assignment.user_id == sa.bindparam("user_id"))
    return sa.select(Course, rows).join(rows, rows.c.course_id == Course.id)


# Facts about the person.


def rm_type(user: User) -> RmType | None:
    """Which clients this person looks after."""
    return user.employee.rm_type if user.employee else None


def unlock_by(user: User) -> date:
    """Until when somebody should talk with this person, from today."""
    return deadlines.UNLOCK_EXAM.after(clock.today(), region(user.employee))


def pass_again_by(user: User) -> date:
    """Until when this person has to pass a course that is required again from today."""
    return working_day(deadlines.PASS_AGAIN.after(clock.today()), user)


def working_day(day: date, user: User) -> date:
    """This day or the next one on which people work where this person does."""
    return calendar.next_working_day(day, region(user.employee))


def _first_courses(user: User) -> list[onboarding.Relative]:
    return [
        onboarding.Relative(("course", each.id), each.course.name, each.due_on)
        for each in first_ones_of(user)
    ]


registry.DATES.add("training", _first_courses)


def region(employee: Employee | None) -> str:
    """Where this person's working days are counted."""
    return employee.unit.holiday_region if employee else "DE"


def to_renew() -> Sequence[Assignment]:
    """Passed duties that come to their end and have no successor yet, of people who still work here."""
    later = aliased(Assignment)
    return (
        db.session.scalars(
            sa.select(Assignment)
            .join(User, User.id == Assignment.user_id)
            .where(
                Assignment.status == AssignmentStatus.PASSED,
                Assignment.valid_until <= clock.today() + timedelta(days=RENEWAL_OPENS),
                accounts.people.here(),
                ~sa.exists().where(
                    later.user_id == Assignment.user_id,
                    later.course_id == Assignment.course_id,
                    later.cycle > Assignment.cycle,
                ),
            )
            .options(joinedload(Assignment.user), joinedload(Assignment.course))
            .order_by(Assignment.id)
        )
        .unique()
        .all()
    )


# Courses.


def courses() -> Sequence[Course]:
    """All courses in their order."""
    return db.session.scalars(sa.select(Course).order_by(Course.position)).all()


def course(id: int) -> Course:
    """A course with lessons and questions, or 404."""
    query = (
        sa.select(Course)
        .where(Course.id == id)
        .options(selectinload(Course.lessons), selectinload(Course.questions))
    )
    found: Course | None = db.session.scalars(query).one_or_none()
    if found is None:
        abort(404)
    return found


def course_list() -> Sequence[Any]:
    """(course, questions): all courses, each with the size of its question bank."""
    bank = (
        sa.select(ExamQuestion.course_id, sa.func.count().label("questions"))
        .group_by(ExamQuestion.course_id)
        .subquery()
    )
    return db.session.execute(
        sa.select(Course, sa.func.coalesce(bank.c.questions, 0))
        .outerjoin(bank, bank.c.course_id == Course.id)
        .order_by(Course.position)
    ).all()


def has_read(assignment: Assignment, lesson_id: int) -> LessonRead | None:
    """That the lesson is read, where it is."""
    return next((row for row in assignment.lessons_read if row.lesson_id == lesson_id), None)


def by_course(people: Sequence[User]) -> Mapping[int, Mapping[int, Progress]]:
    """How each of these people stands with each course that is theirs, by their ids. One query."""
    rows = progress_rows(Assignment.user_id.in_([person.id for person in people]))
    query = sa.select(rows, Course.max_attempts).join(Course, Course.id == rows.c.course_id)
    found: dict[int, dict[int, Progress]] = defaultdict(dict)
    for row in db.session.execute(query):
        found[row.user_id][row.course_id] = of_row(row, row.max_attempts)
    return found
