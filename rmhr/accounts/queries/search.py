"""What the search in the bar finds. Each stage adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries import findable
from rmhr.accounts.queries.people import here, visible_to
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.folding import Folded, begins, by_name, folded, rank, says
from rmhr.core.i18n import _
from rmhr.models.accounts import Employee, User

#: So many of a kind are enough to find one.
MOST = 8


@dataclass(frozen=True)
class Hit:
    """Something that was found: what kind of thing (a heading), its name, what helps to tell it, its page."""

    kind: Any
    title: Any
    note: Any
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


#: (viewer, what was typed) → what this viewer may see of it, best first, at most MOST.
Search = Callable[[User, str], list[Hit]]


def search(find: Search) -> Search:
    """Register a stage's search: what the bar finds of it."""
    registry.SEARCHES.add(registry.name_of(find), find)
    return find


def found(viewer: User, typed: str, besides: Iterable[Hit] = ()) -> list[tuple[Any, list[Hit]]]:
    """All hits by kind, each kind and the kinds by what fits best; nothing for fewer than two characters.

    `besides`: what no stage finds, as pages.
    """
    if len(typed.strip()) < 2:
        return []
    groups: dict[str, tuple[Any, list[Hit]]] = {}
    hits = [hit for find in registry.SEARCHES.values() for hit in find(viewer, typed.strip())]
    for hit in [*hits, *besides]:
        groups.setdefault(str(hit.kind), (hit.kind, []))[1].append(hit)
    for _kind, those in groups.values():
        those.sort(key=lambda hit: rank(str(hit.title), typed))
    return sorted(groups.values(), key=lambda group: rank(str(group[1][0].title), typed))


def best_first(typed: str, *columns: Any) -> sa.ColumnElement[int]:
    """By what `found` shows first, so that the best are among the MOST that are asked for."""
    whole = folded(" ".join(typed.split()))
    cases = [(Folded(column) == whole, 0) for column in columns]
    cases += [(begins(column, whole), 1) for column in columns]
    cases += [(says(column, f" {whole}"), 2) for column in columns]
    return sa.case(*cases, else_=3)


@search
def _people(viewer: User, typed: str) -> list[Hit]:
    query = (
        visible_to(viewer)
        .where(here(), findable.PEOPLE.has(User.id, typed))
        .options(joinedload(User.employee).joinedload(Employee.unit))
        .order_by(best_first(typed, User.name), by_name(User.name), User.id)
    )
    rows = db.session.scalars(query.limit(MOST)).unique()
    return [
        Hit(
            kind=_("People"),
            title=user.name,
            note=", ".join(filter(None, [user.employee.job_title, user.employee.unit.name]))
            if user.employee
            else user.email,
            endpoint="accounts.person",
            values={"id": user.id},
        )
        for user in rows
    ]
