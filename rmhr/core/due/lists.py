"""Lists of due things: a page of what somebody owes, counts of it, what they wait for, what was put off.

Each is one query over all sources, however many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import Rows, db
from rmhr.core.due import sources as due
from rmhr.core.due.sources import Due, Narrow
from rmhr.core.patterns import Pattern
from rmhr.models.today import Snooze

#: So many things stand on one page.
PAGE = 100
#: Counting across many people stops here: nobody reads the difference.
MOST = 10_000
#: The largest number that a database takes for an id.
LARGEST = 2**31 - 1

_KEY = Pattern(r"(\d{8})-(\d{1,10})-(\d{1,10})-([a-z0-9_.]+)")


@dataclass(frozen=True)
class Key:
    """Which thing it is, and whose: what an address or a form carries."""

    on: date
    subject_id: int
    owner_id: int
    source: str

    def __str__(self) -> str:
        return f"{self.on:%Y%m%d}-{self.subject_id}-{self.owner_id}-{self.source}"

    @classmethod
    def of(cls, thing: Due) -> Self:
        """The key of a thing."""
        return cls(thing.on, thing.subject_id, thing.owner_id, thing.source.name)

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """What `str()` wrote; None for anything else."""
        found = _KEY.fullmatch(text or "")
        if found is None or found[4] not in registry.SOURCES or max(int(found[2]), int(found[3])) > LARGEST:
            return None
        try:
            return cls(date.fromisoformat(found[1]), int(found[2]), int(found[3]), found[4])
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    """Some of what one person owes, soonest first, and where there is more."""

    things: Sequence[Due]
    before: bool = False
    after: bool = False


def page(
    user_id: int,
    until: date | None = None,
    *,
    after: Key | None = None,
    before: Key | None = None,
    most: int = PAGE,
) -> Page:
    """Returns what this person owes and has not put off, soonest first: at most `most` things from one on, or up to it.

    Each source gives no more than that many rows, in the order of its own index: thousands cost what a hundred do.
    """
    start, back = (before, True) if before is not None else (after, False)

    def mine(row: Any) -> list[sa.ColumnElement[bool]]:
        conditions = due.owed_by(user_id, until)(row)
        if start is not None:
            conditions.append(row.due_on <= start.on if back else row.due_on >= start.on)
        return conditions

    parts = []
    for each in registry.SOURCES.values():
        query = due.part(each, mine, awake=True)
        column = query.selected_columns
        if start is not None:
            here = sa.tuple_(column.due_on, sa.literal(each.name), column.subject_id)
            there = sa.tuple_(sa.literal(start.on), sa.literal(start.source), sa.literal(start.subject_id))
            query = query.where(here < there if back else here > there)
        parts.append(_first(query, ("due_on", "subject_id"), most + 1, back))
    found = _together(parts, ("due_on", "source", "subject_id"), most + 1, back)
    more, found = len(found) > most, found[:most]
    if back:
        return Page(found[::-1], before=more, after=True)
    return Page(found, before=start is not None, after=more)


def beginning(user_id: int, since: datetime, until: datetime) -> Due | None:
    """Returns what this person owes that begins at a time of day between these moments: the first. One query."""

    def begins(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.owner_id == user_id, row.starts_at.between(since, until)]

    timed = [each for each in registry.SOURCES.values() if "starts_at" in each.kinds]
    parts = [_first(due.part(each, begins, awake=True), ("starts_at", "subject_id"), 1) for each in timed]
    found = _together(parts, ("starts_at", "source", "subject_id"), 1)
    return found[0] if found else None


def _first(query: Rows, order: Sequence[str], most: int, back: bool = False) -> Rows:
    """The first rows of a part, in parentheses as every database takes them inside a UNION."""
    column = query.selected_columns
    keys = [column[name].desc() if back else column[name] for name in order]
    return sa.select(query.order_by(*keys).limit(most).subquery())


def _together(parts: Sequence[Rows], order: Sequence[str], most: int, back: bool = False) -> list[Due]:
    if not parts:
        return []
    rows = sa.union_all(*parts).subquery()
    keys = [rows.c[name].desc() if back else rows.c[name] for name in order]
    return [due.of(row) for row in db.session.execute(sa.select(rows).order_by(*keys).limit(most))]


class Span(StrEnum):
    """How near it is."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    BEYOND = "beyond"

    @classmethod
    def at(cls, on: date, sunday: date, horizon: date) -> Span:
        """Where a due date lies, seen from today."""
        today = clock.today()
        if on <= today:
            return cls.LATE if on < today else cls.TODAY
        return cls.WEEK if on <= sunday else cls.LATER if on <= horizon else cls.BEYOND


@dataclass(frozen=True)
class Counts:
    """How many things of which kind one person owes, and has not put off."""

    counts: Mapping[tuple[Span, str], int]

    def of(self, *spans: Span, source: str | None = None) -> int:
        """How many there are in these spans, of one kind or of all."""
        return sum(
            count for (span, name), count in self.counts.items() if span in spans and source in (None, name)
        )


