"""Whom a form lets one choose, where there may be many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import units
from rmhr.accounts.queries.findable import PEOPLE
from rmhr.accounts.queries.people import has_role
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.models.accounts import Employee, Role, Unit, User


def people(*conditions: Any, first: int | None = None) -> Endless:
    """The people of whom this holds, by name, each with the unit: two may share a name.

    `first` is the id of whoever stands before all others.
    """
    words = sa.case((Unit.name.is_(None), User.name), else_=User.name + ", " + Unit.name)

    def rows(_viewer: Any) -> Rows:
        return (
            sa.select(User.id, words)
            .outerjoin(Employee, Employee.user_id == User.id)
            .outerjoin(Unit, Unit.id == Employee.unit_id)
            .where(*conditions)
            .order_by(*([User.id != first] if first is not None else []), by_name(User.name), User.id)
        )

    return by_words(rows, PEOPLE.by(User.id), Unit.name)


def supervisors(of: User | None) -> Endless:
    """Who can lead this person, or somebody new."""
    return people(has_role(Role.SUPERVISOR), *([User.id != of.id] if of is not None else []))


def successors(of: User) -> Callable[[tuple[Role, ...]], Endless]:
    """Of some roles, who can take over from this person."""
    return lambda roles: people(has_role(*roles), User.id != of.id)


def _units(viewer: Any, typed: str, most: int) -> Sequence[tuple[Any, Any]]:
    found = units.UNITS.find(viewer, typed, most)
    if typed or len(found) == most:
        return found
    return [(each.unit.id, "\u2003" * each.depth + each.unit.name) for each in units.unit_tree()]


#: All units: as long as there are few, in their places, each below the one that it belongs to.
UNITS = Endless(_units, units.UNITS.one)


def chosen(id: int) -> User:
    """Whoever a form that offers people has chosen."""
    return db.session.get_one(User, id)
