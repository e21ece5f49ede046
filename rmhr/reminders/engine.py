"""Whom to remind of what today, and the one mail per person that does it. Each nudge goes out exactly once.

What is owed is asked of `core.due` in one statement, less what was sent already. That somebody was reminded
is a row with a unique key, written before the mail and in the same transaction: whoever comes second writes
nothing and sends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from rmhr.core import clock, due, outbox
from rmhr.core.db import Rows, db
from rmhr.models.accounts import User
from rmhr.models.system import Message, Reminder
from rmhr.reminders import notifications

#: Reminders are written down so many at a time: a statement has room for a limited number of values.
CHUNK = 500
KEY = ("source", "subject_id", "owner_id", "due_on", "nudge")


@dataclass(frozen=True)
class Nudge:
    """That one person is to be reminded of one thing now."""

    owner: User
    due: due.Due
    step: int  # which of the source's nudges: days after the due date

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it this one and no other; in the order of KEY."""
        return (self.due.source.name, self.due.subject_id, self.owner.id, self.due.on, self.step)


@dataclass(frozen=True)
class Letter:
    """What one person is told in one mail: the most urgent first, as it is on that day."""

    owner: User
    nudges: Sequence[Nudge]
    on: date


def waiting(on: date) -> list[Nudge]:
    """All nudges reached on that day and not sent yet, person by person, the most urgent first. One query."""
    query = _unsent(on)
    rows = db.session.execute(query).all() if query is not None else []
    found = [Nudge(row.User, due.of(row), row.nudge) for row in rows]
    return sorted(found, key=lambda nudge: (nudge.owner.id, nudge.due.on, nudge.key))


def send_due(on: date, most: int = 500) -> int:
    """Remind at most `most` people of what is due for them; say of how many things. The caller commits."""
    by_person = [list(nudges) for _id, nudges in groupby(waiting(on), key=lambda nudge: nudge.owner.id)]
    chosen = [nudge for nudges in by_person[:most] for nudge in nudges]
    written = _write_down(chosen)
    mails: dict[int, Message] = {}
    for owner, nudges in groupby(chosen, key=lambda nudge: nudge.owner):
        ours = [nudge for nudge in nudges if nudge.key in written]
        if ours:
            [message] = outbox.queue(notifications.REMINDER, Letter(owner, ours, on))
            mails |= {written[nudge.key]: message for nudge in ours}
    _tie(mails)
    return len(mails)


def _unsent(on: date) -> Rows | None:
    """Every source in its window, with the latest nudge reached; less people who left and what was sent."""
    parts = [_in_window(each, on) for each in due.SOURCES.values()]
    if not parts:
        return None
    owed = sa.union_all(*parts).subquery()
    sent = sa.select(Reminder.id).where(
        *(getattr(Reminder, name) == owed.c[name] for name in KEY),
        Reminder.recipient_id == owed.c.owner_id,
    )
    return (
        sa.select(owed, User)
        .join(User, User.id == owed.c.owner_id)
        .where(sa.or_(User.left_on.is_(None), User.left_on >= on), ~sent.exists())
    )


def _in_window(source: due.Source, on: date) -> Rows:
    first, last = source.window(on)

    def step(row: Any) -> Any:
        reached = ((row.due_on <= on - timedelta(days=n), n) for n in reversed(source.nudge))
        return sa.case(*reached).label("nudge")

    return due.part(source, lambda row: [row.due_on.between(first, last)], step)


def _write_down(nudges: Sequence[Nudge]) -> dict[tuple[Any, ...], int]:
    """Insert the reminders that nobody has inserted yet: their keys and ids."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    written: dict[tuple[Any, ...], int] = {}
    for start in range(0, len(nudges), CHUNK):
        rows = [
            {
                **dict(zip(KEY, nudge.key, strict=True)),
                "recipient_id": nudge.owner.id,
                "created_at": clock.now(),
            }
            for nudge in nudges[start : start + CHUNK]
        ]
        columns = [getattr(Reminder, name) for name in KEY]
        statement = insert(Reminder).values(rows).on_conflict_do_nothing().returning(Reminder.id, *columns)
        written |= {tuple(row[1:]): row[0] for row in db.session.execute(statement)}
    return written


def _tie(mails: Mapping[int, Message]) -> None:
    """Keep with each reminder (by id) which mail it was that reminded."""
    if mails:
        db.session.flush()
        tie = (
            sa.update(Reminder.__table__)
            .where(Reminder.__table__.c.id == sa.bindparam("reminder"))
            .values(message_id=sa.bindparam("mail"))
        )
        db.session.execute(tie, [{"reminder": id, "mail": mail.id} for id, mail in mails.items()])
