"""What somebody has put off, and what of their own they may put off."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from flask import abort

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import calendar, lists
from rmhr.core.due.lists import Key
from rmhr.core.due.sources import Due, Source
from rmhr.models.accounts import User
from rmhr.models.today import Snooze


def put_off_by(person: User) -> list[tuple[Due, date]]:
    """What this person has put off, each with the day on which it is back. One query."""
    return lists.put_off(person.id)


def own(person: User, key: Key | None) -> Due | None:
    """One thing that this person owes; None where it is done meanwhile. Anybody else's is 404."""
    if key is None or key.owner_id != person.id:
        abort(404)
    return lists.find(key)


def source_of(key: Key) -> Source:
    """Returns the due source that the thing comes from."""
    return registry.SOURCES[key.source]


def snooze(thing: Due) -> Snooze | None:
    """Returns the row that puts this thing off, also where it is back since; None where there is none."""
    return db.session.scalar(
        sa.select(Snooze).filter_by(
            owner_id=thing.owner_id, source=thing.source.name, subject_id=thing.subject_id, due_on=thing.on
        )
    )


def last_day(source: Source) -> date:
    """Until when at the latest a thing of this kind may be put off today."""
    return clock.today() + timedelta(days=source.snooze)


def days_to_choose(source: Source) -> dict[str, date]:
    """The days that are offered: tomorrow, Monday, in a week; working days only, and as far as the source allows."""
    today = clock.today()
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    offered = {"tomorrow": tomorrow, "monday": monday, "week": today + timedelta(days=7)}
    chosen: dict[str, date] = {}
    for name, day in offered.items():
        works = calendar.is_working_day(day, calendar.NATIONWIDE)
        if works and day <= last_day(source) and day not in chosen.values():
            chosen[name] = day
    return dict(sorted(chosen.items(), key=lambda each: each[1]))
