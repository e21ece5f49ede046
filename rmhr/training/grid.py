"""The team's grid: people by courses, what is counted above it, and who may not work alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import Rows, db, this_day
from rmhr.core.folding import by_name, in_order
from rmhr.core.lists.choices import by_words
from rmhr.models.accounts import Employee, Role, Unit, User, UserRole
from rmhr.models.courses import Blocked, CourseVersion
from rmhr.models.training import Assignment, CourseState
from rmhr.training import queries
from rmhr.training.progress import RENEWAL_OPENS, given, state_in_sql, unsettled

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
#: Who looks after the whole bank leads no team in particular.
EVERYBODY = None
#: The parameter of a statement that is kept: whose team it is about.
LEADER: sa.BindParameter[int] = sa.bindparam("leader", type_=sa.Integer())


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
    return state_in_sql(row)


def _group(row: Any) -> sa.Case[Any]:
    """Which of GROUPS it is in."""
    of = {state: group for group, states in GROUPS.items() for state in states}
    return state_in_sql(row, of.__getitem__)


def _unsettled(leader: Any) -> sa.Subquery:
    """What is owed or ends soon in the team of this person (their id); of EVERYBODY, in the bank."""
    if leader is EVERYBODY:
        return unsettled()
    return unsettled(lambda user_id: [user_id.in_(accounts.people.team_led_by(leader))])


def _leader(viewer: User) -> int | None:
    """Whose team this person looks after: their own, or EVERYBODY."""
    return EVERYBODY if sees_all(viewer) else viewer.id


def _new() -> sa.ColumnElement[bool]:
    """The condition that an Employee began this year."""
    first = sa.bindparam(None, callable_=lambda: date(clock.today().year, 1, 1), type_=sa.Date(), unique=True)
    return Employee.started_on >= first


def in_group(viewer: User, value: str, courses: Sequence[CourseVersion]) -> sa.ColumnElement[bool]:
    """The condition that a User has one of these courses in one of GROUPS or EXPIRING; or is NEW, or BLOCKED.

    Of GROUPS not "valid": that is looked for in nobody.
    """
    if value == NEW:
        return _new()
    rows = _unsettled(_leader(viewer))
    if value == BLOCKED:
        return User.id.in_(_missing(rows, _blocking(courses)))
    if value == EXPIRING:
        named = _state(rows.c) == CourseState.EXPIRING.value
    else:
        named = _group(rows.c) == value
    return User.id.in_(sa.select(rows.c.user_id).where(named))


def _blocking(courses: Sequence[CourseVersion]) -> tuple[int, ...]:
    """The ids of those of these courses without which one does not meet clients alone."""
    return tuple(course.course_id for course in courses if Blocked.CLIENT_CONTACT in course.blocked)


def _is_missing(row: Any, blocking: Sequence[int]) -> sa.ColumnElement[bool]:
    """The condition that what is unsettled is one of these courses, and not held."""
    return sa.and_(
        row.course_id.in_(blocking), sa.or_(row.valid_until.is_(None), row.valid_until < this_day())
    )


def _missing(rows: sa.FromClause, blocking: Sequence[int]) -> Rows:
    """Who lacks one of these courses.

    Counted per person: a condition on the courses would lead to an index over these, and into all their history.
    """
    lacks = sa.func.max(sa.case((_is_missing(rows.c, blocking), 1), else_=0))
    return sa.select(rows.c.user_id).group_by(rows.c.user_id).having(lacks == 1)


def has_course(id: int) -> sa.ColumnElement[bool]:
    """The condition that this course is a User's."""
    return User.id.in_(sa.select(Assignment.user_id).where(Assignment.course_id == id))


@dataclass(frozen=True)
class Count:
    """How many there are of a group: courses of people, and people."""

    duties: int = 0
    people: int = 0


@dataclass(frozen=True)
class Summary:
    """What stands above the grid: the counts, who may not meet clients alone yet (the first few), how many these are.

    The counts are those of GROUPS, and of NEW; of what is valid, how many courses they are, not whose.
    """

    counts: Mapping[str, Count]
    names: Sequence[tuple[int, str]]
    many: int


