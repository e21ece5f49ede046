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
from rmhr.core.due.cadence import Beat
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Party, Reminder, ReminderRule
from rmhr.models.today import Snooze
from rmhr.reminders import pending
from rmhr.reminders.rules import current
from rmhr.reminders.rules.circumstances import Circumstances, Person, known
from rmhr.reminders.rules.current import Cadence

#: How many days ahead; and how many things are looked at, at most.
DAYS, MOST = 30, 20_000


@dataclass(frozen=True)
class Telling:
    """That somebody would be told of something on a day."""

    day: date
    source: sources.Source
    subject_id: int
    owner_id: int
    due_on: date
    beat: Beat
    party: Party
    recipient_id: int
    mailed: bool  # by mail; otherwise in the inbox only


@dataclass(frozen=True)
class Outlook:
    """All that would be said, day by day."""

    days: tuple[date, ...]
    tellings: Sequence[Telling]
    people: Mapping[int, Person]
    capped: bool  # there is more than could be looked at


@dataclass(frozen=True)
class Thing:
    """Something that is owed, with those who matter for it."""

    subject_id: int
    due_on: date
    owner: Person
    boss: Person | None

    @property
    def key(self) -> tuple[int, int, date]:
        """What makes it this one among those of its source."""
        return (self.subject_id, self.owner.id, self.due_on)


def outlook(days: int = DAYS) -> Outlook:
    """Everything that would be said under the rules as they are, the coming ones included; not what was stopped."""
    ahead = _ahead(days)
    in_force = current.over(ahead)
    silent = current.stopped()
    names = [name for name in registry.SOURCES if name not in silent]
    return _played(names, ahead, [in_force])[0]


def compare(proposed: ReminderRule, days: int = DAYS) -> tuple[Outlook, Outlook]:
    """What would be said of one kind of thing as it is, and with the proposed rule; stopped or not."""
    ahead = _ahead(days)
    tables = [current.over(ahead), current.over(ahead, proposed)]
    as_it_is, then = _played([proposed.source], ahead, tables)
    return as_it_is, then


def of_source(source: sources.Source, days: int = DAYS) -> Outlook:
    """What would be said of one kind of thing under its rules as they are, stopped or not."""
    ahead = _ahead(days)
    return _played([source.name], ahead, [current.over(ahead)])[0]


def _ahead(days: int) -> tuple[date, ...]:
    return tuple(clock.today() + timedelta(days=number) for number in range(days))


Table = Mapping[date, Mapping[str, Cadence]]


def _played(names: Sequence[str], days: tuple[date, ...], tables: Sequence[Table]) -> list[Outlook]:
    """The same things under several tables of cadences."""
    world = known(days)
    put_off = _put_off(names, days[0])
    left, capped = MOST, False
    found: list[list[Telling]] = [[] for _table in tables]
    for name in names:
        reached = [Reached([table[day][name] for day in days], days) for table in tables]
        windows = [window for each in reached if (window := each.window(world.regions())) is not None]
        if not windows:
            continue
        first, last = min(window[0] for window in windows), max(window[1] for window in windows)
        source = registry.SOURCES[name]
        query = _owed(source, first, last).limit(left + 1)
        things = [_thing(row) for row in db.session.execute(query)]
        capped, things = capped or len(things) > left, things[:left]
        left -= len(things)
        said = _said(source, query) if things else {}
        for person in (each for thing in things for each in (thing.owner, thing.boss) if each is not None):
            world.people[person.id] = person
        for tellings, each in zip(found, reached, strict=True):
            for thing in things:
                until = put_off.get((name, *thing.key))
                tellings += _told(world, source, thing, each, said.get(thing.key, set()), until)
    return [Outlook(days, tellings, world.people, capped) for tellings in found]


def _told(
    world: Circumstances,
    source: sources.Source,
    thing: Thing,
    reached: Reached,
    said: set[tuple[str, int]],
    put_off: date | None,
) -> Iterator[Telling]:
    """What would be said of one thing, from the first day to the last."""
    done = set(said)
    for day, party, beat in reached.of(thing.due_on, world.region(thing.owner.unit_id)):
        on = world.days[day]
        if party is Party.OWNER and put_off is not None and put_off > on:
            continue
        for recipient in world.told(party, thing.owner, thing.boss, day):
            if (beat.key, recipient) in done or not world.may_be_told(recipient, source, day):
                continue
            done.add((beat.key, recipient))
            mailed = world.reader(recipient).mailed(source)
            yield Telling(on, source, *thing.key, beat, party, recipient, mailed)


