"""Roles that need a second person: what was asked for, and who could agree."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries.people import here, visible_to
from rmhr.core.db import db
from rmhr.models.accounts import Role, RoleRequest, RoleRequestStatus, User, UserRole

#: Who may be the second person, as in policies.SECOND_PERSON.
SECOND = (Role.HR, Role.ADMIN, Role.COMPLIANCE)


def get(viewer: User, id: int) -> RoleRequest:
    """What was asked for somebody whom the viewer may look at, or 404."""
    found: RoleRequest | None = db.session.scalar(
        sa.select(RoleRequest)
        .where(
            RoleRequest.id == id,
            RoleRequest.user_id.in_(visible_to(viewer).with_only_columns(User.id)),
        )
        .options(joinedload(RoleRequest.user), joinedload(RoleRequest.asked_by))
    )
    return found or abort(404)


def of(user: User) -> Sequence[RoleRequest]:
    """All that was ever asked for this person, the latest first."""
    return db.session.scalars(
        sa.select(RoleRequest)
        .where(RoleRequest.user_id == user.id)
        .options(joinedload(RoleRequest.user), joinedload(RoleRequest.asked_by))
        .order_by(RoleRequest.id.desc())
    ).all()


def all_waiting(user: User) -> Sequence[RoleRequest]:
    """What of this person waits for a second one."""
    return [each for each in of(user) if each.status is RoleRequestStatus.ASKED]


def waiting(user: User, role: Role) -> RoleRequest | None:
    """The one for this role that waits."""
    return next((each for each in all_waiting(user) if each.role is role), None)


def second_people(actor: User, user: User) -> Sequence[int]:
    """The ids of those who could agree to what this actor asks for this person."""
    return db.session.scalars(
        sa.select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role.in_(SECOND), here(), User.id.not_in((actor.id, user.id)))
        .distinct()
    ).all()


def some_waiting() -> RoleRequest | None:
    """Any that waits: an example to look at."""
    return db.session.scalar(
        sa.select(RoleRequest)
        .where(RoleRequest.status == RoleRequestStatus.ASKED)
        .order_by(RoleRequest.id)
        .limit(1)
    )
