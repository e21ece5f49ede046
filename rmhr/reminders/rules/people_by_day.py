"""Who works where, has left, is away and wants what, on each of a row of days: what is known of them today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Absence, Digest, EscalationLevel, ReminderPreference
from rmhr.reminders import recipients, units
from rmhr.reminders.recipients import AmongIds, Around, Reader
from rmhr.reminders.units import UnitDirectory

#: People are looked up so many at a time.
CHUNK = 500
AMONG_IDS = AmongIds()


@dataclass(frozen=True)
class Person:
    """Somebody who may be told, or be the reason why others are."""

    id: int
    name: str
    left_on: date | None
    unit_id: int | None

    def there(self, day: date) -> bool:
        """Whether they still work here on that day."""
        return self.left_on is None or self.left_on >= day


@dataclass
class PeopleByDay:
    """What decides who is told, for a row of days. Days are given by their number in that row."""

    days: tuple[date, ...]
    now: datetime
    directories: Sequence[UnitDirectory]  # the units as they are on each day
    absences: Mapping[int, Sequence[Any]]  # rows of Absence with somebody who stands in, by who is away
    wishes: Mapping[int, ReminderPreference]
    had_digest: set[int]  # who has had today's one mail
    by_id: dict[int, Person]
    _may: dict[tuple[int, str, int], bool] = field(default_factory=dict)
    _whom: dict[tuple[EscalationLevel, int, int, bool], Sequence[int]] = field(default_factory=dict)

    def region(self, unit_id: int | None) -> str:
        """Whose holidays count in a unit."""
        return self.directories[0].calendar(unit_id).region

    def regions(self) -> set[str]:
        """All regions in which somebody works."""
        directory = self.directories[0]
        return {directory.bank.region, *(calendar.region for calendar in directory.calendars.values())}

    def told(
        self, level: EscalationLevel, owner: Person, supervisor: Person | None, day: int, *, personal: bool
    ) -> Sequence[int]:
        """Returns who is told as `level` of what this person owes: whoever is meant, or all who stand in for them."""
        key = (level, owner.id, day, personal)
        if key not in self._whom:
            self._whom[key] = list(self._told(level, owner, supervisor, day, personal=personal))
        return self._whom[key]

    def _told(
        self, level: EscalationLevel, owner: Person, supervisor: Person | None, day: int, *, personal: bool
    ) -> Iterator[int]:
        on, directory = self.days[day], self.directories[day]
        around = Around(
            owner_id=owner.id,
            owner=_there(owner, on),
            supervisor=_there(supervisor, on),
            contact=lambda level: directory.contact(owner.unit_id, level),
        )
        meant = recipients.meant(level, around, AMONG_IDS)
        for deputy in self._deputies(meant, on) if meant is not None else ():
            found = recipients.told(level, around, meant, deputy, AMONG_IDS, personal=personal)
            if found is not None:
                yield found

    def may_be_told(self, id: int, source: sources.Source, day: int) -> bool:
        """Whether that is a day on which they are told of such a thing."""
        key = (id, source.name, day)
        if key not in self._may:
            reader, on = self.reader(id), self.days[day]
            if day > 0:
                self._may[key] = reader.told_on(source, on)
            else:
                # Of today only the rest is left.
                had = reader.bundled and id in self.had_digest
                self._may[key] = not had and reader.told_after(source, on, self.now)
        return self._may[key]

    def reader(self, id: int) -> Reader:
        """How and when they are told."""
        person = self.by_id.get(id)
        return Reader(self.directories[0].calendar(person.unit_id if person else None), self.wishes.get(id))

    def _deputies(self, id: int, on: date) -> Sequence[int | None]:
        """Those who stand in on that day; a single None where nobody does."""
        away = [each for each in self.absences.get(id, ()) if each.starts_on <= on <= each.ends_on]
        deputies = [self.by_id.get(each.deputy_id) for each in away if each.deputy_id is not None]
        return [found for each in deputies if (found := _there(each, on)) is not None] or [None]


def _there(person: Person | None, on: date) -> int | None:
    return person.id if person is not None and person.there(on) else None


def people_by_day(days: tuple[date, ...]) -> PeopleByDay:
    """Returns what is known of these days, the first of which is today. A constant number of queries."""
    directories = _directories(days)
    away = _absences(days)
    named = {each.deputy_id for each in away if each.deputy_id is not None}
    for directory in {id(each): each for each in directories}.values():
        named |= {id for contacts in directory.contacts.values() for id in contacts.values()}
        named |= set(directory.instead.values())
    wishes, had_digest = _wishes(days[0])
    absences: dict[int, list[Any]] = defaultdict(list)
    for each in away:
        absences[each.user_id].append(each)
    return PeopleByDay(
        days=days,
        now=clock.now(),
        directories=directories,
        absences=absences,
        wishes=wishes,
        had_digest=had_digest,
        by_id=_people(named),
    )


def _directories(days: tuple[date, ...]) -> list[UnitDirectory]:
    """The units day by day: they only change on the day after one of those who are told for them has left."""
    stored = units.stored()
    last_days = stored.last_days
    found: list[UnitDirectory] = []
    for number, day in enumerate(days):
        same = number and days[number - 1] not in last_days
        found.append(found[-1] if same else stored.directory(day))
    return found


def _absences(days: tuple[date, ...]) -> Sequence[Any]:
    columns = (Absence.user_id, Absence.deputy_id, Absence.starts_on, Absence.ends_on)
    within = sa.select(*columns).where(
        Absence.deputy_id.is_not(None), Absence.starts_on <= days[-1], Absence.ends_on >= days[0]
    )
    return db.session.execute(within.order_by(Absence.id)).all()


def _wishes(today: date) -> tuple[dict[int, ReminderPreference], set[int]]:
    """What people wish, and who of them has had today's one mail.

    Known as well when this transaction is over, for a simulation may take several.
    """
    query = sa.select(ReminderPreference, Digest.id).outerjoin(
        Digest, sa.and_(Digest.user_id == ReminderPreference.user_id, Digest.day == today)
    )
    found: Sequence[Any] = db.session.execute(query).all()
    for wish, _had in found:
        db.session.expunge(wish)
    return (
        {wish.user_id: wish for wish, _had in found},
        {wish.user_id for wish, had in found if had is not None},
    )


def _people(ids: Iterable[int]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        some: Any = (
            sa.select(User.id, User.name, User.left_on, Employee.unit_id)
            .outerjoin(Employee, Employee.user_id == User.id)
            .where(User.id.in_(wanted[start : start + CHUNK]))
        )
        found |= {row.id: Person(*row) for row in db.session.execute(some)}
    return found
