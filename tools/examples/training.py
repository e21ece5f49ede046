"""What the picture tool opens of training: lessons, exams, certificates, the catalogue."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.courses import Course, CourseStatus, CourseVersion, Lesson, LessonBlock, VersionStatus
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus, Certificate
from rmhr.training import checklist
from rmhr.training.policies import UNLOCK
from rmhr.training.queries import courses, versions
from rmhr.training.queries.assignments import visible_to
from tools.examples import Example, Values, by_id, first


def _duties(*conditions: Any) -> Any:
    """Duties that fit, those with attempts first."""
    return db.session.scalars(
        sa.select(Assignment)
        .outerjoin(Attempt, Attempt.assignment_id == Assignment.id)
        .where(*conditions)
        .order_by(Attempt.id.is_(None), Assignment.id.desc())
    ).unique()


def _duty(*conditions: Any, **values: Any) -> Values | None:
    found = _duties(*conditions).first()
    return {"id": found.id, **values} if found else None


def _own(viewer: User, status: AssignmentStatus, **values: Any) -> Values | None:
    return _duty(Assignment.user_id == viewer.id, Assignment.status == status, **values)


def _running(viewer: User, **values: Any) -> Values | None:
    return _duty(Assignment.user_id == viewer.id, Attempt.status == AttemptStatus.RUNNING, **values)


def _result(viewer: User) -> Values | None:
    found = first(
        sa.select(Attempt)
        .join(Assignment)
        .where(Assignment.user_id == viewer.id, Attempt.status != AttemptStatus.RUNNING)
        .order_by(Attempt.score, Attempt.id.desc())
    )
    return {"id": found.assignment_id, "number": found.number} if found else None


def _certified(viewer: User) -> Values | None:
    return _duty(visible_to(viewer), Assignment.status == AssignmentStatus.PASSED)


def _code(_viewer: User) -> Values | None:
    found = first(sa.select(Certificate).order_by(Certificate.id.desc()))
    return {"code": found.code} if found else None


def _unlock(viewer: User) -> Values | None:
    blocked = _duties(visible_to(viewer), Assignment.status == AssignmentStatus.BLOCKED)
    found = next((each for each in blocked if UNLOCK(viewer, each)), None)
    return {"id": found.id, "name": "unlock"} if found else None


def _course(viewer: User) -> Values | None:
    found = first(courses.shown(viewer).order_by(Course.position))
    return {"id": found.course_id} if found else None


def _written(viewer: User, *conditions: Any) -> CourseVersion | None:
    """A version that this person may write, drafts first."""
    query = (
        sa.select(CourseVersion).join(CourseVersion.course).where(versions.written_by(viewer), *conditions)
    )
    found: CourseVersion | None = first(
        query.order_by(CourseVersion.status != VersionStatus.DRAFT, CourseVersion.id.desc())
    )
    return found


def _draft(viewer: User) -> CourseVersion | None:
    return _written(viewer, CourseVersion.status == VersionStatus.DRAFT)


def _lesson(viewer: User, **values: Any) -> Values | None:
    draft = _draft(viewer)
    return {"id": draft.lessons[0].id, **values} if draft and draft.lessons else None


def _question(viewer: User) -> Values | None:
    draft = _draft(viewer)
    return {"id": draft.questions[0].id} if draft and draft.questions else None


def _written_course(viewer: User, **values: Any) -> Values | None:
    version = _written(viewer, Course.status == CourseStatus.ACTIVE)
    return {"id": version.course_id, **values} if version else None


def _moved(viewer: User) -> Values | None:
    version = _written(viewer, CourseVersion.status == VersionStatus.DRAFT)
    is_ready = version is not None and checklist.why_not(versions.whole(version.id)) is None
    return {"id": version.id, "name": "submit"} if version is not None and is_ready else None


def _file(condition: Any) -> Values | None:
    found = first(
        sa.select(LessonBlock)
        .join(Lesson, Lesson.id == LessonBlock.lesson_id)
        .where(LessonBlock.document_id.is_not(None), condition)
    )
    return {"id": found.lesson.course_version_id, "document_id": found.document_id} if found else None


EXAMPLES: dict[str, Example] = {
    "training.show": lambda viewer: _duty(visible_to(viewer)),
    "training.lesson": lambda viewer: _own(viewer, AssignmentStatus.OPEN, number=1),
    "training.exam": lambda viewer: _own(viewer, AssignmentStatus.OPEN),
    "training.question": lambda viewer: _running(viewer, number=1),
    "training.check": _running,
    "training.result": _result,
    "training.certificate": _certified,
    "training.course": _course,
    "training.course_file": lambda _viewer: None,
    "training.lesson_file": lambda _viewer: None,
    "training.version_file": lambda _viewer: _file(sa.true()),
    "training.course_facts": _written_course,
    "training.course_transition": lambda viewer: _written_course(viewer, name="retire"),
    "training.version": lambda viewer: by_id(_written(viewer)),
    "training.version_transition": _moved,
    "training.facts": lambda viewer: by_id(_draft(viewer)),
    "training.preview": lambda viewer: by_id(_draft(viewer)),
    "training.throw_away": lambda viewer: by_id(_draft(viewer)),
    "training.lessons": lambda viewer: by_id(_draft(viewer)),
    "training.lesson_editor": _lesson,
    "training.add_file": lambda viewer: _lesson(viewer, kind="picture"),
    "training.exam_editor": lambda viewer: by_id(_draft(viewer)),
    "training.question_editor": _question,
    "training.transition": _unlock,
    "certificates.show": _code,
}
