"""For each page with something in its address: what to open on the demo bank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus, Certificate, Course
from rmhr.training.policies import UNLOCK
from rmhr.training.queries import visible_to

Values = dict[str, Any] | None


def _duties(*conditions: Any) -> Any:
    """Duties that fit, those with attempts first."""
    return db.session.scalars(
        sa.select(Assignment)
        .outerjoin(Attempt, Attempt.assignment_id == Assignment.id)
        .where(*conditions)
        .order_by(Attempt.id.is_(None), Assignment.id.desc())
    ).unique()


def _duty(*conditions: Any, **values: Any) -> Values:
    found = _duties(*conditions).first()
    return {"id": found.id, **values} if found else None


def _own(viewer: User, status: AssignmentStatus, **values: Any) -> Values:
    return _duty(Assignment.user_id == viewer.id, Assignment.status == status, **values)


def _running(viewer: User, **values: Any) -> Values:
    return _duty(Assignment.user_id == viewer.id, Attempt.status == AttemptStatus.RUNNING, **values)


def _result(viewer: User) -> Values:
    found = db.session.scalars(
        sa.select(Attempt)
        .join(Assignment)
        .where(Assignment.user_id == viewer.id, Attempt.status != AttemptStatus.RUNNING)
        .order_by(Attempt.score, Attempt.id.desc())
    ).first()
    return {"id": found.assignment_id, "number": found.number} if found else None


def _certified(viewer: User) -> Values:
    return _duty(visible_to(viewer), Assignment.status == AssignmentStatus.PASSED)


def _code(_viewer: User) -> Values:
    found = db.session.scalars(sa.select(Certificate).order_by(Certificate.id.desc())).first()
    return {"code": found.code} if found else None


def _unlock(viewer: User) -> Values:
    blocked = _duties(visible_to(viewer), Assignment.status == AssignmentStatus.BLOCKED)
    found = next((each for each in blocked if UNLOCK(viewer, each)), None)
    return {"id": found.id, "name": "unlock"} if found else None


def _course(_viewer: User) -> Values:
    found = db.session.scalars(sa.select(Course).order_by(Course.position)).first()
    return {"id": found.id} if found else None


EXAMPLES: dict[str, Callable[[User], Values]] = {
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
