"""What follows from a status that is not final: somebody owes a step, a day is waited for, or rest is right.

Each status of a workflow has one of these in its `next_steps`, so that nothing is owed by nobody. `flask docs` lists
them; tests/test_next_steps.py fails where one is missing or names what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Owed:
    """Somebody owes the next step. The due sources say who, until when, and who is told if not.

    Several where it depends on how far the thing is: each thing in this status is found by one of them at least.
    """

    sources: tuple[str, ...]

    def __init__(self, *sources: str) -> None:
        object.__setattr__(self, "sources", sources)


@dataclass(frozen=True)
class Waits:
    """A day is waited for: then the scheduler makes the move. Until then nobody has to do anything."""

    until: str  # the column of the thing that holds the day: "expires_on"
    move: str  # the transition that is made then: "expire"


@dataclass(frozen=True)
class Rests:
    """Nothing has to be done, for this reason (in English: it is documentation)."""

    because: str


NextStep = Owed | Waits | Rests
