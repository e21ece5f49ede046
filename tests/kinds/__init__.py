"""What tests/test_true_over_time.py walks: what is kept, what is edited, what follows from each status.

Each stage has a module here with any of `RECORDS`, `EDITS`, `NEXT_STEPS` and `PAIRS`. A new kind of record, edit
route, status or creating route gets its row there; the walks fail where one is missing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of


@dataclass
class Concluded:
    """A thing that was concluded: who can look at it where, and how everything it was made of is changed after."""

    thing: Any
    #: (who looks, address): pages, whose parts with `data-record` are compared; documents; exports (a POST).
    shown: Sequence[tuple[Any, str]]
    change: Callable[[], None]


@dataclass(frozen=True)
class RecordCase:
    """A kind of record, and how one comes to be concluded by the operations of its stage."""

    kind: str
    conclude: Callable[[], Concluded]


@dataclass
class Opened:
    """A stored thing, who edits it where, what is sent, and what somebody else changes meanwhile."""

    thing: Any  # or a function that gives it, where somebody else makes it meanwhile
    who: Any
    address: str
    sent: Mapping[str, Any]  # the fields of the form, without `seen`
    #: Changes a field that is sent to another text, by an operation or transition of somebody else.
    meanwhile: Callable[[], None]
    stored: Callable[[], Any]  # what is stored in that field now
    theirs: str = ""  # what the page then says of the other's text; "" where only one's own is shown

    @property
    def seen(self) -> str:
        """What a page that is opened now says that it has seen."""
        return seen_of(self.thing() if callable(self.thing) else self.thing)


@dataclass(frozen=True)
class Edit:
    """A route that changes a stored thing."""

    endpoint: str
    open: Callable[[], Opened]
    name: str = ""  # the transition, where the route is that of all transitions
    autosave: bool = False  # answers a script with JSON


def deletes(
    endpoint: str, opened: Callable[[], Opened], address: str = "", theirs: str | None = None
) -> Edit:
    """The question whether a thing is deleted that somebody else changes meanwhile.

    `address` and `theirs` where they are others than those of its form; its page says what would be deleted now.
    """

    def made() -> Opened:
        of = opened()
        model, id = type(of.thing), of.thing.id

        def stored() -> Any:
            return of.stored() if db.session.get(model, id) is not None else None

        where = address.format(id=id) if address else f"{of.address}/delete"
        said = of.theirs if theirs is None else theirs
        return replace(of, address=where, sent={}, stored=stored, theirs=said)

    return Edit(endpoint, made)


@dataclass(frozen=True)
class NextStep:
    """A status that is not final: how a thing comes to be in it."""

    flow: str
    status: str
    make: Callable[[], Any]


@dataclass
class Twice:
    """Two requests at the same moment: each is a client's POST. One at the most may come to be."""

    first: tuple[Any, str, Mapping[str, Any]]  # (who, address, fields)
    second: tuple[Any, str, Mapping[str, Any]]
    count: Callable[[], int]  # how many there are
    most: int = 1


@dataclass(frozen=True)
class Pair:
    """A route that makes a thing, and two requests that may not both succeed."""

    endpoint: str
    make: Callable[[], Twice]


@dataclass
class Everything:
    """The rows of all stages."""

    records: list[RecordCase] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    next_steps: list[NextStep] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    #: {endpoint of a POST: why it changes no stored text that two people could both have before them}
    no_edit: dict[str, str] = field(default_factory=dict)
    #: {endpoint of a POST: why two at once need no test: it makes nothing, or any number is right}
    no_pair: dict[str, str] = field(default_factory=dict)


def everything() -> Everything:
    """The rows of all modules of this package."""
    found = Everything()
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        rows = importlib.import_module(module.name)
        found.records += getattr(rows, "RECORDS", [])
        found.edits += getattr(rows, "EDITS", [])
        found.next_steps += getattr(rows, "NEXT_STEPS", [])
        found.pairs += getattr(rows, "PAIRS", [])
        found.no_edit |= getattr(rows, "NO_EDIT", {})
        found.no_pair |= getattr(rows, "NO_PAIR", {})
    return found
