"""Requisitions as they are read, and what room the headcount plans leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.calendar import add_working_days
from rmhr.core.db import db
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.postings import Posting, PostingStatus
from rmhr.models.requisitions import HeadcountPlan, Requisition, RequisitionStatus

S = RequisitionStatus
#: What takes a place in the plan.
TAKES = (S.APPROVED, S.ON_HOLD, S.FILLED)
#: What is still advertised or about to be.
ALIVE = tuple(
    status for status in PostingStatus if status not in (PostingStatus.CLOSED, PostingStatus.ARCHIVED)
)
#: Working days in which a requisition should be decided on.
DECIDE_WITHIN = 5


def visible_to(viewer: User) -> sa.Select[Requisition]:
    """HR sees all of them, others what they asked for and what they decide on."""
    query = sa.select(Requisition)
    if viewer.has(Role.HR):
        return query
    return query.where(sa.or_(Requisition.requester_id == viewer.id, Requisition.approver_id == viewer.id))


def get(viewer: User, id: int) -> Requisition:
    """One requisition, or 404 where the viewer may not know of it."""
    found = db.session.scalars(visible_to(viewer).where(Requisition.id == id)).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def decide_by(unit: Unit) -> date:
    """Until when a requisition that is asked for today should be decided on."""
    return add_working_days(clock.today(), DECIDE_WITHIN, unit.holiday_region)


@dataclass(frozen=True)
class Place:
    """One plan, and how many of its positions are taken by others."""

    plan: HeadcountPlan
    taken: int

    @property
    def free(self) -> int:
        """How many are left; below zero where more were approved than planned."""
        return self.plan.positions - self.taken


@dataclass(frozen=True)
class Room:
    """All plans that a requisition falls under, the nearest unit first."""

    places: Sequence[Place]

    @property
    def tightest(self) -> Place | None:
        """The plan with the least room; None where no plan covers the unit and the day: then nothing is refused."""
        return min(self.places, key=lambda place: place.free, default=None)


def room(requisition: Requisition) -> Room:
    """What the plans over this unit, of this type and for this day, leave for this requisition."""
    above = [requisition.unit_id, *accounts.units_above(requisition.unit_id)]
    plans = db.session.scalars(
        sa.select(HeadcountPlan).where(
            HeadcountPlan.unit_id.in_(above),
            sa.or_(HeadcountPlan.rm_type.is_(None), HeadcountPlan.rm_type == requisition.rm_type),
            HeadcountPlan.starts_on <= requisition.needed_by,
            HeadcountPlan.ends_on >= requisition.needed_by,
        )
    ).all()
    used = taken(plans, but_for=requisition.id)
    nearest = sorted(plans, key=lambda plan: (above.index(plan.unit_id), plan.id))
    return Room([Place(plan, used[plan.id]) for plan in nearest])


def taken(plans: Sequence[HeadcountPlan], but_for: int | None = None) -> dict[int, int]:
    """How many positions of each plan are taken, by plan. One query."""
    if not plans:
        return {}
    tree = sa.select(Unit.id.label("top"), Unit.id.label("id")).where(
        Unit.id.in_([plan.unit_id for plan in plans])
    )
    under = tree.cte("under", recursive=True)
    under = under.union(sa.select(under.c.top, Unit.id).where(Unit.parent_id == under.c.id))
    fits: list[Any] = [
        Requisition.status.in_(TAKES),
        Requisition.needed_by.between(HeadcountPlan.starts_on, HeadcountPlan.ends_on),
        sa.or_(HeadcountPlan.rm_type.is_(None), HeadcountPlan.rm_type == Requisition.rm_type),
    ]
    if but_for is not None:
        fits.append(Requisition.id != but_for)
    rows = db.session.execute(
        sa.select(HeadcountPlan.id, sa.func.coalesce(sa.func.sum(Requisition.positions), 0))
        .join(under, under.c.top == HeadcountPlan.unit_id)
        .join(Requisition, sa.and_(Requisition.unit_id == under.c.id, *fits))
        .where(HeadcountPlan.id.in_([plan.id for plan in plans]))
        .group_by(HeadcountPlan.id)
    )
    found = {id: int(number) for id, number in rows}
    return {plan.id: found.get(plan.id, 0) for plan in plans}


def advertised(requisition: Requisition) -> bool:
    """Whether there is a posting for it that is not over."""
    query = sa.select(Posting.id).where(Posting.requisition_id == requisition.id, Posting.status.in_(ALIVE))
    return db.session.scalar(query.limit(1)) is not None


def openings_of(requisition: Requisition, but_for: int | None = None) -> int:
    """How many positions its other postings advertise or have filled."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Posting.openings), 0)).where(
        Posting.requisition_id == requisition.id, Posting.status.in_(ALIVE)
    )
    if but_for is not None:
        query = query.where(Posting.id != but_for)
    return int(db.session.scalar(query) or 0)


def to_advertise() -> Sequence[Requisition]:
    """Approved requisitions for which not every position is advertised, the most urgent first."""
    open_ = (
        sa.select(sa.func.coalesce(sa.func.sum(Posting.openings), 0))
        .where(Posting.requisition_id == Requisition.id, Posting.status.in_(ALIVE))
        .correlate(Requisition)
        .scalar_subquery()
    )
    query = sa.select(Requisition).where(Requisition.status == S.APPROVED, open_ < Requisition.positions)
    return db.session.scalars(query.order_by(Requisition.needed_by, Requisition.id)).unique().all()


def approvers(but_for: User) -> Sequence[User]:
    """Who may decide on requisitions: HR and heads of units, without who asks."""
    heads = sa.select(Unit.head_id).where(Unit.head_id.is_not(None))
    people = [*accounts.with_role(Role.HR)]
    known = {person.id for person in people}
    led = db.session.scalars(sa.select(User).where(User.id.in_(heads), accounts.here())).all()
    people += [person for person in led if person.id not in known]
    return sorted((person for person in people if person.id != but_for.id), key=lambda person: person.name)


def postings_of(requisition: Requisition) -> Sequence[Posting]:
    """The postings that advertise it, the oldest first."""
    query = sa.select(Posting).where(Posting.requisition_id == requisition.id).order_by(Posting.id)
    return db.session.scalars(query).unique().all()


def search_columns() -> list[Any]:
    """Where a word is looked for: why it is needed, the unit, who asks."""
    unit = sa.select(Unit.name).where(Unit.id == Requisition.unit_id).correlate(Requisition).scalar_subquery()
    who = (
        sa.select(User.name)
        .where(User.id == Requisition.requester_id)
        .correlate(Requisition)
        .scalar_subquery()
    )
    return [Requisition.justification, unit, who]


def first_visible(viewer: User) -> Requisition | None:
    """The newest one that this person may see: what still waits for a decision first."""
    waits = sa.case((Requisition.status == S.PENDING, 0), else_=1)
    query = visible_to(viewer).order_by(waits, Requisition.id.desc()).limit(1)
    return db.session.scalars(query).unique().first()
