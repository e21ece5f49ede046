"""By which clock and which holidays somebody works."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Employee, User
from rmhr.reminders import units


def zone_of(user: User) -> ZoneInfo:
    """Returns the time zone of this person's unit."""
    works = sa.select(Employee.unit_id).where(Employee.user_id == user.id)
    return units.directory().calendar(db.session.scalar(works)).zone


def region_of(employee: Employee | None) -> str:
    """Returns the region whose working days count for this person."""
    return employee.unit.holiday_region if employee else units.DEFAULT_REGION
