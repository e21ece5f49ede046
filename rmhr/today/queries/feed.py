"""Whose calendar a secret address is, and what stands in it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.digests import digest
from rmhr.core.due import sources
from rmhr.models.accounts import User
from rmhr.models.today import CalendarFeed, Snooze
from rmhr.today.queries import stand_in, today


def feed(user: User) -> CalendarFeed | None:
    """This person's calendar address, if there is one."""
    return db.session.scalar(sa.select(CalendarFeed).where(CalendarFeed.user_id == user.id))


def whose(secret: str) -> User | None:
    """The person with this address, while they work here. One query."""
    query = sa.select(User).join(CalendarFeed, CalendarFeed.user_id == User.id)
    user = db.session.scalar(query.where(CalendarFeed.digest == digest(secret)))
    return user if user is not None and user.is_active else None


def domain(secret: str) -> str:
    """Behind which the UIDs of this calendar stand: of no other one, and the same wherever the installation moves."""
    return f"{digest(digest(secret))[:16]}.rmhr"


def others(user: User) -> list[tuple[sources.Due, User]]:
    """What people who are away owe and this person is told of instead: as on their Today. Two queries."""
    away = stand_in.stood_in_for(user, today.place_of(user).away)
    return [(due, each.person) for each in away for due in each.things]


def dates(user: User) -> list[tuple[sources.Due, date]]:
    """Everything that this person owes, each with the day on which it stands: what was put off, on its new day."""
    put_off = {
        (row.source, row.subject_id, row.owner_id, row.due_on): row.until
        for row in db.session.scalars(sa.select(Snooze).where(Snooze.owner_id == user.id))
    }
    return [
        (each, max(each.on, put_off.get(each.key, each.on)))
        for each in sources.for_person(user.id, awake=False)
    ]
