"""Figures and what is computed from them: medians, ratios, what `wrk` prints."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: (database, size, subject, measure); what is of no database or size has "" there.
Key = tuple[str, str, str, str]
FLOOR = "floor"


@dataclass
class Figures:
    """What was measured, by its key."""

    values: dict[Key, float] = field(default_factory=dict)

    def put(self, database: str, size: str, subject: str, **measures: float) -> None:
        """Note figures of one subject."""
        self.values |= {(database, size, subject, measure): value for measure, value in measures.items()}

    def get(self, database: str, size: str, subject: str, measure: str) -> float | None:
        """One figure; None where it was not measured."""
        return self.values.get((database, size, subject, measure))

    def subjects(self, measure: str) -> Iterator[tuple[str, str, str]]:
        """(database, size, subject) of everything of which this was measured."""
        return (key[:3] for key in self.values if key[3] == measure)

    def above_floor(self, database: str, size: str, page: str) -> float | None:
        """How many times the CPU of the floor a page takes, of the same run on the same machine."""
        return ratio(self.get(database, size, page, "cpu"), self.get(database, size, FLOOR, "cpu"))

    def growth(self, database: str, page: str) -> float | None:
        """How many times as much CPU a page takes in a large bank as in a small one."""
        return ratio(self.above_floor(database, "L", page), self.above_floor(database, "S", page))

    def as_json(self) -> dict[str, float]:
        """One flat mapping."""
        return {"/".join(key): value for key, value in self.values.items()}

    @classmethod
    def from_json(cls, flat: dict[str, float]) -> Figures:
        """The reverse of `as_json`."""
        return cls({_key(name): value for name, value in flat.items()})


def _key(name: str) -> Key:
    database, size, rest = name.split("/", 2)
    subject, _slash, measure = rest.rpartition("/")
    return database, size, subject, measure


def ratio(part: float | None, whole: float | None) -> float | None:
    """How many times the one is the other; None where one of them is missing or there is nothing to divide by."""
    return part / whole if part is not None and whole else None


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all (0.95) does not exceed: the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def requests_per_second(printed: str) -> float:
    """What `wrk` has measured. Raises ValueError where it says nothing, or where answers were not 2xx or 3xx."""
    rate = None
    for line in printed.splitlines():
        name, _colon, value = line.strip().partition(":")
        if name == "Non-2xx or 3xx responses":
            raise ValueError(f"wrk got {value.strip()} answers that were no page")
        if name == "Requests/sec":
            rate = float(value)
    if rate is None:
        raise ValueError("wrk has not said how many requests a second it made")
    return rate
