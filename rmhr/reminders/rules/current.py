"""Which reminder rule is in force for a source: its own steps, unless the bank has made a rule for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import Occurrence, ReminderStep, occurrences
from rmhr.models.reminders import ReminderRule, ReminderStop


@dataclass(frozen=True)
class RuleInForce:
    """When who is reminded of one kind of due thing, on some day."""

    source: sources.Source
    steps: tuple[ReminderStep, ...]
    since: date | None = None  # occurrences before this day belong to the rule before it
    rule: ReminderRule | None = None  # None: the source's own steps

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All occurrences in order."""
        return occurrences(self.steps) if self.rule is not None else self.source.occurrences


def begun(by: date) -> Sequence[ReminderRule]:
    """Returns the rules that begin until then and were not withdrawn, as they were made. One query."""
    return db.session.scalars(sa.select(ReminderRule).where(_begun(by)).order_by(ReminderRule.id)).all()


def _begun(by: date) -> sa.ColumnElement[bool]:
    return sa.and_(ReminderRule.valid_from <= by, ReminderRule.withdrawn_at.is_(None))


def by_day(
    days: Sequence[date], rules: Iterable[ReminderRule] | None = None
) -> dict[date, dict[str, RuleInForce]]:
    """Returns the rule of every source on each of these days, by its name: of these rules, given as they were made.

    Without any, of those that are stored: one query.
    """
    made = sorted(begun(max(days)) if rules is None else rules, key=lambda rule: rule.valid_from)
    own = {name: RuleInForce(source, source.steps) for name, source in registry.SOURCES.items()}
    theirs = [(rule, _rule_in_force(rule)) for rule in made if rule.source in own]
    return {
        day: own | {rule.source: in_force for rule, in_force in theirs if rule.valid_from <= day}
        for day in days
    }


def on_day(on: date) -> dict[str, RuleInForce]:
    """Returns the rule of every source on that day, by its name. One query."""
    return by_day([on])[on]


def _rule_in_force(rule: ReminderRule) -> RuleInForce:
    steps = tuple(ReminderStep.of(each) for each in rule.steps)
    return RuleInForce(registry.SOURCES[rule.source], steps, rule.valid_from, rule)


def stopped() -> set[str]:
    """Returns the names of the sources about which nothing is sent. One query."""
    return set(db.session.scalars(sa.select(ReminderStop.source)))


def sending(on: date) -> Iterable[RuleInForce]:
    """Returns the rules of the sources that may remind: not of those that were stopped. One query."""
    silent = sa.select(sa.func.aggregate_strings(ReminderStop.source, " ")).scalar_subquery()
    once = sa.select(sa.literal(1).label("one")).subquery()
    rows = db.session.execute(
        sa.select(silent, ReminderRule)
        .select_from(once.outerjoin(ReminderRule, _begun(on)))
        .order_by(ReminderRule.id)
    ).all()
    stops = set((rows[0][0] or "").split())
    in_force = by_day([on], [rule for _stops, rule in rows if rule is not None])[on]
    return [each for name, each in in_force.items() if name not in stops]
