"""The team's grid: people by courses, what is counted above it, and who may not work alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.lists.choices import by_words
from rmhr.models.accounts import Employee, Role, Unit, User, UserRole
from rmhr.models.training import (
    Assignment,
    AssignmentStatus,
    Attempt,
    AttemptStatus,
    Blocked,
    Course,
    CourseState,
)
from rmhr.training.progress import OWED, RENEWAL_OPENS, progress_rows, state_in_sql

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


def _group(row: Any) -> sa.Case[Any]:
    state = state_in_sql(row, clock.today())
    return sa.case(
        *((state.in_([each.value for each in states]), group) for group, states in GROUPS.items()), else_=""
    )


def in_group(value: str, courses: Sequence[Course]) -> sa.ColumnElement[bool]:
    """The condition that a User has one of these courses in one of GROUPS or EXPIRING; or is NEW, or BLOCKED."""
    if value == NEW:
        return Employee.started_on >= date(clock.today().year, 1, 1)
    if value == BLOCKED:
        return _misses(courses)
    rows = progress_rows()
    named = _is_expiring(rows.c) if value == EXPIRING else _group(rows.c) == value
    return User.id.in_(sa.select(rows.c.user_id).where(named))


def _is_expiring(row: Any) -> sa.ColumnElement[bool]:
    return state_in_sql(row, clock.today()) == CourseState.EXPIRING.value


def _misses(courses: Sequence[Course], *which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The condition that a User does not hold one of these courses that one needs to meet clients alone."""
    return User.id.in_(_missing(progress_rows(Assignment.course_id.in_(_blocking(courses)), *which)))


def _blocking(courses: Sequence[Course]) -> list[int]:
    """Those of these courses without which one does not meet clients alone."""
    return [course.id for course in courses if Blocked.CLIENT_CONTACT in course.blocked]


def _missing(rows: sa.Subquery) -> Rows:
    """Who does not hold what these rows tell of, once a course."""
    return sa.select(rows.c.user_id).where(
        sa.or_(rows.c.valid_until.is_(None), rows.c.valid_until < clock.today())
    )


def _pressing() -> sa.CompoundSelect[Any]:
    """Person and course of what is late, not passed, run out or soon to run out, each reached by an index."""
    pair, today = sa.select(Assignment.user_id, Assignment.course_id), clock.today()
    return sa.union(
        pair.where(Assignment.status.in_(OWED), Assignment.due_on < today),
        pair.where(Assignment.status == AssignmentStatus.BLOCKED),
        pair.join(Attempt, Attempt.assignment_id == Assignment.id).where(
            Attempt.status == AttemptStatus.FAILED, Assignment.status == AssignmentStatus.OPEN
        ),
        _ending(today + timedelta(days=RENEWAL_OPENS)),
    )


def _lacking(blocking: Sequence[int]) -> sa.CompoundSelect[Any]:
    """Person and course of what is owed of these courses, or has run out."""
    pair = sa.select(Assignment.user_id, Assignment.course_id)
    return sa.union(
        pair.where(Assignment.course_id.in_(blocking), Assignment.status.in_(OWED)),
        _ending(clock.today() - timedelta(days=1)).where(Assignment.course_id.in_(blocking)),
    )


def _ending(until: date) -> Rows:
    """Person and course of what is valid until then at the latest, without what was passed anew."""
    again = aliased(Assignment)
    renewed = sa.select(again.id).where(
        again.user_id == Assignment.user_id,
        again.course_id == Assignment.course_id,
        again.cycle > Assignment.cycle,
        again.status == AssignmentStatus.PASSED,
    )
    return sa.select(Assignment.user_id, Assignment.course_id).where(
        Assignment.valid_until <= until, ~renewed.exists()
    )


def _is_looked_after(viewer: User, user_id: Any) -> sa.ColumnElement[bool]:
    """The condition that this is one of the `learners` of this person."""
    person = learners(viewer).where(User.id == user_id)
    return (
        person.with_only_columns(User.id, maintain_column_froms=True)
        .correlate_except(User, Employee, Unit, UserRole)
        .exists()
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
    """For each of GROUPS, and "new" for the new people. Two queries."""
    rows = progress_rows(Assignment.user_id.in_(_ids(viewer)))
    group = _group(rows.c).label("name")
    found = db.session.execute(
        sa.select(group, sa.func.count(), sa.func.count(sa.distinct(rows.c.user_id))).group_by(group)
    )
    counted = {name: Count(duties, people) for name, duties, people in found}
    new = learners(viewer).where(in_group(NEW, ())).with_only_columns(User.id, maintain_column_froms=True)
    fresh = db.session.scalar(sa.select(sa.func.count()).select_from(new.subquery())) or 0
    return {**dict.fromkeys(GROUPS, Count()), **counted, NEW: Count(0, fresh)}


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
    """How those whom this person looks after stand, whatever their number. Three queries.

    They look at the courses of people that are late, not passed, run out or soon to, and at no others.
    """
    courses = db.session.scalars(sa.select(Course)).all()
    rows = progress_rows(of=_pressing())
    late, expiring = _group(rows.c) == "late", _is_expiring(rows.c)

    def number(of: Any, those: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.count(sa.distinct(sa.case((those, of))))

    duty, person = rows.c.assignment_id, rows.c.user_id
    found = db.session.execute(
        sa.select(
            Unit.id,
            Unit.name,
            number(duty, late).label("duties"),
            number(person, late).label("late"),
            number(person, expiring).label("expiring"),
        )
        .select_from(rows)
        .join(Employee, Employee.user_id == rows.c.user_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(_is_looked_after(viewer, rows.c.user_id))
        .group_by(Unit.id)
        .order_by(number(person, late).desc(), by_name(Unit.name), Unit.id)
    ).all()
    missing = _missing(progress_rows(of=_lacking(_blocking(courses))))
    blocked = missing.where(_is_looked_after(viewer, missing.selected_columns.user_id)).distinct()
    return Standing(
        late=sum(each.late for each in found),
        expiring=sum(each.expiring for each in found),
        blocked=db.session.scalar(sa.select(sa.func.count()).select_from(blocked.subquery())) or 0,
        units=[LateUnit(each.id, each.name, each.duties, each.late) for each in found if each.late],
    )


def not_alone(viewer: User, courses: Sequence[Course]) -> tuple[list[tuple[int, str]], int]:
    """Who may not meet clients on their own yet: (id, name) of the first few, and how many there are."""
    missing = _misses(courses, Assignment.user_id.in_(_ids(viewer)))
    people = sa.select(User.id, User.name).where(missing).order_by(by_name(User.name), User.id)
    found = [(id, name) for id, name in db.session.execute(people)]
    return found[:NAMES], len(found)


def _ids(viewer: User) -> Rows:
    return learners(viewer).with_only_columns(User.id, maintain_column_froms=True)
