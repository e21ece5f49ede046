"""Courses: which are taught now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, contains_eager, selectinload

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.courses import Course, CourseAudience, CourseStatus, CourseVersion, Lesson, VersionStatus
from rmhr.models.training import Assignment
from rmhr.training import policies


def is_taught(version: Any = CourseVersion) -> sa.ColumnElement[bool]:
    """The condition that whoever begins its course now takes this CourseVersion."""
    return sa.and_(version.status == VersionStatus.PUBLISHED, version.replaced_at.is_(None))


def in_force() -> Sequence[CourseVersion]:
    """What is taught to whoever begins now: of each course that is given its published version, in their order."""
    query = (
        sa.select(CourseVersion)
        .join(CourseVersion.course)
        .where(is_taught(), Course.status == CourseStatus.ACTIVE)
        .options(contains_eager(CourseVersion.course))
        .order_by(Course.position, Course.id)
    )
    return db.session.scalars(query).all()


def whole() -> Sequence[Course]:
    """All courses with all their versions, lessons and questions: what is brought from files is held against these."""
    taught = selectinload(Course.versions)
    query = (
        sa.select(Course)
        .options(
            taught.selectinload(CourseVersion.lessons).selectinload(Lesson.parts),
            taught.selectinload(CourseVersion.questions),
        )
        .order_by(Course.position)
    )
    return db.session.scalars(query).all()


def seen_by(viewer: User) -> sa.ColumnElement[bool]:
    """The condition that this person may see a Course. Joined: the CourseVersion that is `newest`."""
    if policies.SEE_COURSES(viewer):
        return sa.true()
    mine = sa.exists().where(Assignment.course_id == Course.id, Assignment.user_id == viewer.id)
    readers = sa.or_(
        Course.audience == CourseAudience.EVERYBODY,
        sa.and_(Course.audience == CourseAudience.LEARNERS, mine.correlate(Course)),
    )
    return sa.or_(
        Course.owner_id == viewer.id, sa.and_(readers, is_taught(), Course.status == CourseStatus.ACTIVE)
    )


def newest() -> sa.ColumnElement[bool]:
    """The condition that a CourseVersion is what its Course is known by: what is taught, else the last one."""
    other = aliased(CourseVersion)
    found = (
        sa.select(other.id)
        .where(other.course_id == Course.id)
        .order_by(sa.case((is_taught(other), 0), else_=1), other.number.desc())
        .limit(1)
        .correlate(Course)
        .scalar_subquery()
    )
    return CourseVersion.id == found


def shown(viewer: User) -> sa.Select[CourseVersion]:
    """The courses that this person sees, each by the version that it is known by."""
    return (
        sa.select(CourseVersion)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(newest(), seen_by(viewer))
        .options(contains_eager(CourseVersion.course))
    )


def get(viewer: User, id: int) -> CourseVersion:
    """What a course is known by, with its lessons and questions; or 404."""
    query = shown(viewer).where(Course.id == id).options(*_taught())
    found: CourseVersion | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def _taught() -> tuple[Any, ...]:
    return (
        selectinload(CourseVersion.lessons).selectinload(Lesson.parts),
        selectinload(CourseVersion.questions),
    )
