"""What the product shall reach. Each aim is printed with whether it is met; none makes a test fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tools.bench.figures import FLOOR, Figures
from tools.bench.pages import PAGES, Kind

#: (what was measured, value)
Found = Iterator[tuple[str, float]]


@dataclass(frozen=True)
class Aim:
    """A limit for some figures: the most that they may be, or the least."""

    name: str
    limit: float
    unit: str
    of: Callable[[Figures], Found]
    least: bool = False

    def judge(self, figures: Figures) -> Verdict:
        """How many of the figures that were measured keep to it, and the worst one."""
        found = sorted(self.of(figures), key=lambda each: each[1], reverse=not self.least)
        kept = [
            value for _what, value in found if (value >= self.limit if self.least else value <= self.limit)
        ]
        return Verdict(self, len(found), len(kept), found[0] if found else None)


@dataclass(frozen=True)
class Verdict:
    """What came of an aim."""

    aim: Aim
    measured: int
    kept: int
    worst: tuple[str, float] | None

    @property
    def met(self) -> bool | None:
        """Whether all figures keep to it; None where there are none."""
        return self.kept == self.measured if self.measured else None

    @property
    def limit(self) -> str:
        """ "≤ 3 × floor"."""
        return f"{'≥' if self.aim.least else '≤'} {self.aim.limit:g} {self.aim.unit}".rstrip()

    @property
    def said(self) -> str:
        """Whether it is met, and by how many of how many."""
        if self.met is None:
            return "not measured"
        return f"{'met' if self.met else 'missed'}, {self.kept} of {self.measured} keep to it"

    @property
    def worst_said(self) -> str:
        """The figure that is farthest from it, or nearest to missing it."""
        return f"{self.worst[0]}: {self.worst[1]:,.4g}" if self.worst else ""


def _place(database: str, size: str) -> str:
    return f" ({', '.join(filter(None, (size, database)))})" if database or size else ""


def _floors(kind: Kind) -> Callable[[Figures], Found]:
    names = {page.name for page in PAGES if page.kind is kind}

    def found(figures: Figures) -> Found:
        for database, size, page in figures.subjects("cpu"):
            value = figures.above_floor(database, size, page)
            if page in names and value is not None:
                yield f"{page}{_place(database, size)}", value

    return found


def _growth(figures: Figures) -> Found:
    for database, size, page in figures.subjects("cpu"):
        value = figures.growth(database, page)
        if size == "L" and page != FLOOR and value is not None:
            yield f"{page}{_place(database, '')}", value


def _all(measure: str, *only: str, size: str = "") -> Callable[[Figures], Found]:
    """Every figure of this name; `only` of these subjects, or of a bank of this size."""

    def found(figures: Figures) -> Found:
        for database, of_size, subject in figures.subjects(measure):
            if (not only or subject in only) and size in ("", of_size):
                value = figures.get(database, of_size, subject, measure)
                assert value is not None
                yield f"{subject}{_place(database, of_size)}", value

    return found


def _loaded_public(figures: Figures) -> Found:
    names = [page.name for page in PAGES if page.kind is Kind.PUBLIC]
    return _all("rps", *names)(figures)


AIMS = (
    Aim("public pages", 3, "× floor", _floors(Kind.PUBLIC)),
    Aim("public pages, two workers", 300, "requests/s", _loaded_public, least=True),
    Aim("record pages", 5, "× floor", _floors(Kind.RECORD)),
    Aim("lists, grids, Today, search", 8, "× floor", _floors(Kind.LIST)),
    Aim("the same page in a large bank", 1.3, "× a small one", _growth),
    Aim("statements on a page", 12, "", _all("statements")),
    Aim("50,000 applications as CSV", 3, "s", _all("seconds", "applications.csv", size="L")),
    Aim("50,000 applications as a workbook", 10, "s", _all("seconds", "applications.xlsx", size="L")),
    Aim("memory of an export", 300, "MB", _all("peak", "applications.csv", "applications.xlsx", size="L")),
    Aim("memory that a worker has to itself", 120, "MB", _all("own", "worker")),
    Aim("resident memory of a worker", 160, "MB", _all("resident", "worker")),
    Aim(
        "a morning's reminders in a large bank", 3, "s", _all("seconds", "reminders, next morning", size="L")
    ),
    Aim("reminders and Today with 500,000 open things", 2, "× with 5,000", _all("growth")),
    Aim("start of the process", 1.5, "s of CPU", _all("cpu_seconds", "start")),
    Aim("requests of a first visit", 12, "", _all("requests", "first visit")),
    Aim("a first visit on the wire", 120, "KB", _all("kilobytes", "first visit")),
    Aim("Lighthouse of the public pages", 100, "points", _all("points", "Lighthouse"), least=True),
)
