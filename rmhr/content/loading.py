"""How starter content gets into the database, and stays in step with its files.

A stage brings what a file says with `in_step`: what is missing is added, what nobody has edited follows the file, and
what somebody has edited stays and is listed. `finished` says that the whole file is used: a key that nobody reads is a
mistake in it, since somebody wrote it down as a rule and nothing follows from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from rmhr.content import ContentError, Entry, read
from rmhr.core.db import Audited, db
from rmhr.core.history import audit

#: What an action is called that brings content: "training.load_content".
LOADS = ".load_content"

Row = TypeVar("Row", bound=Audited)


@dataclass(frozen=True)
class Loaded:
    """What became of a file: rows added, rows that follow it now, and what stays other than the file says."""

    added: int = 0
    updated: int = 0
    kept: tuple[str, ...] = ()  # "course aml: pass_mark"

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.added + other.added, self.updated + other.updated, self.kept + other.kept)


def in_step(
    model: type[Audited],
    wanted: Mapping[Any, Mapping[str, Any]],
    *,
    key: str | tuple[str, ...] = "code",
    of: type[Audited] | None = None,
    in_use: Collection[Audited] = (),
) -> Loaded:
    """Bring rows in step with {key: {column: value}}, inside `acting(SYSTEM, "<stage>.load_content")`.

    Several columns that make the key together are given as a tuple, and so is each key; where the rows are parts `of`
    those of another table, the first is a relationship, and each key begins with the code of the whole. What stands in
    the database alone stays: somebody may have added it. A column that somebody else than the loading wrote last is not
    touched, nor is any of a row `in_use`: it follows another time.
    """
    names = _several(key)
    wholes = by_code(of) if of else {}  # held, so that no row below asks for its own
    there = {tuple(getattr(row, name) for name in names): row for row in db.session.scalars(sa.select(model))}
    added, updated, kept = 0, 0, []
    for wanted_key, values in wanted.items():
        first, *rest = parts = _several(wanted_key)
        found = (wholes[first], *rest) if of else parts
        row = there.get(found)
        if row is None:
            db.session.add(model(**dict(zip(names, found, strict=True)), **values))
            added += 1
            continue
        other = [name for name, value in values.items() if getattr(row, name) != value]
        stays = set(other) if row in in_use else _edited(row, other)
        for name in other:
            if name not in stays:
                setattr(row, name, values[name])
        called = " ".join(str(getattr(part, "value", part)) for part in parts)
        kept += [f"{_named(model)} {called}: {name}" for name in other if name in stays]
        updated += len(other) > len(stays)
    db.session.flush()
    return Loaded(added, updated, tuple(kept))


def by_code(model: type[Row]) -> dict[str, Row]:
    """All rows of a table that has codes, by them."""
    return {row.code: row for row in db.session.scalars(sa.select(model))}  # type: ignore[attr-defined]


def finished(*names: str) -> None:
    """Raise ContentError where a key of these files was read by nobody: when the last reader of each has read it."""
    where = [each for name in names for each in unread(name)]
    if where:
        raise ContentError("; ".join(where))


def unread(name: str) -> list[str]:
    """What nobody has read of a file, each with its place."""
    return list(_unread(read(name)))


def _unread(value: Any) -> Iterable[str]:
    if isinstance(value, Entry):
        for key, each in dict.items(value):
            if key in value.read:
                yield from _unread(each)
            else:
                yield f"{value.place(key)}: nobody reads “{key}”"
    elif isinstance(value, list):
        for each in value:
            yield from _unread(each)


def _several(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _named(model: Any) -> str:
    return str(model.__tablename__).replace("_", " ")


def _edited(row: Audited, columns: list[str]) -> set[str]:
    """Those of these columns that were written last by somebody else than the loading."""
    last = audit.written_by(row, columns) if columns else {}
    return {name for name, action in last.items() if not action.endswith(LOADS)}
