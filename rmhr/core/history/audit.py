"""What happened, by whom: recorded with every write of an audited row, and shown as the history of a thing."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import MANYTOONE, ORMExecuteState, Session

from rmhr.core import clock
from rmhr.core.db import Audited, db
from rmhr.core.errors import WriteOutsideOperation
from rmhr.core.history import former_names, signing
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import User
from rmhr.models.applications import Applicant
from rmhr.models.system import ActorKind, AuditEntry

#: What the entry says of a column marked `info={"private": True}`: that it changed, not to what.
PRIVATE = ["(private)", "(private)"]
#: What the history calls it that something was read, see `core/history/reads.py`.
READ = "core.read"
BOOKKEEPING = {"id", "version", "created_at", "updated_at"}

#: Stands for a column in the entry of a row that was not changed itself, see `mention`.
MENTIONED = "(about)"
#: The same where a copy was kept of the row, see `core/history/records.py`.
VOUCHED = "(record)"


@dataclass(frozen=True)
class Acting:
    """Who is doing what, while it is being done."""

    actor: Actor
    action: str
    note: str = ""


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(actor: Actor, action: str, note: str = "") -> Iterator[None]:
    """Every audited write inside this block is by `actor`, doing `action`; all of it happens or none."""
    with db.session.begin_nested():
        token = _acting.set(Acting(actor, action, note))
        try:
            yield
            db.session.flush()
        finally:
            _acting.reset(token)


def _kind(actor: Actor) -> ActorKind:
    if isinstance(actor, User):
        return ActorKind.USER
    if isinstance(actor, Applicant):
        return ActorKind.APPLICANT
    if actor is SYSTEM:
        return ActorKind.SYSTEM
    raise TypeError(f"{actor!r} cannot act")


def _touched(session: Session) -> list[Any]:
    return [*session.new, *session.deleted, *filter(_is_changed, session.dirty)]


def _is_changed(row: Any) -> bool:
    """Whether the row itself will be written: a column, or what it points to. What points to it is no change of it."""
    state = sa.inspect(row)
    mapper = state.mapper
    own = [attribute.key for attribute in mapper.column_attrs]
    own += [each.key for each in mapper.relationships if each.direction is MANYTOONE]
    return any(state.attrs[key].history.has_changes() for key in own)


@event.listens_for(Session, "before_flush")
def _refuse(session: Session, _context: Any, _instances: Any) -> None:
    if _acting.get() is None:
        for row in _touched(session):
            if isinstance(row, Audited):
                raise WriteOutsideOperation(f"{row!r} was changed outside an operation")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper if state.is_update or state.is_delete else None
    if mapper is not None and issubclass(mapper.class_, Audited):
        raise WriteOutsideOperation("bulk UPDATE and DELETE would not be recorded; change rows one by one")


def tell(row: Any, changes: dict[str, list[Any]]) -> None:
    """Write an entry about a row into the history. Raises WriteOutsideOperation where nobody acts."""
    now = _acting.get()
    if now is None:
        raise WriteOutsideOperation(f"what happened to {row!r} can be told inside an operation only")
    db.session.connection().execute(sa.insert(AuditEntry.__table__), [as_entry(now, row, changes)])


def mention(row: Audited, about: str) -> None:
    """Tell what is being done, and about what, in the history of a row that it does not change itself.

    It is for what nothing else would show: an export, a part that is deleted. Raises WriteOutsideOperation where no
    operation is running.
    """
    tell(row, {MENTIONED: [None, about]})


def vouch(row: Any, said: str) -> None:
    """Write into the history of a row that a copy of it was kept, and the digest of the copy."""
    tell(row, {VOUCHED: [None, said]})


def vouched(subject_type: str, subject_id: int) -> set[str]:
    """What the history says of copies that were kept of a row."""
    changes = db.session.scalars(
        sa.select(AuditEntry.changes).where(
            AuditEntry.subject_type == subject_type, AuditEntry.subject_id == subject_id
        )
    )
    return {each[VOUCHED][1] for each in changes if VOUCHED in each}


def written_by(row: Any, columns: Iterable[str]) -> dict[str, str]:
    """{column: the action that wrote it last} of a row, as far as the history knows. One query."""
    wanted, found = set(columns), dict[str, str]()
    rows = db.session.execute(
        sa.select(AuditEntry.action, AuditEntry.changes)
        .where(AuditEntry.subject_type == row.__tablename__, AuditEntry.subject_id == row.id)
        .order_by(AuditEntry.id)
    )
    for action, changes in rows:
        found |= dict.fromkeys(wanted & changes.keys(), action)
    return found


def who_acts() -> tuple[ActorKind, int | None, str]:
    """(kind, id, name of the day) of whoever acts now. Raises WriteOutsideOperation where nobody does."""
    now = _acting.get()
    if now is None:
        raise WriteOutsideOperation("nobody acts: this belongs into an operation")
    return _kind(now.actor), now.actor.id, _name(now.actor)


def _name(actor: Any) -> str:
    """What a colleague is called on this day. Applicants are not named: the history outlives their data."""
    return actor.name if isinstance(actor, User) else ""


def as_entry(now: Acting, row: Any, changes: dict[str, list[Any]], nonce: str = "") -> dict[str, Any]:
    """What is inserted for a row, with its signature; `nonce`: see AuditEntry, one of its own where none is given."""
    made = {
        "at": clock.now(),
        "actor_kind": _kind(now.actor),
        "actor_id": now.actor.id,
        "actor_name": _name(now.actor),
        "action": now.action,
        "note": now.note,
        "subject_type": row.__tablename__,
        "subject_id": row.id,
        "changes": changes,
        "nonce": nonce or signing.nonce(),
    }
    return made | {"signature": signing.sign(said(AuditEntry(**made)))}


def said(entry: AuditEntry) -> list[Any]:
    """Everything that an entry says, as it is signed."""
    return [
        entry.nonce,
        entry.at.isoformat(),
        entry.actor_kind.value,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.changes,
        entry.note,
    ]


@event.listens_for(Session, "after_flush")
def _record(session: Session, _context: Any) -> None:
    now = _acting.get()
    if now is None:
        return
    rows: list[Any] = [row for row in _touched(session) if isinstance(row, Audited)]
    entries = [
        as_entry(now, row, changes) for row in rows if (changes := _changes(row, gone=row in session.deleted))
    ]
    if entries:
        session.connection().execute(sa.insert(AuditEntry.__table__), entries)


def _changes(row: Any, gone: bool) -> dict[str, list[Any]]:
    """{column: [before, after]} of what changed; of a deleted row, everything it was."""
    changes = {}
    state = sa.inspect(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key in BOOKKEEPING or not (gone or history.has_changes()):
            continue
        before = history.non_added() if gone else history.deleted
        after = [] if gone else history.added
        if _plain(before) == _plain(after):
            continue
        private = attribute.columns[0].info.get("private")
        changes[attribute.key] = PRIVATE if private else [_plain(before), _plain(after)]
    return changes


def _plain(values: Any) -> Any:
    """The first of a history's values as JSON can carry it."""
    value = values[0] if values else None
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, str, list)):
        return value
    return dict(value) if isinstance(value, dict) else str(value)


