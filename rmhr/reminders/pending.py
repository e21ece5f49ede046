"""The reminders that are due and were not sent yet, as one statement per source: the half of the engine that is SQL.

For each occurrence of a rule it is worked out beforehand which due dates have it today, unit by unit. So the database
looks only at what has its day now, by the index of the due date, however much is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import Rows
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import Occurrence
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Absence, EscalationLevel, Reminder
from rmhr.models.today import Snooze
from rmhr.reminders import recipients
from rmhr.reminders.recipients import Around
from rmhr.reminders.rules.current import RuleInForce
from rmhr.reminders.units import UnitCalendar, UnitDirectory

#: For so many days after its last occurrence a thing is still reminded of, where that was not done: after downtime,
#: and where it was late when it came up. What is older has been on the Today page long enough.
CATCH_UP = timedelta(days=14)
ONE_DAY = timedelta(days=1)
#: As plain tables: a statement is built anew for every run.
USER, EMPLOYEE, ABSENCE = User.__table__, Employee.__table__, Absence.__table__
OWNER, SUPERVISOR, DEPUTY = (USER.alias(name) for name in ("owner", "supervisor", "deputy"))
#: What makes a reminder that one and no other, besides its recipient.
KEY = ("source", "subject_id", "owner_id", "due_on", "occurrence")


class _AmongColumns:
    """Chooses among columns that hold ids of people, where NULL is nobody."""

    def first(self, *values: Any) -> Any:
        """Returns the first that is not NULL."""
        return sa.func.coalesce(*values, type_=sa.Integer)

    def unless(self, value: Any, other: Any) -> Any:
        """Returns the value; NULL where both are the same."""
        return sa.func.nullif(value, other, type_=sa.Integer)

    def given(self, somebody: Any, value: Any, other: Any) -> Any:
        """Returns the value where somebody is not NULL, else the other."""
        return sa.case((somebody.is_not(None), value), else_=other)


AMONG_COLUMNS = _AmongColumns()
#: From which to which due date an occurrence is the latest that was reached.
Span = tuple[Occurrence, date, date]


@dataclass(frozen=True)
class UnitGroup:
    """Units where the same due dates have their day: usually all of them."""

    units: tuple[int, ...]
    bank: bool  # people without a unit, too
    spans: tuple[Span, ...]


def spans(occurrences: Sequence[Occurrence], on: date, region: str, since: date | None) -> Iterator[Span]:
    """For each occurrence the due dates (from, to) for which it is the latest one reached on `on`, if there are any.

    An occurrence whose day lies before `since` belonged to another rule, and its reminder was sent then.
    """
    for occurrence, later in zip(occurrences, [*occurrences[1:], None], strict=True):
        last = occurrence.last_due(on, region)
        oldest = on - CATCH_UP
        if later is not None:
            first = later.last_due(on, region) + ONE_DAY
        else:
            first = occurrence.last_due(oldest - ONE_DAY, region) + ONE_DAY
        if since is not None:
            first = max(first, occurrence.last_due(since - ONE_DAY, region) + ONE_DAY)
        if first <= last:
            yield occurrence, first, last


def statement(
    in_force: RuleInForce, directory: UnitDirectory, days: Callable[[UnitCalendar], date], day: date
) -> Rows | None:
    """Returns the reminders of one source that are due and were not sent: a row for each thing and each recipient.

    `days` says which day it is in a unit, `day` which it is in the bank. The columns are those of `due.columns`,
    then occurrence, level, meant_id (for whom it is) and recipient_id (who is told: they or their deputy). None where
    nothing can have its day.
    """
    parts = []
    for level in EscalationLevel:
        occurrences = [occurrence for occurrence in in_force.occurrences if level in occurrence.to]
        groups = _groups(occurrences, in_force.since, directory, days) if occurrences else []
        if any(group.spans for group in groups):
            parts.append(_told(in_force.source, level, groups, directory, day))
    if not parts:
        return None
    told = sa.union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    said = sa.select(Reminder.id).where(
        *(getattr(Reminder, name) == told.c[name] for name in KEY),
        Reminder.recipient_id == told.c.recipient_id,
    )
    return sa.select(told).where(~said.exists())


def _groups(
    occurrences: Sequence[Occurrence],
    since: date | None,
    directory: UnitDirectory,
    days: Callable[[UnitCalendar], date],
) -> list[UnitGroup]:
    units: dict[tuple[Span, ...], list[int]] = defaultdict(list)
    found: dict[UnitCalendar, tuple[Span, ...]] = {}

    def spans_of(calendar: UnitCalendar) -> tuple[Span, ...]:
        if calendar not in found:
            found[calendar] = tuple(spans(occurrences, days(calendar), calendar.region, since))
        return found[calendar]

    for unit, calendar in directory.calendars.items():
        units[spans_of(calendar)].append(unit)
    bank = spans_of(directory.bank)
    units.setdefault(bank, [])
    return [UnitGroup(tuple(ids), key == bank, key) for key, ids in units.items()]


def _told(
    source: sources.Source,
    level: EscalationLevel,
    groups: Sequence[UnitGroup],
    directory: UnitDirectory,
    day: date,
) -> Rows:
    row = source.row
    every = [span for group in groups for span in group.spans]
    around = _around(directory, day)
    meant = recipients.meant(level, around, AMONG_COLUMNS)
    told = recipients.told(level, around, meant, DEPUTY.c.id, AMONG_COLUMNS, personal=source.personal)
    occurrence = _occurrence(row, groups)
    query = (
        sa.select(
            *sources.columns(source, row),
            occurrence.label("occurrence"),
            sa.literal(level.value, sa.String).label("level"),
            meant.label("meant_id"),
            told.label("recipient_id"),
        )
        .select_from(row)
        .join(OWNER, OWNER.c.id == row.c.owner_id)
        .outerjoin(EMPLOYEE, EMPLOYEE.c.user_id == OWNER.c.id)
        .outerjoin(SUPERVISOR, SUPERVISOR.c.id == EMPLOYEE.c.supervisor_id)
        .outerjoin(
            ABSENCE,
            sa.and_(
                ABSENCE.c.user_id == meant,
                ABSENCE.c.starts_on <= day,
                ABSENCE.c.ends_on >= day,
            ),
        )
        .outerjoin(DEPUTY, sa.and_(DEPUTY.c.id == ABSENCE.c.deputy_id, _there(DEPUTY, day)))
        .where(
            row.c.due_on.between(min(span[1] for span in every), max(span[2] for span in every)),
            occurrence.is_not(None),
            meant.is_not(None),
        )
    )
    if level is not EscalationLevel.OWNER:
        return query
    put_off = sa.select(Snooze.id).where(
        Snooze.source == source.name,
        Snooze.owner_id == row.c.owner_id,
        Snooze.subject_id == row.c.subject_id,
        Snooze.due_on == row.c.due_on,
        Snooze.until > day,
    )
    return query.where(~put_off.exists())


def _occurrence(row: Any, groups: Sequence[UnitGroup]) -> Any:
    """Which occurrence a row has reached, by where its owner works: its key, or NULL."""
    whens = []
    for group in groups:
        conditions = []
        if len(groups) > 1:
            here = EMPLOYEE.c.unit_id.in_(group.units)
            conditions = [sa.or_(here, EMPLOYEE.c.unit_id.is_(None)) if group.bank else here]
        for occurrence, first, last in group.spans:
            condition = sa.and_(*conditions, row.c.due_on.between(first, last))
            whens.append((condition, sa.literal(occurrence.key, sa.String)))
    return sa.case(*whens)


def _around(directory: UnitDirectory, day: date) -> Around[Any]:
    """The people around a row, as columns."""
    return Around(
        owner_id=OWNER.c.id,
        owner=sa.case((_there(OWNER, day), OWNER.c.id)),
        supervisor=sa.case((_there(SUPERVISOR, day), SUPERVISOR.c.id)),
        contact=lambda level: _contact(level, directory),
    )


def _there(person: Any, day: date) -> Any:
    return sa.or_(person.c.left_on.is_(None), person.c.left_on >= day)


def _contact(level: EscalationLevel, directory: UnitDirectory) -> Any:
    """Who is named for the unit of the row's owner: numbers alone, spelled out.

    As parameters they would be thousands in one statement, and to prepare those takes longer than to run it.
    """
    instead = directory.instead.get(level)
    otherwise = "NULL" if instead is None else str(int(instead))
    named = directory.contacts.get(level)
    if not named:
        return sa.cast(sa.literal_column(otherwise, sa.Integer), sa.Integer)
    whens = " ".join(f"WHEN {int(unit)} THEN {int(person)}" for unit, person in named.items())
    return sa.literal_column(f"CASE {EMPLOYEE.name}.unit_id {whens} ELSE {otherwise} END", sa.Integer)
