"""Choices without an end, made of a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.core.db import Rows, db
from rmhr.core.lists.declaration import Endless
from rmhr.core.search.index import says_all


def by_words(rows: Callable[[Any], Rows], *searched: Any) -> Endless:
    """The rows (id, words) that a query of the viewer gives, found by what is searched of them. One query each."""

    def find(viewer: Any, typed: str, most: int) -> list[tuple[Any, Any]]:
        query = rows(viewer).limit(most)
        return _pairs(query.where(says_all(typed, *searched)) if typed else query)

    def one(viewer: Any, id: int) -> tuple[Any, Any] | None:
        query = rows(viewer)
        return next(iter(_pairs(query.where(query.selected_columns[0] == id))), None)

    return Endless(find, one)


def _pairs(query: Rows) -> list[tuple[Any, Any]]:
    return [(id, words) for id, words in db.session.execute(query)]
