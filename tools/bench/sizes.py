"""How large the banks are that are measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A bank: how much of it is made besides the demo bank's own."""

    name: str
    people: int
    applications: int
    duties: int
    history: int  # entries
    postings: int

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.people:,} employees, {self.applications:,} applications, "
            f"{self.duties:,} duties, {self.history:,} history entries"
        )


SMALL = Size("S", people=200, applications=1_000, duties=2_000, history=10_000, postings=40)
LARGE = Size("L", people=5_000, applications=50_000, duties=200_000, history=500_000, postings=1_000)
SIZES = {size.name: size for size in (SMALL, LARGE)}
