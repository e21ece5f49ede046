"""Which rules are in force: a source's own steps, unless the bank has made others for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from rmhr.core import due
from rmhr.core.cadence import Beat, Step, beats
from rmhr.core.db import db
from rmhr.models.reminders import ReminderRule, ReminderStop


@dataclass(frozen=True)
class Cadence:
    """The beats of one source on some day."""

    source: due.Source
    steps: tuple[Step, ...]
    since: date | None = None  # beats before this day belonged to the rule before it
    rule: ReminderRule | None = None  # None: the source's own

    @property
    def beats(self) -> tuple[Beat, ...]:
        """All beats in order."""
        return beats(self.steps) if self.rule is not None else self.source.beats


def in_force(on: date) -> dict[str, Cadence]:
    """The cadence of every source on that day, by its name. One query."""
    begun = (
        sa.select(ReminderRule)
        .where(ReminderRule.valid_from <= on, ReminderRule.withdrawn_at.is_(None))
        .order_by(ReminderRule.valid_from, ReminderRule.id)
    )
    latest = {rule.source: rule for rule in db.session.scalars(begun)}
    return {name: _cadence(source, latest.get(name)) for name, source in due.SOURCES.items()}


def _cadence(source: due.Source, rule: ReminderRule | None) -> Cadence:
    if rule is None:
        return Cadence(source, source.steps)
    return Cadence(source, tuple(Step.of(each) for each in rule.steps), rule.valid_from, rule)


def sending(on: date) -> Iterable[Cadence]:
    """The cadences of the sources that may remind: not those that were stopped. Two queries."""
    stopped = set(db.session.scalars(sa.select(ReminderStop.source)))
    return [cadence for name, cadence in in_force(on).items() if name not in stopped]
