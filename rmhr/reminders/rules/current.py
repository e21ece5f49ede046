"""Which rules are in force: a source's own steps, unless the bank has made others for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.cadence import Beat, Step, beats
from rmhr.models.reminders import ReminderRule, ReminderStop


@dataclass(frozen=True)
class Cadence:
    """The beats of one source on some day."""

    source: sources.Source
    steps: tuple[Step, ...]
    since: date | None = None  # beats before this day belonged to the rule before it
    rule: ReminderRule | None = None  # None: the source's own

    @property
    def beats(self) -> tuple[Beat, ...]:
        """All beats in order."""
        return beats(self.steps) if self.rule is not None else self.source.beats


def over(days: Sequence[date], *proposed: ReminderRule) -> dict[date, dict[str, Cadence]]:
    """The cadence of every source on each of these days, by its name; `proposed` count as made last. One query."""
    begun = (
        sa.select(ReminderRule)
        .where(ReminderRule.valid_from <= max(days), ReminderRule.withdrawn_at.is_(None))
        .order_by(ReminderRule.valid_from, ReminderRule.id)
    )
    made = sorted([*db.session.scalars(begun), *proposed], key=lambda rule: rule.valid_from)
    own = {name: Cadence(source, source.steps) for name, source in registry.SOURCES.items()}
    theirs = [(rule, _cadence(rule)) for rule in made if rule.source in own]
    return {
        day: own | {rule.source: cadence for rule, cadence in theirs if rule.valid_from <= day}
        for day in days
    }


def in_force(on: date) -> dict[str, Cadence]:
    """The cadence of every source on that day, by its name. One query."""
    return over([on])[on]


def _cadence(rule: ReminderRule) -> Cadence:
    steps = tuple(Step.of(each) for each in rule.steps)
    return Cadence(registry.SOURCES[rule.source], steps, rule.valid_from, rule)


def stopped() -> set[str]:
    """The sources about which nothing is sent. One query."""
    return set(db.session.scalars(sa.select(ReminderStop.source)))


def sending(on: date) -> Iterable[Cadence]:
    """The cadences of the sources that may remind: not those that were stopped. Two queries."""
    silent = stopped()
    return [cadence for name, cadence in in_force(on).items() if name not in silent]
