"""Reminder rules: which is in force, which were and will be, what is stopped, how many things each is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.core import clock, registry
from rmhr.core.db import Rows, db, spelled_out, this_day, written_out
from rmhr.core.due import sources as due
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.enums import LabelEnum
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.models.reminders import ReminderRule, ReminderStop
from rmhr.models.system import AuditEntry

#: From so many on, a page does not say how many things there are: to count them all takes longer the more there are.
MANY = 1_000


class RuleVersionStatus(LabelEnum):
    """What has become of a rule version by today."""

    IN_FORCE = "in_force", _("In force"), "good", "check-circle-fill"
    COMING = "coming", _("Coming"), "info", "calendar-event"
    ENDED = "ended", _("Ended"), "neutral", "circle"
    REPLACED = "replaced", _("Replaced before it began"), "neutral", "arrow-repeat"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "x-circle"


@dataclass(frozen=True)
class RuleVersion:
    """A version of the bank's own rule for a source, with its number among them."""

    number: int
    rule: ReminderRule
    status: RuleVersionStatus

    @property
    def coming(self) -> bool:
        """Whether it has still to begin, so that it can be withdrawn."""
        return self.status is RuleVersionStatus.COMING

    @property
    def steps(self) -> tuple[ReminderStep, ...]:
        """What it says."""
        return tuple(ReminderStep.of(each) for each in self.rule.steps)


@dataclass(frozen=True)
class Stopped:
    """A kind of due thing about which nothing is sent, and why."""

    source: due.Source
    stop: ReminderStop


@dataclass(frozen=True)
class SourceRules:
    """The reminder rules of one kind of due thing, and how many things they are about now, MANY + 1 at most."""

    source: due.Source
    versions: Sequence[RuleVersion]  # newest first
    stop: ReminderStop | None
    open: int
    late: int

    @property
    def in_force(self) -> RuleVersion | None:
        """The bank's own version that is in force; None: the product's own."""
        return next((each for each in self.versions if each.status is RuleVersionStatus.IN_FORCE), None)

    @property
    def coming(self) -> RuleVersion | None:
        """The next version that will come into force."""
        ahead = [each for each in self.versions if each.coming]
        return min(ahead, key=lambda each: each.rule.valid_from, default=None)

    @property
    def steps(self) -> tuple[ReminderStep, ...]:
        """The steps in force."""
        return self.in_force.steps if self.in_force else self.source.steps


def get_source(name: str) -> due.Source:
    """The kind of due thing of that name, or 404."""
    return registry.SOURCES.get(name) or abort(404)


def lines() -> list[SourceRules]:
    """Every kind of due thing. A constant number of queries."""
    made = db.session.scalars(_all()).all()
    by_source: dict[str, list[ReminderRule]] = defaultdict(list)
    for rule in made:
        by_source[rule.source].append(rule)
    stopped = {each.source.name: each.stop for each in stops()}
    counted = _counts()
    return [
        SourceRules(source, _numbered(by_source[name]), stopped.get(name), *counted.get(name, (0, 0)))
        for name, source in registry.SOURCES.items()
    ]


def line(source: due.Source) -> SourceRules:
    """One kind of due thing. A constant number of queries."""
    open_, late = _counts(source)[source.name]
    return SourceRules(source, versions(source), stop_of(source), open_, late)


def versions(source: due.Source) -> list[RuleVersion]:
    """All versions of one kind, newest first."""
    return _numbered(db.session.scalars(_all().where(ReminderRule.source == source.name)).all())


def get_version(source: due.Source, number: int) -> RuleVersion:
    """The version of that number, or 404."""
    return next((each for each in versions(source) if each.number == number), None) or abort(404)


def last_decision(source: due.Source) -> str:
    """Returns what changes with every decision about the rules of this kind, so that who saw an older one is told."""
    return decision_of(versions(source))


def decision_of(made: Sequence[RuleVersion]) -> str:
    """The same, of all versions of one kind."""
    withdrawn = sum(1 for each in made if each.status is RuleVersionStatus.WITHDRAWN)
    return f"{len(made)}.{withdrawn}"