@dataclass(frozen=True)
class Entry:
    """One line of a history, ready to be read."""

    at: datetime
    action: str
    sentence: Any
    actor: str  # the name of that day, "Applicant" for any of them; empty for the product itself
    actor_now: str  # today's name, where it is another one
    note: str
    mark: bool  # a change of status
    about: tuple[str, ...] = ()  # which of several rows of one kind


#: A deed that touched more rows than this is told without their names.
NAMED = 3


def timeline(row: Any, *more: Any) -> list[Entry]:
    """What happened to these rows, newest first; of several of one kind it says to which. One query.

    Who has read what is sensitive stands in the whole history alone.
    """
    names = _names(more)
    ids = defaultdict(list)
    for each in (row, *more):
        ids[each.__tablename__].append(each.id)
    of = sa.or_(
        *(
            sa.and_(AuditEntry.subject_type == kind, AuditEntry.subject_id.in_(numbers))
            for kind, numbers in ids.items()
        )
    )
    query = (
        sa.select(AuditEntry, sa.func.coalesce(User.name, ""))
        .outerjoin(User, sa.and_(AuditEntry.actor_kind == ActorKind.USER, User.id == AuditEntry.actor_id))
        .where(of, AuditEntry.action != READ)
        .order_by(AuditEntry.id.desc())
    )
    # One deed that touched several rows, or one row twice, is one line.
    deeds: list[list[tuple[AuditEntry, str]]] = []
    for entry, name in db.session.execute(query):
        actor = str(ActorKind.APPLICANT.label) if entry.actor_kind is ActorKind.APPLICANT else name
        if deeds and _same_deed(deeds[-1][-1], (entry, actor)):
            deeds[-1].append((entry, actor))
        else:
            deeds.append([(entry, actor)])
    return [_told(deed, names) for deed in deeds]


def _names(rows: Iterable[Any]) -> dict[tuple[str, int], str]:
    """What each of these rows is called, by kind and id; only where there are several of its kind."""
    many = {kind for kind, count in Counter(each.__tablename__ for each in rows).items() if count > 1}
    return {
        (each.__tablename__, each.id): str(each.called_in_history)
        for each in rows
        if each.__tablename__ in many and each.called_in_history is not None
    }


def _told(deed: list[tuple[AuditEntry, str]], names: dict[tuple[str, int], str]) -> Entry:
    """A deed as one line: the row it was done to is named unless it was done to the thing itself, or to many."""
    entry, actor = deed[-1]
    said = [each.changes[MENTIONED][1] for each, _actor in reversed(deed) if MENTIONED in each.changes]
    about = dict.fromkeys(
        said or (names.get((each.subject_type, each.subject_id), "") for each, _actor in reversed(deed))
    )
    return Entry(
        at=entry.at,
        action=entry.action,
        sentence=former_names.sentence(entry.action),
        actor=entry.actor_name or actor,
        actor_now=actor if entry.actor_name not in ("", actor) else "",
        note=entry.note,
        mark=any("status" in each.changes or _is_first(each) for each, _actor in deed),
        about=tuple(about) if "" not in about and len(about) <= NAMED else (),
    )


def _is_first(entry: AuditEntry) -> bool:
    """Whether the row was made here: its first entry tells every column from nothing."""
    return not {MENTIONED, VOUCHED} & entry.changes.keys() and all(
        before in (None, PRIVATE[0]) for before, _after in entry.changes.values()
    )


def _same_deed(one: tuple[AuditEntry, str], other: tuple[AuditEntry, str]) -> bool:
    near = abs((one[0].at - other[0].at).total_seconds()) < 2
    return near and (one[0].action, one[0].note, one[1]) == (other[0].action, other[0].note, other[1])
