"""Parts of a page that come from stages further on: a page names a place, a stage puts a piece there.

The person's page belongs to accounts, which knows no training; training puts its piece there from the right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Place(Enum):
    """The places that pages have for pieces of other stages. A piece and a page name it, so a typo fails at start."""

    TODAY_HEAD = "above Today's list"
    TODAY_SIDE = "beside Today's list"
    TODAY_PEOPLE = "the people of a new colleague, beside Today's list"
    PREFERENCES = "below how one is reminded"
    PERSON_HEAD = "above a person's page"
    PERSON_MAIN = "on a person's page"
    PERSON_SIDE = "beside a person's page"
    APPLICATION_HEAD = "above an application"
    APPLICATION_MAIN = "on an application's page"
    APPLICATION_SIDE = "beside an application"
    STATUS = "on an applicant's status page"
    POSTING_SIDE = "beside a posting"
    JOB_APPLY = "how a colleague applies, on the page of an open job"
    JOBS_VIEWS = "above the list of open jobs"


@dataclass(frozen=True)
class Panel:
    """A piece of a page: its template, and the values that it needs (as `it` in the template)."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


_PIECES: dict[Place, list[tuple[int, str, Callable[..., Panel | None]]]] = {place: [] for place in Place}


def panel(
    place: Place, *, order: int
) -> Callable[[Callable[..., Panel | None]], Callable[..., Panel | None]]:
    """Put a piece into a place. The function gets (viewer, subject) and may answer None: nothing to show."""

    def register(make: Callable[..., Panel | None]) -> Callable[..., Panel | None]:
        name = f"{make.__module__}.{make.__qualname__}"
        pieces = _PIECES[place]
        if all(name != known for _order, known, _make in pieces):
            pieces.append((order, name, make))
            pieces.sort(key=lambda each: each[:2])
        return make

    return register


def panels_of(place: Place, viewer: Any, subject: Any) -> list[Panel]:
    """The pieces of a place for this viewer and this thing, in order."""
    made = (make(viewer, subject) for _order, _name, make in _PIECES[place])
    return [each for each in made if each is not None]
