"""What Today shows of what one owes oneself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import lists
from rmhr.core.due.lists import Counts, Key, Page, Span
from rmhr.core.due.sources import Due
from rmhr.core.words import SOON
from rmhr.models.accounts import Employee, Unit, User
from rmhr.models.reminders import Absence
from rmhr.models.today import Snooze
from rmhr.reminders.queries import absence

#: How far ahead Today looks, in days.
HORIZON = timedelta(days=30)


@dataclass(frozen=True)
class Owed:
    """A page of what a person owes: the next step, the rest, and how much there is in all."""

    first: Due | None
    page: Page
    counts: Counts
    total: int  # on all pages
    beyond: int  # due after the horizon, and not on any page

    @property
    def waiting(self) -> int:
        """How many things are late or due today."""
        return self.counts.of(Span.LATE, Span.TODAY)


def owed_by(
    person: User, everything: bool = False, *, after: Key | None = None, before: Key | None = None
) -> Owed:
    """What this person owes within the horizon, soonest first; or all of it. Three queries, four on further pages.

    The next step is what begins so soon that the minutes are counted, whatever else is late: nothing else cannot wait.
    """
    horizon = clock.today() + HORIZON
    until = None if everything else horizon
    counted = lists.counts(person.id, week_end(clock.today()), horizon)
    names = counted.sources
    page = lists.page(person.id, until, after=after, before=before, names=names)
    soon = _soon(person, page, names)
    if soon is not None:
        first: Sequence[Due] = [soon]
    else:
        paged = after or before
        first = lists.page(person.id, until, most=1, names=names).things if paged else page.things
    beyond = counted.of(Span.BEYOND)
    total = counted.of(*Span) - (0 if everything else beyond)
    return Owed(first[0] if first else None, page, counted, total, 0 if everything else beyond)


def _soon(person: User, page: Page, names: Collection[str]) -> Due | None:
    """What begins within SOON, the first; looked for where not all that is owed stands on this page."""
    since, until = clock.now(), clock.now() + SOON
    if page.before or page.after:
        return lists.beginning(person.id, since, until, names)
    timed = [each for each in page.things if each.starts_at is not None and since <= each.starts_at <= until]
    return min(timed, key=lambda each: (each.starts_at, each.source.name, each.subject_id), default=None)


def waiting_for(person: User) -> int:
    """How many things are late or due today. One query."""
    return lists.count_for(person.id, until=clock.today())


@dataclass(frozen=True)
class Place:
    """Where somebody works, and what Today has to look for besides what they owe."""

    employee: Employee | None
    heads: bool  # a unit
    put_off: bool  # something, for longer than today
    away: Sequence[
        tuple[Absence, bool]
    ]  # for whom they stand in or whom they lead; whether they do; back first


def place_of(person: User) -> Place:
    """Where this person works, and what concerns them. One query."""
    today = clock.today()
    heads = sa.exists().where(Unit.head_id == person.id)
    put_off = sa.exists().where(Snooze.owner_id == person.id, Snooze.until > today)
    query = (
        sa.select(Employee, heads, put_off, Absence, absence.led_by(person))
        .select_from(User)
        .outerjoin(Employee, Employee.user_id == User.id)
        .outerjoin(Absence, absence.around(person, today))
        .where(User.id == person.id)
        .options(joinedload(Employee.supervisor), joinedload(Employee.unit), joinedload(Absence.user))
        .order_by(Absence.ends_on, Absence.id)
    )
    found: Sequence[Any] = db.session.execute(query).unique().all()
    employee, heads_one, has_put_off = found[0][:3]
    away = [(each, bool(leads)) for *_place, each, leads in found if each is not None]
    return Place(employee, bool(heads_one), bool(has_put_off), away)


def week_end(day: date) -> date:
    """The Sunday of that week."""
    return day + timedelta(days=6 - day.weekday())
