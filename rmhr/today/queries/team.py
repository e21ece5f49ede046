"""What a supervisor's team is late with, person by person; and a unit head's units, in one number each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from rmhr.accounts import queries as accounts
from rmhr.core.db import Rows, db
from rmhr.core.due import lists
from rmhr.core.due.sources import Due
from rmhr.core.folding import by_name
from rmhr.models.accounts import Employee, Unit, User

#: So many people are listed, and of each so many things are named.
MOST_PEOPLE, MOST_NAMED = 8, 2


@dataclass(frozen=True)
class LateColleague:
    """Somebody of a team, how many things they are late with, since when, and the first of them."""

    person: User
    count: int
    oldest: date
    named: Sequence[Due]


@dataclass(frozen=True)
class LateTeam:
    """Who of a team is late: the longest first, at most MOST_PEOPLE of them."""

    shown: Sequence[LateColleague]
    people: int
    things: int


def late_in_team(supervisor: User) -> LateTeam:
    """What the people of a supervisor's team are late with. Two queries, one where nobody is late."""
    query = _late_people(lists.sources())
    found = db.session.execute(query, {"person": supervisor.id}).all() if query is not None else []
    shown = found[:MOST_PEOPLE]
    if not shown:
        return LateTeam([], 0, 0)
    named: dict[int, list[Due]] = defaultdict(list)
    for due in lists.late_of([row.User.id for row in shown]):
        named[due.owner_id].append(due)
    colleagues = [
        LateColleague(row.User, row.things, row.oldest, named[row.User.id][:MOST_NAMED]) for row in shown
    ]
    return LateTeam(colleagues, len(found), sum(row.things for row in found))


@lists.kept
def _late_people(wanted: lists.Sources) -> Rows | None:
    rows = lists.late_rows(accounts.people.team_led_by(lists.PERSON), wanted)
    if rows is None:
        return None
    oldest = sa.func.min(rows.c.due_on)
    return (
        sa.select(rows.c.owner_id, sa.func.count().label("things"), oldest.label("oldest"), User)
        .join(User, User.id == rows.c.owner_id)
        .where(accounts.people.here())
        .group_by(rows.c.owner_id, User.id)
        .order_by(oldest, sa.func.count().desc(), by_name(User.name))
    )


@dataclass(frozen=True)
class LateUnit:
    """How much is late in a unit and those below it, and with how many people."""

    unit: Unit
    things: int
    people: int
    capped: bool  # counting has stopped at due.lists.MOST


def late_in_units(head: User) -> list[LateUnit]:
    """The units that this person heads, by name. One query."""
    query = _late_units(lists.sources())
    found = db.session.execute(query, {"person": head.id}) if query is not None else ()
    return [LateUnit(unit, things, people, things >= lists.MOST) for unit, things, people in found]


@lists.kept
def _late_units(wanted: lists.Sources) -> Rows | None:
    tree = (
        sa.select(Unit.id.label("top"), Unit.id.label("unit"))
        .where(Unit.head_id == lists.PERSON)
        .cte(recursive=True)
    )
    tree = tree.union(sa.select(tree.c.top, Unit.id).where(Unit.parent_id == tree.c.unit))
    people = sa.select(Employee.user_id).where(Employee.unit_id.in_(sa.select(tree.c.unit)))
    rows = lists.late_rows(people, wanted)
    if rows is None:
        return None
    late = (
        sa.select(
            tree.c.top,
            sa.func.count().label("things"),
            sa.func.count(rows.c.owner_id.distinct()).label("people"),
        )
        .select_from(rows)
        .join(Employee, Employee.user_id == rows.c.owner_id)
        .join(tree, tree.c.unit == Employee.unit_id)
        .group_by(tree.c.top)
        .subquery()
    )
    return (
        sa.select(Unit, sa.func.coalesce(late.c.things, 0), sa.func.coalesce(late.c.people, 0))
        .outerjoin(late, late.c.top == Unit.id)
        .where(Unit.head_id == lists.PERSON)
        .order_by(by_name(Unit.name), Unit.id)
    )
