"""Duties to take a course, as each person may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.courses import Course, CourseVersion, ExamQuestion, Lesson
from rmhr.models.training import Assignment, AssignmentStatus, LessonRead
from rmhr.onboarding import queries as onboarding
from rmhr.training.progress import OWED, RENEWAL_OPENS, Progress, given, of_row, progress_rows


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
        joinedload(Assignment.course),
        joinedload(Assignment.taught).selectinload(CourseVersion.lessons).selectinload(Lesson.parts),
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
        .options(joinedload(Assignment.course), joinedload(Assignment.taught))
        .order_by(Assignment.id)
    )
    return db.session.scalars(query).unique().all()


def get(viewer: User, id: int) -> Assignment:
    """A duty with its course, lessons and attempts, or 404; of the questions only whom they concern."""
    asked = joinedload(Assignment.taught).selectinload(CourseVersion.questions)
    counted = asked.load_only(ExamQuestion.rm_types)
    query = _whole().options(counted).where(Assignment.id == id, visible_to(viewer))
    found: Assignment | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def own(learner: User, id: int) -> Assignment:
    """A duty of one's own, or 404: nobody sits somebody else's exam or reads their answers."""
    questions = joinedload(Assignment.taught).selectinload(CourseVersion.questions)
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


def lock(user: User) -> None:
    """Whoever else wants to assign something to this person waits until the commit."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())


def all_of(user: User) -> Sequence[Assignment]:
    """Every duty of this person, the oldest first."""
    return db.session.scalars(_all_of(user)).all()


def _all_of(user: User) -> sa.Select[Assignment]:
    query = sa.select(Assignment).where(Assignment.user_id == user.id).order_by(Assignment.id)
    return query.options(joinedload(Assignment.course), joinedload(Assignment.taught))


def newest_of(user: User) -> dict[int, Assignment]:
    """The newest duty of this person for each course, by its id, whatever has become of it."""
    return {each.course_id: each for each in sorted(all_of(user), key=lambda each: each.cycle)}


def owed_by(user: User) -> list[Assignment]:
    """What this person still has to pass, each with its attempts, which end with it."""
    query = _all_of(user).where(Assignment.status.in_(OWED)).options(selectinload(Assignment.attempts))
    return list(db.session.scalars(query).unique())


def owed_of(course: Course) -> Sequence[Assignment]:
    """Who still has to pass this course, each with the attempts."""
    query = (
        sa.select(Assignment)
        .where(Assignment.course_id == course.id, Assignment.status.in_(OWED))
        .options(
            selectinload(Assignment.attempts),
            joinedload(Assignment.user).joinedload(User.employee),
            joinedload(Assignment.taught),
        )
        .order_by(Assignment.id)
    )
    return db.session.scalars(query).unique().all()


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
            .options(joinedload(Assignment.course), joinedload(Assignment.taught))
            .order_by(Assignment.id)
        )
        .unique()
        .all()
    )


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
    return found.id, of_row(found, assignment.taught.max_attempts) if stands else None


def passed_rounds(assignment: Assignment) -> Sequence[Assignment]:
    """What the same person has passed of the same course, that which holds longest last."""
    rounds = sa.select(Assignment).where(
        Assignment.user_id == assignment.user_id,
        Assignment.course_id == assignment.course_id,
        Assignment.status == AssignmentStatus.PASSED,
    )
    return db.session.scalars(rounds.order_by(Assignment.valid_until, Assignment.id)).unique().all()


def has_read(assignment: Assignment, lesson_id: int) -> LessonRead | None:
    """That the lesson is read, where it is."""
    return next((row for row in assignment.lessons_read if row.lesson_id == lesson_id), None)


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
                given(Assignment.course_id),
                ~sa.exists().where(
                    later.user_id == Assignment.user_id,
                    later.course_id == Assignment.course_id,
                    later.cycle > Assignment.cycle,
                ),
            )
            .options(
                joinedload(Assignment.user),
                joinedload(Assignment.taught),
                joinedload(Assignment.course).joinedload(Course.current),
            )
            .order_by(Assignment.id)
        )
        .unique()
        .all()
    )


def _first_courses(user: User) -> list[onboarding.Relative]:
    return [
        onboarding.Relative(("course", each.id), each.taught.name, each.due_on)
        for each in first_ones_of(user)
    ]


registry.DATES.add("training", _first_courses)
