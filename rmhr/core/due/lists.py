"""Lists of due things: a page of what somebody owes, counts of it, what they wait for, what was put off.

Each is one query over all sources, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Self, cast

import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import Rows, UTCDateTime, db, spelled_out, this_day, written_out
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


Sources = tuple[due.Source, ...]
P = ParamSpec("P")


def kept(
    make: Callable[Concatenate[Sources, P], Rows | None],
) -> Callable[Concatenate[Sources, P], Rows | None]:
    """A statement over these sources is made once: to put it together takes many times as long as to run it.

    What differs from one run to the next are its parameters. It is kept as the text that the database gets.
    """

    @wraps(make)
    def made(wanted: Sources, *how: P.args, **more: P.kwargs) -> Any:
        query = make(wanted, *how, **more)
        return written_out(spelled_out(query)) if query is not None else None

    return cast("Callable[Concatenate[Sources, P], Rows | None]", lru_cache(maxsize=64)(made))


def sources() -> Sources:
    """All due sources, as what a `kept` statement is made for."""
    return tuple(registry.SOURCES.values())


def _given(name: str, type_: Any = None) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=type_ or sa.Integer())


#: The parameters of the statements below: whose it is, until when it is due, how many rows.
PERSON, UNTIL, MOST_ROWS = _given("person"), _given("until", sa.Date()), _given("most")


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
    names: Collection[str] | None = None,
) -> Page:
    """Returns what this person owes and has not put off, soonest first: at most `most` things from one on, or up to it.

    Each source gives no more than that many rows, in the order of its own index: thousands cost what a hundred do.
    `names`: the sources of which there is anything, where that is known.
    """
    start, back = (before, True) if before is not None else (after, False)
    values: dict[str, Any] = {"person": user_id, "until": until or date.max, "most": most + 1}
    if start is not None:
        values |= {"start_on": start.on, "start_source": start.source, "start_id": start.subject_id}
    wanted = tuple(each for each in sources() if names is None or each.name in names)
    found = _found(_paging(wanted, start is not None, back), values)
    more, found = len(found) > most, found[:most]
    if back:
        return Page(found[::-1], before=more, after=True)
    return Page(found, before=start is not None, after=more)


@kept
def _paging(wanted: Sources, starts: bool, back: bool) -> Rows | None:
    on, source, id = _given("start_on", sa.Date()), _given("start_source", sa.String()), _given("start_id")

    def mine(row: Any) -> list[sa.ColumnElement[bool]]:
        conditions = [row.owner_id == PERSON, row.due_on <= UNTIL]
        return [*conditions, row.due_on <= on if back else row.due_on >= on] if starts else conditions

    parts = []
    for each in wanted:
        query = due.part(each, mine, awake=True)
        column = query.selected_columns
        if starts:
            here = sa.tuple_(column.due_on, sa.literal(each.name), column.subject_id)
            there = sa.tuple_(on, source, id)
            query = query.where(here < there if back else here > there)
        parts.append(_first(query, ("due_on", "subject_id"), back))
    return _together(parts, ("due_on", "source", "subject_id"), back)


def beginning(user_id: int, since: datetime, until: datetime, names: Collection[str]) -> Due | None:
    """Returns what this person owes that begins at a time of day between these moments: the first. One query.

    Of these sources; none where nothing of them takes place at a time of day.
    """
    timed = tuple(each for each in sources() if each.name in names and "starts_at" in each.kinds)
    values = {"person": user_id, "since": since, "begins_until": until, "most": 1}
    found = _found(_beginning(timed), values)
    return found[0] if found else None


@kept
def _beginning(wanted: Sources) -> Rows | None:
    since, until = _given("since", UTCDateTime()), _given("begins_until", UTCDateTime())

    def begins(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.owner_id == PERSON, row.starts_at.between(since, until)]

    order = ("starts_at", "source", "subject_id")
    return _together(
        [_first(due.part(each, begins, awake=True), ("starts_at", "subject_id")) for each in wanted], order
    )


def _first(query: Rows, order: Sequence[str], back: bool = False) -> Rows:
    """The first rows of a part, in parentheses as every database takes them inside a UNION."""
    column = query.selected_columns
    keys = [column[name].desc() if back else column[name] for name in order]
    return sa.select(query.order_by(*keys).limit(MOST_ROWS).subquery())


def _together(parts: Sequence[Rows], order: Sequence[str], back: bool = False) -> Rows | None:
    if not parts:
        return None
    rows = sa.union_all(*parts).subquery()
    keys = [rows.c[name].desc() if back else rows.c[name] for name in order]
    return sa.select(rows).order_by(*keys).limit(MOST_ROWS)


def _found(query: Rows | None, values: Mapping[str, Any]) -> list[Due]:
    return [due.of(row) for row in db.session.execute(query, values)] if query is not None else []


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

    @property
    def sources(self) -> set[str]:
        """The names of the sources of which there is anything."""
        return {name for _span, name in self.counts}

    def of(self, *spans: Span, source: str | None = None) -> int:
        """How many there are in these spans, of one kind or of all."""
        return sum(
            count for (span, name), count in self.counts.items() if span in spans and source in (None, name)
        )


def count_for(user_id: int, until: date | None = None) -> int:
    """Returns how many things this person owes and has not put off, up to and including `until`. One query."""
    query = _counting(sources())
    values = {"person": user_id, "until": until or date.max}
    return db.session.scalar(query, values) or 0 if query is not None else 0


@kept
def _counting(wanted: Sources) -> Rows | None:
    query = _owed(wanted)
    return sa.select(sa.func.count()).select_from(query.subquery()) if query is not None else None


def _owed(wanted: Sources) -> sa.CompoundSelect[Any] | None:
    """What PERSON owes up to UNTIL and has not put off, as keys."""

    def mine(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.owner_id == PERSON, row.due_on <= UNTIL]

    return due.union(wanted, mine, awake=True, wanted=due.keys, few=True)


def counts(user_id: int, sunday: date, horizon: date) -> Counts:
    """Returns how much this person owes, by kind and by how soon it is due. One query."""
    query = _counts(sources())
    values = {"person": user_id, "until": date.max, "sunday": sunday, "horizon": horizon}
    found = db.session.execute(query, values) if query is not None else ()
    return Counts({(Span(where), source): count for where, source, count in found})


@kept
def _counts(wanted: Sources) -> Rows | None:
    query = _owed(wanted)
    if query is None:
        return None
    rows, today = query.subquery(), this_day()
    span = sa.case(
        (rows.c.due_on < today, Span.LATE.value),
        (rows.c.due_on == today, Span.TODAY.value),
        (rows.c.due_on <= _given("sunday", sa.Date()), Span.WEEK.value),
        (rows.c.due_on <= _given("horizon", sa.Date()), Span.LATER.value),
        else_=Span.BEYOND.value,
    )
    placed = sa.select(rows.c.source, span.label("span")).subquery()
    return sa.select(placed.c.span, placed.c.source, sa.func.count()).group_by(placed.c.span, placed.c.source)


def find(key: Key) -> Due | None:
    """Returns that one thing; None where it is not owed any more."""

    def it(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.subject_id == key.subject_id, row.owner_id == key.owner_id, row.due_on == key.on]

    row = db.session.execute(due.part(registry.SOURCES[key.source], it)).first()
    return due.of(row) if row is not None else None


def put_off(user_id: int, most: int = PAGE) -> list[tuple[Due, date]]:
    """Returns what this person has put off, each with the day on which it is back, that soonest first. One query."""
    query = _put_off(tuple(each for each in sources() if each.snooze))
    found = db.session.execute(query, {"person": user_id, "most": most}) if query is not None else ()
    return [(due.of(row), row.until) for row in found]


@kept
def _put_off(wanted: Sources) -> Rows | None:
    parts = []
    for each in wanted:
        row = each.row
        query = sa.select(*due.columns(each, row), Snooze.until.label("until"))
        query = query.join_from(row, Snooze, due.held_back(each, row.c))
        parts.append(query.where(row.c.owner_id == PERSON, Snooze.owner_id == PERSON))
    return _together(parts, ("until", "due_on", "source", "subject_id"))


def awaited_rows(wanted: Sources) -> sa.Subquery | None:
    """Returns what others owe and PERSON waits for up to UNTIL: the first MOST_ROWS, as a table. Of these sources.

    For a statement that is `kept`.
    """
    query = _awaited(tuple(each for each in wanted if "waits_id" in each.kinds))
    return query.subquery() if query is not None else None


@kept
def _awaited(wanted: Sources) -> Rows | None:
    return _soonest(wanted, lambda row: [row.waits_id == PERSON, row.owner_id != PERSON, row.due_on <= UNTIL])


def owed_by_any(
    people: Collection[int], until: date, most: int, *, personal: Collection[int] = ()
) -> list[Due]:
    """Returns what these people owe and have not put off, soonest first: the first `most`. One query.

    Of what nobody can do for its owner, what those in `personal` owe instead.
    """
    values = {"people": list(people), "personal": list(personal), "until": until, "most": most}
    wanted = tuple(each for each in sources() if (personal if each.personal else people))
    return _found(_owed_by_any(wanted), values)


@kept
def _owed_by_any(wanted: Sources) -> Rows | None:
    parts = []
    for each in wanted:
        owners = sa.bindparam("personal" if each.personal else "people", expanding=True, type_=sa.Integer())
        query = due.part(each, _owed_until(owners), awake=True)
        parts.append(_first(query, ("due_on", "subject_id")))
    return _together(parts, ("due_on", "source", "subject_id"))


def _owed_until(people: sa.BindParameter[Any]) -> Narrow:
    return lambda row: [row.owner_id.in_(people), row.due_on <= UNTIL]


def late_of(people: Collection[int], most: int = PAGE) -> list[Due]:
    """Returns what these people owe since before today: the `most` that are longest late. One query."""
    return _found(_late_of(sources()), {"people": list(people), "most": most})


@kept
def _late_of(wanted: Sources) -> Rows | None:
    people = sa.bindparam("people", expanding=True, type_=sa.Integer())
    return _soonest(wanted, lambda row: [row.owner_id.in_(people), row.due_on < this_day()])


def _soonest(wanted: Sources, only: Narrow) -> Rows | None:
    parts = [_first(due.part(each, only), ("due_on", "subject_id")) for each in wanted]
    return _together(parts, ("due_on", "source", "subject_id"))


def late_rows(people: Rows, wanted: Sources) -> sa.Subquery | None:
    """Returns (source, owner_id, due_on) of what these people owe since before today, at most MOST.

    For a statement that is `kept`; `people` is a SELECT of ids.
    """
    query = due.union(
        wanted, lambda row: [row.owner_id.in_(people), row.due_on < this_day()], wanted=due.keys
    )
    return query.limit(MOST).subquery() if query is not None else None
