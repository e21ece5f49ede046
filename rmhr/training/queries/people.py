"""What follows from who somebody is: their clients, where they work, days that are counted from today."""

from __future__ import annotations

from datetime import date

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, RmType, User


def rm_type(user: User) -> RmType | None:
    """Which clients this person looks after."""
    return user.employee.rm_type if user.employee else None


def unlock_by(user: User) -> date:
    """Until when somebody should talk with this person, from today."""
    return deadlines.UNLOCK_EXAM.after(clock.today(), region(user.employee))


def pass_again_by(user: User) -> date:
    """Until when this person has to pass a course that is required again from today."""
    return working_day(deadlines.PASS_AGAIN.after(clock.today()), user)


def working_day(day: date, user: User) -> date:
    """This day or the next one on which people work where this person does."""
    return calendar.next_working_day(day, region(user.employee))


def region(employee: Employee | None) -> str:
    """Where this person's working days are counted."""
    return employee.unit.holiday_region if employee else "DE"
