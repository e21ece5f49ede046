"""What hangs on a person: before they leave, move or are away for long it is listed, and somebody takes it over.

A stage declares each kind beside the operation that hands it over. Pages list what there is by one query, ask for a
successor of each kind, and the day it is handed over is decided by the event (accounts/operations/employment.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from rmhr.core import registry
from rmhr.core.db import Rows, db, spelled_out, written_out
from rmhr.core.due.words import json_of, said_as
from rmhr.models.accounts import Role, User

#: So many things of a kind are named; of the others, how many there are.
NAMED = 5
#: More than this no page looks at.
MOST = 1000
#: The columns of each kind; all others are words, and what its address needs.
OWN = ("user_id", "subject_id")
#: The parameter of the statement that is kept: whom it is about.
PERSON: sa.BindParameter[int] = sa.bindparam("person", type_=sa.Integer())


@dataclass(frozen=True, kw_only=True, eq=False)
class Hanging:
    """One kind of what can hang on a person."""

    name: str  # "postings.recruiting"
    label: Any  # lazy: "Postings they recruit for"
    find: Callable[[], Rows]  # (user_id, subject_id, what, …): whose it is, and what it is called
    endpoint: str
    params: Mapping[str, str] = field(default_factory=lambda: {"id": "subject_id"})
    roles: tuple[Role, ...]  # who can take it over: one of these; nobody where there is none
    #: (whoever acts, the person, successor=): how many things were handed over.
    hand_over: Callable[..., int] | None = None
    alone: Any = ""  # lazy: what is to be done where nobody can take it over

    @cached_property
    def row(self) -> sa.Subquery:
        """Its SELECT as a table, made once."""
        return written_out(spelled_out(self.find()), apart=self.name.replace(".", "_")).subquery()


@dataclass(frozen=True)
class Thing:
    """One thing that hangs on somebody: its words and its page."""

    what: str
    endpoint: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Hung:
    """What hangs on a person of one kind: how much, and the first few."""

    kind: Hanging
    count: int
    things: list[Thing]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.things)


def hangs(
    name: str,
    *,
    label: Any,
    find: Callable[[], Rows],
    endpoint: str,
    roles: tuple[Role, ...],
    params: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Declare a kind; the function below, an operation on the person, hands it over to `successor`."""

    def register(hand_over: Callable[..., int]) -> Callable[..., int]:
        registry.HANGING.add(
            name,
            Hanging(
                name=name,
                label=label,
                find=find,
                endpoint=endpoint,
                params=params or {"id": "subject_id"},
                roles=roles,
                hand_over=hand_over,
            ),
        )
        return hand_over

    return register


def hangs_alone(
    name: str,
    *,
    label: Any,
    find: Callable[[], Rows],
    endpoint: str,
    alone: Any,
    params: Mapping[str, str] | None = None,
) -> None:
    """Declare a kind that nobody can take over; `alone` says what is to be done instead."""
    registry.HANGING.add(
        name,
        Hanging(
            name=name,
            label=label,
            find=find,
            endpoint=endpoint,
            params=params or {"id": "subject_id"},
            roles=(),
            alone=alone,
        ),
    )


def hanging_on(person: User) -> list[Hung]:
    """Everything that hangs on a person, by kind, in the order of the stages. One query."""
    by_kind: dict[str, list[Any]] = defaultdict(list)
    if registry.HANGING:
        query = _of_person(tuple(registry.HANGING.values()))
        for found in db.session.execute(query, {PERSON.key: person.id}):
            by_kind[found.kind].append(found)
    return [
        Hung(kind, len(by_kind[name]), [_thing(kind, each) for each in by_kind[name][:NAMED]])
        for name, kind in registry.HANGING.items()
        if by_kind[name]
    ]


@lru_cache(maxsize=8)
def _of_person(kinds: tuple[Hanging, ...]) -> Rows | sa.TextualSelect:
    """The statement for it, made once."""
    parts = []
    for kind in kinds:
        row = kind.row
        words = {column.key: column for column in row.c if column.key not in OWN}
        parts.append(
            sa.select(
                sa.literal(kind.name, sa.String, literal_execute=True).label("kind"),
                row.c.subject_id.label("subject_id"),
                json_of(words).label("words"),
            ).where(row.c.user_id == PERSON)
        )
    found = sa.union_all(*parts).subquery()
    query = sa.select(found.c.kind, found.c.subject_id, found.c.words).limit(sa.literal_column(str(MOST)))
    return written_out(spelled_out(query))


def _thing(kind: Hanging, found: Any) -> Thing:
    row = {"subject_id": found.subject_id, **found.words}
    return Thing(
        what=said_as(kind.row.c["what"].type, found.words["what"]),
        endpoint=kind.endpoint,
        values={name: row[column] for name, column in kind.params.items()},
    )
