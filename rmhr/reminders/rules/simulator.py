"""Who would be told what in the next days, if nothing were done meanwhile: under the rules in force, or others.

It is worked out, not tried: one query per source for the things whose day may come, and one for what was said of
them already; the rest follows from the same spans of due dates by which the engine finds what it has to say. That
both agree is tested day by day. What only comes up later (a scorecard after an interview) is not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import Occurrence
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import EscalationLevel, Reminder, ReminderRule
from rmhr.models.today import Snooze
from rmhr.reminders import pending
from rmhr.reminders.rules import current
from rmhr.reminders.rules.current import RuleInForce
from rmhr.reminders.rules.people_by_day import PeopleByDay, Person, people_by_day

#: How many days ahead; and how many things are looked at, at most.
DAYS, MOST = 30, 20_000


@dataclass(frozen=True, slots=True)
class ForecastReminder:
    """That somebody would be told of something on a day."""

    day: date
    source: sources.Source
    subject_id: int
    owner_id: int
    due_on: date
    occurrence: Occurrence
    level: EscalationLevel
    recipient_id: int
    mailed: bool  # by mail; otherwise in the inbox only


@dataclass(frozen=True)
class Forecast:
    """All that would be said, day by day."""

    days: tuple[date, ...]
    reminders: Sequence[ForecastReminder]
    people: Mapping[int, Person]
    capped: int  # so many things were looked at, and there are more; 0: all were


@dataclass(frozen=True)
class Thing:
    """Something that is owed, with those who matter for it."""

    subject_id: int
    due_on: date
    owner: Person
    supervisor: Person | None
    put_off: date | None  # until when

    @property
    def key(self) -> tuple[int, int, date]:
        """What makes it this one among those of its source."""
        return (self.subject_id, self.owner.id, self.due_on)


def forecast(days: int = DAYS) -> Forecast:
    """Returns all that would be said under the rules as they are, the coming ones included; not what was stopped."""
    return of_everything(days).played()[0]


def of_everything(days: int = DAYS, most: int = MOST) -> Simulation:
    """Returns the same before it is worked out: it can be done one kind of thing after the other."""
    ahead = _ahead(days)
    in_force = current.by_day(ahead)
    silent = current.stopped()
    names = [name for name in registry.SOURCES if name not in silent]
    return Simulation(names, ahead, [in_force], most)


def compare(
    proposed: ReminderRule, made: Sequence[ReminderRule] | None = None, days: int = DAYS
) -> tuple[Forecast, Forecast]:
    """Returns what would be said of one kind of thing as it is, and with the proposed rule; stopped or not.

    `made` are the rules of this kind that were not withdrawn, where they are known already.
    """
    ahead = _ahead(days)
    rules = current.begun(ahead[-1]) if made is None else made
    tables = [current.by_day(ahead, rules), current.by_day(ahead, [*rules, proposed])]
    as_it_is, then = Simulation([proposed.source], ahead, tables).played()
    return as_it_is, then


def of_source(source: sources.Source, days: int = DAYS) -> Forecast:
    """Returns what would be said of one kind of thing under its rules as they are, stopped or not."""
    ahead = _ahead(days)
    return Simulation([source.name], ahead, [current.by_day(ahead)]).played()[0]


def _ahead(days: int) -> tuple[date, ...]:
    return tuple(clock.today() + timedelta(days=number) for number in range(days))


Table = Mapping[date, Mapping[str, RuleInForce]]


class Simulation:
    """The same things under several tables of rules, one kind of thing after the other."""

    def __init__(
        self, names: Sequence[str], days: tuple[date, ...], tables: Sequence[Table], most: int = MOST
    ) -> None:
        """`names`: of the kinds of things; `most`: how many things are looked at."""
        self.names = names
        self.days = days
        self.tables = tables
        self.most = self.left = most
        self.capped = False
        self.people = people_by_day(days)
        self.found: list[list[ForecastReminder]] = [[] for _table in tables]

    def played(self) -> list[Forecast]:
        """Work all of it out; returns a forecast for each table."""
        for name in self.names:
            self.play(name)
        return self.forecasts

    @property
    def forecasts(self) -> list[Forecast]:
        """What was worked out so far, for each table."""
        capped = self.most if self.capped else 0
        return [Forecast(self.days, found, self.people.by_id, capped) for found in self.found]

    def play(self, name: str) -> None:
        """Work out what would be said of the things of this kind."""
        people, days = self.people, self.days
        reached = [Reached([table[day][name] for day in days], days) for table in self.tables]
        windows = [window for each in reached if (window := each.window(people.regions())) is not None]
        if not windows:
            return
        first, last = min(window[0] for window in windows), max(window[1] for window in windows)
        source = registry.SOURCES[name]
        query = _owed(source, first, last).limit(self.left + 1)
        things = [_thing(row) for row in db.session.execute(query)]
        self.capped, things = self.capped or len(things) > self.left, things[: self.left]
        self.left -= len(things)
        said = _said(source, query) if things else {}
        for person in (
            each for thing in things for each in (thing.owner, thing.supervisor) if each is not None
        ):
            people.by_id[person.id] = person
        for reminders, each in zip(self.found, reached, strict=True):
            for thing in things:
                reminders += _told(people, source, thing, each, said.get(thing.key, set()))


def _told(
    people: PeopleByDay,
    source: sources.Source,
    thing: Thing,
    reached: Reached,
    said: set[tuple[str, int]],
) -> Iterator[ForecastReminder]:
    """What would be said of one thing, from the first day to the last."""
    done = set(said)
    for day, level, occurrence in reached.of(thing.due_on, people.region(thing.owner.unit_id)):
        on = people.days[day]
        if level is EscalationLevel.OWNER and thing.put_off is not None and thing.put_off > on:
            continue
        for recipient in people.told(level, thing.owner, thing.supervisor, day, personal=source.personal):
            if (occurrence.key, recipient) in done or not people.may_be_told(recipient, source, day):
                continue
            done.add((occurrence.key, recipient))
            mailed = people.reader(recipient).mailed(source)
            yield ForecastReminder(on, source, *thing.key, occurrence, level, recipient, mailed)


class Reached:
    """Which occurrences of one source are the latest that were reached, on which day, for which due date."""

    def __init__(self, rules_in_force: Sequence[RuleInForce], days: Sequence[date]) -> None:
        """`rules_in_force`: one for each of the days."""
        self.rules_in_force = rules_in_force
        self.days = days
        self._spans: dict[str, list[list[tuple[EscalationLevel, tuple[pending.Span, ...]]]]] = {}
        self._found: dict[tuple[date, str], list[tuple[int, EscalationLevel, Occurrence]]] = {}

    def of(self, due_on: date, region: str) -> list[tuple[int, EscalationLevel, Occurrence]]:
        """(number of the day, level, occurrence) for something due then, where people work as in `region`."""
        if (due_on, region) not in self._found:
            self._found[due_on, region] = [
                (number, level, occurrence)
                for number, levels in enumerate(self._of_region(region))
                for level, spans in levels
                if (occurrence := _first(spans, due_on)) is not None
            ]
        return self._found[due_on, region]

    def window(self, regions: set[str]) -> tuple[date, date] | None:
        """From which to which due date anything can be said at all."""
        spans = [
            span
            for region in regions
            for levels in self._of_region(region)
            for _party, spans in levels
            for span in spans
        ]
        return (min(span[1] for span in spans), max(span[2] for span in spans)) if spans else None

    def _of_region(self, region: str) -> list[list[tuple[EscalationLevel, tuple[pending.Span, ...]]]]:
        if region not in self._spans:
            self._spans[region] = [
                [(level, tuple(spans)) for level, spans in self._levels(number, region)]
                for number in range(len(self.days))
            ]
        return self._spans[region]

    def _levels(self, number: int, region: str) -> Iterator[tuple[EscalationLevel, Iterator[pending.Span]]]:
        in_force = self.rules_in_force[number]
        for level in EscalationLevel:
            if occurrences := [occurrence for occurrence in in_force.occurrences if level in occurrence.to]:
                yield level, pending.spans(occurrences, self.days[number], region, in_force.since)


def _first(spans: Sequence[pending.Span], due_on: date) -> Occurrence | None:
    return next((occurrence for occurrence, first, last in spans if first <= due_on <= last), None)


def _owed(source: sources.Source, first: date, last: date) -> sa.Select[Any]:
    """What is due in that time, with its owner, whoever leads them, and until when it is put off."""
    row = source.row
    owner, supervisor, led = aliased(User), aliased(User), aliased(Employee)
    return (
        sa.select(
            row.c.subject_id,
            row.c.owner_id,
            row.c.due_on,
            owner.name,
            owner.left_on,
            Employee.unit_id,
            supervisor.id.label("boss_id"),
            supervisor.name.label("boss_name"),
            supervisor.left_on.label("boss_left_on"),
            led.unit_id.label("boss_unit_id"),
            Snooze.until,
        )
        .select_from(row)
        .join(owner, owner.id == row.c.owner_id)
        .outerjoin(Employee, Employee.user_id == owner.id)
        .outerjoin(supervisor, supervisor.id == Employee.supervisor_id)
        .outerjoin(led, led.user_id == supervisor.id)
        .outerjoin(Snooze, sources.held_back(source, row.c))
        .where(row.c.due_on.between(first, last))
        .order_by(row.c.due_on, row.c.subject_id, row.c.owner_id)
    )


def _thing(row: Any) -> Thing:
    owner = Person(row.owner_id, row.name, row.left_on, row.unit_id)
    supervisor = (
        Person(row.boss_id, row.boss_name, row.boss_left_on, row.boss_unit_id)
        if row.boss_id is not None
        else None
    )
    return Thing(row.subject_id, row.due_on, owner, supervisor, row.until)


def _said(source: sources.Source, owed: sa.Select[Any]) -> dict[tuple[int, int, date], set[tuple[str, int]]]:
    """What was said of these things already: by thing, (occurrence, recipient)."""
    thing = owed.subquery()
    query = sa.select(
        Reminder.subject_id, Reminder.owner_id, Reminder.due_on, Reminder.occurrence, Reminder.recipient_id
    ).join(
        thing,
        sa.and_(
            Reminder.source == source.name,
            Reminder.subject_id == thing.c.subject_id,
            Reminder.owner_id == thing.c.owner_id,
            Reminder.due_on == thing.c.due_on,
        ),
    )
    found: dict[tuple[int, int, date], set[tuple[str, int]]] = defaultdict(set)
    for row in db.session.execute(query):
        found[row.subject_id, row.owner_id, row.due_on].add((row.occurrence, row.recipient_id))
    return found
