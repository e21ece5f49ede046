"""What reminders need of the bank's units: wall clock and working days of each, and who is told for its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import calendar
from rmhr.models.accounts import Role, Unit, User, UserRole
from rmhr.models.reminders import EscalationLevel

#: Which column of a unit names whom to tell.
CONTACTS = {
    EscalationLevel.HEAD: Unit.head_id,
    EscalationLevel.HR: Unit.hr_id,
    EscalationLevel.COMPLIANCE: Unit.compliance_id,
}
#: Who is told where no unit names anybody: the longest-serving with that role.
FALLBACK_ROLES = {EscalationLevel.HR: Role.HR, EscalationLevel.COMPLIANCE: Role.COMPLIANCE}
#: The holidays of a bank that has no unit yet.
DEFAULT_REGION = "DE"


@dataclass(frozen=True)
class UnitCalendar:
    """The wall clock and the working days of a unit."""

    zone: ZoneInfo
    region: str

    def local(self, moment: datetime) -> datetime:
        """That moment on the wall clock there."""
        return moment.astimezone(self.zone)

    def works_on(self, day: date) -> bool:
        """Whether people work there on that day."""
        return calendar.is_working_day(day, self.region)

    def first_of_week(self, day: date) -> bool:
        """Whether it is the week's first working day there."""
        monday = date.fromordinal(day.toordinal() - day.weekday())
        return calendar.next_working_day(monday, self.region) == day


@dataclass(frozen=True)
class UnitDirectory:
    """All units: the calendar of each, and who is told for it. What a unit leaves open it takes from those above it."""

    calendars: Mapping[int, UnitCalendar]  # by unit
    contacts: Mapping[EscalationLevel, Mapping[int, int]]  # by unit: who is told
    instead: Mapping[EscalationLevel, int]  # who is told where no unit says anybody
    bank: UnitCalendar  # of people without a unit

    def calendar(self, unit_id: int | None) -> UnitCalendar:
        """Returns the calendar by which the people of this unit work; the bank's for people without a unit."""
        return self.calendars.get(unit_id, self.bank) if unit_id is not None else self.bank

    def contact(self, unit_id: int | None, level: EscalationLevel) -> int | None:
        """Returns whom to tell about people of this unit: a user's id, or None."""
        named = self.contacts.get(level, {}).get(unit_id) if unit_id is not None else None
        return named if named is not None else self.instead.get(level)


@dataclass(frozen=True)
class Units:
    """All that is stored of the units and of those who are told for them, whatever the day."""

    rows: Mapping[int, Any]  # by id; with the last day of each contact
    holders: Sequence[Any]  # (role, id, left_on) of those who are told where no unit names anybody, by id

    @property
    def last_days(self) -> set[date]:
        """The days after which somebody else is told."""
        contacts = (
            getattr(row, f"{level.value}_left_on") for row in self.rows.values() for level in CONTACTS
        )
        return {day for day in (*contacts, *(holder.left_on for holder in self.holders)) if day is not None}

    def directory(self, on: date) -> UnitDirectory:
        """The units as they are on that day. Whoever has left is nobody to tell."""
        contacts: dict[EscalationLevel, dict[int, int]] = {level: {} for level in CONTACTS}
        calendars = {}
        for id, own in self.rows.items():
            line = [self.rows[each] for each in _line(id, self.rows)]
            zone = next((unit.timezone for unit in line if unit.timezone), "")
            calendars[id] = UnitCalendar(ZoneInfo(zone) if zone else clock.zone(), own.holiday_region)
            for level in CONTACTS:
                told = (_contact(unit, level, on) for unit in line)
                if (found := next((each for each in told if each is not None), None)) is not None:
                    contacts[level][id] = found
        top = next(
            (row.holiday_region for row in self.rows.values() if row.parent_id is None), DEFAULT_REGION
        )
        return UnitDirectory(calendars, contacts, self._instead(on), UnitCalendar(clock.zone(), top))

    def _instead(self, on: date) -> dict[EscalationLevel, int]:
        found: dict[EscalationLevel, int] = {}
        for level, role in FALLBACK_ROLES.items():
            here = (
                holder.id for holder in self.holders if holder.role is role and _there(holder.left_on, on)
            )
            if (first := next(here, None)) is not None:
                found[level] = first
        return found


def directory() -> UnitDirectory:
    """Returns the units as they are now. Two queries."""
    return stored().directory(clock.today())


def stored() -> Units:
    """Returns all that is stored of them. Two queries."""
    query = sa.select(Unit.id, Unit.parent_id, Unit.timezone, Unit.holiday_region).select_from(Unit)
    for level, column in CONTACTS.items():
        person = aliased(User)
        query = query.outerjoin(person, person.id == column).add_columns(
            column.label(f"{level.value}_id"), person.left_on.label(f"{level.value}_left_on")
        )
    holders = (
        sa.select(UserRole.role, User.id, User.left_on)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role.in_(FALLBACK_ROLES.values()))
        .order_by(User.id)
    )
    rows = {row.id: row for row in db.session.execute(query.order_by(Unit.id))}
    return Units(rows, db.session.execute(holders).all())


def _contact(unit: Any, level: EscalationLevel, on: date) -> int | None:
    """Whom this unit itself names, while they work here."""
    left_on = getattr(unit, f"{level.value}_left_on")
    return getattr(unit, f"{level.value}_id") if _there(left_on, on) else None


def _there(left_on: date | None, on: date) -> bool:
    return left_on is None or left_on >= on


def _line(id: int, rows: Mapping[int, Any]) -> list[int]:
    """A unit and those above it, from the nearest to the top."""
    line: list[int] = []
    at: int | None = id
    while at is not None and at not in line:
        line.append(at)
        at = rows[at].parent_id
    return line
