"""Attempts at exams, with the questions that were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Employee, User
from rmhr.models.training import Assignment, Attempt, AttemptAnswer, AttemptStatus


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
                joinedload(Attempt.assignment).joinedload(Assignment.taught),
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


def locked_attempt(attempt: Attempt) -> Attempt:
    """The same attempt with its answers as they stand now; others who want it wait until the commit."""
    wanted = sa.select(Attempt).where(Attempt.id == attempt.id).options(_answers())
    fresh: Attempt = db.session.scalars(
        wanted.with_for_update(of=Attempt).execution_options(populate_existing=True)
    ).one()
    return fresh


def _answers() -> Any:
    return selectinload(Attempt.answers).joinedload(AttemptAnswer.question)
