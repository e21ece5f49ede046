"""Today and the calendar feed."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.today import CalendarFeed
from tests.factories.accounts import user
from tests.kinds import Pair, Twice


def _two_addresses() -> Twice:
    person = user(Role.RM)
    return Twice(
        (person, "/reminders/calendar", {}),
        (person, "/reminders/calendar", {}),
        lambda: db.session.scalar(sa.select(sa.func.count(CalendarFeed.id))) or 0,
    )


PAIRS = [Pair("today.make_feed", _two_addresses)]

NO_EDIT = {
    "today.ask": "sends a mail; how often is limited",
    "today.put_off": "one click that says itself until when",
    "today.take_back": "one click; twice is as good as once",
}
NO_PAIR = {
    "today.ask": "who asks takes the lock of whoever owes it; the second is told that it was asked today",
    "today.put_off": "whoever puts off takes their own lock; the second day replaces the first",
}
