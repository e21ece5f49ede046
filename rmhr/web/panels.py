"""Parts of a page that come from stages further on: a page names a slot, a stage puts a panel there.

The person's page belongs to accounts, which knows no training; training puts its panel there from the right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from rmhr.core import registry


class Slot(Enum):
    """The slots that pages have for panels of other stages. A panel and a page name it, so a typo fails at start."""

    TODAY_HEAD = "above Today's list"
    TODAY_SIDE = "beside Today's list"
    TODAY_PEOPLE = "the people of a new colleague, beside Today's list"
    PREFERENCES = "below how one is reminded"
    PERSON_HEAD = "above a person's page"
    PERSON_MAIN = "on a person's page"
    PERSON_SIDE = "beside a person's page"
    APPLICATION_HEAD = "above an application"
    APPLICATION_CV = "the CV of an application, wherever people are judged"
    APPLICATION_MAIN = "on an application's page"
    APPLICATION_SIDE = "beside an application"
    STATUS = "on an applicant's status page"
    POSTING_SIDE = "beside a posting"
    JOB_APPLY = "how a colleague applies, on the page of an open job"
    JOBS_VIEWS = "above the list of open jobs"


@dataclass(frozen=True)
class Panel:
    """A piece of a page: its template, and the values that it needs (as `it` in the template).

    `step` is what is to be done next about the page's thing, where that is this stage's: (words, address).
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    step: tuple[Any, str] | None = None


Make = Callable[..., Panel | None]


@dataclass(frozen=True)
class _Piece:
    slot: Slot
    order: int
    name: str
    make: Make


def panel(slot: Slot, *, order: int) -> Callable[[Make], Make]:
    """Put a panel into a slot. The function gets (viewer, subject) and may answer None: nothing to show."""

    def register(make: Make) -> Make:
        name = registry.name_of(make)
        registry.PANELS.add(f"{slot.name} {name}", _Piece(slot, order, name, make))
        return make

    return register


def panels_of(slot: Slot, viewer: Any, subject: Any) -> list[Panel]:
    """Returns the panels of a slot for this viewer and this thing, in order."""
    here = sorted(
        (each for each in registry.PANELS.values() if each.slot is slot),
        key=lambda each: (each.order, each.name),
    )
    made = (each.make(viewer, subject) for each in here)
    return [each for each in made if each is not None]
