"""What the picture tool opens of training: lessons, exams, certificates, the catalogue."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.courses import Course
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus, Certificate
from rmhr.training.policies import UNLOCK
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


def _course(_viewer: User) -> Values | None:
    return by_id(first(sa.select(Course).order_by(Course.position)))


EXAMPLES: dict[str, Example] = {
    "training.show": lambda viewer: _duty(visible_to(viewer)),
    "training.lesson": lambda viewer: _own(viewer, AssignmentStatus.OPEN, number=1),
    "training.exam": lambda viewer: _own(viewer, AssignmentStatus.OPEN),
    "training.question": lambda viewer: _running(viewer, number=1),
    "training.check": _running,
    "training.result": _result,
    "training.certificate": _certified,
    "training.course": _course,
    "training.transition": _unlock,
    "certificates.show": _code,
}
