"""What can be found by its words: declared once, and kept in step in the transaction that changes it.

The triggers of `tables.py` say what is out of step; here its words are read and written anew: after each flush that
touches it, and before each commit for what other statements have changed. What a stage declares says of which texts
the words are; who may see what is found is said by the query that asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors

from rmhr.core import registry
from rmhr.core.db import Base
from rmhr.core.folding import says
from rmhr.core.search.tables import VIRTUAL, Watched, prepare
from rmhr.core.search.words import MOST_WORDS, has_words, words_in

#: Things whose words are written at once.
CHUNK = 500
#: In the notes of a session: that a statement may have changed what no flush knows of.
_TOUCHED = "search: touched"


def as_it_stands(text: str) -> str:
    """All words of a text."""
    return text


@dataclass(frozen=True, eq=False)
class Part:
    """Texts of a thing: columns of one table, and how that is joined to the thing's; None: it is the same table."""

    columns: tuple[Any, ...]
    on: Any = None
    among: Any = None  # of these rows alone; nothing that decides on it ever changes
    reads: Callable[[str], str] = as_it_stands  # what is indexed of a text

    @property
    def table(self) -> sa.Table:
        """Where the columns stand."""
        return self.columns[0].class_.__table__  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class Findable:
    """Things that are found by words. Raises ValueError where two are to stand in one table."""

    table: sa.Table  # made by `search_table` in rmhr/models/search.py
    of: type[Base]
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        registry.FINDABLES.add(self.table.name, self)

    def has(self, key: Any, typed: str) -> sa.ColumnElement[bool]:
        """Whether the thing whose id this column holds has all these words, the last one as a beginning."""
        return has_words(key, self.table, typed)

    def by(self, key: Any) -> Found:
        """The same as what a list is searched by."""
        return Found(self, key)

    @cached_property
    def watched(self) -> list[Watched]:
        """The tables whose writes concern these words."""
        own = self.of.__table__
        columns: dict[str, set[str]] = {own.name: set()}
        joined: dict[str, list[Any]] = {own.name: []}
        for part in self.parts:
            named = columns.setdefault(part.table.name, set())
            named.update(column.property.columns[0].name for column in part.columns)
            for column in _columns_of(part.on):
                columns.setdefault(column.table.name, set()).add(column.name)
                conditions = joined.setdefault(column.table.name, [])
                if column.table.name != own.name and part.on not in conditions:
                    conditions.append(part.on)
        columns[own.name].discard("id")
        tables = Base.metadata.tables
        return [Watched(tables[name], frozenset(columns[name]), tuple(joined[name])) for name in columns]

    def concerns(self, row: Any, whole: bool) -> bool:
        """Whether a row that is new or gone (`whole`), or what is other in it, may concern these words."""
        state = sa.inspect(row)
        for watched in self.watched:
            if state.mapper.local_table is watched.table:
                columns = [watched.table.c[name] for name in watched.columns]
                keys = [state.mapper.get_property_by_column(column).key for column in columns]
                return whole or any(state.attrs[key].history.has_changes() for key in keys)
        return False

    def refresh(self, connection: sa.Connection) -> int:
        """Write the words of everything that is out of step; says of how many."""
        stale = sa.select(self.table.c.id).where(self.table.c.words.is_(None)).limit(CHUNK)
        at: sa.BindParameter[int] = sa.bindparam("at")
        words = sa.bindparam("said", type_=self.table.c.words.type)
        change = sa.update(self.table).where(self.table.c.id == at).values(words=words)
        count = 0
        while ids := list(connection.scalars(stale)):
            texts = self._texts(connection, ids)
            connection.execute(change, [{"at": id, "said": words_in(texts[id])} for id in ids])
            count += len(ids)
            if len(ids) < CHUNK:
                break
        return count

    def _texts(self, connection: sa.Connection, ids: list[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {id: [] for id in ids}
        own = self.of.__table__.c.id
        for part in self.parts:
            query = sa.select(own, *part.columns).where(own.in_(ids))
            for condition in (part.on, part.among):
                query = query if condition is None else query.where(condition)
            for id, *values in connection.execute(query):
                found[id] += [part.reads(text) for value in values for text in _texts_of(value)]
        return found


@dataclass(frozen=True, eq=False)
class Found:
    """What a list is searched by: the words of the things to which a column points."""

    findable: Findable
    key: Any

    def has(self, typed: str) -> sa.ColumnElement[bool]:
        """Whether it has all these words, the last one as a beginning."""
        return self.findable.has(self.key, typed)


def says_all(typed: str, *searched: Any) -> sa.ColumnElement[bool]:
    """Whether each of these words stands in one of what is searched: columns, in any part of which, or a `Found`."""
    if len(searched) == 1 and isinstance(searched[0], Found):
        return searched[0].has(typed)
    return sa.and_(
        sa.true(),
        *(
            sa.or_(*(each.has(word) if isinstance(each, Found) else says(each, word) for each in searched))
            for word in typed.split()[:MOST_WORDS]
        ),
    )


def refresh(connection: sa.Connection) -> int:
    """Bring everything that is out of step into step; says how many things. One statement where nothing is."""
    kinds = list(registry.FINDABLES.values())
    queries = [
        sa.select(sa.literal(number)).where(sa.exists().where(each.table.c.words.is_(None)))
        for number, each in enumerate(kinds)
    ]
    stale = list(connection.scalars(sa.union_all(*queries))) if queries else []
    return sum(kinds[number].refresh(connection) for number in stale)


def fill(connection: sa.Connection) -> int:
    """Make what this version needs, and index what is not indexed yet: at the end of an upgrade."""
    prepare(connection)
    for each in registry.FINDABLES.values():
        own = each.of.__table__.c.id
        missing = sa.select(own, sa.null()).where(own.not_in(sa.select(each.table.c.id)))
        connection.execute(sa.insert(each.table).from_select(["id", "words"], missing))
    return refresh(connection)


def rebuild(connection: sa.Connection) -> int:
    """Index everything anew; says how many things."""
    for each in registry.FINDABLES.values():
        connection.execute(sa.delete(each.table))
    count = fill(connection)
    sweep(connection)
    return count


def sweep(connection: sa.Connection) -> None:
    """Let SQLite write its indexes anew without what is deleted: until then deleted words stand in them, unread."""
    if connection.dialect.name == "sqlite":
        for each in registry.FINDABLES.values():
            name = f"{VIRTUAL}{each.table.name}"
            connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def _columns_of(condition: Any) -> Iterator[sa.Column[Any]]:
    for part in visitors.iterate(condition) if condition is not None else ():
        if isinstance(part, sa.Column):
            yield part


def _texts_of(value: Any) -> Iterable[str]:
    """The texts of a column: one, or one in each language."""
    if isinstance(value, dict):
        return [str(text) for text in value.values()]
    return [str(value)] if value else []


@event.listens_for(Session, "after_flush")
def _after_flush(session: Session, _context: Any) -> None:
    rows = [(row, True) for row in (*session.new, *session.deleted)] + [(row, False) for row in session.dirty]
    for each in registry.FINDABLES.values():
        if any(each.concerns(row, whole) for row, whole in rows):
            each.refresh(session.connection())


@event.listens_for(Session, "do_orm_execute")
def _other_statements(state: Any) -> None:
    """A statement that changes rows without a flush: what it left out of step is looked for before the commit."""
    if state.is_select:
        return
    table = getattr(state.statement, "table", None)
    watched = {it.table.name for each in registry.FINDABLES.values() for it in each.watched}
    if table is None or table.name in watched:
        state.session.info[_TOUCHED] = True


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    if session.info.get(_TOUCHED) and not session.in_nested_transaction():
        session.flush()
        refresh(session.connection())
        session.info.pop(_TOUCHED)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _transaction: Any) -> None:
    if not session.in_transaction():
        session.info.pop(_TOUCHED, None)
