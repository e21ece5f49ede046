"""The team's grid: people by courses, what is counted above it, and who may not work alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.lists.choices import by_words
from rmhr.models.accounts import Employee, Role, Unit, User, UserRole
from rmhr.models.training import Assignment, Blocked, Course, CourseState
from rmhr.training.progress import RENEWAL_OPENS, state_in_sql, unsettled

#: So many names are said; of the others, how many there are.
NAMES = 4

#: The states as the figure above the grid sums them up.
GROUPS = {
    "valid": (CourseState.VALID,),
    "open": (CourseState.OPEN, CourseState.NOT_DUE),
    "soon": (CourseState.SOON, CourseState.EXPIRING),
    "late": (CourseState.LATE, CourseState.FAILED, CourseState.EXPIRED),
}
#: What is valid still, and ends so soon that it can be renewed.
EXPIRING = "expiring"
#: People who may not meet clients on their own.
BLOCKED = "blocked"
#: People who began this year.
NEW = "new"


def learners(viewer: User) -> Rows:
    """The RMs whom this person has to look after: their team; HR and compliance all."""
    is_rm = sa.select(UserRole.id).where(UserRole.user_id == User.id, UserRole.role == Role.RM).exists()
    query = (
        sa.select(User)
        .join(Employee, Employee.user_id == User.id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(is_rm, accounts.people.here())
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


def _units(viewer: User) -> Rows:
    where = learners(viewer).with_only_columns(Employee.unit_id, maintain_column_froms=True)
    return sa.select(Unit.id, Unit.name).where(Unit.id.in_(where)).order_by(by_name(Unit.name), Unit.id)


#: The units in which there are people to look after: what the grid can be narrowed to.
UNITS = by_words(_units, Unit.name)


def _state(row: Any) -> sa.Case[str]:
    return state_in_sql(row, clock.today())


def _group(row: Any) -> sa.Case[Any]:
    state = _state(row)
    return sa.case(
        *((state.in_([each.value for each in states]), group) for group, states in GROUPS.items()), else_=""
    )


def _unsettled(viewer: User) -> sa.Subquery:
    """What is owed or ends soon in the team of this person; of whoever looks after the bank, of everybody in it."""
    if sees_all(viewer):
        return unsettled()
    return unsettled(lambda user_id: [user_id.in_(accounts.people.team_ids(viewer))])


def in_group(viewer: User, value: str, courses: Sequence[Course]) -> sa.ColumnElement[bool]:
    """The condition that a User has one of these courses in one of GROUPS or EXPIRING; or is NEW, or BLOCKED.

    Of GROUPS not "valid": that is looked for in nobody.
    """
    if value == NEW:
        return Employee.started_on >= date(clock.today().year, 1, 1)
    rows = _unsettled(viewer)
    if value == BLOCKED:
        named = _is_missing(rows.c, courses)
    elif value == EXPIRING:
        named = _state(rows.c) == CourseState.EXPIRING.value
    else:
        named = _state(rows.c).in_([each.value for each in GROUPS[value]])
    return User.id.in_(sa.select(rows.c.user_id).where(named))


def _is_missing(row: Any, courses: Sequence[Course]) -> sa.ColumnElement[bool]:
    """The condition that what is unsettled is one of these courses without which one does not meet clients alone."""
    blocking = [course.id for course in courses if Blocked.CLIENT_CONTACT in course.blocked]
    return sa.and_(
        row.course_id.in_(blocking), sa.or_(row.valid_until.is_(None), row.valid_until < clock.today())
    )


def has_course(id: int) -> sa.ColumnElement[bool]:
    """The condition that this course is a User's."""
    return User.id.in_(sa.select(Assignment.user_id).where(Assignment.course_id == id))


@dataclass(frozen=True)
class Count:
    """How many there are of a group: courses of people, and people."""

    duties: int = 0
    people: int = 0


