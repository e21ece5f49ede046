"""What the product has written to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask import abort

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.system import Message

MOST = 200
#: Where nobody can say what was read, what came in this time counts as new.
FRESH = timedelta(days=3)


def _to(user: User) -> sa.ColumnElement[bool]:
    return Message.to_address == user.email


def inbox(user: User) -> Sequence[Message]:
    """The mails to this person, newest first."""
    return db.session.scalars(
        sa.select(Message).where(_to(user)).order_by(Message.created_at.desc(), Message.id.desc()).limit(MOST)
    ).all()


def message(user: User, id: int) -> Message:
    """One of the mails to this person, or 404."""
    found = db.session.scalar(sa.select(Message).where(_to(user), Message.id == id))
    if found is None:
        abort(404)
    return found


def newest(user: User) -> int:
    """The number of the last mail to this person; 0 where there is none."""
    return db.session.scalar(sa.select(sa.func.max(Message.id)).where(_to(user))) or 0


def unread(user: User, read: int | None) -> int:
    """How many mails came after number `read`; without a number, how many came lately."""
    since = Message.id > read if read is not None else Message.created_at > clock.now() - FRESH
    return db.session.scalar(sa.select(sa.func.count(Message.id)).where(_to(user), since)) or 0
