"""What was said of the history, and the history itself as compliance and administrators read it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.models.accounts import User
from rmhr.models.system import ActorKind, AuditEntry, Message

#: The notices of the day.
KINDS = ("system.history_holds", "system.history_damaged")


def told_today() -> bool:
    """Whether somebody was told of the history since midnight."""
    midnight = clock.moment(clock.today())
    told = sa.exists().where(Message.kind.in_(KINDS), Message.created_at >= midnight)
    return bool(db.session.scalar(sa.select(told)))


def entries() -> Rows:
    """All of it, with whoever did it for the search."""
    by = sa.and_(AuditEntry.actor_kind == ActorKind.USER, User.id == AuditEntry.actor_id)
    return sa.select(AuditEntry).outerjoin(User, by)


def names_of(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """{id: today's name} of the colleagues who acted in these entries. One query."""
    ids = {each.actor_id for each in entries if each.actor_kind is ActorKind.USER and each.actor_id}
    found = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in found}
