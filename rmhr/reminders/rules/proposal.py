"""A reminder rule that somebody proposes, as it travels in an address: "-3:owner;+5w:supervisor,hr;+7:owner*7x3"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rmhr.core.due import sources
from rmhr.core.due.bounds import PLANNED, day_of
from rmhr.core.due.reminder_steps import Occurrence, ReminderStep, occurrences
from rmhr.core.patterns import Pattern
from rmhr.models.reminders import Basis, EscalationLevel, ReminderRule

STEP = Pattern(r"([+-]\d{1,3})(w?):([a-z,]+)(?:\*(\d{1,3})x(\d{1,2}))?")
#: No rule has more lines.
MOST_STEPS = 12


@dataclass(frozen=True)
class Proposal:
    """What would hold for one kind of due thing, from when on; `seen` is the last decision that they saw."""

    source: sources.Source
    steps: Sequence[ReminderStep]
    valid_from: date
    seen: str

    def args(self) -> dict[str, str]:
        """As values of an address."""
        return {
            "name": self.source.name,
            "steps": written(self.steps),
            "valid_from": self.valid_from.isoformat(),
            "seen": self.seen,
        }

    def rule(self) -> ReminderRule:
        """The rule that it would become, for the simulator; it is not stored."""
        steps = [step.as_json() for step in self.steps]
        return ReminderRule(source=self.source.name, valid_from=self.valid_from, steps=steps)

    @classmethod
    def read(cls, source: sources.Source, args: Mapping[str, str]) -> Proposal | None:
        """What an address proposes; None where it proposes nothing that can be a rule."""
        try:
            steps = read(args.get("steps", ""))
        except ValueError:
            return None
        begins = day_of(args.get("valid_from"), PLANNED)
        if begins is None:
            return None
        return cls(source, steps, begins, args.get("seen", ""))


def written(steps: Iterable[ReminderStep]) -> str:
    """Returns steps as they stand in an address: "-3:owner;+5w:supervisor,hr"."""
    return ";".join(
        f"{Occurrence(step.after, step.basis, step.to).key}:{','.join(step.to)}"
        + (f"*{step.every}x{step.times}" if step.times > 1 else "")
        for step in steps
    )


def read(text: str) -> list[ReminderStep]:
    """Returns the steps that `written` wrote. Raises ValueError for what is no reminder rule."""
    steps = []
    for part in text.split(";"):
        found = STEP.fullmatch(part)
        if found is None:
            raise ValueError(f"{part!r} is no step")
        after, working, to, every, times = found.groups()
        steps.append(
            ReminderStep(
                after=int(after),
                to=tuple(EscalationLevel(each) for each in to.split(",")),
                basis=Basis.WORKING if working else Basis.CALENDAR,
                every=int(every or 0),
                times=int(times or 1),
            )
        )
    if len(steps) > MOST_STEPS:
        raise ValueError("a rule has only so many steps")
    occurrences(steps)
    return steps


def merged(steps: Iterable[ReminderStep]) -> list[ReminderStep]:
    """Two lines for the same day, repeated alike, are one that tells everybody."""
    found: dict[tuple[int, Basis, int, int], set[EscalationLevel]] = {}
    for step in steps:
        found.setdefault((step.after, step.basis, step.every, step.times), set()).update(step.to)
    return [
        ReminderStep(after, tuple(level for level in EscalationLevel if level in to), basis, every, times)
        for (after, basis, every, times), to in found.items()
    ]
