"""What reminders need of the bank's units: wall clock and working days of each, and who is told for its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from rmhr.accounts.queries.people import here
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


def directory() -> UnitDirectory:
    """Returns the units as they are now. Whoever has left is nobody to tell. Three queries."""
    rows = {
        row.id: row
        for row in db.session.execute(
            sa.select(Unit.id, Unit.parent_id, Unit.timezone, Unit.holiday_region, *CONTACTS.values())
        )
    }
    named = {id for row in rows.values() for id in (row.head_id, row.hr_id, row.compliance_id) if id}
    active = set(db.session.scalars(sa.select(User.id).where(User.id.in_(named), here())))
    contacts: dict[EscalationLevel, dict[int, int]] = {level: {} for level in CONTACTS}
    calendars = {}
    for id, own in rows.items():
        line = _line(id, rows)
        zone = next((rows[each].timezone for each in line if rows[each].timezone), "")
        calendars[id] = UnitCalendar(ZoneInfo(zone) if zone else clock.zone(), own.holiday_region)
        for level, column in CONTACTS.items():
            told = (getattr(rows[each], column.key) for each in line)
            if (found := next((each for each in told if each in active), None)) is not None:
                contacts[level][id] = found
    top = next((row.holiday_region for row in rows.values() if row.parent_id is None), DEFAULT_REGION)
    return UnitDirectory(calendars, contacts, _instead(), UnitCalendar(clock.zone(), top))


def _line(id: int, rows: Mapping[int, Any]) -> list[int]:
    """A unit and those above it, from the nearest to the top."""
    line: list[int] = []
    at: int | None = id
    while at is not None and at not in line:
        line.append(at)
        at = rows[at].parent_id
    return line


def _instead() -> dict[EscalationLevel, int]:
    first = (
        sa.select(UserRole.role, sa.func.min(User.id))
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role.in_(FALLBACK_ROLES.values()), here())
        .group_by(UserRole.role)
    )
    found = dict(db.session.execute(first).all())
    return {level: found[role] for level, role in FALLBACK_ROLES.items() if role in found}