def count_for(user_id: int, until: date | None = None) -> int:
    """Returns how many things this person owes and has not put off, up to and including `until`. One query."""
    sources = tuple(registry.SOURCES.values())
    if not sources:
        return 0
    return db.session.scalar(_counting(sources), {"person": user_id, "until": until or date.max}) or 0


@lru_cache(maxsize=8)
def _counting(_sources: tuple[due.Source, ...]) -> sa.Select[Any]:
    """The statement of `count_for`, made once: to put it together takes longer than to run it."""
    person, until = sa.bindparam("person", type_=sa.Integer()), sa.bindparam("until", type_=sa.Date())
    query = due.everything(
        lambda row: [row.owner_id == person, row.due_on <= until], awake=True, wanted=due.keys
    )
    assert query is not None
    return sa.select(sa.func.count()).select_from(query.subquery())


def counts(user_id: int, sunday: date, horizon: date) -> Counts:
    """Returns how much this person owes, by kind and by how soon it is due. One query."""
    query = due.everything(due.owed_by(user_id), awake=True, wanted=due.keys)
    if query is None:
        return Counts({})
    rows, today = query.subquery(), clock.today()
    span = sa.case(
        (rows.c.due_on < today, Span.LATE.value),
        (rows.c.due_on == today, Span.TODAY.value),
        (rows.c.due_on <= sunday, Span.WEEK.value),
        (rows.c.due_on <= horizon, Span.LATER.value),
        else_=Span.BEYOND.value,
    )
    placed = sa.select(rows.c.source, span.label("span")).subquery()
    counted = sa.select(placed.c.span, placed.c.source, sa.func.count()).group_by(
        placed.c.span, placed.c.source
    )
    return Counts({(Span(where), source): count for where, source, count in db.session.execute(counted)})


def find(key: Key) -> Due | None:
    """Returns that one thing; None where it is not owed any more."""

    def it(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.subject_id == key.subject_id, row.owner_id == key.owner_id, row.due_on == key.on]

    row = db.session.execute(due.part(registry.SOURCES[key.source], it)).first()
    return due.of(row) if row is not None else None


def put_off(user_id: int, most: int = PAGE) -> list[tuple[Due, date]]:
    """Returns what this person has put off, each with the day on which it is back, that soonest first."""
    parts = []
    for each in registry.SOURCES.values():
        if each.snooze:
            row = each.row
            query = sa.select(*due.columns(each, row), Snooze.until.label("until"))
            query = query.join_from(row, Snooze, due.held_back(each, row.c))
            parts.append(query.where(row.c.owner_id == user_id, Snooze.owner_id == user_id))
    if not parts:
        return []
    rows = sa.union_all(*parts).subquery()
    query = (
        sa.select(rows).order_by(rows.c.until, rows.c.due_on, rows.c.source, rows.c.subject_id).limit(most)
    )
    return [(due.of(row), row.until) for row in db.session.execute(query)]


def awaited_by(user_id: int, until: date, most: int) -> list[Due]:
    """Returns what others owe and this person waits for, soonest first: the first `most`."""

    def waits(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.waits_id == user_id, row.owner_id != user_id, row.due_on <= until]

    return _soonest([each for each in registry.SOURCES.values() if "waits_id" in each.kinds], waits, most)


def owed_by_any(
    people: Collection[int], until: date, most: int, *, personal: Collection[int] = ()
) -> list[Due]:
    """Returns what these people owe and have not put off, soonest first: the first `most`.

    Of what nobody can do for its owner, what those in `personal` owe instead.
    """
    parts = []
    for each in registry.SOURCES.values():
        owners = personal if each.personal else people
        if owners:
            query = due.part(each, _owed_until(owners, until), awake=True)
            parts.append(_first(query, ("due_on", "subject_id"), most))
    return _together(parts, ("due_on", "source", "subject_id"), most) if parts else []


def _owed_until(people: Collection[int], until: date) -> Narrow:
    return lambda row: [row.owner_id.in_(people), row.due_on <= until]


def late_of(people: Rows, before: date, most: int = PAGE) -> list[Due]:
    """Returns what these people (a SELECT of ids) owe since before that day: the `most` that are longest late."""
    return _soonest(
        registry.SOURCES.values(), lambda row: [row.owner_id.in_(people), row.due_on < before], most
    )


def _soonest(sources: Collection[due.Source], only: Narrow, most: int, *, awake: bool = False) -> list[Due]:
    parts = [_first(due.part(each, only, awake=awake), ("due_on", "subject_id"), most) for each in sources]
    return _together(parts, ("due_on", "source", "subject_id"), most)


def late_rows(people: Rows, before: date) -> sa.Subquery | None:
    """Returns (source, owner_id, due_on) of what these people owe since before that day, at most MOST."""
    query = due.everything(lambda row: [row.owner_id.in_(people), row.due_on < before], wanted=due.keys)
    return query.limit(MOST).subquery() if query is not None else None
