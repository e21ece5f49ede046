"""What decides who is told on a day, as far as it is known beforehand: who works where, leaves, is away, wants what."""

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
from rmhr.models.accounts import Employee, User, UserRole
from rmhr.models.reminders import Absence, Digest, Party, ReminderPreference
from rmhr.reminders import places, recipients
from rmhr.reminders.places import INSTEAD, Atlas
from rmhr.reminders.recipients import AmongIds, Around, Reader

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
class Circumstances:
    """Everything that decides, for a row of days. Days are spoken of by their number in that row."""

    days: tuple[date, ...]
    now: datetime
    atlases: Sequence[Atlas]  # the units as they are on each day
    absences: Mapping[int, Sequence[Absence]]  # with somebody who stands in, by who is away
    wishes: Mapping[int, ReminderPreference]
    had_digest: set[int]  # who has had today's one mail
    people: dict[int, Person]
    _may: dict[tuple[int, str, int], bool] = field(default_factory=dict)

    def region(self, unit_id: int | None) -> str:
        """Whose holidays count in a unit."""
        return self.atlases[0].place(unit_id).region

    def regions(self) -> set[str]:
        """All regions in which somebody works."""
        atlas = self.atlases[0]
        return {atlas.bank.region, *(place.region for place in atlas.places.values())}

    def told(self, party: Party, owner: Person, boss: Person | None, day: int) -> Iterator[int]:
        """Who is told as `party` of what this person owes: whoever is meant, or all who stand in for them."""
        on, atlas = self.days[day], self.atlases[day]
        around = Around(
            owner_id=owner.id,
            owner=_there(owner, on),
            supervisor=_there(boss, on),
            contact=lambda party: atlas.contact(owner.unit_id, party),
        )
        meant = recipients.meant(party, around, AMONG_IDS)
        for deputy in self._deputies(meant, on) if meant is not None else ():
            if (found := recipients.told(meant, deputy, AMONG_IDS)) is not None:
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
        person = self.people.get(id)
        return Reader(self.atlases[0].place(person.unit_id if person else None), self.wishes.get(id))

    def _deputies(self, id: int, on: date) -> Sequence[int | None]:
        """Those who stand in on that day; a single None where nobody does."""
        away = [each for each in self.absences.get(id, ()) if each.starts_on <= on <= each.ends_on]
        deputies = [self.people.get(each.deputy_id) for each in away if each.deputy_id is not None]
        return [found for each in deputies if (found := _there(each, on)) is not None] or [None]


def _there(person: Person | None, on: date) -> int | None:
    return person.id if person is not None and person.there(on) else None


def known(days: tuple[date, ...]) -> Circumstances:
    """What is known today of these days, the first of which is today. A constant number of queries."""
    atlases = _atlases(days)
    away = _absences(days)
    named = {each.deputy_id for each in away if each.deputy_id is not None}
    for atlas in {id(each): each for each in atlases}.values():
        named |= {id for contacts in atlas.contacts.values() for id in contacts.values()}
        named |= set(atlas.instead.values())
    absences: dict[int, list[Absence]] = defaultdict(list)
    for each in away:
        absences[each.user_id].append(each)
    return Circumstances(
        days=days,
        now=clock.now(),
        atlases=atlases,
        absences=absences,
        wishes={wish.user_id: wish for wish in db.session.scalars(sa.select(ReminderPreference))},
        had_digest=set(db.session.scalars(sa.select(Digest.user_id).where(Digest.day == days[0]))),
        people=_people(named),
    )


def _atlases(days: tuple[date, ...]) -> list[Atlas]:
    """The units day by day: they only change on the day after one of those who are told for them has left."""
    told: sa.CompoundSelect[int] = sa.union_all(
        *(sa.select(column).where(column.is_not(None)) for column in places.CONTACTS.values()),
        sa.select(UserRole.user_id).where(UserRole.role.in_(INSTEAD.values())),
    )
    leave = sa.select(User.left_on).where(User.left_on.between(days[0], days[-1]), User.id.in_(told))
    last_days = set(db.session.scalars(leave))
    found: list[Atlas] = []
    for number, day in enumerate(days):
        if number and days[number - 1] not in last_days:
            found.append(found[-1])
            continue
        with clock.at(clock.moment(day, 12)):
            found.append(places.atlas())
    return found


def _absences(days: tuple[date, ...]) -> Sequence[Absence]:
    within = sa.select(Absence).where(
        Absence.deputy_id.is_not(None), Absence.starts_on <= days[-1], Absence.ends_on >= days[0]
    )
    return db.session.scalars(within.order_by(Absence.id)).all()


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
