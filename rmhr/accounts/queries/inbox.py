"""What the product has said to a person: their inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import abort

from rmhr.core.db import Rows, db
from rmhr.models.accounts import User
from rmhr.models.system import Message

#: What is said to several people is written within this time.
AT_ONCE = timedelta(seconds=5)


def messages(user: User) -> Rows:
    """What was said to this person, without its text. What was mailed before there was an account is not among it."""
    return sa.select(
        Message.id,
        Message.kind,
        Message.subject,
        Message.language,
        Message.created_at,
        Message.read_at,
        (Message.calendar != "").label("invites"),
    ).where(Message.user_id == user.id)


def message(user: User, id: int) -> Message:
    """One of this person's messages, or 404."""
    found = db.session.scalar(sa.select(Message).where(Message.user_id == user.id, Message.id == id))
    if found is None:
        abort(404)
    return found


def unread(user: User) -> int:
    """How many messages nobody has read yet: the bell's number."""
    mine = (Message.user_id == user.id, Message.read_at.is_(None))
    return db.session.scalar(sa.select(sa.func.count(Message.id)).where(*mine)) or 0


@dataclass(frozen=True)
class Position:
    """Where a message stands in the inbox, the newest being the first; its neighbours' ids."""

    number: int
    total: int
    newer: int | None
    older: int | None


def position(message: Message) -> Position:
    """Where this one stands. One query."""
    mine = sa.select(Message.id).where(Message.user_id == message.user_id)
    order = sa.tuple_(Message.created_at, Message.id)
    here = sa.tuple_(sa.literal(message.created_at, Message.created_at.type), sa.literal(message.id))
    newer = mine.where(order > here).order_by(Message.created_at, Message.id)
    older = mine.where(order < here).order_by(Message.created_at.desc(), Message.id.desc())
    before, total, next_newer, next_older = db.session.execute(
        sa.select(
            *(
                sa.select(sa.func.count()).select_from(each.order_by(None).subquery()).scalar_subquery()
                for each in (newer, mine)
            ),
            *(each.limit(1).scalar_subquery() for each in (newer, older)),
        )
    ).one()
    return Position(before + 1, total, next_newer, next_older)


def told_too(message: Message) -> Sequence[str]:
    """Which colleagues were told the same thing at the same moment, by name. One query."""
    if message.subject_id is None:
        return []
    same = sa.and_(
        Message.created_at.between(message.created_at - AT_ONCE, message.created_at + AT_ONCE),
        Message.kind == message.kind,
        Message.subject_type == message.subject_type,
        Message.subject_id == message.subject_id,
        Message.user_id != message.user_id,
    )
    return db.session.scalars(
        sa.select(Message.to_name).where(same).distinct().order_by(Message.to_name)
    ).all()
