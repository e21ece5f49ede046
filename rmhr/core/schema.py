"""Whether a database has the tables that this version needs, and in one sentence what to do where it has not.

A database says which migration it has seen last. That is a claim: one that an unfinished version made calls itself
0001 as well. So the claim is held against what the catalogue really has: tables, columns with their types, keys,
unique constraints, indexes and checks by their names.
"""

from __future__ import annotations

import enum
import logging
import re
import time
from collections.abc import Callable, Collection, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.postgresql import TSVECTOR

from rmhr.core.db import db
from rmhr.version import VERSION

UPGRADE = "run `flask --app wsgi db upgrade`"
START_OVER = "restore a copy that a released version has made, or start with an empty database"
#: Seconds for which a bad answer is given again without another look.
PAUSE = 5.0
#: How the virtual tables begin by which SQLite finds words: `rmhr/core/search` makes them anew where they are missing.
WORDS = "fts_"
#: So many differences are enough to see what kind they are of.
TOLD = 5

log = logging.getLogger("rmhr.schema")


class State(enum.Enum):
    """What a database is to this version."""

    CURRENT = "current"
    EMPTY = "empty"
    BEHIND = "behind"
    AHEAD = "ahead"  # a newer version has upgraded it
    UNKNOWN = "unknown"  # it is not what it says
    UNWRITTEN = (
        "unwritten"  # the models have changed and no migration says how: only while somebody works on them
    )


@dataclass(frozen=True)
class Verdict:
    """What a look at a database found."""

    state: State
    revision: str  # the migration that it says it has seen last; "" where it says none
    words: str = ""  # one sentence: what is wrong, and what to do
    differences: tuple[str, ...] = ()  # between what is there and what should be

    @property
    def details(self) -> str:
        """The sentence, and below it a line for each of the first differences."""
        more = len(self.differences) - TOLD
        return "\n  ".join(
            [self.words, *self.differences[:TOLD], *([f"and {more} more"] if more > 0 else [])]
        )

    @property
    def is_fine(self) -> bool:
        """Whether this version can work on it."""
        return self.state is State.CURRENT

    @property
    def can_be_upgraded(self) -> bool:
        """Whether the migrations lead from it to what this version needs."""
        return self.state in (State.EMPTY, State.BEHIND)


class Fact(NamedTuple):
    """One thing that the catalogue has of a table; "" is the table itself."""

    table: str
    what: str


def newest(migrations: str) -> str:
    """The newest migration in that folder."""
    return _script(migrations).get_current_head() or ""


def look(connection: sa.Connection, migrations: str) -> Verdict:
    """Compare the database with what this version needs. Takes some tenths of a second; see Watch.

    `migrations` is the folder of the migrations.
    """
    script, here, head = _script(migrations), revision_of(connection), newest(migrations)
    if not here:
        return _unclaimed(connection)
    longest = connection.dialect.max_identifier_length
    steps = [step.revision for step in script.walk_revisions()]
    if here not in steps:
        words = (
            f"The database is at {here}, which rmhr {VERSION} does not know (it ends with {head}): "
            "start the newer version that upgraded it, or restore a copy from before."
        )
        return Verdict(State.AHEAD, here, words)
    if here == head and not (unlike := differences(connection, _by_models(longest))):
        return Verdict(State.CURRENT, here)
    if found := differences(connection, _by_steps(script, here, longest)):
        words = (
            f"The database says that it is at {here}, but its tables are not those of {here}: {START_OVER}."
        )
        return Verdict(State.UNKNOWN, here, words, found)
    if here == head:
        words = f"The models have changed since {here}: write the next migration with `flask --app wsgi db migrate`."
        return Verdict(State.UNWRITTEN, here, words, unlike)
    words = f"The database is at {here}, and rmhr {VERSION} needs {head}: keep a copy of it, then {UPGRADE}."
    return Verdict(State.BEHIND, here, words)


def revision_of(connection: sa.Connection) -> str:
    """The migration that the database says it has seen last; "" where it says none."""
    return ", ".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def _unclaimed(connection: sa.Connection) -> Verdict:
    ours = set(sa.inspect(connection).get_table_names()) & set(db.metadata.tables)
    if not ours:
        return Verdict(State.EMPTY, "", f"The database has no tables yet: {UPGRADE}.")
    words = f"The database has tables, but does not say which migration made them: {START_OVER}."
    return Verdict(State.UNKNOWN, "", words)


@contextmanager
def steps_of(context: MigrationContext) -> Iterator[None]:
    """Inside this block migrations can be run.

    A table that SQLite makes anew is read alone: with all that it points to, half of the schema would be read each
    time, and that would be half of the time of an upgrade.
    """
    with Operations.context(context) as operations:
        made: Any = operations
        alter = made.batch_alter_table
        made.batch_alter_table = lambda *args, **given: alter(
            *args, **given | {"reflect_kwargs": {"resolve_fks": False}}
        )
        yield


def differences(connection: sa.Connection, wanted: Set[Fact]) -> tuple[str, ...]:
    """What the database has otherwise than these facts say, each in a few words.

    Further tables, and further indexes that only make it quicker, are the bank's own business.
    """
    found = set(_facts(connection, {fact.table for fact in wanted}))
    missing = wanted - found
    absent = {fact.table for fact in missing if not fact.what}
    further = {fact for fact in found - wanted if not fact.what.startswith("index ")}
    said = {fact: f"no {fact.what} in {fact.table}" for fact in missing if fact.table not in absent}
    said |= {Fact(table, ""): f"no table {table}" for table in absent}
    said |= {fact: f"a further {fact.what} in {fact.table}" for fact in further}
    return tuple(said[fact] for fact in sorted(said, key=_what_tells_most))


