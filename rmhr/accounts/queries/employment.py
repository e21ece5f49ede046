"""What has happened, and is planned, to employments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries.people import visible_to
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import (
    EmploymentEvent,
    EmploymentKind,
    EmploymentStatus,
    RoleRequest,
    Successor,
    Unit,
    User,
)


def with_requests(user: User) -> tuple[list[EmploymentEvent], list[RoleRequest]]:
    """(what is recorded of a person, the roles that were ever asked for), the latest first. One query."""
    rows = db.session.execute(
        sa.select(EmploymentEvent, RoleRequest)
        .select_from(User)
        .outerjoin(EmploymentEvent, EmploymentEvent.user_id == User.id)
        .outerjoin(RoleRequest, RoleRequest.user_id == User.id)
        .where(User.id == user.id)
        .options(
            joinedload(EmploymentEvent.recorded_by),
            joinedload(EmploymentEvent.successors).joinedload(Successor.user),
            joinedload(RoleRequest.asked_by),
        )
        .order_by(EmploymentEvent.on.desc(), EmploymentEvent.id.desc(), RoleRequest.id.desc())
    )
    found = rows.unique().all()
    events = dict.fromkeys(filter(None, (event for event, _request in found)))
    requests = dict.fromkeys(filter(None, (request for _event, request in found)))
    return list(events), list(requests)


def planned_of(user: User) -> Sequence[EmploymentEvent]:
    """What is planned for a person, the earliest day first."""
    return db.session.scalars(
        sa.select(EmploymentEvent)
        .where(EmploymentEvent.user_id == user.id, EmploymentEvent.status == EmploymentStatus.PLANNED)
        .order_by(EmploymentEvent.on, EmploymentEvent.id)
    ).all()


def absent_until(user: User, day: str) -> bool:
    """Whether a long absence that ends on this day (ISO) has begun."""
    begun = sa.select(EmploymentEvent).where(
        EmploymentEvent.user_id == user.id,
        EmploymentEvent.kind == EmploymentKind.ABSENT,
        EmploymentEvent.status == EmploymentStatus.EFFECTIVE,
    )
    return any(event.becomes("until") == day for event in db.session.scalars(begun))


def mentioned(events: Sequence[EmploymentEvent]) -> tuple[dict[int, str], dict[int, str]]:
    """The names of (units, people) that changes among these events speak of, by id. One query, if there are any."""

    moves = [event for event in events if event.kind is EmploymentKind.CHANGES]

    def ids(column: str) -> set[int]:
        return {id for event in moves for id in event.changes.get(column, ()) if id is not None}

    parts = [
        sa.select(sa.literal(column).label("of"), model.id, model.name).where(model.id.in_(wanted))
        for column, model in (("unit_id", Unit), ("supervisor_id", User))
        if (wanted := ids(column))
    ]
    found = db.session.execute(sa.union_all(*parts)).all() if parts else []
    units, people = (
        {each.id: each.name for each in found if each.of == column} for column in ("unit_id", "supervisor_id")
    )
    return units, people


def day_of(event: EmploymentEvent) -> date:
    """The day that people speak of: of somebody who leaves, the last one."""
    return event.on - timedelta(days=1) if event.kind is EmploymentKind.LEAVES else event.on


def get(viewer: User, id: int) -> EmploymentEvent:
    """One event of somebody whom the viewer may look at, or 404."""
    found: EmploymentEvent | None = db.session.scalar(
        sa.select(EmploymentEvent)
        .where(
            EmploymentEvent.id == id,
            EmploymentEvent.user_id.in_(visible_to(viewer).with_only_columns(User.id)),
        )
        .options(joinedload(EmploymentEvent.user).joinedload(User.employee))
    )
    return found or abort(404)


def unsettled(user: User | None = None) -> Sequence[EmploymentEvent]:
    """The events that have left something behind which may still hang on the person; of one person, or of all."""
    query = sa.select(EmploymentEvent).where(
        sa.or_(EmploymentEvent.kind == EmploymentKind.LEAVES, has_left()),
        EmploymentEvent.status == EmploymentStatus.EFFECTIVE,
        EmploymentEvent.settled_at.is_(None),
    )
    if user is not None:
        query = query.where(EmploymentEvent.user_id == user.id)
    query = query.options(joinedload(EmploymentEvent.user))
    return db.session.scalars(query.order_by(EmploymentEvent.id)).all()


def has_left() -> sa.ColumnElement[bool]:
    """The condition that a successor who was named at an event could not take over everything."""
    return sa.and_(
        # Of those at which somebody was named there are few, and they are found first.
        EmploymentEvent.id.in_(sa.select(Successor.event_id)),
        sa.cast(EmploymentEvent.changes, sa.Text).like('%"left": %'),
    )


def some_planned() -> EmploymentEvent | None:
    """Any planned change: an example to look at."""
    return db.session.scalar(
        sa.select(EmploymentEvent)
        .where(
            EmploymentEvent.status == EmploymentStatus.PLANNED, EmploymentEvent.kind != EmploymentKind.BEGINS
        )
        .order_by(EmploymentEvent.id)
        .limit(1)
    )


def due(day: date | None = None) -> Sequence[EmploymentEvent]:
    """What is planned and whose day has come, the earliest first; others have to wait for these rows."""
    return db.session.scalars(
        sa.select(EmploymentEvent)
        .where(
            EmploymentEvent.status == EmploymentStatus.PLANNED, EmploymentEvent.on <= (day or clock.today())
        )
        .options(joinedload(EmploymentEvent.user).joinedload(User.employee))
        .order_by(EmploymentEvent.on, EmploymentEvent.id)
        .with_for_update(of=EmploymentEvent)
    ).all()