def counts(viewer: User) -> dict[str, Count]:
    """For each of GROUPS, and "new" for the new people. One query.

    Of what is valid, how many courses they are, not whose.
    """
    rows, soon = _unsettled(viewer), clock.today() + timedelta(days=RENEWAL_OPENS)
    group = _group(rows.c).label("name")
    held = sa.select(sa.func.count()).where(
        Assignment.superseded_on.is_(None),
        Assignment.valid_until > soon,
        Assignment.user_id.in_(_ids(viewer)),
    )
    fresh = learners(viewer).where(in_group(viewer, NEW, ()))
    fresh = fresh.with_only_columns(sa.func.count(), maintain_column_froms=True)
    totals = sa.select(held.scalar_subquery().label("held"), fresh.scalar_subquery().label("new")).subquery()
    grouped = (
        sa.select(
            group,
            sa.func.count().label("duties"),
            sa.func.count(sa.distinct(rows.c.user_id)).label("people"),
            sa.func.count(sa.case((rows.c.valid_until > soon, 1))).label("held"),
        )
        .where(rows.c.user_id.in_(_ids(viewer)))
        .group_by(group)
        .subquery()
    )
    found = db.session.execute(sa.select(totals, grouped).outerjoin(grouped, sa.true())).all()
    counted = {each.name: Count(each.duties, each.people) for each in found if each.name is not None}
    # What is held for long counts as valid, unless what is owed beside it says otherwise: that was counted.
    valid = found[0].held - sum(each.held_1 or 0 for each in found) + counted.get("valid", Count()).duties
    return {
        **dict.fromkeys(GROUPS, Count()),
        **counted,
        "valid": Count(valid),
        NEW: Count(0, found[0].new),
    }


@dataclass(frozen=True)
class LateUnit:
    """A unit whose people are late with courses, do not pass them or let them expire."""

    id: int
    name: str
    duties: int
    people: int


@dataclass(frozen=True)
class Standing:
    """What whoever looks after the bank has to know today: people each, and the units with late ones, most first."""

    late: int
    expiring: int
    blocked: int
    units: Sequence[LateUnit]


def standing(viewer: User) -> Standing:
    """How those whom this person looks after stand, whatever their number. Two queries.

    They look at the courses that somebody owes, or that have run out or end soon, and at no others.
    """
    courses = db.session.scalars(sa.select(Course)).all()
    rows = _unsettled(viewer)
    late, expiring = _group(rows.c) == "late", _state(rows.c) == CourseState.EXPIRING.value

    def people(those: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.count(sa.distinct(sa.case((those, rows.c.user_id))))

    found = db.session.execute(
        sa.select(
            Unit.id,
            Unit.name,
            sa.func.count(sa.case((late, 1))).label("duties"),
            people(late).label("late"),
            people(expiring).label("expiring"),
            people(_is_missing(rows.c, courses)).label("blocked"),
        )
        .select_from(rows)
        .join(Employee, Employee.user_id == rows.c.user_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(rows.c.user_id.in_(_ids(viewer)))
        .group_by(Unit.id)
        .order_by(people(late).desc(), by_name(Unit.name), Unit.id)
    ).all()
    return Standing(
        late=sum(each.late for each in found),
        expiring=sum(each.expiring for each in found),
        blocked=sum(each.blocked for each in found),
        units=[LateUnit(each.id, each.name, each.duties, each.late) for each in found if each.late],
    )


def not_alone(viewer: User, courses: Sequence[Course]) -> tuple[list[tuple[int, str]], int]:
    """Who may not meet clients on their own yet: (id, name) of the first few, and how many there are. One query."""
    rows = _unsettled(viewer)
    missing = sa.select(rows.c.user_id).where(_is_missing(rows.c, courses))
    people = (
        sa.select(User.id, User.name, sa.func.count().over().label("all"))
        .where(User.id.in_(missing), User.id.in_(_ids(viewer)))
        .order_by(by_name(User.name), User.id)
        .limit(NAMES)
    )
    found = db.session.execute(people).all()
    return [(each.id, each.name) for each in found], found[0].all if found else 0


def _ids(viewer: User) -> Rows:
    return learners(viewer).with_only_columns(User.id, maintain_column_froms=True)
