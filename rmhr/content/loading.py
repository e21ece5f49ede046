"""How starter content gets into the database, and stays in step with its files.

A stage brings what a file says with `in_step`: what is missing is added, what nobody has edited follows the file, and
what somebody has edited stays and is listed. `finished` says that the whole file is used: a key that nobody reads is a
mistake in it, since somebody wrote it down as a rule and nothing follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rmhr.content import ContentError, Entry, read
from rmhr.core.db import Audited, db
from rmhr.core.history import audit

#: What an action is called that brings content: "training.load_content".
LOADS = ".load_content"


@dataclass(frozen=True)
class Loaded:
    """What became of a file: rows added, rows that follow it now, and what differs since somebody edited it."""

    added: int = 0
    updated: int = 0
    kept: tuple[str, ...] = ()  # "course gwg: pass_mark"

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.added + other.added, self.updated + other.updated, self.kept + other.kept)


def in_step(
    model: type[Audited],
    wanted: Mapping[Any, Mapping[str, Any]],
    *,
    key: str | tuple[str, ...] = "code",
) -> Loaded:
    """Bring rows in step with {key: {column: value}}, inside `acting(SYSTEM, "<stage>.load_content")`.

    Several columns that make the key together are given as a tuple, and so is each key. What stands in the database
    alone stays: somebody may have added it. A column that somebody else than the loading wrote last is not touched.
    """
    names = (key,) if isinstance(key, str) else key
    there = {_key(row, names): row for row in db.session.scalars(sa.select(model))}
    added, updated, kept = 0, 0, []
    for wanted_key, values in wanted.items():
        parts = (wanted_key,) if isinstance(key, str) else tuple(wanted_key)
        row = there.get(parts)
        if row is None:
            db.session.add(model(**dict(zip(names, parts, strict=True)), **values))
            added += 1
            continue
        other = [name for name, value in values.items() if getattr(row, name) != value]
        edited = _edited(row, other)
        for name in other:
            if name not in edited:
                setattr(row, name, values[name])
        called = " ".join(str(getattr(part, "value", part)) for part in parts)
        kept += [f"{_named(model)} {called}: {name}" for name in other if name in edited]
        updated += len(other) > len(edited)
    db.session.flush()
    return Loaded(added, updated, tuple(kept))


def finished(name: str) -> None:
    """Raise ContentError where a key of this file was read by nobody: at the end of `load` of its last reader."""
    where = unread(name)
    if where:
        raise ContentError("; ".join(where))


def unread(name: str) -> list[str]:
    """What nobody has read of a file, each with its place."""
    return list(_unread(read(name)))


def _unread(value: Any) -> Iterable[str]:
    if isinstance(value, Entry):
        for key in value.unread:
            yield f"{value.place(key)}: nobody reads “{key}”"
        for key in value.read:
            yield from _unread(dict.__getitem__(value, key))
    elif isinstance(value, list):
        for each in value:
            yield from _unread(each)


def _key(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _named(model: Any) -> str:
    return str(model.__tablename__).replace("_", " ")


def _edited(row: Audited, columns: list[str]) -> set[str]:
    """Those of these columns that were written last by somebody else than the loading."""
    last = audit.written_by(row, columns) if columns else {}
    return {name for name, action in last.items() if not action.endswith(LOADS)}
