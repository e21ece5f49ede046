"""What a list is, declared once: rows, columns, search, filters, views, order. Page and files come from that.

A stage declares its lists in its `lists.py`. `core/lists/selection.py` reads one for a person and what they have
chosen; `web/lists.py` takes what was chosen from the address, `web/exports.py` makes files of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from inspect import isfunction
from typing import Any, Generic, TypeVar

from rmhr.core import registry
from rmhr.core.db import Rows
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _

R = TypeVar("R")

#: Rows on a page, unless a list says otherwise.
SIZE = 50


def always(_asked: Any) -> bool:
    """The condition that always holds."""
    return True


class Phone(StrEnum):
    """Where a phone's card shows a column: its value is the class of the cell."""

    NAME = "cell--name"  # the first line
    STATE = "cell--state"  # at its right
    MORE = "cell--more"  # small, below the name
    SIDE = "cell--side"  # a short fact
    MAIN = "cell--main"  # the full width
    NOWHERE = "cell--hide-phone"


@dataclass(frozen=True)
class State:
    """A state in words with its tone and icon, where no LabelEnum has it."""

    label: Any
    tone: str
    icon: str
    strong: bool = False


@dataclass(frozen=True)
class Target:
    """A page of the product: its endpoint and the values of its address."""

    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Action:
    """What else can be done with a row: a line of its menu."""

    words: Any
    target: Target
    icon: str


@dataclass(frozen=True, eq=False)
class Column(Generic[R]):
    """One thing that a list tells of each of its rows. Whoever looks at the list may choose whether it is shown."""

    name: str  # in the address, and in what people have chosen
    label: Any  # above it, on the page and in files
    value: Callable[[R], Any]  # what it tells; None or "" is nothing
    cell: str = (
        "text"  # the macro that draws (value, row): of the list's `cells`, else of components/cells.html
    )
    nothing: Any = None  # what an empty cell means, in words for screen readers
    note: Callable[[R], Any] | None = None  # what stands below it, small: words, a State, several in a list
    file: Callable[[R], Any] | None = None  # what a file tells, where that is not the value
    sort: Any = None  # what it is ordered by: never NULL. A column, or a function that makes one
    loads: tuple[Any, ...] = ()  # what the query has to load for it, where a row is a thing
    reads: tuple[
        Any, ...
    ] = ()  # the columns of the query that it tells of, where a row is nothing but columns
    phone: Phone = Phone.NOWHERE
    on_phone: Callable[[Any], bool] = always  # whether this value is worth its place on a phone's card
    named: bool = False  # a phone says the label before the value
    amount: bool = False  # figures, to the right
    nowrap: bool = False
    shown: bool = True  # before always has chosen
    may: Callable[[Any], bool] = always  # who sees it at all

    def says_nothing(self, value: Any) -> bool:
        """Whether the cell of this value is empty."""
        return value is None or value == ""

    def classes(self, value: Any) -> str:
        """The classes of its cell. A phone's card shows no empty cells."""
        if self.phone is Phone.NOWHERE or self.says_nothing(value) or not self.on_phone(value):
            return self._classes[1]
        return self._classes[0]

    @cached_property
    def _classes(self) -> tuple[str, str]:
        """(where a phone shows it, where it does not)."""
        found = ["amount"] * self.amount + ["nowrap"] * self.nowrap + [self.phone.value]
        hidden = [] if self.phone is Phone.NOWHERE else [Phone.NOWHERE.value]
        return " ".join(found), " ".join([*found, *hidden])

    def notes(self, row: R) -> list[Any]:
        """What stands below the value of a row."""
        said = self.note(row) if self.note is not None else None
        return [each for each in (said if isinstance(said, list) else [said]) if each]


#: With more choices than this a filter is no longer picked from, but searched in.
FEW = 50
#: What is added to the name of a filter, in an address, for what is typed to find a choice.
TYPED = ".find"


@dataclass(frozen=True)
class Endless:
    """Choices without an end: as long as there are few, they are picked from; then they are found by what is typed."""

    find: Callable[[Any, str, int], Sequence[tuple[Any, Any]]]  # (viewer, typed, at most): (value, words)
    one: Callable[[Any, int], tuple[Any, Any] | None]  # (viewer, id): that one, where it can be chosen


