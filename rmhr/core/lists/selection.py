"""A list as one person has narrowed and ordered it: its pages by key, its counts, all its rows in chunks.

Page 500 costs what page 1 does, and a file of everything is never held in memory at once.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from inspect import isfunction
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa

from rmhr.core.db import Rows, db
from rmhr.core.enums import LabelEnum
from rmhr.core.folding import folded
from rmhr.core.lists.declaration import FEW, TYPED, Column, Endless, Filter, List, View
from rmhr.core.search.index import says_all

R = TypeVar("R")

#: Counting stops here: nobody reads the difference between 10,000 and more.
MOST = 10_000
#: So many choices are suggested of those that are called as somebody types.
SUGGESTED = 12
#: Digits of an id, less than which any database knows.
LONGEST = 10
#: Rows that are read at once for a file.
CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What somebody has chosen of a list, as text. What the list does not know is as if it were not chosen."""

    q: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    view: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()  # by name; none: as the list is declared
    after: int | None = None  # the page that begins after the row with this id
    before: int | None = None  # or ends before it
    first: int = 1  # the number of its first row, as it was counted on the way there


@dataclass(frozen=True)
class Offered:
    """A filter as this person is offered it: what can be chosen, and what is (None: nothing)."""

    filter: Filter
    options: Sequence[tuple[str, Any]]
    value: str | None
    meant: Any  # what the column holds for it
    typed: str = ""  # what is looked for among choices without an end, and several or none are called so
    endless: bool = False  # what can be chosen is found by what is typed; `options` are those that fit

    @property
    def words(self) -> Any:
        """What is chosen, in words."""
        return dict(self.options)[self.value] if self.value is not None else ""


class _Found(NamedTuple):
    id: int
    row: Any
    total: int


