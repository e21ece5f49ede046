"""What follows from who somebody is: their clients, where they work, days that are counted from today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import calendar
from rmhr.core.lists.declaration import Endless
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, RmType, Role, User, UserRole
from rmhr.models.courses import Course


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


def reviewers(but: Sequence[int], owner_id: int | None) -> Endless:
    """Who can review a version: HR, compliance and the owner of its course, but none of these."""
    may = sa.or_(accounts.people.has_role(Role.HR, Role.COMPLIANCE), User.id == owner_id)
    return accounts.choices.people(accounts.people.here(), may, User.id.not_in(but))


def mandatory_for(course: Course) -> Sequence[Employee]:
    """The RMs who work here and look after clients for whom this course is mandatory as it is taught now."""
    kinds = course.current.rm_types if course.current is not None else []
    is_rm = sa.exists().where(UserRole.user_id == User.id, UserRole.role == Role.RM)
    query = (
        sa.select(Employee)
        .join(User, User.id == Employee.user_id)
        .where(is_rm, accounts.people.here(), Employee.rm_type.in_([RmType(each) for each in kinds]))
        .options(joinedload(Employee.user), joinedload(Employee.unit))
        .order_by(Employee.id)
    )
    return db.session.scalars(query).unique().all()
