"""What is owed, by whom, until when: each stage declares a SELECT, and this is the one list made of them.

Nothing due is stored: when the work is done the SELECT stops returning it, when a date moves it moves too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import Rows, UTCDateTime, db, spelled_out, this_day, written_out
from rmhr.core.due.keys import only as only_keys
from rmhr.core.due.reminder_steps import Occurrence, ReminderStep, occurrences, owner_steps
from rmhr.core.due.words import json_of, said_as
from rmhr.core.i18n import gettext
from rmhr.models.accounts import Role
from rmhr.models.today import Snooze

#: The columns that every source returns …
OWN = ("subject_id", "owner_id", "due_on")
#: … and those that it may return besides: since when it is owed, when it takes place, who waits for it.
#: All others are words for its sentences.
MORE: dict[str, Any] = {
    "since_on": sa.Date(),
    "starts_at": UTCDateTime(),
    "ends_at": UTCDateTime(),
    "waits_id": sa.Integer(),
}
Narrow = Callable[[Any], list[sa.ColumnElement[bool]]]
Wanted = Callable[..., list[Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """One kind of thing that is owed."""

    name: str  # "applications.screen"
    label: str  # what kind of thing it is, for preferences and rules: "Applications to screen"
    steps: tuple[ReminderStep, ...]  # when who is reminded, unless the bank has made a rule of its own
    text: str  # what: "Screen %(person)s"; a msgid, filled with the row's words when it is shown
    why: str  # whose wish it is and why it is mine
    verb: str  # the small button
    endpoint: str  # where it is done
    params: Mapping[str, str] = field(hash=False)  # URL value → column
    icon: str
    find: Callable[[], Rows]
    otherwise: str = ""  # what happens if it is not done: "Own client contact stays closed until then"
    otherwise_by: str = ""  # what makes that true: an action that is done then, or that is refused until then
    must: str = ""  # why its mail cannot be switched off; "": it can
    snooze: int = 0  # for how many days at the most it may be put off on Today; 0: not at all
    click: str = ""  # the endpoint of the transition that does it with one POST, where a click is enough
    click_params: Mapping[str, str] = field(default_factory=dict, hash=False)
    click_verb: str = ""  # the word on that button
    undo: str = ""  # the transition at the same endpoint that takes it back
    awaited: str = ""  # what it is for whoever waits for it (waits_id): "Scorecard for %(person)s"
    shared: Role | None = None  # whoever has this role may do it as well: a deputy, for instance
    personal: bool = (
        False  # nobody can do it for its owner: while they are away their supervisor is told, no deputy
    )

    @property
    def stage(self) -> str:
        """Whose it is: "applications"."""
        return self.name.split(".", 1)[0]

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences of its own steps."""
        return occurrences(self.steps)

    @cached_property
    def row(self) -> sa.Subquery:
        """Its SELECT as a table, made once: of the clock it asks by `core.db.this_day` and `this_moment`."""
        return written_out(spelled_out(self.find()), apart=self.name.replace(".", "_")).subquery()

    @cached_property
    def keys(self) -> sa.Subquery:
        """The same for a count of what is one person's: see core/due/keys.py."""
        return written_out(
            spelled_out(only_keys(self.find(), OWN)), apart=self.name.replace(".", "_")
        ).subquery()

    @cached_property
    def kinds(self) -> dict[str, Any]:
        """What the words are made of: a stored enumeration, date or moment is not what people read."""
        return {str(column.key): column.type for column in self.row.c}

    def said(self, name: str, value: Any) -> str:
        """A word of a row as the reader reads it."""
        return said_as(self.kinds.get(name), value)


def N_(message: str) -> str:
    """Marks a sentence for translation without translating it: it is filled in when it is shown."""
    return message


def source(
    name: str,
    *,
    label: str,
    remind_on: tuple[int, ...] = (),
    escalation: tuple[ReminderStep, ...] = (),
    text: str,
    why: str,
    verb: str,
    endpoint: str,
    params: Mapping[str, str] | None = None,
    icon: str = "check2-square",
    otherwise: str = "",
    otherwise_by: str = "",
    must: str = "",
    snooze: int = 0,
    click: str = "",
    click_params: Mapping[str, str] | None = None,
    click_verb: str = "",
    undo: str = "",
    awaited: str = "",
    shared: Role | None = None,
    personal: bool = False,
) -> Callable[[Callable[[], Rows]], Callable[[], Rows]]:
    """Register a SELECT that returns subject_id, owner_id, due_on and, under any other label, words.

    It may return the columns of `MORE` as well. `remind_on` are the calendar days around the due date on which the
    owner alone is reminded, `escalation` the steps that tell others too. `label`, `text`, `why`, `verb`, `otherwise`,
    `must`, `click_verb` and `awaited` are msgids given as `N_("…")`; `otherwise_by` names the action ("offers.expire")
    that the scheduler takes then, or that nobody can take before. Raises ValueError for a second source of that name
    and for one that never reminds anybody.
    """
    steps = (*owner_steps(*remind_on), *escalation)
    if not occurrences(steps):
        raise ValueError(f"the due source {name} never reminds anybody")

    def register(find: Callable[[], Rows]) -> Callable[[], Rows]:
        made = Source(
            name=name,
            label=label,
            steps=steps,
            text=text,
            why=why,
            verb=verb,
            endpoint=endpoint,
            params={"id": "subject_id"} if params is None else params,
            icon=icon,
            find=find,
            otherwise=otherwise,
            otherwise_by=otherwise_by,
            must=must,
            snooze=snooze,
            click=click,
            click_params=click_params or {"id": "subject_id"},
            click_verb=click_verb,
            undo=undo,
            awaited=awaited,
            shared=shared,
            personal=personal,
        )
        registry.SOURCES.add(name, made)
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
    since_on: date | None = None  # since when it is owed
    starts_at: datetime | None = None  # what takes place at a time of day: from …
    ends_at: datetime | None = None  # … until
    waits_id: int | None = None  # the colleague who waits for it

    @property
    def key(self) -> tuple[str, int, int, date]:
        """What makes it this one and no other."""
        return (self.source.name, self.subject_id, self.owner_id, self.on)

    @property
    def late(self) -> int:
        """Calendar days past the due date; negative while there is time."""
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
    def otherwise(self) -> str:
        """What happens if it is not done; "" where nothing but the reminders does."""
        return gettext(self.source.otherwise, **self._said()) if self.source.otherwise else ""

    @property
    def awaited(self) -> str:
        """What it is for whoever waits for it."""
        return gettext(self.source.awaited, **self._said()) if self.source.awaited else self.what

    @property
    def endpoint(self) -> str:
        """The page where it is done."""
        return self.source.endpoint

    @property
    def values(self) -> dict[str, Any]:
        """What that page's address needs."""
        return self._values(self.source.params)

    @property
    def click_values(self) -> dict[str, Any]:
        """What the address needs that does it with one click."""
        return self._values(self.source.click_params)

    def _values(self, params: Mapping[str, str]) -> dict[str, Any]:
        row = {"subject_id": self.subject_id, "owner_id": self.owner_id, **self.words}
        return {name: row[column] for name, column in params.items()}

    def _said(self) -> dict[str, str]:
        return {name: self.source.said(name, value) for name, value in self.words.items()}


