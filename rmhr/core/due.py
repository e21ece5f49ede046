"""What is owed, by whom, until when: each stage declares a SELECT, and this is the one list made of them.

Nothing due is stored: when the work is done the SELECT stops returning it, when a date moves it moves too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from babel.dates import format_date

from rmhr.core import clock
from rmhr.core.db import Rows, UTCDateTime, db
from rmhr.core.duewords import json_of
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, gettext, language

#: The columns that every source returns; all others are words for its sentences.
OWN = ("subject_id", "owner_id", "due_on")
#: For so many days after its last nudge a thing is still nudged, where that was not done: after downtime, and
#: where it was late when it came up. What is older has been on the Today page long enough.
CATCH_UP = 14
#: "30 Nov", "30. Nov.": a date inside a sentence.
DAY = {"en": "d MMM", "de": "d. MMM"}

Narrow = Callable[[Any], list[sa.ColumnElement[bool]]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing that is owed."""

    name: str  # "applications.screen"
    nudge: tuple[int, ...]  # days after the due date on which the owner is reminded; negative is before it
    text: str  # what: "Screen %(person)s"; a msgid, filled with the row's words when it is shown
    why: str  # whose wish it is and why it is mine
    verb: str  # the small button
    endpoint: str  # where it is done
    params: Mapping[str, str] = field(hash=False)  # URL value → column
    icon: str
    find: Callable[[], Rows]

    def step(self, due_on: date, today: date) -> int | None:
        """The latest nudge reached: a week of downtime sends one mail and not five. None before the first."""
        return max((n for n in self.nudge if n <= (today - due_on).days), default=None)

    def window(self, on: date) -> tuple[date, date]:
        """The first and the last due date that can have a nudge to send on that day."""
        return on - timedelta(days=self.nudge[-1] + CATCH_UP), on - timedelta(days=self.nudge[0])

    @cached_property
    def kinds(self) -> dict[str, Any]:
        """What the words are made of: a stored enumeration, date or moment is not what people read."""
        return {str(column.key): column.type for column in self.find().selected_columns}

    def said(self, name: str, value: Any) -> str:
        """A word of a row as the reader reads it."""
        if value is None:
            return ""
        if isinstance(value, dict):
            return str(Words(value))
        kind = self.kinds.get(name)
        if isinstance(kind, sa.Enum) and isinstance(kind.enum_class, type):
            member = kind.enum_class(value)
            return str(member.label) if isinstance(member, LabelEnum) else str(value)
        if isinstance(kind, sa.Date):
            return _day(date.fromisoformat(value))
        if isinstance(kind, UTCDateTime):
            moment = clock.local(datetime.fromisoformat(value).replace(tzinfo=UTC))
            return f"{_day(moment.date())}, {moment:%H:%M}"
        return str(value)


def _day(value: date) -> str:
    return str(format_date(value, DAY[language()], locale=language()))


SOURCES: dict[str, Source] = {}


def N_(message: str) -> str:
    """Marks a sentence for translation without translating it: it is filled in when it is shown."""
    return message


def source(
    name: str,
    *,
    nudge: tuple[int, ...],
    text: str,
    why: str,
    verb: str,
    endpoint: str,
    params: Mapping[str, str] | None = None,
    icon: str = "check2-square",
) -> Callable[[Callable[[], Rows]], Callable[[], Rows]]:
    """Register a SELECT that returns subject_id, owner_id, due_on and, under any other label, words.

    `text`, `why` and `verb` are msgids given as `N_("…")`. Raises ValueError for a second source of that
    name and for one without a nudge.
    """
    if not nudge:
        raise ValueError(f"the due source {name} never reminds anybody")

    def register(find: Callable[[], Rows]) -> Callable[[], Rows]:
        if name in SOURCES:
            raise ValueError(f"two due sources are called {name}")
        SOURCES[name] = Source(
            name=name,
            nudge=tuple(sorted(nudge)),
            text=text,
            why=why,
            verb=verb,
            endpoint=endpoint,
            params=params or {"id": "subject_id"},
            icon=icon,
            find=find,
        )
        return find

    return register


