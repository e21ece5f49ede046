"""Versions of courses: one with all that it teaches, those of a course, and whom a new one concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from rmhr.core import clock
from rmhr.core.db import db, this_day
from rmhr.law import deadlines
from rmhr.models.accounts import Role, User
from rmhr.models.courses import (
    Course,
    CourseVersion,
    ExamQuestion,
    Lesson,
    LessonBlock,
    VersionStatus,
)
from rmhr.models.documents import Document
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, LessonRead
from rmhr.training.progress import OWED

#: Versions that somebody is still working on.
ON_ITS_WAY = (VersionStatus.DRAFT, VersionStatus.IN_REVIEW)

_PEOPLE = (
    joinedload(CourseVersion.edited_by),
    joinedload(CourseVersion.submitted_by),
    joinedload(CourseVersion.reviewer),
    joinedload(CourseVersion.published_by),
)


def written_by(viewer: User) -> sa.ColumnElement[bool]:
    """The condition that this person looks after a Course: drafts and right answers are for nobody else."""
    return sa.true() if viewer.has(Role.HR, Role.COMPLIANCE) else Course.owner_id == viewer.id


def _seen(viewer: User) -> sa.Select[CourseVersion]:
    return (
        sa.select(CourseVersion)
        .join(CourseVersion.course)
        .where(written_by(viewer))
        .options(contains_eager(CourseVersion.course).joinedload(Course.owner), *_PEOPLE)
    )


def get(viewer: User, id: int) -> CourseVersion:
    """A version with its lessons, their parts and its questions, or 404."""
    query = _seen(viewer).where(CourseVersion.id == id).options(*_whole())
    found: CourseVersion | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def _whole() -> tuple[Any, ...]:
    return (
        selectinload(CourseVersion.lessons).selectinload(Lesson.parts).joinedload(LessonBlock.document),
        selectinload(CourseVersion.questions),
    )


def whole(id: int) -> CourseVersion:
    """A version that is there, with all that it teaches."""
    return (
        db.session.scalars(sa.select(CourseVersion).where(CourseVersion.id == id).options(*_whole()))
        .unique()
        .one()
    )


def course(viewer: User, id: int) -> Course:
    """A course that this person looks after, with its versions; or 404."""
    query = (
        sa.select(Course)
        .where(Course.id == id, written_by(viewer))
        .options(joinedload(Course.owner), selectinload(Course.versions).options(*_PEOPLE))
    )
    found: Course | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def locked(course: Course) -> Course:
    """The same course; others who want to begin or publish a version of it wait until the commit."""
    wanted = sa.select(Course).where(Course.id == course.id).with_for_update(of=Course)
    fresh: Course = db.session.scalars(wanted.execution_options(populate_existing=True)).unique().one()
    db.session.expire(fresh, ["versions", "current"])
    return fresh


def draft_locked(version: CourseVersion) -> CourseVersion:
    """The same version as it stands now; others who want to change it wait until the commit."""
    wanted = sa.select(CourseVersion).where(CourseVersion.id == version.id).with_for_update(of=CourseVersion)
    fresh: CourseVersion = db.session.scalars(wanted.execution_options(populate_existing=True)).unique().one()
    return fresh


def before(version: CourseVersion) -> CourseVersion | None:
    """What was taught before this one: the version that it takes the place of, whole; of the first one, none."""
    query = (
        sa.select(CourseVersion)
        .where(
            CourseVersion.course_id == version.course_id,
            CourseVersion.number < version.number,
            CourseVersion.status == VersionStatus.PUBLISHED,
        )
        .options(*_whole())
        .order_by(CourseVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(query).unique().one_or_none()


def versions_of(course_id: int) -> Sequence[CourseVersion]:
    """All versions of a course, the newest first. One query."""
    query = sa.select(CourseVersion).where(CourseVersion.course_id == course_id).options(*_PEOPLE)
    return db.session.scalars(query.order_by(CourseVersion.number.desc())).unique().all()


def file_of(version: CourseVersion, document_id: int) -> Document:
    """A picture or an attachment of one of its lessons, or 404."""
    found = db.session.scalars(
        sa.select(Document)
        .join(LessonBlock, LessonBlock.document_id == Document.id)
        .join(Lesson, Lesson.id == LessonBlock.lesson_id)
        .where(Lesson.course_version_id == version.id, Document.id == document_id)
        .limit(1)
    ).first()
    if found is None:
        abort(404)
    return found


def lesson(viewer: User, id: int) -> Lesson:
    """A lesson with its version and all that belongs to that, also one that is deleted; or 404."""
    found = db.session.get(Lesson, id)
    if found is None:
        abort(404)
    set_committed_value(found, "taught", get(viewer, found.course_version_id))
    return found


def block(viewer: User, id: int) -> LessonBlock:
    """A block with its lesson, also one that is deleted; or 404."""
    found = db.session.get(LessonBlock, id)
    if found is None:
        abort(404)
    set_committed_value(found, "lesson", lesson(viewer, found.lesson_id))
    return found


def question(viewer: User, id: int) -> ExamQuestion:
    """A question with its version, also one that is deleted; or 404."""
    found = db.session.get(ExamQuestion, id)
    if found is None:
        abort(404)
    set_committed_value(found, "taught", get(viewer, found.course_version_id))
    return found


def deleted_lessons(version: CourseVersion) -> Sequence[Lesson]:
    """What can be brought back, the last one first."""
    query = sa.select(Lesson).where(Lesson.course_version_id == version.id, Lesson.deleted_at.is_not(None))
    return db.session.scalars(query.order_by(Lesson.deleted_at.desc(), Lesson.id.desc())).all()


def deleted_blocks(lesson: Lesson) -> Sequence[LessonBlock]:
    """What can be brought back, the last one first."""
    query = sa.select(LessonBlock).where(
        LessonBlock.lesson_id == lesson.id, LessonBlock.deleted_at.is_not(None)
    )
    return db.session.scalars(query.order_by(LessonBlock.deleted_at.desc(), LessonBlock.id.desc())).all()


def deleted_questions(version: CourseVersion) -> Sequence[ExamQuestion]:
    """What can be brought back, the last one first."""
    query = sa.select(ExamQuestion).where(
        ExamQuestion.course_version_id == version.id, ExamQuestion.deleted_at.is_not(None)
    )
    return db.session.scalars(query.order_by(ExamQuestion.deleted_at.desc(), ExamQuestion.id.desc())).all()


def all_deleted(version: CourseVersion) -> list[Lesson | LessonBlock | ExamQuestion]:
    """Everything of a version that was deleted while it was written: what belongs to a deleted lesson, too."""
    of_version = Lesson.course_version_id == version.id
    blocks = sa.select(LessonBlock).join(Lesson, Lesson.id == LessonBlock.lesson_id)
    gone = sa.or_(LessonBlock.deleted_at.is_not(None), Lesson.deleted_at.is_not(None))
    return [
        *db.session.scalars(blocks.where(of_version, gone)),
        *deleted_lessons(version),
        *deleted_questions(version),
    ]


# Whom a new version concerns.


@dataclass(frozen=True)
class Concerned:
    """How many are in the version that is taught, and how many hold a certificate of the course that is valid."""

    inside: int
    holders: int


def concerned(course_id: int) -> Concerned:
    """Whom a new version of this course would concern besides those who begin. One query."""
    owes = sa.case((Assignment.status.in_(OWED), 1))
    holds = sa.case((_holds(), 1))
    row = db.session.execute(
        sa.select(sa.func.count(owes), sa.func.count(holds)).where(Assignment.course_id == course_id)
    ).one()
    return Concerned(*row)


def _holds() -> sa.ColumnElement[bool]:
    return sa.and_(
        Assignment.status == AssignmentStatus.PASSED,
        Assignment.superseded_on.is_(None),
        Assignment.valid_until >= this_day(),
    )


def begun(version: CourseVersion) -> Sequence[Assignment]:
    """Who is in this version, or has been: every duty that it is taught for."""
    query = (
        sa.select(Assignment)
        .where(Assignment.course_version_id == version.id)
        .options(
            joinedload(Assignment.user),
            selectinload(Assignment.attempts),
            selectinload(Assignment.lessons_read),
        )
        .order_by(Assignment.id)
    )
    return db.session.scalars(query).unique().all()


def is_passed(version: CourseVersion) -> bool:
    """Whether somebody has passed an exam of this version already."""
    passed = Assignment.status.in_((AssignmentStatus.PASSED, AssignmentStatus.REVOKED))
    query = sa.select(sa.exists().where(Assignment.course_version_id == version.id, passed))
    return bool(db.session.scalar(query))


def final_since() -> datetime:
    """What was published before this moment can no longer be withdrawn; whom it concerns is told from then on."""
    return clock.now() - timedelta(hours=deadlines.WITHDRAW_COURSE_VERSION.number)


def to_settle() -> Sequence[CourseVersion]:
    """The versions that cannot be withdrawn any more, and whose people were not told yet."""
    query = (
        sa.select(CourseVersion)
        .join(CourseVersion.course)
        .where(
            CourseVersion.status == VersionStatus.PUBLISHED,
            CourseVersion.settled_at.is_(None),
            CourseVersion.published_at <= final_since(),
        )
        .options(contains_eager(CourseVersion.course), *_whole())
        .order_by(CourseVersion.id)
    )
    return db.session.scalars(query).unique().all()


def not_begun_in_others(version: CourseVersion) -> Sequence[Assignment]:
    """Who owes the course, by an earlier version, and has not begun it: nothing read, no exam."""
    query = (
        sa.select(Assignment)
        .where(
            Assignment.course_id == version.course_id,
            Assignment.course_version_id != version.id,
            Assignment.status == AssignmentStatus.OPEN,
            ~sa.exists().where(LessonRead.assignment_id == Assignment.id),
            ~sa.exists().where(Attempt.assignment_id == Assignment.id),
        )
        .order_by(Assignment.id)
    )
    return db.session.scalars(query).unique().all()


def holders_of_others(version: CourseVersion) -> Sequence[Assignment]:
    """Who holds the course by an earlier version, and owes no later round of it yet."""
    later = aliased(Assignment)
    query = (
        sa.select(Assignment)
        .join(User, User.id == Assignment.user_id)
        .where(
            Assignment.course_id == version.course_id,
            Assignment.course_version_id != version.id,
            _holds(),
            sa.or_(User.left_on.is_(None), User.left_on >= this_day()),
            ~sa.exists().where(
                later.user_id == Assignment.user_id,
                later.course_id == Assignment.course_id,
                later.cycle > Assignment.cycle,
            ),
        )
        .options(
            joinedload(Assignment.user).joinedload(User.employee),
            joinedload(Assignment.taught).selectinload(CourseVersion.lessons).selectinload(Lesson.parts),
            joinedload(Assignment.course).joinedload(Course.current),
        )
        .order_by(Assignment.id)
    )
    return db.session.scalars(query).unique().all()
