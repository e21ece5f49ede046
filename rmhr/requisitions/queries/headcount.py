"""Headcount plans as they are read: what each holds, what takes its places, what room is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import RmType, Unit
from rmhr.models.requisitions import HeadcountPlan, Requisition, RequisitionGroup, RequisitionStatus

S = RequisitionStatus
#: What takes a place in the plan.
TAKES = S.within(RequisitionGroup.GRANTED)
#: What would still take one.
WANTS = S.within(RequisitionGroup.ASKED, RequisitionGroup.GRANTED)


@dataclass(frozen=True)
class PlanRoom:
    """One plan, how many of its positions are taken by others, and how many this requisition takes or would take."""

    plan: HeadcountPlan
    taken: int
    asked: int = 0

    @property
    def free(self) -> int:
        """How many are left for this requisition; below zero where more were approved than planned."""
        return self.plan.positions - self.taken

    @property
    def left(self) -> int:
        """How many are left besides this requisition."""
        return max(self.free - self.asked, 0)

    @property
    def beyond(self) -> int:
        """How many are more than planned, with this requisition."""
        return max(self.asked - self.free, 0)


@dataclass(frozen=True)
class Room:
    """All plans that a requisition falls under, the nearest unit first."""

    plans: Sequence[PlanRoom]

    @property
    def tightest(self) -> PlanRoom | None:
        """The plan with the least room; None where no plan covers the unit and the day: then nothing is refused."""
        return min(self.plans, key=lambda each: each.free, default=None)


def room(requisition: Requisition) -> Room:
    """What the plans over this unit, of this type and for this day, leave for this requisition. One query."""
    of = {name: getattr(requisition, name) for name in ("id", "unit_id", "rm_type", "needed_by")}
    asked = requisition.positions if requisition.status in WANTS else 0
    return Room([PlanRoom(plan, int(taken), asked) for plan, taken in db.session.execute(_rooms(), of)])


@cache
def _rooms() -> sa.Select[Any]:
    """The statement of `room`, made once: a page asks for it several times."""
    line = _line(sa.bindparam("unit_id"))
    covering = _covering(sa.bindparam("rm_type"), sa.bindparam("needed_by"))
    covering = covering.join(line, line.c.id == HeadcountPlan.unit_id)
    units, ids = (covering.with_only_columns(column) for column in (HeadcountPlan.unit_id, HeadcountPlan.id))
    used = (
        _counting(units, ids, HeadcountPlan.id, sa.func.sum(Requisition.positions).label("taken"))
        .where(Requisition.id != sa.bindparam("id"))
        .group_by(HeadcountPlan.id)
        .subquery()
    )
    return (
        covering.outerjoin(used, used.c.id == HeadcountPlan.id)
        .add_columns(sa.func.coalesce(used.c.taken, 0))
        .options(joinedload(HeadcountPlan.unit))
        .order_by(line.c.steps, HeadcountPlan.id)
    )


def lock(requisition: Requisition) -> None:
    """Keep everybody else from approving against the same plans until this transaction is over."""
    above = HeadcountPlan.unit_id.in_(sa.select(_line(requisition.unit_id).c.id))
    covering = _covering(requisition.rm_type, requisition.needed_by)
    plans = covering.where(above).order_by(HeadcountPlan.id)
    plans = plans.with_for_update(of=HeadcountPlan).execution_options(populate_existing=True)
    db.session.scalars(plans).all()


def _line(unit_id: Any) -> sa.CTE:
    """A unit and all above it, and how many steps each is away."""
    own = sa.select(Unit.id, Unit.parent_id, sa.literal(0).label("steps"))
    line = own.where(Unit.id == unit_id).cte("line", recursive=True)
    return line.union(sa.select(Unit.id, Unit.parent_id, line.c.steps + 1).where(Unit.id == line.c.parent_id))


def _covering(rm_type: Any, day: Any) -> sa.Select[Any]:
    """The plans that hold for this type on this day."""
    return sa.select(HeadcountPlan).where(
        sa.or_(HeadcountPlan.rm_type.is_(None), HeadcountPlan.rm_type == rm_type),
        HeadcountPlan.starts_on <= day,
        HeadcountPlan.ends_on >= day,
    )


class Taker(NamedTuple):
    """A requisition as the plans name it: there are hundreds, most of them in several plans."""

    id: int
    rm_type: RmType
    unit: str
    positions: int
    status: RequisitionStatus
    over_plan: str


def takers(plans: Sequence[HeadcountPlan]) -> dict[int, list[Taker]]:
    """The requisitions that take the places of each plan, the earliest day first. One query."""
    found: dict[int, list[Taker]] = {plan.id: [] for plan in plans}
    if plans:
        units, ids = {plan.unit_id for plan in plans}, [plan.id for plan in plans]
        it = Requisition
        columns = (it.id, it.rm_type, Unit.name, it.positions, it.status, it.over_plan)
        query = _counting(units, ids, HeadcountPlan.id, *columns).join(Unit, Unit.id == it.unit_id)
        for id, *taker in db.session.execute(query.order_by(it.needed_by, it.id)):
            found[id].append(Taker(*taker))
    return found


def _counting(units: Any, plans: Any, *columns: Any) -> sa.Select[Any]:
    """Columns of plans with the requisitions that count towards them, from their unit and all units below it.

    `units` and `plans` are the ids of the plans and of their units, or a SELECT of them.
    """
    top = sa.select(Unit.id.label("top"), Unit.id.label("id"))
    tree = top.where(Unit.id.in_(units)).cte("under", recursive=True)
    under = tree.union(sa.select(tree.c.top, Unit.id).where(Unit.parent_id == tree.c.id))
    counts = sa.and_(
        Requisition.unit_id == under.c.id,
        Requisition.status.in_(TAKES),
        Requisition.needed_by.between(HeadcountPlan.starts_on, HeadcountPlan.ends_on),
        sa.or_(HeadcountPlan.rm_type.is_(None), HeadcountPlan.rm_type == Requisition.rm_type),
    )
    return (
        sa.select(*columns)
        .select_from(HeadcountPlan)
        .join(under, under.c.top == HeadcountPlan.unit_id)
        .join(Requisition, counts)
        .where(HeadcountPlan.id.in_(plans))
    )


@dataclass(frozen=True)
class Planned:
    """One plan on the page of plans, with what takes its places."""

    plan: HeadcountPlan
    takers: Sequence[Taker]

    @property
    def whole_year(self) -> int | None:
        """The year, where the plan holds for exactly one."""
        year = self.plan.starts_on.year
        whole = (self.plan.starts_on, self.plan.ends_on) == (date(year, 1, 1), date(year, 12, 31))
        return year if whole else None

    @property
    def taken(self) -> int:
        """How many positions are taken."""
        return sum(each.positions for each in self.takers)

    @property
    def free(self) -> int:
        """How many are left."""
        return max(self.plan.positions - self.taken, 0)

    @property
    def beyond(self) -> int:
        """How many were approved more than planned."""
        return max(self.taken - self.plan.positions, 0)


@dataclass(frozen=True)
class Part:
    """A unit in its place in the tree, with its plans: none where only a unit below it has some."""

    unit: Unit
    depth: int
    plans: Sequence[Planned]


def of_year(year: int) -> list[Part]:
    """The plans that hold in a year, by unit in the order of the tree. A constant number of queries."""
    query = sa.select(HeadcountPlan).where(
        HeadcountPlan.starts_on <= date(year, 12, 31), HeadcountPlan.ends_on >= date(year, 1, 1)
    )
    plans = db.session.scalars(query.order_by(HeadcountPlan.starts_on, HeadcountPlan.id)).all()
    used, of_unit = takers(plans), defaultdict(list)
    for plan in sorted(plans, key=lambda plan: (plan.rm_type is not None, plan.starts_on)):
        of_unit[plan.unit_id].append(Planned(plan, used[plan.id]))
    parts: list[Part] = []
    for branch in reversed(accounts.units.unit_tree()):
        leads = bool(parts) and parts[-1].depth > branch.depth
        if branch.unit.id in of_unit or leads:
            parts.append(Part(branch.unit, branch.depth, of_unit[branch.unit.id]))
    return parts[::-1]


def planned(plan: HeadcountPlan) -> Planned:
    """One plan with what takes its places."""
    return Planned(plan, takers([plan])[plan.id])


def years() -> list[int]:
    """The years that can be looked at: those of the plans, this one and the next."""
    this = clock.today().year
    ends = sa.select(sa.func.min(HeadcountPlan.starts_on), sa.func.max(HeadcountPlan.ends_on))
    planned = [day.year for day in db.session.execute(ends).one() if day is not None]
    return list(range(min([this, *planned]), max([this + 1, *planned]) + 1))


def get(id: int, *, locked: bool = False) -> HeadcountPlan:
    """One plan, or 404. `locked`: until the request is over."""
    query = sa.select(HeadcountPlan).where(HeadcountPlan.id == id).options(joinedload(HeadcountPlan.unit))
    if locked:
        query = query.with_for_update(of=HeadcountPlan)
    found: HeadcountPlan | None = db.session.scalars(query).one_or_none()
    return found or abort(404)


def overlapping(
    unit_id: int | None, rm_type: RmType | None, starts_on: date, ends_on: date, but_for: int | None = None
) -> HeadcountPlan | None:
    """A plan of the same unit and type that holds on one of these days: there may be only one."""
    same = HeadcountPlan.rm_type.is_(None) if rm_type is None else HeadcountPlan.rm_type == rm_type
    query = sa.select(HeadcountPlan).where(
        HeadcountPlan.unit_id == unit_id,
        same,
        HeadcountPlan.starts_on <= ends_on,
        HeadcountPlan.ends_on >= starts_on,
    )
    if but_for is not None:
        query = query.where(HeadcountPlan.id != but_for)
    found: HeadcountPlan | None = db.session.scalars(query.order_by(HeadcountPlan.starts_on).limit(1)).first()
    return found


def lock_unit(unit: Unit) -> None:
    """Keep everybody else from planning for this unit until this transaction is over."""
    db.session.scalars(sa.select(Unit.id).where(Unit.id == unit.id).with_for_update()).all()
