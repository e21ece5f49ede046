"""Whom a form lets one choose, where there may be many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import units
from rmhr.accounts.queries.findable import PEOPLE
from rmhr.accounts.queries.people import has_role, here
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.core.search.index import says_all
from rmhr.models.accounts import Employee, Role, Unit, User


def people(*conditions: Any, first: int | None = None, unit: int | None = None) -> Endless:
    """The people of whom this holds, by name, each with the unit: two may share a name.

    `first` is the id of whoever stands before all others, `unit` the id of the unit whose people do.
    """
    before: list[sa.ColumnElement[bool]] = [User.id != first] if first is not None else []
    before += [Employee.unit_id.is_distinct_from(unit)] if unit is not None else []
    words = sa.case((Unit.name.is_(None), User.name), else_=User.name + ", " + Unit.name)

    def rows(_viewer: Any) -> Rows:
        return (
            sa.select(User.id, words)
            .outerjoin(Employee, Employee.user_id == User.id)
            .outerjoin(Unit, Unit.id == Employee.unit_id)
            .where(*conditions)
            .order_by(*before, by_name(User.name), User.id)
        )

    return by_words(rows, PEOPLE.by(User.id), Unit.name)


def supervisors(of: User | None) -> Endless:
    """Who can lead this person, or somebody new."""
    return people(has_role(Role.SUPERVISOR), *([User.id != of.id] if of is not None else []))


def successors(of: User) -> Callable[[tuple[Role, ...]], Endless]:
    """Of some roles, who can take over from this person."""
    return lambda roles: people(has_role(*roles), User.id != of.id)


def colleagues(of: User) -> Endless:
    """Everybody else who works here, those of the same unit first."""
    return people(here(), User.id != of.id, unit=of.employee.unit_id if of.employee else None)


def _in_places(*conditions: Any) -> Endless:
    """Units of which this holds: as long as there are few, in their places, each below the one that it belongs to."""

    def rows(_viewer: Any) -> Rows:
        query = sa.select(Unit.id, Unit.name, Unit.parent_id).where(*conditions)
        return query.order_by(by_name(Unit.name), Unit.id)

    def find(viewer: Any, typed: str, most: int) -> list[tuple[int, str]]:
        query = rows(viewer).limit(most)
        found = db.session.execute(query.where(says_all(typed, Unit.name)) if typed else query).all()
        if typed or len(found) == most:
            return [(each.id, each.name) for each in found]

        def below(parent: int | None, depth: int) -> Iterator[tuple[int, str]]:
            for each in found:
                if each.parent_id == parent:
                    yield each.id, "\u2003" * depth + each.name
                    yield from below(each.id, depth + 1)

        return list(below(None, 0))

    return Endless(find, by_words(rows, Unit.name).one)


#: All units.
UNITS = _in_places()


def above(unit_id: int | None) -> Endless:
    """What this unit, or a new one, can belong to: not to itself, nor to one of its own units."""
    return UNITS if unit_id is None else _in_places(Unit.id.not_in(units.with_below(unit_id)))


def chosen(id: int) -> User:
    """Whoever a form that offers people has chosen."""
    return db.session.get_one(User, id)