def summary(viewer: User, courses: Sequence[CourseVersion]) -> Summary:
    """How those whom this person looks after stand. One query."""
    leader = EVERYBODY if sees_all(viewer) else LEADER
    found = db.session.execute(_summing_up(leader, _blocking(courses)), {LEADER.key: viewer.id}).all()
    groups = {each.name: each for each in found if each.what == "group"}
    people = [each for each in found if each.what == "person"]
    [total] = [each for each in found if each.what == "total"]
    counted = {name: Count(each.number, each.people) for name, each in groups.items()}
    # What is held for long is valid, unless what is owed beside it says otherwise: that is among the groups.
    long = total.number - sum(each.long for each in groups.values())
    valid = Count(long + counted.get("valid", Count()).duties)
    return Summary(
        counts={**dict.fromkeys(GROUPS, Count()), **counted, "valid": valid, NEW: Count(0, total.people)},
        names=sorted(
            ((each.number, each.name) for each in people), key=lambda one: (in_order(one[1]), one[0])
        ),
        many=people[0].people if people else 0,
    )


@lru_cache(maxsize=8)
def _summing_up(leader: Any, blocking: tuple[int, ...]) -> sa.CompoundSelect[Any]:
    """The statement of `summary`, made once: to put it together takes as long as to run it in a small bank."""
    those = _ids(leader).cte("those")
    found_of_all = _unsettled(leader)
    theirs = found_of_all.c.user_id.in_(sa.select(those.c.user_id))
    rows = sa.select(found_of_all).where(theirs).cte("unsettled")
    return sa.union_all(_totals(those), _grouped(rows), _not_alone(rows, blocking))


def _line(what: str, name: Any, number: Any, people: Any, long: Any = 0) -> Rows:
    """A part of `summary`: each gives the same columns."""
    return sa.select(
        sa.literal(what).label("what"),
        name.label("name"),
        number.label("number"),
        people.label("people"),
        sa.literal(long).label("long") if isinstance(long, int) else long.label("long"),
    )


def _held_for_long(valid_until: Any) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = valid_until > this_day(RENEWAL_OPENS)
    return condition


def _totals(those: sa.CTE) -> Rows:
    """How many courses are held for long, and how many people are new."""
    held = sa.select(sa.func.count()).where(
        Assignment.user_id.in_(sa.select(those.c.user_id)),
        Assignment.superseded_on.is_(None),
        given(Assignment.course_id),
        _held_for_long(Assignment.valid_until),
    )
    fresh = (
        sa.select(sa.func.count())
        .select_from(those)
        .join(Employee, Employee.user_id == those.c.user_id)
        .where(_new())
    )
    return _line("total", sa.literal(""), held.scalar_subquery(), fresh.scalar_subquery())


def _grouped(rows: sa.CTE) -> Rows:
    """How many courses of how many people are in each of GROUPS, and how many of the courses are held for long."""
    group = _group(rows.c)
    return _line(
        "group",
        group,
        sa.func.count(),
        sa.func.count(sa.distinct(rows.c.user_id)),
        sa.func.count(sa.case((_held_for_long(rows.c.valid_until), 1))),
    ).group_by(group)


def _not_alone(rows: sa.CTE, blocking: Sequence[int]) -> Rows:
    """Who may not meet clients on their own yet: the first few, each with the number of all."""
    people = (
        _line("person", User.name, User.id, sa.func.count().over())
        .where(User.id.in_(_missing(rows, blocking)))
        .order_by(by_name(User.name), User.id)
        .limit(NAMES)
        .subquery()
    )
    return sa.select(people)


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
    courses = queries.courses.in_force()
    rows = _unsettled(_leader(viewer))
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
            people(_is_missing(rows.c, _blocking(courses))).label("blocked"),
        )
        .select_from(rows)
        .join(Employee, Employee.user_id == rows.c.user_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(rows.c.user_id.in_(_ids(_leader(viewer))))
        .group_by(Unit.id)
        .order_by(people(late).desc(), by_name(Unit.name), Unit.id)
    ).all()
    return Standing(
        late=sum(each.late for each in found),
        expiring=sum(each.expiring for each in found),
        blocked=sum(each.blocked for each in found),
        units=[LateUnit(each.id, each.name, each.duties, each.late) for each in found if each.late],
    )


def _ids(leader: Any) -> Rows:
    """The ids of the `learners` of this person (their id), or of EVERYBODY."""
    ids = (
        sa.select(UserRole.user_id)
        .join(User, User.id == UserRole.user_id)
        .join(Employee, Employee.user_id == UserRole.user_id)
        .where(UserRole.role == Role.RM, accounts.people.here())
    )
    return ids if leader is EVERYBODY else ids.where(Employee.supervisor_id == leader)
