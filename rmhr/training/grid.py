"""The team's grid: people by courses, what is counted above it, and who may not work alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.i18n import _
from rmhr.models.accounts import Employee, Role, Unit, User, UserRole
from rmhr.models.training import Assignment, Blocked, Course, CourseState
from rmhr.training.standing import Standing, of_row, standings, state_in_sql
from rmhr.web.tables import Filter, Listing

#: People on one page of the grid.
SIZE = 40
#: So many names are said; of the others, how many there are.
NAMES = 4

#: The states as the figure above the grid sums them up.
GROUPS = {
    "valid": (CourseState.VALID,),
    "open": (CourseState.OPEN, CourseState.NOT_DUE),
    "soon": (CourseState.SOON, CourseState.EXPIRING),
    "late": (CourseState.LATE, CourseState.FAILED, CourseState.EXPIRED),
}


def learners(viewer: User) -> Rows:
    """The RMs whom this person has to look after: their team; HR and compliance all."""
    having = sa.select(UserRole.user_id).where(UserRole.role == Role.RM)
    query = (
        sa.select(User)
        .join(Employee, Employee.user_id == User.id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(User.id.in_(having), accounts.people.here())
        .options(contains_eager(User.employee).contains_eager(Employee.unit))
    )
    if not sees_all(viewer):
        query = query.where(Employee.supervisor_id == viewer.id)
    return query


def these(viewer: User, ids: Sequence[int]) -> Sequence[User]:
    """Those of these people whom this person has to look after."""
    people: Sequence[User] = db.session.scalars(learners(viewer).where(User.id.in_(ids))).unique().all()
    return people


def sees_all(viewer: User) -> bool:
    """Whether this person looks after the whole bank."""
    return viewer.has(Role.HR, Role.COMPLIANCE)


def people_of(listing: Listing) -> list[User]:
    """The people on this page of the grid."""
    return [row for row in listing.rows if isinstance(row, User)]


def listing(viewer: User, courses: Sequence[Course], size: int = SIZE) -> Listing:
    """The people of the grid as the address asks for them, so many on a page."""
    filters = [
        Filter(
            "state",
            _("Every state"),
            _in_group,
            [("late", _("Late")), ("soon", _("Soon")), ("new", _("New this year"))],
        ),
        Filter("course", _("Every course"), _has_course, [(course.id, course.short) for course in courses]),
    ]
    if sees_all(viewer):
        places = [(unit.id, unit.name) for unit in units(viewer)]
        filters.append(Filter("unit", _("Every unit"), Employee.unit_id, places))
    return Listing(
        learners(viewer),
        key=User.id,
        sorts={"name": User.name},
        default="name",
        search=[User.name],
        filters=filters,
        size=size,
    )


def units(viewer: User) -> Sequence[Unit]:
    """The units in which there are people to look after."""
    where = learners(viewer).with_only_columns(Employee.unit_id, maintain_column_froms=True)
    return db.session.scalars(sa.select(Unit).where(Unit.id.in_(where)).order_by(Unit.name)).all()


def _group(row: Any) -> sa.Case[Any]:
    state = state_in_sql(row, clock.today())
    return sa.case(
        *((state.in_([each.value for each in states]), group) for group, states in GROUPS.items()), else_=""
    )


def _in_group(value: str) -> sa.ColumnElement[bool]:
    if value == "new":
        return Employee.started_on >= date(clock.today().year, 1, 1)
    rows = standings()
    return User.id.in_(sa.select(rows.c.user_id).where(_group(rows.c) == value))


def _has_course(value: str) -> sa.ColumnElement[bool]:
    return User.id.in_(sa.select(Assignment.user_id).where(Assignment.course_id == int(value)))


def cells(people: Sequence[User], courses: Sequence[Course]) -> Mapping[tuple[int, int], Standing]:
    """(person, course) → how they stand; nothing where the course is not theirs. One query."""
    most = {course.id: course.max_attempts for course in courses}
    rows = standings(Assignment.user_id.in_([person.id for person in people]))
    return {
        (row.user_id, row.course_id): of_row(row, most[row.course_id])
        for row in db.session.execute(sa.select(rows))
        if row.course_id in most
    }


@dataclass(frozen=True)
class Count:
    """How many there are of a group: courses of people, and people."""

    duties: int = 0
    people: int = 0


def counts(viewer: User) -> dict[str, Count]:
    """For each of GROUPS, and "new" for the new people. Two queries."""
    rows = standings(Assignment.user_id.in_(_ids(viewer)))
    group = _group(rows.c).label("name")
    found = db.session.execute(
        sa.select(group, sa.func.count(), sa.func.count(sa.distinct(rows.c.user_id))).group_by(group)
    )
    counted = {name: Count(duties, people) for name, duties, people in found}
    new = learners(viewer).where(_in_group("new")).with_only_columns(User.id, maintain_column_froms=True)
    fresh = db.session.scalar(sa.select(sa.func.count()).select_from(new.subquery())) or 0
    return {**dict.fromkeys(GROUPS, Count()), **counted, "new": Count(0, fresh)}


def not_alone(viewer: User, courses: Sequence[Course]) -> tuple[list[tuple[int, str]], int]:
    """Who may not meet clients on their own yet: (id, name) of the first few, and how many there are."""
    blocking = [course.id for course in courses if Blocked.CLIENT_CONTACT in course.blocked]
    rows = standings(Assignment.course_id.in_(blocking), Assignment.user_id.in_(_ids(viewer)))
    missing = sa.or_(rows.c.valid_until.is_(None), rows.c.valid_until < clock.today())
    people = (
        sa.select(User.id, User.name)
        .where(User.id.in_(sa.select(rows.c.user_id).where(missing)))
        .order_by(User.name, User.id)
    )
    found = [(id, name) for id, name in db.session.execute(people)]
    return found[:NAMES], len(found)


def _ids(viewer: User) -> Rows:
    return learners(viewer).with_only_columns(User.id, maintain_column_froms=True)