def _what_tells_most(fact: Fact) -> tuple[bool, bool, Fact]:
    """Whole tables come before columns, and columns before all that is made of them."""
    return bool(fact.what), not fact.what.startswith("column "), fact


def facts_of(make: Callable[[sa.Connection], None], longest_name: int) -> frozenset[Fact]:
    """The facts of a new database in memory that `make` has filled with tables.

    Its names are as long as the other database can have them.
    """
    engine = sa.create_engine("sqlite://", max_identifier_length=longest_name)
    try:
        with engine.begin() as connection:
            make(connection)
            tables = {name for name in sa.inspect(connection).get_table_names() if not name.startswith(WORDS)}
            return frozenset(_facts(connection, tables))
    finally:
        engine.dispose()


@lru_cache(maxsize=2)
def _by_models(longest_name: int) -> frozenset[Fact]:
    return facts_of(db.metadata.create_all, longest_name)


@lru_cache(maxsize=8)
def _by_steps(script: ScriptDirectory, revision: str, longest_name: int) -> frozenset[Fact]:
    """What a database is once it has seen the migrations up to that one."""

    def make(connection: sa.Connection) -> None:
        # Constraints are named as the models name them.
        context = MigrationContext.configure(connection, opts={"target_metadata": db.metadata})
        with steps_of(context):
            for step in reversed(list(script.iterate_revisions(revision, "base"))):
                step.module.upgrade()

    return facts_of(make, longest_name)


def _facts(connection: sa.Connection, tables: Collection[str]) -> Iterator[Fact]:
    """What the catalogue has of these tables, said alike whichever database it is."""
    inspector = sa.inspect(connection)
    here = sorted(set(inspector.get_table_names()) & set(tables))
    if not here:
        return
    yield from (Fact(table, "") for table in here)
    kinds: tuple[tuple[Callable[..., Any], Callable[[Any], str]], ...] = (
        (inspector.get_multi_columns, _column),
        (inspector.get_multi_foreign_keys, _key),
        (inspector.get_multi_unique_constraints, _unique),
        (inspector.get_multi_indexes, _index),
        (inspector.get_multi_check_constraints, _check),
    )
    for read, said in kinds:
        for (_schema, table), things in read(filter_names=here).items():
            yield from (Fact(table, what) for thing in things if (what := said(thing)))
    for (_schema, table), key in inspector.get_multi_pk_constraint(filter_names=here).items():
        yield Fact(table, f"primary key on {', '.join(key['constrained_columns'])}")


def _column(column: Any) -> str:
    kind = column["type"]
    if isinstance(kind, TSVECTOR):  # how PostgreSQL keeps words
        kind = sa.Text()
    with suppress(NotImplementedError):  # of one database alone
        kind = kind.as_generic()
    return f"column {column['name']} {kind}{'' if column['nullable'] else ' NOT NULL'}"


def _key(key: Any) -> str:
    to = f"{key['referred_table']} ({', '.join(key['referred_columns'])})"
    deleted = key["options"].get("ondelete", "NO ACTION")
    return f"foreign key {key['name']} on {', '.join(key['constrained_columns'])} to {to} ON DELETE {deleted}"


def _unique(constraint: Any) -> str:
    return f"unique constraint {constraint['name']} on {', '.join(constraint['column_names'])}"


def _index(index: Any) -> str:
    if index.get("duplicates_constraint"):  # how PostgreSQL keeps a unique constraint
        return ""
    columns = ", ".join(str(name) for name in index["column_names"])
    return f"{'unique ' if index['unique'] else ''}index {index['name']} on {columns}"


def _check(check: Any) -> str:
    """Each database writes the condition in its own way; the words that it names are the same in all."""
    words = sorted(set(re.findall(r"'([^']*)'", check["sqltext"])))
    return f"check {check['name']} with {', '.join(words)}" if words else f"check {check['name']}"


@cache
def _script(migrations: str) -> ScriptDirectory:
    """The migrations in that folder; they do not change while the program runs."""
    return ScriptDirectory(migrations)


class Watch:
    """What this process knows of its database.

    Where it is fine, a further look only asks whether it is at the same migration still. Where it is not, it is
    looked at in full again after some seconds: an upgrade needs no restart.
    """

    def __init__(self, migrations: str) -> None:
        self.migrations = migrations
        self._last: Verdict | None = None
        self._again_at = 0.0

    @property
    def is_fine(self) -> bool:
        """Whether it was at the last look. Asks nobody."""
        return self._last is not None and self._last.is_fine

    def look(self, connection: sa.Connection) -> Verdict:
        """Look at it; what is wrong is logged once."""
        last = self._last
        lasts = last is not None and (last.is_fine or time.monotonic() < self._again_at)
        if last is not None and lasts and last.revision == revision_of(connection):
            return last
        self._last = verdict = look(connection, self.migrations)
        self._again_at = time.monotonic() + PAUSE
        if not verdict.is_fine and verdict != last:
            log.error(verdict.details)
        return verdict
