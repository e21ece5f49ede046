"""Lists as pages: the one place that reads a list's address and writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlsplit

from flask import current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rmhr.core.i18n import gettext
from rmhr.core.lists import saved
from rmhr.core.lists.declaration import TYPED, Column, Endless, List, Target
from rmhr.core.lists.selection import MOST, SUGGESTED, Chosen, Offered, Selection
from rmhr.core.policy import AccessRule
from rmhr.models.accounts import User
from rmhr.models.workspace import SavedView
from rmhr.web.auth import Visitor, me, visitor
from rmhr.web.back import with_query
from rmhr.web.blueprint import Blueprint
from rmhr.web.numbers import whole
from rmhr.web.sensitive import sensitive, shown

R = TypeVar("R")


def add_list(
    bp: Blueprint,
    declared: List[Any],
    url: str,
    *,
    access: AccessRule,
    template: str = "list.html",
    more: Callable[[Listing[Any]], Mapping[str, Any]] | None = None,
    is_sensitive: bool = False,
) -> None:
    """Add the page of a list to a blueprint. `more(listing)` gives what a template of its own needs besides it.

    `is_sensitive`: the history says who opens it.
    """

    @bp.get(url, access=access, endpoint=declared.name.partition(".")[2])
    def index() -> ResponseReturnValue:
        if (suggested := suggest(declared)) is not None:
            return suggested
        listing = read(declared)
        if is_sensitive:
            shown(page=declared.name)
        return render_template(template, listing=listing, **(more(listing) if more else {}))

    if is_sensitive:
        sensitive(index)


def read(declared: List[R], **place: Any) -> Listing[R]:
    """The list as the address of this request asks for it, for whoever asks. `place`: see Selection."""
    viewer = visitor()
    views = saved.saved_views(viewer, declared.name) if declared.kept and isinstance(viewer, User) else []
    return Listing(declared, viewer, views, place)


def suggest(declared: List[Any]) -> ResponseReturnValue | None:
    """What a request for choices alone is answered: those of a filter that are called as is typed. Else None."""
    wanted = request.args.get("choices")
    for each in declared.filters_of(visitor()) if wanted else ():
        if each.name == wanted and isinstance(each.options, Endless):
            found = each.options.find(visitor(), request.args.get(f"{each.name}{TYPED}", ""), SUGGESTED)
            return jsonify([[str(value), str(words)] for value, words in found])
    return None


def matching(declared: List[Any], most: int) -> list[int]:
    """The ids of the rows that fit what the address says, on all pages; at most so many. One statement."""
    return Selection(declared, me(), _chosen(declared, ""), None).ids(most)


@dataclass(frozen=True)
class Place:
    """Where a row stands in the list from which its page was opened: its number, the pages beside it, the list."""

    number: int
    total: int
    back: str | None
    ahead: str | None
    list: str


def place_in(declared: List[Any], id: int) -> Place | None:
    """The place of a row in the list that the address of its page names; None where it names none. One statement."""
    if "sort" not in request.args:
        return None
    chosen = _chosen(declared, "")
    ids = Selection(declared, me(), chosen, None).ids(MOST)
    if id not in ids:
        return None
    names = {"q", "view", "sort", *(each.name for each in declared.filters_of(me()))}
    query = {name: value for name, value in request.args.items() if name in names}
    at = ids.index(id)

    def page(other: int) -> str:
        return with_query(request.endpoint or "", query, **(request.view_args or {}) | {"id": other})

    return Place(
        number=at + 1,
        total=len(ids),
        back=page(ids[at - 1]) if at else None,
        ahead=page(ids[at + 1]) if at + 1 < len(ids) else None,
        list=with_query(declared.name, query),
    )


class Cell(NamedTuple):
    """A cell of a row as it is written down."""

    classes: str
    label: Markup
    said: Any
    notes: list[Any]


class Line(NamedTuple):
    """A row as it is written down: a page has hundreds of cells, so templates call nothing for one."""

    id: int
    row: Any
    called: Any
    cells: list[Cell]


class Listing(Generic[R]):
    """A page of a list with its addresses: what templates are given.

    `rows` what is on it; `total` how many there are (at most MOST); `first`, `last` their numbers; `q`, `chosen`
    what is set; `sort_url(name)`, `sorted(name)`, `next_url`, `back_url` where to go.
    """

    def __init__(
        self, declared: List[R], viewer: Visitor, views: Sequence[SavedView], place: Mapping[str, Any]
    ) -> None:
        self.declared, self.viewer, self._place = declared, viewer, dict(place)
        self._saved: dict[str, SavedView] = {view.name: view for view in views}
        usual = self._saved.pop(saved.USUAL, None)
        self._usual = usual.state.get(saved.COLUMNS, "") if usual else ""
        self.selection = Selection(declared, viewer, _chosen(declared, self._usual), place)
        self.columns: list[Column[R]] = self.selection.columns
        self.shown: list[Column[R]] = self.selection.shown
        self.q, self.sort = self.selection.q, self.selection.sort

    @cached_property
    def _page(self) -> Any:
        return self.selection.page()

    @property
    def rows(self) -> list[R]:
        """The rows of this page."""
        return list(self._page.rows)

    @property
    def first(self) -> int:
        """The number of the first row."""
        return int(self._page.first)

    @property
    def last(self) -> int:
        """The number of the last row."""
        return int(self._page.last)

    @property
    def total(self) -> int:
        """How many there are."""
        return min(int(self._page.total), MOST)

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return int(self._page.total) > MOST

    @property
    def bulk(self) -> list[Any]:
        """What this person may do with many rows at once."""
        return [each for each in self.declared.bulk if each.allow(self.viewer)]

    @property
    def nothing_at_all(self) -> bool:
        """There is no row, and nothing is searched or chosen: the list says what it is for."""
        return not self.total and not self.narrowed

    @property
    def narrowed(self) -> bool:
        """Whether anything is searched or filtered: an empty list then says so."""
        return self.selection.narrowed

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen of the filters."""
        return {each.filter.name: each.value for each in self.selection.filters if each.value is not None}

    # Addresses.

    @property
    def state(self) -> dict[str, Any]:
        """What is set, as values of an address: the list as it is, from its first row."""
        return {**self._place, **self._narrowing, "sort": self.sort, **self._columns}

    @property
    def _narrowing(self) -> dict[str, str]:
        view = self.selection.view.name if self.selection.view is not None else ""
        return {**({"q": self.q} if self.q else {}), **({"view": view} if view else {}), **self.chosen}

    def table(self, own: Any, usual: Any) -> list[Line]:
        """The rows of this page with their cells, drawn by the macros of the list's own template or else the usual."""
        columns = [(column, *_drawn(column, own, usual)) for column in self.shown]
        return [
            Line(id, row, self.declared.name_of(row), [self._cell(row, usual, *how) for how in columns])
            for id, row in zip(self._page.ids, self._page.rows, strict=True)
        ]

    def _cell(
        self,
        row: R,
        usual: Any,
        column: Column[R],
        draw: Callable[[Any, R], Any],
        label: Markup,
        nothing: Any,
    ) -> Cell:
        value = column.value(row)
        if column.cell == "name":
            said = usual.name(value, self.opens(row))
        else:
            said = nothing if column.says_nothing(value) else draw(value, row)
        notes = [note if isinstance(note, str) else usual.state(note, row) for note in column.notes(row)]
        return Cell(column.classes(value), label, said, notes)

    @property
    def _columns(self) -> dict[str, str]:
        """The columns, where the address names them."""
        return {saved.COLUMNS: self.column_names} if request.args.get(saved.COLUMNS) else {}

    @property
    def column_names(self) -> str:
        """The columns that are shown, as an address names them."""
        return saved.BETWEEN.join(column.name for column in self.shown)

    @property
    def hidden(self) -> dict[str, str]:
        """What stays when another filter is chosen: what the form of the filters carries besides them."""
        kept = {name: self.state[name] for name in ("view", "sort", saved.COLUMNS) if name in self.state}
        # The form of a page in the language of its address stays in it.
        return kept | dict(parse_qsl(urlsplit(self.action).query))

    @property
    def kept(self) -> dict[str, str]:
        """What differs from the list as it is declared: what a saved view keeps."""
        order = {"sort": self.sort} if self.sort != self.declared.order else {}
        usual = [column for column in self.columns if column.shown]
        columns = {saved.COLUMNS: self.column_names} if self.shown != usual else {}
        return {**self._narrowing, **order, **columns}

    @property
    def here(self) -> str:
        """The list as it is, from its first row."""
        return self._url(self.state)

    @property
    def with_own_columns(self) -> str:
        """The list as it is, with the columns that this person has chosen for it."""
        return self._url({name: value for name, value in self.state.items() if name != saved.COLUMNS})

    @property
    def action(self) -> str:
        """The list without anything set."""
        return self._url({})

    @property
    def export_url(self) -> str | None:
        """The address of its export; None where it has none."""
        endpoint = f"{self.declared.name}_export"
        return url_for(endpoint, **self.state) if endpoint in current_app.view_functions else None

    def sort_url(self, name: str) -> str:
        """The same list in that order; in the other direction where it is in that order already."""
        return self._url({**self.state, "sort": f"-{name}" if self.sort == name else name})

    def sorted(self, name: str) -> str | None:
        """How the list is ordered by that column, as aria-sort says it."""
        if self.sort.lstrip("-") != name:
            return None
        return "descending" if self.sort.startswith("-") else "ascending"

    @property
    def next_url(self) -> str | None:
        """The page after this one."""
        if not self._page.follows:
            return None
        return self._url({**self.state, "after": self._page.ids[-1], "from": self.last + 1})

    @property
    def back_url(self) -> str | None:
        """The page before this one."""
        if not self._page.precedes:
            return None
        number = max(1, self.first - self.declared.size)
        return self._url({**self.state, "before": self._page.ids[0], "from": number})

    def opens(self, row: R) -> str | None:
        """Where a row leads; where one leafs from row to row, it takes along which list it comes from."""
        target = self.declared.opens(row) if self.declared.opens else None
        if target is None or not self.declared.leafed:
            return _address(target)
        return with_query(target.endpoint, self._leaf, **target.values)

    @property
    def _leaf(self) -> dict[str, str]:
        return {**self._narrowing, "sort": self.sort}

    def actions(self, row: R) -> list[tuple[Any, str | None, str]]:
        """What else can be done with a row, as its menu draws it."""
        found = self.declared.actions(self.viewer, row) if self.declared.actions else []
        return [(each.words, _address(each.target), each.icon) for each in found]

    def _url(self, values: Mapping[str, Any]) -> str:
        return url_for(self.declared.name, **{**self._place, **values})

    # What the head and the line of filters show.

    @property
    def title(self) -> str:
        """The name of the list."""
        return str(self.declared.title)

    @property
    def count(self) -> str:
        """ "214 applications", or "more than 10,000 applications"."""
        said = self.declared.count(self.total)
        return gettext("more than %(count)s", count=said) if self.more else said

    @property
    def empty(self) -> tuple[Any, str | None]:
        """What it says while it has no rows, and the address of what to do first."""
        found = self.declared.empty_for(self.viewer)
        return found, _address(found.target)

    @property
    def views(self) -> list[tuple[Any, str, bool, int]]:
        """The tabs: (words, address, whether it is on, how many rows it has)."""
        return [
            (view.label, self._url({"view": view.name or None}), view is self.selection.view, number)
            for view, number in self.selection.counts()
        ]

    @property
    def selects(self) -> list[dict[str, Any]]:
        """The filters as components/filters.html draws them."""
        return [
            {
                "name": each.filter.name,
                "label": each.filter.label,
                "value": each.value or "",
                "options": [("", each.filter.label), *each.options],
                "endless": each.endless,
                "field": f"{each.filter.name}{TYPED}",
                "typed": each.typed or each.words,
                "fit": self._fit(each),
                "most": SUGGESTED,
                "choices": self._url({"choices": each.filter.name}),
            }
            for each in self.selection.filters
        ]

    def _fit(self, each: Offered) -> list[tuple[Any, str]] | None:
        """Where several or none are called as is typed: (words, the list narrowed to it); None: nothing is asked."""
        if not each.typed:
            return None
        return [(words, self._url({**self.state, each.filter.name: value})) for value, words in each.options]

    @property
    def narrowed_by(self) -> list[tuple[Any, str]]:
        """(words, the list without it) of everything that narrows the list now."""
        found = [("q", f"“{self.q}”")] if self.q else []
        return [
            (words, self._url({key: value for key, value in self.state.items() if key != name}))
            for name, words in [*found, *self.selection.narrowed_by]
        ]

    @property
    def saved(self) -> list[tuple[SavedView, str, bool]]:
        """What this person has saved of it: (view, its address, whether it is on)."""
        return [
            (view, self._url(view.state), _without_columns(view.state, self.kept) == view.state)
            for view in self._saved.values()
        ]


