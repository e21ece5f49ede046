"""Pages that stand side by side: the lists of an area, the pages of one record. Each stage adds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import url_for

from rmhr.core import registry


class Row(Enum):
    """The rows of tabs that there are."""

    RECRUITING = "recruiting"  # postings, requisitions, headcount plan, question sets
    POSTING = "posting"  # the pages of one posting


#: Words, address, whether one is there, how many things it holds.
Link = tuple[str, str, bool, int | None]


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A page in a row of tabs."""

    row: Row
    label: Any
    endpoint: str
    order: int
    shown: Callable[[Any, Any], bool]  # asked of (viewer, subject): an access rule is such a question
    values: Callable[[Any], dict[str, Any]]  # what its address needs
    count: Callable[[Any], int | None]


def _of_the_record(subject: Any) -> dict[str, Any]:
    return {"id": subject.id} if subject is not None else {}


def add_tab(
    row: Row,
    label: Any,
    endpoint: str,
    *,
    order: int,
    shown: Callable[[Any, Any], bool],
    values: Callable[[Any], dict[str, Any]] = _of_the_record,
    count: Callable[[Any], int | None] = lambda _subject: None,
) -> None:
    """Put a page into a row."""
    made = Tab(row=row, label=label, endpoint=endpoint, order=order, shown=shown, values=values, count=count)
    registry.TABS.add(f"{row.name} {endpoint}", made)


def tabs_of(
    row: Row, viewer: Any, here: str, subject: Any = None, counts: dict[str, int] | None = None
) -> list[Link]:
    """What this person may open in a row, as components/header.html draws it; nothing where that is only one.

    `here` is the endpoint of the page; `counts` has, by endpoint, the numbers that the page knows already.
    """
    known = counts or {}
    found = [
        (
            str(each.label),
            url_for(each.endpoint, **each.values(subject)),
            each.endpoint == here,
            known.get(each.endpoint, each.count(subject)),
        )
        for each in sorted(registry.TABS.values(), key=lambda each: each.order)
        if each.row is row and each.shown(viewer, subject)
    ]
    return found if len(found) > 1 or subject is not None else []
