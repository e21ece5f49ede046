"""Choices without an end, made of a query."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from rmhr.core.db import Rows, db
from rmhr.core.lists.declaration import Endless
from rmhr.core.search.index import says_all


def by_words(
    rows: Callable[[Any], Rows], *searched: Any, said: Callable[[Any], Any] = itemgetter(1)
) -> Endless:
    """The rows that a query of the viewer gives, found by what is searched of them. One query each.

    Of a row the first is the id; `said(row)` are the words for it, by default what stands second.
    """

    def find(viewer: Any, typed: str, most: int) -> list[tuple[Any, Any]]:
        query = rows(viewer).limit(most)
        return pairs(query.where(says_all(typed, *searched)) if typed else query)

    def one(viewer: Any, id: int) -> tuple[Any, Any] | None:
        query = rows(viewer)
        return next(iter(pairs(query.where(query.selected_columns[0] == id))), None)

    def pairs(query: Rows) -> list[tuple[Any, Any]]:
        return [(row[0], said(row)) for row in db.session.execute(query)]

    return Endless(find, one)
