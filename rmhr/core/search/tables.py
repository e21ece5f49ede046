"""Where the words stand: a table for each kind of thing, its index, and the triggers that see every write.

A trigger empties the words of whatever was changed (NULL: out of step), whoever changed it by whichever statement; so
nothing is found by words that it has no more. `index.py` writes them anew. A thing that goes takes its words along by
its foreign key. None of this is read off by a comparison of tables: it is made by `prepare`, not by a migration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.sql import visitors

from rmhr.core import registry
from rmhr.core.db import Base
from rmhr.core.schema import WORDS
from rmhr.core.search.words import Terms

#: What the virtual tables of SQLite are called, and the triggers and functions of both.
VIRTUAL, TRIGGER = WORDS, "search_"
#: What is a letter of a word, as `words.py` has it. Words are there once each: no place in the text is kept of them.
FTS5 = """
    CREATE VIRTUAL TABLE fts_{0} USING fts5(words, content='{0}', content_rowid='id', detail=none, columnsize=0,
    prefix='2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")
"""
#: How the virtual table follows its table.
_GONE = "INSERT INTO fts_{0} (fts_{0}, rowid, words) SELECT 'delete', OLD.id, OLD.words WHERE OLD.words IS NOT NULL"
_CAME = "INSERT INTO fts_{0} (rowid, words) SELECT NEW.id, NEW.words WHERE NEW.words IS NOT NULL"


def search_table(of: type[Base], name: str = "") -> sa.Table:
    """The table for the words of things of a kind, by their id. `name`: where they have several such tables."""
    named = f"{name or of.__tablename__}_search"
    return sa.Table(
        named,
        Base.metadata,
        sa.Column(
            "id", sa.ForeignKey(of.__table__.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("words", Terms),
        sa.Index(
            f"ix_{named}_stale",
            "id",
            sqlite_where=sa.text("words IS NULL"),
            postgresql_where=sa.text("words IS NULL"),
        ),
        sa.Index(f"ix_{named}_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
        info={"derived": True},
    )


class Watched(NamedTuple):
    """A table whose writes concern the words of a kind of things: the columns, and the conditions that join it.

    No condition: it is the table of the things themselves.
    """

    table: sa.Table
    columns: frozenset[str]
    joined: tuple[sa.ColumnElement[bool], ...]


def is_derived(name: str | None) -> bool:
    """Whether a table of SQLite is a part of an index of words."""
    return bool(name) and str(name).startswith(VIRTUAL)


def compared(_thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """What Alembic compares: not what `prepare` makes, nor the index that PostgreSQL alone has."""
    return not (
        (kind == "table" and is_derived(name)) or (kind == "index" and str(name).endswith("_search_words"))
    )


def prepare(connection: sa.Connection) -> None:
    """Make index and triggers as this version has them; harmless where they are there."""
    for each in registry.FINDABLES.values():
        table = each.table.name
        if connection.dialect.name == "postgresql":
            # Beside the table, the planner would take reading all of them for cheap, and not look into the index.
            connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN words SET STORAGE MAIN")
            for watched in each.watched:
                for statement in _on_postgresql(each, watched):
                    connection.exec_driver_sql(statement)
            continue
        if f"{VIRTUAL}{table}" not in _names(connection, "table"):
            connection.exec_driver_sql(FTS5.format(table))
            connection.exec_driver_sql(f"INSERT INTO {VIRTUAL}{table} ({VIRTUAL}{table}) VALUES ('rebuild')")
        for statement in [*_followed(table), *(line for it in each.watched for line in _on_sqlite(each, it))]:
            connection.exec_driver_sql(statement)


def take_away(connection: sa.Connection) -> list[str]:
    """Drop the triggers of SQLite before its tables are made anew, which it refuses beside them; gives their text."""
    if connection.dialect.name != "sqlite":
        return []
    found = _names(connection, "trigger")
    ours = {name: text for name, text in found.items() if name.startswith(TRIGGER)}
    for name in ours:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return list(ours.values())


def put_back(connection: sa.Connection, triggers: Sequence[str]) -> None:
    """Make these triggers again, where the tables are there: an older version works on with its own."""
    there = set(_names(connection, "table")) if triggers else set()
    for text in triggers:
        if {word for word in text.replace("(", " ").split() if word.endswith("_search")} <= there:
            connection.exec_driver_sql(text)


def _names(connection: sa.Connection, kind: str) -> dict[str, str]:
    """The tables or triggers of an SQLite database, with their text."""
    rows = connection.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = :kind"), {"kind": kind}
    )
    return {str(name): str(text) for name, text in rows}


def _followed(table: str) -> list[str]:
    """The triggers by which the virtual table follows its table."""
    gone, came = _GONE.format(table), _CAME.format(table)
    does = {"INSERT": f"{came};", "DELETE": f"{gone};", "UPDATE OF words": f"{gone}; {came};"}
    made = []
    for what, then in does.items():
        name = f"{TRIGGER}{table}_{what.split()[0].lower()}"
        made += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {what} ON {table} BEGIN {then} END",
        ]
    return made


def _on_sqlite(each: Any, watched: Watched) -> list[str]:
    made = []
    for what, rows in _occasions(watched).items():
        name = f"{_name(each, watched)}_{what.lower()}"
        then = _all_emptied(each, watched, rows)
        when = _of_columns(what, watched)
        made += [
            f"DROP TRIGGER IF EXISTS {name}",
            f'CREATE TRIGGER {name} AFTER {when} ON "{watched.table.name}" BEGIN {then} END',
        ]
    return made


def _on_postgresql(each: Any, watched: Watched) -> list[str]:
    name, occasions = _name(each, watched), _occasions(watched)
    body = " ".join(
        f"IF TG_OP = '{what}' THEN {_all_emptied(each, watched, rows)} END IF;"
        for what, rows in occasions.items()
    )
    when = " OR ".join(_of_columns(what, watched) for what in occasions)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$",
        f'DROP TRIGGER IF EXISTS {name} ON "{watched.table.name}"',
        f'CREATE TRIGGER {name} AFTER {when} ON "{watched.table.name}" FOR EACH ROW EXECUTE FUNCTION {name}()',
    ]


def _name(each: Any, watched: Watched) -> str:
    return f"{TRIGGER}{each.table.name}_{watched.table.name}"


def _occasions(watched: Watched) -> dict[str, tuple[str, ...]]:
    """When words have to be emptied, and by which of the two rows that a trigger knows."""
    if not watched.joined:
        return {"INSERT": ("NEW",), "UPDATE": ("NEW",)}
    return {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def _of_columns(what: str, watched: Watched) -> str:
    columns = ", ".join(f'"{name}"' for name in sorted(watched.columns))
    return f"UPDATE OF {columns}" if what == "UPDATE" else what


def _all_emptied(each: Any, watched: Watched, rows: Iterable[str]) -> str:
    return " ".join(f"{line};" for row in rows for line in _emptied(each, watched, row))


def _emptied(each: Any, watched: Watched, row: str) -> list[str]:
    """The statements that empty the words of what this row of a trigger is a part of."""
    then = f"INSERT INTO {each.table.name} (id, words) {{}} ON CONFLICT (id) DO UPDATE SET words = NULL"
    if not watched.joined:
        return [then.format(f"SELECT {row}.id, NULL WHERE true")]
    return [then.format(_concerned(each, watched.table, on, row)) for on in watched.joined]


def _concerned(each: Any, table: sa.Table, on: sa.ColumnElement[bool], row: str) -> str:
    """The SELECT of the things that a row of that table is a part of."""

    def of_the_row(element: Any, **kw: Any) -> Any:
        if isinstance(element, sa.Column) and element.table.name == table.name:
            return sa.literal_column(f'{row}."{element.name}"')
        return None

    options: dict[str, Any] = {}
    joined: Any = visitors.replacement_traverse(on, options, of_the_row)
    things = each.of.__table__
    query = sa.select(things.c.id, sa.literal_column("NULL")).where(joined)
    return str(query.compile(compile_kwargs={"literal_binds": True})).replace("\n", " ")


@event.listens_for(Base.metadata, "after_create")
def _with_all_tables(metadata: sa.MetaData, connection: sa.Connection, **_given: Any) -> None:
    """Where all tables are made at once, as for tests, they are found by words from the beginning."""
    prepare(connection)
