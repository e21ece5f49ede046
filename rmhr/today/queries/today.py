"""What Today shows of what one owes oneself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import lists
from rmhr.core.due.lists import Counts, Key, Page, Span
from rmhr.core.due.sources import Due
from rmhr.core.words import SOON
from rmhr.models.accounts import Employee, User

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
    soon = lists.beginning(person.id, clock.now(), clock.now() + SOON, names)
    if soon is not None:
        first: Sequence[Due] = [soon]
    else:
        paged = after or before
        first = lists.page(person.id, until, most=1, names=names).things if paged else page.things
    beyond = counted.of(Span.BEYOND)
    total = counted.of(*Span) - (0 if everything else beyond)
    return Owed(first[0] if first else None, page, counted, total, 0 if everything else beyond)


def waiting_for(person: User) -> int:
    """How many things are late or due today. One query."""
    return lists.count_for(person.id, until=clock.today())


def employment(person: User) -> Employee | None:
    """Where this person works, as what and under whom. One query."""
    return db.session.scalars(
        sa.select(Employee).where(Employee.user_id == person.id).options(joinedload(Employee.supervisor))
    ).one_or_none()


def week_end(day: date) -> date:
    """The Sunday of that week."""
    return day + timedelta(days=6 - day.weekday())
