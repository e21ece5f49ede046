"""What the search in the bar finds. Each stage adds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries.people import here, visible_to
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.folding import by_name, says
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


def found(viewer: User, typed: str) -> list[tuple[Any, list[Hit]]]:
    """All hits by kind, in the order of the stages; nothing for fewer than two characters."""
    if len(typed.strip()) < 2:
        return []
    groups: dict[str, tuple[Any, list[Hit]]] = {}
    for find in registry.SEARCHES.values():
        for hit in find(viewer, typed.strip()):
            groups.setdefault(str(hit.kind), (hit.kind, []))[1].append(hit)
    return list(groups.values())


@search
def _people(viewer: User, typed: str) -> list[Hit]:
    query = visible_to(viewer).where(here()).options(joinedload(User.employee).joinedload(Employee.unit))
    for word in typed.split()[:8]:
        query = query.where(sa.or_(says(User.name, word), says(User.email, word)))
    rows = db.session.scalars(query.order_by(by_name(User.name), User.id).limit(MOST)).unique()
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
