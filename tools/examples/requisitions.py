"""What the picture tool opens of requisitions and headcount plans."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.accounts import User
from rmhr.models.requisitions import HeadcountPlan, Requisition, RequisitionStatus
from rmhr.requisitions import queries
from rmhr.requisitions.views.requisitions import OPEN
from tools.examples import Example, Values, by_id, first


def _of_each_kind(viewer: User) -> list[Values]:
    """The newest in each status that this person may see."""
    visible = queries.requisitions.visible_to(viewer).order_by(Requisition.id.desc())
    found = [first(visible.where(Requisition.status == status)) for status in RequisitionStatus]
    return [{"id": it.id} for it in found if it]


def _own_open(viewer: User) -> Values | None:
    query = sa.select(Requisition).where(Requisition.requester_id == viewer.id, Requisition.status.in_(OPEN))
    return by_id(first(query.order_by(Requisition.id.desc())))


def _moves(viewer: User) -> list[Values]:
    """The newest that this person may see, one that waits for a decision first."""
    waits = sa.case((Requisition.status == RequisitionStatus.PENDING, 0), else_=1)
    found = first(queries.requisitions.visible_to(viewer).order_by(waits, Requisition.id.desc()))
    return [{"id": found.id, "name": name} for name in ("reject", "approve_beyond_plan")] if found else []


def _plan(_viewer: Any) -> Values | None:
    return by_id(first(sa.select(HeadcountPlan).order_by(HeadcountPlan.id)))


EXAMPLES: dict[str, Example] = {
    "requisitions.show": _of_each_kind,
    "requisitions.edit": _own_open,
    "requisitions.transition": _moves,
    "headcount.index": lambda _viewer: [{"year": year} for year in queries.headcount.years()],
    "headcount.edit": _plan,
    "headcount.delete": _plan,
}
