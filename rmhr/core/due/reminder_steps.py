"""When somebody is reminded of something due: the steps that a reminder rule declares, and their occurrences.

A step lies so many calendar or working days around the due date, names who is told (the owner, or a level of
escalation), and may repeat. A rule is stored as its steps; the engine asks for their occurrences, one for each day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from rmhr.core.due import calendar
from rmhr.models.reminders import Basis, EscalationLevel

#: No occurrence lies further from the due date, in days; no rule has more of them.
FURTHEST, MOST = 365, 60
#: So many calendar days are at most between two working days in a row: the turn of a year, with a bridge day.
LONGEST_BREAK = 12
#: A working day in calendar days, to put occurrences of both kinds into one order.
WORKING_DAY = 1.4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ReminderStep:
    """One line of a reminder rule: so many days after the due date (negative: before it), told to whom, how often."""

    after: int
    to: tuple[EscalationLevel, ...] = (EscalationLevel.OWNER,)
    basis: Basis = Basis.CALENDAR
    every: int = 0  # then again after so many days each …
    times: int = 1  # … until it has been said so many times

    def as_json(self) -> dict[str, Any]:
        """Returns what is stored of it."""
        return {
            "after": self.after,
            "to": [level.value for level in self.to],
            "basis": self.basis.value,
            "every": self.every,
            "times": self.times,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> ReminderStep:
        """Returns the step that was stored so. Raises KeyError or ValueError where that is no step."""
        return cls(
            after=int(stored["after"]),
            to=tuple(EscalationLevel(each) for each in stored["to"]),
            basis=Basis(stored["basis"]),
            every=int(stored["every"]),
            times=int(stored["times"]),
        )


@dataclass(frozen=True)
class Occurrence:
    """One day of a reminder rule, counted from the due date: that of a step, or of one of its repetitions."""

    after: int
    basis: Basis
    to: tuple[EscalationLevel, ...]

    @property
    def key(self) -> str:
        """What is stored of it: "-7", "+3w" (w: working days); the same for every rule that has such an occurrence."""
        return f"{self.after:+d}{'w' if self.basis is Basis.WORKING else ''}"

    @property
    def order(self) -> float:
        """Where it stands among the others."""
        return self.after * (WORKING_DAY if self.basis is Basis.WORKING else 1)

    def day(self, due_on: date, region: str) -> date:
        """Returns its day for something due on `due_on`, where people work as in `region`."""
        if self.basis is Basis.WORKING:
            return calendar.add_working_days(due_on, self.after, region)
        return calendar.add_days(due_on, self.after)

    def last_due(self, on: date, region: str) -> date:
        """Returns the latest due date for which this occurrence has been reached on `on`."""
        return _last_due(self.after, self.basis, on, region)


@lru_cache(maxsize=4096)
def _last_due(after: int, basis: Basis, on: date, region: str) -> date:
    occurrence = Occurrence(after, basis, ())
    if basis is Basis.CALENDAR:
        return calendar.add_days(on, -after)
    # `day` never falls as the due date grows: walk back from a date that is surely too late.
    due_on = calendar.add_days(on, max(0, -after) * 2 + LONGEST_BREAK)
    while occurrence.day(due_on, region) > on and due_on > date.min:
        due_on -= ONE_DAY
    return due_on


def occurrences(steps: Iterable[ReminderStep]) -> tuple[Occurrence, ...]:
    """Returns all occurrences of these steps in order; two on one day are one that tells everybody.

    Raises ValueError for a step that is too far away, one that tells nobody, and for too many occurrences.
    """
    found: dict[tuple[int, Basis], set[EscalationLevel]] = {}
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
        Occurrence(after, basis, tuple(level for level in EscalationLevel if level in to))
        for (after, basis), to in found.items()
    ]
    return tuple(sorted(made, key=lambda occurrence: (occurrence.order, occurrence.key)))


def owner_steps(*days: int) -> tuple[ReminderStep, ...]:
    """Returns steps that tell the owner alone, on these calendar days around the due date."""
    return tuple(ReminderStep(day) for day in days)
