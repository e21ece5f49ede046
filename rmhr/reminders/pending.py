"""What is to be said and has not been said yet, as one statement per source: the set-based half of the engine.

Everything that can be worked out beforehand is: on which due dates a beat falls today, in each place. So the
database looks only at what has its day now, by the index of the due date, however much is open.
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
from rmhr.core.due.cadence import Beat
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Absence, Party, Reminder
from rmhr.models.today import Snooze
from rmhr.reminders import recipients
from rmhr.reminders.places import Atlas, Place
from rmhr.reminders.recipients import Around
from rmhr.reminders.rules.current import Cadence

#: For so many days after its last beat a thing is still reminded of, where that was not done: after downtime,
#: and where it was late when it came up. What is older has been on the Today page long enough.
CATCH_UP = timedelta(days=14)
ONE_DAY = timedelta(days=1)
#: As plain tables: a statement is built anew for every run.
USER, EMPLOYEE, ABSENCE = User.__table__, Employee.__table__, Absence.__table__
OWNER, SUPERVISOR, DEPUTY = (USER.alias(name) for name in ("owner", "supervisor", "deputy"))
#: What makes a reminder that one and no other, besides its recipient.
KEY = ("source", "subject_id", "owner_id", "due_on", "nudge")


class _AmongColumns:
    """Chooses among columns that hold ids of people, where NULL is nobody."""

    def first(self, *values: Any) -> Any:
        """Returns the first that is not NULL."""
        return sa.func.coalesce(*values, type_=sa.Integer)

    def unless(self, value: Any, other: Any) -> Any:
        """Returns the value; NULL where both are the same."""
        return sa.func.nullif(value, other, type_=sa.Integer)


AMONG_COLUMNS = _AmongColumns()
#: From which to which due date a beat is the latest that was reached.
Span = tuple[Beat, date, date]


@dataclass(frozen=True)
class Group:
    """Units where the same due dates have their day: usually all of them."""

    units: tuple[int, ...]
    bank: bool  # people without a unit, too
    spans: tuple[Span, ...]


def spans(beats: Sequence[Beat], on: date, region: str, since: date | None) -> Iterator[Span]:
    """For each beat the due dates (from, to) for which it is the latest one reached on `on`, if there are any.

    A beat whose day lies before `since` belonged to another rule, and was said then.
    """
    for beat, later in zip(beats, [*beats[1:], None], strict=True):
        last = beat.last_due(on, region)
        oldest = on - CATCH_UP
        if later is not None:
            first = later.last_due(on, region) + ONE_DAY
        else:
            first = beat.last_due(oldest - ONE_DAY, region) + ONE_DAY
        if since is not None:
            first = max(first, beat.last_due(since - ONE_DAY, region) + ONE_DAY)
        if first <= last:
            yield beat, first, last


def statement(cadence: Cadence, atlas: Atlas, days: Callable[[Place], date], day: date) -> Rows | None:
    """All that one source has to say: a row for each thing and each person who is to be told.

    `days` says which day it is in a place, `day` which it is in the bank. The columns are those of `due.columns`,
    then nudge, party, meant_id (for whom it is) and recipient_id (who is told: they or their deputy). None where
    nothing can have its day.
    """
    parts = []
    for party in Party:
        beats = [beat for beat in cadence.beats if party in beat.to]
        groups = _groups(beats, cadence.since, atlas, days) if beats else []
        if any(group.spans for group in groups):
            parts.append(_told(cadence.source, party, groups, atlas, day))
    if not parts:
        return None
    told = sa.union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    said = sa.select(Reminder.id).where(
        *(getattr(Reminder, name) == told.c[name] for name in KEY),
        Reminder.recipient_id == told.c.recipient_id,
    )
    return sa.select(told).where(~said.exists())


def _groups(
    beats: Sequence[Beat], since: date | None, atlas: Atlas, days: Callable[[Place], date]
) -> list[Group]:
    units: dict[tuple[Span, ...], list[int]] = defaultdict(list)
    found: dict[Place, tuple[Span, ...]] = {}

    def spans_of(place: Place) -> tuple[Span, ...]:
        if place not in found:
            found[place] = tuple(spans(beats, days(place), place.region, since))
        return found[place]

    for unit, place in atlas.places.items():
        units[spans_of(place)].append(unit)
    bank = spans_of(atlas.bank)
    units.setdefault(bank, [])
    return [Group(tuple(ids), key == bank, key) for key, ids in units.items()]


def _told(source: sources.Source, party: Party, groups: Sequence[Group], atlas: Atlas, day: date) -> Rows:
    row = source.row
    every = [span for group in groups for span in group.spans]
    meant = recipients.meant(party, _around(atlas, day), AMONG_COLUMNS)
    nudge = _nudge(row, groups)
    query = (
        sa.select(
            *sources.columns(source, row),
            nudge.label("nudge"),
            sa.literal(party.value, sa.String).label("party"),
            meant.label("meant_id"),
            recipients.told(meant, DEPUTY.c.id, AMONG_COLUMNS).label("recipient_id"),
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
            nudge.is_not(None),
            meant.is_not(None),
        )
    )
    if party is not Party.OWNER:
        return query
    put_off = sa.select(Snooze.id).where(
        Snooze.source == source.name,
        Snooze.owner_id == row.c.owner_id,
        Snooze.subject_id == row.c.subject_id,
        Snooze.due_on == row.c.due_on,
        Snooze.until > day,
    )
    return query.where(~put_off.exists())


def _nudge(row: Any, groups: Sequence[Group]) -> Any:
    """Which beat a row has reached, by where its owner works: its key, or NULL."""
    whens = []
    for group in groups:
        conditions = []
        if len(groups) > 1:
            here = EMPLOYEE.c.unit_id.in_(group.units)
            conditions = [sa.or_(here, EMPLOYEE.c.unit_id.is_(None)) if group.bank else here]
        for beat, first, last in group.spans:
            condition = sa.and_(*conditions, row.c.due_on.between(first, last))
            whens.append((condition, sa.literal(beat.key, sa.String)))
    return sa.case(*whens)


def _around(atlas: Atlas, day: date) -> Around[Any]:
    """The people around a row, as columns."""
    return Around(
        owner_id=OWNER.c.id,
        owner=sa.case((_there(OWNER, day), OWNER.c.id)),
        supervisor=sa.case((_there(SUPERVISOR, day), SUPERVISOR.c.id)),
        contact=lambda party: _contact(party, atlas),
    )


def _there(person: Any, day: date) -> Any:
    return sa.or_(person.c.left_on.is_(None), person.c.left_on >= day)


def _contact(party: Party, atlas: Atlas) -> Any:
    instead = sa.cast(sa.literal(atlas.instead.get(party), sa.Integer), sa.Integer)
    named = atlas.contacts.get(party)
    return sa.case(dict(named), value=EMPLOYEE.c.unit_id, else_=instead) if named else instead
