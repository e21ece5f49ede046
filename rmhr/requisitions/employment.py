"""What of requisitions hangs on a person: decisions that they are asked for, and positions that they ask for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.requisitions import Requisition, RequisitionStatus

#: In these somebody still asks for positions.
ALIVE = (RequisitionStatus.PENDING, RequisitionStatus.APPROVED, RequisitionStatus.ON_HOLD)


def _whose(column: Any) -> Rows:
    return sa.select(
        column.label("user_id"), Requisition.id.label("subject_id"), Unit.name.label("what")
    ).join(Unit, Unit.id == Requisition.unit_id)


def _to_decide() -> Rows:
    return _whose(Requisition.approver_id).where(Requisition.status == RequisitionStatus.PENDING)


def _asked_for() -> Rows:
    return _whose(Requisition.requester_id).where(Requisition.status.in_(ALIVE))


@hangs(
    "requisitions.deciding",
    label=_("Requisitions that they decide on"),
    find=_to_decide,
    endpoint="requisitions.show",
    roles=(Role.HR, Role.SUPERVISOR),
)
@operation(allow=policies.MANAGE, done=_("Decision handed over"))
def hand_over_decisions(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor decide, but on what they have asked for themselves: how many requisitions."""
    found = _mine(
        Requisition.approver_id == person.id,
        Requisition.requester_id != successor.id,
        Requisition.status == RequisitionStatus.PENDING,
    )
    for requisition in found:
        requisition.approver = successor
        audit.mention(requisition, successor.name)
    return len(found)


@hangs(
    "requisitions.asking",
    label=_("Positions that they ask for"),
    find=_asked_for,
    endpoint="requisitions.show",
    roles=(Role.HR, Role.SUPERVISOR),
)
@operation(allow=policies.MANAGE, done=_("Requisition handed over"))
def hand_over_requisitions(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor ask for the positions, but where they decide on it: how many requisitions."""
    found = _mine(
        Requisition.requester_id == person.id,
        Requisition.approver_id != successor.id,
        Requisition.status.in_(ALIVE),
    )
    for requisition in found:
        requisition.requester = successor
        audit.mention(requisition, successor.name)
    return len(found)


def _mine(*conditions: sa.ColumnElement[bool]) -> list[Requisition]:
    return list(db.session.scalars(sa.select(Requisition).where(*conditions)).unique())