class Reached:
    """Which beats of one source are the latest that were reached, on which day, for which due date."""

    def __init__(self, cadences: Sequence[Cadence], days: Sequence[date]) -> None:
        """One cadence for each of the days."""
        self.cadences = cadences
        self.days = days
        self._spans: dict[str, list[list[tuple[Party, tuple[pending.Span, ...]]]]] = {}
        self._found: dict[tuple[date, str], list[tuple[int, Party, Beat]]] = {}

    def of(self, due_on: date, region: str) -> list[tuple[int, Party, Beat]]:
        """(number of the day, party, beat) for something due then, where people work as in `region`."""
        if (due_on, region) not in self._found:
            self._found[due_on, region] = [
                (number, party, beat)
                for number, parties in enumerate(self._of_region(region))
                for party, spans in parties
                if (beat := _first(spans, due_on)) is not None
            ]
        return self._found[due_on, region]

    def window(self, regions: set[str]) -> tuple[date, date] | None:
        """From which to which due date anything can be said at all."""
        spans = [
            span
            for region in regions
            for parties in self._of_region(region)
            for _party, spans in parties
            for span in spans
        ]
        return (min(span[1] for span in spans), max(span[2] for span in spans)) if spans else None

    def _of_region(self, region: str) -> list[list[tuple[Party, tuple[pending.Span, ...]]]]:
        if region not in self._spans:
            self._spans[region] = [
                [(party, tuple(spans)) for party, spans in self._parties(number, region)]
                for number in range(len(self.days))
            ]
        return self._spans[region]

    def _parties(self, number: int, region: str) -> Iterator[tuple[Party, Iterator[pending.Span]]]:
        cadence = self.cadences[number]
        for party in Party:
            if beats := [beat for beat in cadence.beats if party in beat.to]:
                yield party, pending.spans(beats, self.days[number], region, cadence.since)


def _first(spans: Sequence[pending.Span], due_on: date) -> Beat | None:
    return next((beat for beat, first, last in spans if first <= due_on <= last), None)


def _owed(source: sources.Source, first: date, last: date) -> sa.Select[Any]:
    """What is due in that time, with its owner and whoever leads them."""
    row = source.row
    owner, boss, led = aliased(User), aliased(User), aliased(Employee)
    return (
        sa.select(
            row.c.subject_id,
            row.c.owner_id,
            row.c.due_on,
            owner.name,
            owner.left_on,
            Employee.unit_id,
            boss.id.label("boss_id"),
            boss.name.label("boss_name"),
            boss.left_on.label("boss_left_on"),
            led.unit_id.label("boss_unit_id"),
        )
        .select_from(row)
        .join(owner, owner.id == row.c.owner_id)
        .outerjoin(Employee, Employee.user_id == owner.id)
        .outerjoin(boss, boss.id == Employee.supervisor_id)
        .outerjoin(led, led.user_id == boss.id)
        .where(row.c.due_on.between(first, last))
        .order_by(row.c.due_on, row.c.subject_id, row.c.owner_id)
    )


def _thing(row: Any) -> Thing:
    owner = Person(row.owner_id, row.name, row.left_on, row.unit_id)
    boss = (
        Person(row.boss_id, row.boss_name, row.boss_left_on, row.boss_unit_id)
        if row.boss_id is not None
        else None
    )
    return Thing(row.subject_id, row.due_on, owner, boss)


def _said(source: sources.Source, owed: sa.Select[Any]) -> dict[tuple[int, int, date], set[tuple[str, int]]]:
    """What was said of these things already: by thing, (nudge, recipient)."""
    thing = owed.subquery()
    query = sa.select(
        Reminder.subject_id, Reminder.owner_id, Reminder.due_on, Reminder.nudge, Reminder.recipient_id
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
        found[row.subject_id, row.owner_id, row.due_on].add((row.nudge, row.recipient_id))
    return found


def _put_off(names: Sequence[str], today: date) -> dict[tuple[str, int, int, date], date]:
    """Until when things were put off: by (source, subject, owner, due date)."""
    query = sa.select(Snooze).where(Snooze.source.in_(names), Snooze.until > today)
    return {
        (each.source, each.subject_id, each.owner_id, each.due_on): each.until
        for each in db.session.scalars(query)
    }