@dataclass(frozen=True, eq=False)
class Filter:
    """A choice that narrows a list, by a column or by a condition that a function makes of (viewer, choice)."""

    name: str  # in the address
    label: Any  # what stands there while nothing is chosen: "All statuses"
    by: Any
    options: Any  # a LabelEnum, pairs of (value, words), a function of the viewer that gives such pairs, or Endless
    otherwise: Callable[[Any], Any] | None = None  # the condition while nothing is chosen
    at_least: int = 1  # with fewer choices it is not offered

    def offers(self, viewer: Any) -> list[tuple[Any, Any]]:
        """(value, words) of everything that this person can choose."""
        given = self.options
        if isinstance(given, Endless):
            return list(given.find(viewer, "", FEW + 1))
        if isinstance(given, type) and issubclass(given, LabelEnum):
            return [(member, member.label) for member in given]
        return list(given(viewer) if isfunction(given) else given)

    def condition(self, viewer: Any, value: Any) -> Any:
        """What holds of the rows that are left with this choice."""
        return self.by(viewer, value) if isfunction(self.by) else self.by == value


@dataclass(frozen=True, eq=False)
class View:
    """A part of a list under a name, as a tab with its count: "To screen"."""

    name: str  # in the address; "" for all
    label: Any
    among: tuple[Any, ...] = ()  # what its rows have in the column `viewed_by` of the list; none: all rows


@dataclass(frozen=True)
class Empty:
    """What a list says while it has no rows: what it is for, and what to do first."""

    title: Any
    text: Any
    icon: str = "inbox"
    target: Target | None = None
    verb: Any = None
    primary: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class List(Generic[R]):
    """A list. What may depend on who looks is a function of the viewer. Raises ValueError where it contradicts itself.

    A row `R` is what the query gives, or what `read` makes of it.
    """

    name: str  # the endpoint of its page; what people have chosen is kept under it
    title: Any
    count: Callable[[int], str]  # "214 applications"
    rows: Callable[..., Rows]  # of the viewer, and of the page that the list is a part of
    key: Any  # the column of their ids
    columns: tuple[Column[R], ...]
    more_columns: Callable[[Any], Sequence[Column[R]]] | None = (
        None  # behind them: one per thing that there is
    )
    order: str  # the name of a column that can be sorted by, "-" before it for downwards
    empty: Empty | Callable[[Any], Empty]
    nothing_fits: Any = field(default_factory=lambda: _("No results"))
    read: Callable[[Any, Sequence[Any]], Sequence[R]] | None = (
        None  # once per page: of (viewer, what was found)
    )
    search: Any = ()  # in what a word is looked for: columns, a `Found` (core/search), or a function that makes them
    search_label: Any = field(default_factory=lambda: _("Search"))
    search_hint: Any = ""
    filters: Any = ()  # Filters, or a function of the viewer that makes them
    views: tuple[View, ...] = ()
    viewed_by: Any = None  # the column by which they are told apart
    counted: Callable[[Any], Rows] | None = (
        None  # the same rows without what is only searched: to count the views
    )
    opens: Callable[[R], Target | None] | None = None  # where a row leads
    actions: Callable[[Any, R], Sequence[Action]] | None = None  # what else can be done with it
    bulk: tuple[Any, ...] = ()  # what can be done with many of them; each says with `allow` who may
    called: Callable[[R], Any] | None = None  # what one calls a row; else what its first column tells
    cells: str = ""  # the template whose macros draw its cells
    buttons: str = ""  # of these macros the one that draws, at the end of a row, what can be done at once
    size: int = SIZE
    wide: bool = False  # the page is as wide as the screen
    leafed: bool = False  # from a row's page one goes on to those beside it
    kept: bool = True  # people choose its columns and keep views of it

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: two columns share a name")
        if self.order.lstrip("-") not in self.sorts:
            raise ValueError(f"{self.name}: nothing to order by is called {self.order}")
        registry.LISTS.add(self.name, self)

    def name_of(self, row: R) -> Any:
        """What one calls a row: for screen readers, where a tick or a menu is about it."""
        return self.called(row) if self.called else self.columns[0].value(row)

    @property
    def sorts(self) -> dict[str, Any]:
        """What it can be ordered by."""
        return {column.name: column.sort for column in self.columns if column.sort is not None}

    def offered(self, viewer: Any) -> list[Column[R]]:
        """The columns that this person may have in it."""
        more = self.more_columns(viewer) if self.more_columns else ()
        return [column for column in (*self.columns, *more) if column.may(viewer)]

    def filters_of(self, viewer: Any) -> Sequence[Filter]:
        """What this person may narrow it by."""
        made: Sequence[Filter] = self.filters(viewer) if isfunction(self.filters) else self.filters
        return made

    def empty_for(self, viewer: Any) -> Empty:
        """What it says to this person while there is nothing in it."""
        return self.empty if isinstance(self.empty, Empty) else self.empty(viewer)
