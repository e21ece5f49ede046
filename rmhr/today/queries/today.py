"""What Today shows of what one owes oneself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import lists
from rmhr.core.due.lists import Key, Page, Span, Tally
from rmhr.core.due.sources import Due
from rmhr.core.due.steps import Occurrence
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import EscalationLevel
from rmhr.reminders.rules import current
from rmhr.reminders.units import DEFAULT_REGION

#: How far ahead Today looks, in days.
HORIZON = timedelta(days=30)


@dataclass(frozen=True)
class Owed:
    """A page of what a person owes: the next step, the rest, and how much there is in all."""

    first: Due | None
    page: Page
    tally: Tally
    total: int  # on all pages
    beyond: int  # due after the horizon, and not on any page

    @property
    def waiting(self) -> int:
        """How many things are late or due today."""
        return self.tally.of(Span.LATE, Span.TODAY)


def owed_by(
    person: User, everything: bool = False, *, after: Key | None = None, before: Key | None = None
) -> Owed:
    """What this person owes within the horizon, soonest first; or all of it. Two queries, three on further pages."""
    horizon = clock.today() + HORIZON
    until = None if everything else horizon
    counted = lists.tally(person.id, week_end(clock.today()), horizon)
    page = lists.page(person.id, until, after=after, before=before)
    first = lists.page(person.id, until, most=1).things if after or before else page.things
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


def region_of(employee: Employee | None) -> str:
    """Whose working days count for this person."""
    return employee.unit.holiday_region if employee else DEFAULT_REGION


def week_end(day: date) -> date:
    """The Sunday of that week."""
    return day + timedelta(days=6 - day.weekday())


@dataclass(frozen=True)
class NextEscalation:
    """Who is told next if something stays undone, by the rules in force today."""

    occurrences: Mapping[str, tuple[Occurrence, ...]]
    region: str

    def next(self, due: Due) -> tuple[date, tuple[EscalationLevel, ...]] | None:
        """The day on which others than its owner are told, and who; None where nobody else will be."""
        today = clock.today()
        for occurrence in self.occurrences.get(due.source.name, ()):
            others = tuple(level for level in occurrence.to if level is not EscalationLevel.OWNER)
            if others and (day := occurrence.day(due.on, self.region)) > today:
                return day, others
        return None


def escalation(region: str) -> NextEscalation:
    """The rules of today, for somebody who works there. Two queries."""
    return NextEscalation(
        {each.source.name: each.occurrences for each in current.sending(clock.today())}, region
    )