def _without_columns(state: Mapping[str, Any], kept: dict[str, str]) -> dict[str, str]:
    """What is kept now, without the columns where a view was saved without a choice of them."""
    return {name: value for name, value in kept.items() if name != saved.COLUMNS or name in state}


def _address(target: Target | None) -> str | None:
    return url_for(target.endpoint, **target.values) if target is not None else None


def _chosen(declared: List[Any], usual: str) -> Chosen:
    """What the address says; `usual`: the columns where it says nothing of them."""
    given = request.args
    return Chosen(
        q=given.get("q", ""),
        filters=given.to_dict(),
        view=given.get("view", ""),
        sort=given.get("sort", declared.order),
        columns=tuple((given.get(saved.COLUMNS) or usual).split(saved.BETWEEN)),
        after=whole(given.get("after")),
        before=whole(given.get("before")),
        first=whole(given.get("from")) or 1,
    )


def _drawn(column: Column[Any], own: Any, usual: Any) -> tuple[Any, Markup, Any]:
    """(what draws a value, what its cells carry for a phone, what an empty one says) of a column."""
    draw = getattr(own, column.cell, None) or getattr(usual, column.cell, None)
    label = Markup(' data-label="{}"').format(column.label) if column.named else Markup("")
    return _text if column.cell == "text" else draw, label, usual.nothing(column.nothing)


def _text(value: Any, _row: Any) -> Any:
    """What a cell says that no macro draws: of an enumeration its label."""
    return getattr(value, "label", value)
