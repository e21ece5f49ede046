"""Parts of a page that come from stages further on: a page names a place, a stage puts a piece there.

The person's page belongs to accounts, which knows no training; training puts its piece there from the right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A piece of a page: its template, and the values that it needs (as `it` in the template)."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


_PLACES: dict[str, list[tuple[int, str, Callable[..., Panel | None]]]] = defaultdict(list)


def panel(place: str, *, order: int) -> Callable[[Callable[..., Panel | None]], Callable[..., Panel | None]]:
    """Put a piece into a place ("today.side", "person.main", …). The function may answer None: nothing to show."""

    def register(make: Callable[..., Panel | None]) -> Callable[..., Panel | None]:
        name = f"{make.__module__}.{make.__qualname__}"
        if all(name != known for _order, known, _make in _PLACES[place]):
            _PLACES[place].append((order, name, make))
            _PLACES[place].sort(key=lambda each: each[:2])
        return make

    return register


def panels_of(place: str, viewer: Any, subject: Any) -> list[Panel]:
    """The pieces of a place for this viewer and this thing, in order."""
    made = (make(viewer, subject) for _order, _name, make in _PLACES[place])
    return [each for each in made if each is not None]