def stops() -> list[Stopped]:
    """Everything that is stopped, the latest first."""
    query = sa.select(ReminderStop).options(joinedload(ReminderStop.stopped_by))
    found = db.session.scalars(query.order_by(ReminderStop.id.desc())).all()
    return [Stopped(registry.SOURCES[stop.source], stop) for stop in found if stop.source in registry.SOURCES]


def stop_of(source: due.Source) -> ReminderStop | None:
    """Why nothing is sent about this kind; None where it is."""
    query = sa.select(ReminderStop).where(ReminderStop.source == source.name)
    return db.session.scalars(query.options(joinedload(ReminderStop.stopped_by))).one_or_none()


def history(source: due.Source) -> list[audit.Entry]:
    """What was decided about reminders of this kind, newest first."""
    rules = db.session.scalars(sa.select(ReminderRule).where(ReminderRule.source == source.name)).all()
    was = AuditEntry.changes[("source", 1)].as_string()
    stopped = sa.select(AuditEntry.subject_id).where(
        AuditEntry.subject_type == ReminderStop.__tablename__, was == source.name
    )
    # A stop that was lifted is gone; its history is not.
    gone = [ReminderStop(id=id) for id in db.session.scalars(stopped.distinct())]
    rows = [*rules, *gone]
    return audit.timeline(*rows) if rows else []


def _all() -> sa.Select[ReminderRule]:
    return sa.select(ReminderRule).options(joinedload(ReminderRule.made_by)).order_by(ReminderRule.id)


def _numbered(made: Sequence[ReminderRule]) -> list[RuleVersion]:
    """The rules of one source in the order in which they were made, as versions; newest first."""
    today = clock.today()
    valid = [rule for rule in made if rule.withdrawn_at is None]
    # Of two for one day the one made later counts; and the last that has begun is in force.
    last_of_day = {rule.valid_from: rule for rule in valid}
    begun = [day for day in last_of_day if day <= today]
    now = last_of_day[max(begun)] if begun else None

    def where(rule: ReminderRule) -> RuleVersionStatus:
        if rule.withdrawn_at is not None:
            return RuleVersionStatus.WITHDRAWN
        if rule is now:
            return RuleVersionStatus.IN_FORCE
        if last_of_day[rule.valid_from] is not rule:
            return RuleVersionStatus.REPLACED
        return RuleVersionStatus.COMING if rule.valid_from > today else RuleVersionStatus.ENDED

    return [RuleVersion(number, rule, where(rule)) for number, rule in enumerate(made, 1)][::-1]


def _counts(*sources: due.Source) -> dict[str, tuple[int, int]]:
    """How many things of these kinds (of all) are open, and how many of them late, MANY + 1 at most. Two queries."""
    wanted = sources or tuple(registry.SOURCES.values())
    found = _counted(_count_of(wanted))
    # Of those that are too many only some were looked at.
    late = _counted(_count_of(tuple(each for each in wanted if found[each.name][0] > MANY), late=True))
    return {**found, **{name: (found[name][0], number) for name, (_open, number) in late.items()}}


def _counted(query: Any) -> dict[str, tuple[int, int]]:
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)} if query is not None else {}


@lru_cache(maxsize=128)
def _count_of(sources: tuple[due.Source, ...], late: bool = False) -> Any:
    """The statement for it, made once: to put it together takes longer than to run it. None for no sources.

    `late`: it looks at what is late alone.
    """
    if not sources:
        return None
    counted = sa.union_all(*(_count(each, late) for each in sources)).subquery()
    return written_out(spelled_out(sa.select(counted.c.source, counted.c.open, counted.c.late)))


def _count(source: due.Source, late: bool) -> Rows:
    is_late = source.row.c.due_on < this_day()
    those = sa.select(source.row.c.due_on).where(is_late if late else sa.true())
    some = those.limit(sa.literal_column(str(MANY + 1))).subquery()
    return sa.select(
        sa.literal(source.name, sa.String, literal_execute=True).label("source"),
        sa.func.count().label("open"),
        sa.func.count(sa.case((some.c.due_on < this_day(), sa.literal_column("1")))).label("late"),
    ).select_from(some)
