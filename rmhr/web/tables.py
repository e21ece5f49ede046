"""Lists: search, filters and order stand in the address; pages go by key, so that page 500 costs what page 1 does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import isfunction
from typing import Any

import sqlalchemy as sa
from flask import request, url_for

from rmhr.core.db import db
from rmhr.core.enums import LabelEnum
from rmhr.web.numbers import whole

SIZE = 50
#: Counting stops here: nobody reads the difference between 10,000 and more.
MOST = 10_000


@dataclass(frozen=True)
class Filter:
    """A choice that narrows a list: its name in the address, the column, and what can be chosen.

    Instead of a column, a function that makes a condition of the chosen value.
    """

    name: str
    label: Any
    column: Any
    options: type[LabelEnum] | Sequence[tuple[Any, Any]]

    def choices(self) -> list[tuple[str, Any]]:
        """(value, words) of everything that can be chosen."""
        if isinstance(self.options, type):
            return [(member.value, member.label) for member in self.options]
        return [(str(value), words) for value, words in self.options]

    def value(self, chosen: str) -> Any:
        """What the column holds for a choice."""
        if isinstance(self.options, type):
            return next(member for member in self.options if member.value == chosen)
        return next(value for value, _words in self.options if str(value) == chosen)


class Listing:
    """One page of a list.

    `rows` what is on it; `total` how many there are (at most MOST); `first`, `last` their numbers; `q`, `chosen`
    what is set; `sort_url(name)`, `sorted(name)`, `next_url`, `back_url` where to go.
    """

    def __init__(
        self,
        query: sa.Select[Any],
        *,
        key: Any,
        sorts: Mapping[str, Any],
        default: str,
        search: Sequence[Any] = (),
        filters: Sequence[Filter] = (),
        size: int = SIZE,
        **route: Any,
    ) -> None:
        """`key` is the id column; `sorts` orders by name (columns that are never NULL); `default` "name" or "-name".

        `route` are the values of the page's own address ({"id": 3}). With size 0 there is no page, only `ids`.
        """
        self.filters = filters
        self._route, self._key = route, key
        self.q = request.args.get("q", "").strip()
        self.chosen = {
            f.name: value
            for f in filters
            if (value := request.args.get(f.name, "")) in {choice for choice, _words in f.choices()}
        }
        self._default = default
        wanted = request.args.get("sort", default)
        self.sort = wanted if wanted.lstrip("-") in sorts else default
        self._narrow(query, search)
        if size:
            self._page(key, sorts[self.sort.lstrip("-")], size)

    def _narrow(self, query: sa.Select[Any], search: Sequence[Any]) -> None:
        for word in self.q.split()[:8]:
            pattern = "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
            query = query.where(sa.or_(*(column.ilike(pattern, escape="\\") for column in search)))
        for each in self.filters:
            if value := self.chosen.get(each.name):
                query = query.where(
                    each.column(value) if isfunction(each.column) else each.column == each.value(value)
                )
        self._query = query

    def _page(self, key: Any, column: Any, size: int) -> None:
        down = self.sort.startswith("-")
        start, backwards = whole(request.args.get("after")), False
        if start is None and (start := whole(request.args.get("before"))) is not None:
            backwards = True
        query = self._query
        if start is not None:
            anchor = db.session.execute(
                self._query.with_only_columns(column, key, maintain_column_froms=True)
                .order_by(None)
                .where(key == start)
            ).first()
            if anchor is not None:
                here = sa.tuple_(column, key)
                there = sa.tuple_(sa.literal(anchor[0], column.type), sa.literal(anchor[1]))
                query = query.where(here < there if down != backwards else here > there)
        order = (column.desc(), key.desc()) if down != backwards else (column.asc(), key.asc())
        found = list(db.session.execute(query.order_by(None).order_by(*order).limit(size + 1)).unique())
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        self.rows = [row[0] if len(row) == 1 else row for row in found]
        counted = self._query.with_only_columns(key, maintain_column_froms=True).order_by(None).limit(MOST)
        self.total = db.session.scalar(sa.select(sa.func.count()).select_from(counted.subquery())) or 0
        number = whole(request.args.get("from")) or 1
        self.first = max(1, min(number, self.total)) if self.rows else 0
        self.last = self.first + len(self.rows) - 1 if self.rows else 0
        self._ends = (_key(found[0], key), _key(found[-1], key)) if found else (None, None)
        self.next_url = (
            self._url(after=self._ends[1], **{"from": self.last + 1})
            if self.rows and (more if not backwards else True)
            else None
        )
        self.back_url = (
            self._url(before=self._ends[0], **{"from": max(1, self.first - size)})
            if self.rows and start is not None and (more or not backwards)
            else None
        )

    def ids(self, most: int) -> Sequence[int]:
        """The ids of all rows on all pages, at most so many."""
        query = self._query.with_only_columns(self._key, maintain_column_froms=True)
        return db.session.scalars(query.order_by(None).order_by(self._key).limit(most)).all()

    def _state(self) -> dict[str, Any]:
        return {**self._route, **({"q": self.q} if self.q else {}), **self.chosen, "sort": self.sort}

    def _url(self, **more: Any) -> str:
        return url_for(str(request.endpoint), **{**self._state(), **more})

    @property
    def state(self) -> dict[str, Any]:
        """What is set, as values of an address: for an export of the same list."""
        return self._state()

    @property
    def kept(self) -> dict[str, str]:
        """What is set and differs from the list as it is without: what a saved view keeps."""
        order = {"sort": self.sort} if self.sort != self._default else {}
        part = {
            name: str(value) for name, value in self._route.items() if name not in (request.view_args or {})
        }
        return {**part, **({"q": self.q} if self.q else {}), **self.chosen, **order}

    @property
    def action(self) -> str:
        """The list without anything set."""
        return url_for(str(request.endpoint), **self._route)

    def sort_url(self, name: str) -> str:
        """The same list in that order; in the other direction where it is in that order already."""
        return self._url(sort=f"-{name}" if self.sort == name else name)

    def sorted(self, name: str) -> str | None:
        """How the list is ordered by that column, as aria-sort says it."""
        if self.sort.lstrip("-") != name:
            return None
        return "descending" if self.sort.startswith("-") else "ascending"

    @property
    def selects(self) -> list[dict[str, Any]]:
        """The filters as components/filters.html draws them."""
        return [
            {
                "name": each.name,
                "label": each.label,
                "value": self.chosen.get(each.name, ""),
                "options": [("", each.label), *each.choices()],
            }
            for each in self.filters
        ]

    @property
    def narrowed(self) -> bool:
        """Whether anything is searched or filtered: an empty list then says so."""
        return bool(self.q or self.chosen)


def _key(row: Any, key: Any) -> int:
    return int(getattr(row[0], key.key) if hasattr(row[0], key.key) else getattr(row, key.key))
