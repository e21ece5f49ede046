"""The tree of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort

from rmhr.accounts.queries.people import here
from rmhr.core.db import db
from rmhr.core.folding import by_name, same
from rmhr.core.lists.choices import by_words
from rmhr.models.accounts import Employee, Unit, User


@dataclass(frozen=True)
class Branch:
    """A unit in its place: how deep it stands, how many work there, how many with all units below it."""

    unit: Unit
    depth: int
    people: int
    with_below: int


def units() -> Sequence[Unit]:
    """All units by name."""
    return db.session.scalars(sa.select(Unit).order_by(by_name(Unit.name), Unit.id)).all()


#: All units by name: what a list can be narrowed to.
UNITS = by_words(
    lambda _viewer: sa.select(Unit.id, Unit.name).order_by(by_name(Unit.name), Unit.id), Unit.name
)


def is_there_any() -> bool:
    """Whether there is a unit."""
    return db.session.scalar(sa.select(Unit.id).limit(1)) is not None


def get_unit(id: int) -> Unit:
    """One unit, or 404."""
    found = db.session.get(Unit, id)
    if found is None:
        abort(404)
    return found


def unit_called(name: str, parent_id: int | None) -> Unit | None:
    """The unit of this name in this place, whatever its capitals."""
    at = Unit.parent_id.is_(None) if parent_id is None else Unit.parent_id == parent_id
    return db.session.scalar(sa.select(Unit).where(same(Unit.name, name), at).limit(1))


def lock_tree() -> None:
    """Others who add, rename or move a unit have to wait."""
    db.session.execute(sa.select(Unit.id).order_by(Unit.id).limit(1).with_for_update())


def units_above(id: int) -> list[int]:
    """The ids of the units to which this one belongs, from the nearest to the top."""
    tree = sa.select(Unit.id, Unit.parent_id).where(Unit.id == id).cte(recursive=True)
    above = tree.union(sa.select(Unit.id, Unit.parent_id).where(Unit.id == tree.c.parent_id))
    return [each for each in db.session.scalars(sa.select(above.c.id)) if each != id]


def with_below(id: int) -> sa.Select[tuple[int]]:
    """The ids of this unit and of all that belong to it."""
    tree = sa.select(Unit.id).where(Unit.id == id).cte(recursive=True)
    return sa.select(tree.union(sa.select(Unit.id).where(Unit.parent_id == tree.c.id)).c.id)


def unit_tree() -> list[Branch]:
    """All units, each followed by those below it, by name. Two queries."""
    counted = db.session.execute(
        sa.select(Employee.unit_id, sa.func.count(Employee.id).label("people"))
        .join(User, User.id == Employee.user_id)
        .where(here())
        .group_by(Employee.unit_id)
    )
    people = {row.unit_id: row.people for row in counted}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units():
        below[unit.parent_id].append(unit)

    def walk(parent: int | None, depth: int) -> list[Branch]:
        found: list[Branch] = []
        for unit in below[parent]:
            under = walk(unit.id, depth + 1)
            total = people.get(unit.id, 0) + sum(b.people for b in under)
            found += [Branch(unit, depth, people.get(unit.id, 0), total), *under]
        return found

    return walk(None, 0)
