"""When somebody is reminded of something due, and who else is told: steps around the due date.

A step may count calendar days or working days, and may repeat. What is stored of a rule is its steps; what the
engine asks is the beats that they come to, one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from rmhr.core.due import calendar
from rmhr.models.reminders import Basis, Party

#: No step lies further from the due date, in days; no rule comes to more beats.
FURTHEST, MOST = 365, 60
#: So many calendar days are at most between two working days in a row: the turn of a year, with a bridge day.
LONGEST_BREAK = 12
#: A working day in calendar days, to put beats of both kinds into one order.
WORKING_DAY = 1.4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One line of a rule: so many days after the due date (negative: before it), told to whom, how often."""

    after: int
    to: tuple[Party, ...] = (Party.OWNER,)
    basis: Basis = Basis.CALENDAR
    every: int = 0  # then again after so many days each …
    times: int = 1  # … until it has been said so many times

    def as_json(self) -> dict[str, Any]:
        """What is stored."""
        return {
            "after": self.after,
            "to": [party.value for party in self.to],
            "basis": self.basis.value,
            "every": self.every,
            "times": self.times,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Step:
        """What was stored. Raises KeyError or ValueError where that is no step."""
        return cls(
            after=int(stored["after"]),
            to=tuple(Party(each) for each in stored["to"]),
            basis=Basis(stored["basis"]),
            every=int(stored["every"]),
            times=int(stored["times"]),
        )


@dataclass(frozen=True)
class Beat:
    """One moment of a rule: a step, or one repetition of it."""

    after: int
    basis: Basis
    to: tuple[Party, ...]

    @property
    def key(self) -> str:
        """What is stored of it: "-7", "+3w"; the same for every rule that has such a beat."""
        return f"{self.after:+d}{'w' if self.basis is Basis.WORKING else ''}"

    @property
    def order(self) -> float:
        """Where it stands among the others."""
        return self.after * (WORKING_DAY if self.basis is Basis.WORKING else 1)

    def day(self, due_on: date, region: str) -> date:
        """The day of this beat for something due on `due_on`, where people work as in `region`."""
        if self.basis is Basis.WORKING:
            return calendar.add_working_days(due_on, self.after, region)
        return due_on + timedelta(days=self.after)

    def last_due(self, on: date, region: str) -> date:
        """The latest due date for which this beat has been reached on `on`."""
        return _last_due(self.after, self.basis, on, region)


@lru_cache(maxsize=4096)
def _last_due(after: int, basis: Basis, on: date, region: str) -> date:
    beat = Beat(after, basis, ())
    if basis is Basis.CALENDAR:
        return on - timedelta(days=after)
    # `day` never falls as the due date grows: walk back from a date that is surely too late.
    due_on = on + timedelta(days=max(0, -after) * 2 + LONGEST_BREAK)
    while beat.day(due_on, region) > on:
        due_on -= ONE_DAY
    return due_on


def beats(steps: Iterable[Step]) -> tuple[Beat, ...]:
    """All beats of a rule in order; two steps on one day are one beat that tells everybody.

    Raises ValueError for a step that is too far away, one that tells nobody, and for too many beats.
    """
    found: dict[tuple[int, Basis], set[Party]] = {}
    for step in steps:
        if not step.to or step.times < 1 or (step.times > 1 and step.every < 1):
            raise ValueError("a step needs somebody to tell, and a pause between two repetitions")
        for turn in range(step.times):
            after = step.after + turn * step.every
            if abs(after) > FURTHEST:
                raise ValueError(f"a step of {after} days is too far from the due date")
            found.setdefault((after, step.basis), set()).update(step.to)
    if len(found) > MOST:
        raise ValueError(f"a rule of {len(found)} reminders is too much for anybody")
    made = [
        Beat(after, basis, tuple(party for party in Party if party in to))
        for (after, basis), to in found.items()
    ]
    return tuple(sorted(made, key=lambda beat: (beat.order, beat.key)))


def plain(*days: int) -> tuple[Step, ...]:
    """Steps that tell the person alone, on these calendar days around the due date."""
    return tuple(Step(day) for day in days)