@dataclass(frozen=True)
class Page(Generic[R]):
    """A page of a list: `ids` and `rows` side by side, the number of its first row, and where its neighbours are."""

    ids: Sequence[int]
    rows: Sequence[R]
    first: int
    total: int  # at most MOST + 1, which means more than MOST
    follows: bool  # there is a page after it
    precedes: bool  # there is one before it

    @property
    def last(self) -> int:
        """The number of its last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0


class Selection(Generic[R]):
    """The rows of a list for one viewer. `place` is what the list is a part of: {"id": 3} of a webhook's calls."""

    def __init__(
        self, declared: List[R], viewer: Any, chosen: Chosen, place: Mapping[str, Any] | None = None
    ):
        self.declared, self.viewer, self.chosen, self.place = declared, viewer, chosen, dict(place or {})
        self.q = chosen.q.strip()
        self.filters = [each for each in map(self._offer, declared.filters_of(viewer)) if each]
        views = {view.name: view for view in declared.views}
        self.view = views.get(chosen.view) or views.get("")
        self.sort = chosen.sort if chosen.sort.lstrip("-") in declared.sorts else declared.order
        self.columns = declared.offered(viewer)
        self.shown = self._shown(chosen.columns)
        self._source = self._loaded(declared.rows(viewer, **self.place))
        self._query = self._narrowed(self._source)

    def _offer(self, each: Filter) -> Offered | None:
        offers = each.offers(self.viewer)
        wanted = self.chosen.filters.get(each.name, "")
        if len(offers) < each.at_least and not wanted:
            return None
        if isinstance(each.options, Endless) and len(offers) > FEW:
            return self._offer_found(each, each.options, wanted)
        by_text = {_text(value): value for value, _words in offers}
        value = wanted if wanted in by_text else None
        options = [(_text(value), words) for value, words in offers]
        return Offered(each, options, value, by_text[value] if value is not None else None)

    def _offer_found(self, each: Filter, among: Endless, wanted: str) -> Offered:
        """What is chosen, unless something else is typed beside it: then the one that is called so."""
        chosen = among.one(self.viewer, int(wanted)) if wanted.isdecimal() and len(wanted) < LONGEST else None
        typed = self.chosen.filters.get(f"{each.name}{TYPED}")
        fit = [chosen] if chosen else []
        if typed is not None and not (chosen and typed.strip() == str(chosen[1])):
            typed = typed.strip()
            fit = list(among.find(self.viewer, typed, SUGGESTED)) if typed else []
            named = [one for one in fit if folded(str(one[1])) == folded(typed)]
            (chosen,) = fit if len(fit) == 1 else named if len(named) == 1 else (None,)
        options = [(_text(value), words) for value, words in fit]
        if chosen is None:
            return Offered(each, options, None, None, typed or "", endless=True)
        return Offered(each, options, _text(chosen[0]), chosen[0], endless=True)

    def _shown(self, names: tuple[str, ...]) -> list[Column[R]]:
        """The chosen columns in the list's own order, its first always among them; without a choice, the usual ones."""
        wanted = {column.name for column in self.columns if column.shown}
        wanted = {column.name for column in self.columns if column.name in names} or wanted
        return [column for column in self.columns if column.name in wanted or column is self.columns[0]]

    def _loaded(self, query: Rows) -> Rows:
        reads = dict.fromkeys(read for column in self.shown for read in column.reads)
        return query.add_columns(*reads).options(*(each for column in self.shown for each in column.loads))

    def _narrowed(self, query: Rows) -> Rows:
        search = self.declared.search() if isfunction(self.declared.search) else self.declared.search
        if self.q and search:
            query = query.where(says_all(self.q, *search))
        for each in self.filters:
            if each.value is not None:
                query = query.where(each.filter.condition(self.viewer, each.meant))
            elif each.filter.otherwise:
                query = query.where(each.filter.otherwise(self.viewer))
        if self.view is not None and self.view.among:
            query = query.where(self.declared.viewed_by.in_(self.view.among))
        return query

    def with_columns(self, columns: Sequence[Column[R]]) -> Selection[R]:
        """The same rows with other columns."""
        chosen = replace(self.chosen, columns=tuple(column.name for column in columns))
        return Selection(self.declared, self.viewer, chosen, self.place)

    @property
    def narrowed(self) -> bool:
        """Whether anything is searched or filtered: an empty list then says so."""
        return bool(self.q or self.narrowed_by)

    @property
    def narrowed_by(self) -> list[tuple[str, Any]]:
        """(name in the address, words) of the view and the filters that narrow it; not what is searched."""
        view = [("view", self.view.label)] if self.view is not None and self.view.name else []
        return view + [(each.filter.name, each.words) for each in self.filters if each.value is not None]

    @property
    def ordering(self) -> tuple[Any, bool]:
        """(what it is ordered by, whether downwards)."""
        sort = self.declared.sorts[self.sort.lstrip("-")]
        return sort() if isfunction(sort) else sort, self.sort.startswith("-")

    def page(self) -> Page[R]:
        """The page that was asked for; the first where there is no such.

        One statement, one more to know where the page begins, and `read`.
        """
        key, (column, down), size = self.declared.key, self.ordering, self.declared.size
        start = self.chosen.after if self.chosen.after is not None else self.chosen.before
        backwards = self.chosen.after is None and start is not None
        query = self._query
        if start is not None and (anchor := self._anchor(start)) is not None:
            here = sa.tuple_(column, key)
            there = sa.tuple_(sa.literal(anchor, column.type), sa.literal(start))
            query = query.where(here < there if down != backwards else here > there)
        # What is sorted is no wider than its key; the rows themselves are read once it is known which.
        ids = _ordered(
            query.with_only_columns(key, maintain_column_froms=True), column, key, down != backwards
        )
        wanted = self._source.where(key.in_(ids.limit(size + 1).correlate(None)))
        number = self._counted(MOST + 1).scalar_subquery().label("row_total")
        found = self._found(_ordered(wanted, column, key, down != backwards), number)
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        total = found[0].total if found else self.count(MOST + 1) if start is not None else 0
        return Page(
            ids=[each.id for each in found],
            rows=self._read([each.row for each in found]),
            first=max(1, min(self.chosen.first, total)) if found else 0,
            total=total,
            follows=bool(found) and (more or backwards),
            precedes=bool(found) and start is not None and (more or not backwards),
        )

    def _anchor(self, id: int) -> Any:
        """What the row with this id is ordered by; None where it is not in the list."""
        column, _down = self.ordering
        query = self._query.with_only_columns(column, maintain_column_froms=True).order_by(None)
        return db.session.scalar(query.where(self.declared.key == id))

    def _found(self, query: Rows, total: Any = None) -> list[_Found]:
        """The rows of a statement with their ids, and with the number of all: a row of one thing is that thing."""
        key = self.declared.key.label("row_key")
        result = db.session.execute(query.add_columns(key, sa.null() if total is None else total))
        result = result.unique(lambda row: row[-2])
        *names, _key, _total = result.keys()
        made = namedtuple("made", names, rename=True)  # type: ignore[misc] # the names are the statement's
        return [
            _Found(row[-2], row[0] if len(names) == 1 else made(*row[:-2]), row[-1] or 0) for row in result
        ]

    def _read(self, rows: list[Any]) -> Sequence[R]:
        return self.declared.read(self.viewer, rows) if self.declared.read and rows else rows

    def count(self, most: int | None = None) -> int:
        """How many rows there are; at most `most`, where that is given."""
        return db.session.scalar(self._counted(most)) or 0

    def _counted(self, most: int | None) -> sa.Select[int]:
        ids = self._query.with_only_columns(self.declared.key, maintain_column_froms=True).order_by(None)
        return sa.select(sa.func.count()).select_from(ids.limit(most).subquery())

    def counts(self) -> list[tuple[View, int]]:
        """How many rows each view of the list has, whatever else is chosen. One statement."""
        by, key = self.declared.viewed_by, self.declared.key
        if by is None:
            return []
        source = self.declared.counted(self.viewer) if self.declared.counted else self._source
        query = source.with_only_columns(by, sa.func.count(key), maintain_column_froms=True).order_by(None)
        found = list(db.session.execute(query.group_by(by)))
        return [
            (view, sum(number for value, number in found if not view.among or value in view.among))
            for view in self.declared.views
        ]

    def ids(self, most: int | None = None) -> list[int]:
        """The ids of all rows, in order; of at most `most`, where that is given. One statement."""
        key, (column, down) = self.declared.key, self.ordering
        query = self._query.with_only_columns(key, maintain_column_froms=True)
        return list(db.session.scalars(_ordered(query, column, key, down).limit(most)))

    def chunks(self) -> Iterator[Sequence[R]]:
        """All rows in order, CHUNK by CHUNK: as many statements for each as a page takes, none per row."""
        ids = self.ids()
        for start in range(0, len(ids), CHUNK):
            yield self._read(self._those(ids[start : start + CHUNK]))

    def _those(self, ids: Sequence[int]) -> list[Any]:
        """The rows with these ids in their order; those that are gone meanwhile are left out."""
        query = self._source.order_by(None).where(self.declared.key.in_(ids))
        found = {each.id: each.row for each in self._found(query)}
        return [found[id] for id in ids if id in found]


def _ordered(query: Rows, column: Any, key: Any, down: bool) -> Rows:
    order = (column.desc(), key.desc()) if down else (column.asc(), key.asc())
    return query.order_by(None).order_by(*order)


def _text(value: Any) -> str:
    return value.value if isinstance(value, LabelEnum) else str(value)