@dataclass(frozen=True)
class Due:
    """One thing that one person owes."""

    source: Source
    subject_id: int
    owner_id: int
    on: date
    words: Mapping[str, Any] = field(hash=False)

    @property
    def late(self) -> int:
        """Days past the due date; negative while there is time."""
        return (clock.today() - self.on).days

    @property
    def what(self) -> str:
        """What is to be done, in the reader's language."""
        return gettext(self.source.text, **self._said())

    @property
    def why(self) -> str:
        """Why it is this person's."""
        return gettext(self.source.why, **self._said())

    @property
    def verb(self) -> str:
        """The word on the button."""
        return gettext(self.source.verb)

    @property
    def endpoint(self) -> str:
        """The page where it is done."""
        return self.source.endpoint

    @property
    def values(self) -> dict[str, Any]:
        """What that page's address needs."""
        row = {"subject_id": self.subject_id, "owner_id": self.owner_id, **self.words}
        return {name: row[column] for name, column in self.source.params.items()}

    def _said(self) -> dict[str, str]:
        return {name: self.source.said(name, value) for name, value in self.words.items()}


def part(each: Source, only: Narrow, *more: Any) -> Rows:
    """One source as (source, subject_id, owner_id, due_on, words, *more), narrowed by `only`.

    `only` is given the columns of the source and returns conditions, which thus reach its indexes.
    """
    row = each.find().subquery()
    return sa.select(
        sa.literal(each.name, sa.String).label("source"),
        row.c.subject_id.label("subject_id"),
        row.c.owner_id.label("owner_id"),
        row.c.due_on.label("due_on"),
        json_of({column.key: column for column in row.c if column.key not in OWN}).label("words"),
        *(make(row.c) for make in more),
    ).where(*only(row.c))


def everything(
    only: Narrow = lambda _row: [], names: tuple[str, ...] | None = None
) -> sa.CompoundSelect[Any] | None:
    """All sources (or those in `names`) as one UNION ALL of `part`s; None where there is none."""
    parts = [part(each, only) for each in SOURCES.values() if names is None or each.name in names]
    return sa.union_all(*parts) if parts else None


def of(row: Any) -> Due:
    """A row of `everything` as the thing that it tells of."""
    return Due(SOURCES[row.source], row.subject_id, row.owner_id, row.due_on, row.words)


def _sorted(found: list[Due]) -> list[Due]:
    return sorted(found, key=lambda due: (due.on, due.source.name, due.subject_id))


def for_person(user_id: int, until: date | None = None) -> list[Due]:
    """What this person owes, soonest first, up to and including `until`. One query."""

    def mine(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.owner_id == user_id] + ([row.due_on <= until] if until else [])

    query = everything(mine)
    return _sorted([of(row) for row in db.session.execute(query)]) if query is not None else []


def late_of(people: Rows, before: date, most: int = 100) -> list[Due]:
    """What these people (a SELECT of ids) owe since before that day: the `most` that are longest late."""
    query = everything(lambda row: [row.owner_id.in_(people), row.due_on < before])
    if query is None:
        return []
    rows = query.subquery()
    first = sa.select(rows).order_by(rows.c.due_on, rows.c.source, rows.c.subject_id).limit(most)
    return _sorted([of(row) for row in db.session.execute(first)])


def count_for(user_id: int, until: date | None = None, after: date | None = None) -> int:
    """How many things this person owes after `after`, up to and including `until`. One query."""

    def mine(row: Any) -> list[sa.ColumnElement[bool]]:
        conditions = [row.owner_id == user_id]
        if until is not None:
            conditions.append(row.due_on <= until)
        if after is not None:
            conditions.append(row.due_on > after)
        return conditions

    query = everything(mine)
    if query is None:
        return 0
    return db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