@lru_cache(maxsize=1024)
def columns(each: Source, row: Any) -> list[Any]:
    """Returns what every source is asked for, in one order: (source, subject_id, owner_id, due_on, words, *MORE)."""
    words = {column.key: column for column in row.c if column.key not in (*OWN, *MORE)}
    return [
        sa.literal(each.name, sa.String, literal_execute=True).label("source"),
        row.c.subject_id.label("subject_id"),
        row.c.owner_id.label("owner_id"),
        row.c.due_on.label("due_on"),
        json_of(words).label("words"),
        *(
            (row.c[name] if name in row.c else sa.cast(sa.null(), type_)).label(name)
            for name, type_ in MORE.items()
        ),
    ]


@lru_cache(maxsize=1024)
def keys(each: Source, row: Any) -> list[Any]:
    """Returns what a count asks for: no words, which take time to be put together."""
    return [
        sa.literal(each.name, sa.String, literal_execute=True).label("source"),
        row.c.owner_id,
        row.c.due_on,
    ]


def held_back(each: Source, row: Any) -> sa.ColumnElement[bool]:
    """Returns the condition that a row of Snooze keeps this one off its owner's list today."""
    return sa.and_(
        Snooze.owner_id == row.owner_id,
        Snooze.source == sa.literal(each.name, sa.String, literal_execute=True),
        Snooze.subject_id == row.subject_id,
        Snooze.due_on == row.due_on,
        Snooze.until > this_day(),
    )


def part(
    each: Source, only: Narrow, *, awake: bool = False, wanted: Wanted = columns, few: bool = False
) -> Rows:
    """Returns one source as `wanted`, narrowed by `only`; `awake`: without what its owner has put off.

    `few`: the keys of one person's, of which there are so few that conditions are best asked of each.

    `only` is given the columns of the source and returns conditions, which thus reach its indexes.
    """
    row = each.keys if few else each.row
    query = sa.select(*wanted(each, row)).where(*only(row.c))
    if awake and each.snooze:
        query = query.where(~sa.select(Snooze.id).where(held_back(each, row.c)).exists())
    return query


def everything(
    only: Narrow = lambda _row: [],
    names: tuple[str, ...] | None = None,
    *,
    awake: bool = False,
    wanted: Wanted = columns,
) -> sa.CompoundSelect[Any] | None:
    """Returns all sources (or those in `names`) as one UNION ALL of `part`s; None where there is none."""
    chosen = [each for each in registry.SOURCES.values() if names is None or each.name in names]
    return union(chosen, only, awake=awake, wanted=wanted)


def union(
    chosen: Collection[Source],
    only: Narrow,
    *,
    awake: bool = False,
    wanted: Wanted = columns,
    few: bool = False,
) -> sa.CompoundSelect[Any] | None:
    """Returns these sources as one UNION ALL of `part`s; None where there is none."""
    parts = [part(each, only, awake=awake, wanted=wanted, few=few) for each in chosen]
    return sa.union_all(*parts) if parts else None


def of(row: Any) -> Due:
    """Returns a row of `everything` as the thing that it tells of."""
    more = {name: getattr(row, name) for name in MORE}
    return Due(registry.SOURCES[row.source], row.subject_id, row.owner_id, row.due_on, row.words, **more)


def for_person(user_id: int, until: date | None = None, *, awake: bool = True) -> list[Due]:
    """Returns what this person owes, soonest first, up to `until`; `awake`: and has not put off. One query."""
    query = everything(owed_by(user_id, until), awake=awake)
    found = [of(row) for row in db.session.execute(query)] if query is not None else []
    return sorted(found, key=lambda due: (due.on, due.source.name, due.subject_id))


def owed_by(user_id: int, until: date | None = None) -> Narrow:
    """Returns the condition that a person owes it, up to and including `until`."""
    return lambda row: [row.owner_id == user_id] + ([row.due_on <= until] if until else [])
