"""Words as they are indexed and looked for, the same on both databases.

Neither database splits or folds a text: each is given words. What is typed becomes a statement in the language of the
database here, made of nothing but such words, so no sign that somebody types is ever read as an operator.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from rmhr.core.folding import folded
from rmhr.core.letters import normal
from rmhr.core.patterns import Pattern

#: So many words are looked for.
MOST_WORDS = 8
#: A beginning of a word in Latin letters is looked for from so many on; a shorter one must be the whole word.
SHORTEST = 2
#: Letters of a word that count. PostgreSQL takes 2,046 bytes.
LONGEST = 48
#: Bytes of words of one thing. PostgreSQL takes 1,048,575.
MOST_BYTES = 900_000
#: What a word is made of, in any script. SQLite is told the same (rmhr/core/search/tables.py).
_WORD = Pattern(r"[\p{L}\p{N}\p{M}]+")
#: How German and Danish write these letters where a keyboard has none.
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def words_in(texts: Iterable[str]) -> list[str]:
    """Every word of the texts once, in each form in which it may be looked for: "Müller" as muller and mueller.

    Of what is too long for an index, the first words.
    """
    kept: set[str] = set()
    size = 0
    for text in texts:
        for word in (*_split(folded(text)), *(() if text.isascii() else _split(_written_out(text)))):
            if word not in kept:
                size += len(word.encode())
                if size > MOST_BYTES:
                    return sorted(
                        kept
                    )  # PostgreSQL takes minutes for many words in an order that suits it badly
                kept.add(word)
    return sorted(kept)


def asked(typed: str) -> list[tuple[str, ...]]:
    """The words that are looked for, each with its other forms; none where nothing that is typed is a word."""
    plain, written_out = _split(folded(typed)), _split(_written_out(typed))
    return [tuple(dict.fromkeys(forms)) for forms in zip(plain, written_out, strict=False)][:MOST_WORDS]


def _split(text: str) -> list[str]:
    return [word[:LONGEST] for word in _WORD.findall(text)]


def _written_out(text: str) -> str:
    return folded(text if text.isascii() else normal(text).lower().translate(_WRITTEN_OUT))


class Terms(sa.TypeDecorator[str]):
    """The words of one thing: on PostgreSQL its `tsvector`, on SQLite a text that FTS5 indexes. NULL: out of step."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """What the database stores."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        """Store words."""
        if value is None:
            return None
        return " ".join(f"'{word}'" if dialect.name == "postgresql" else word for word in value)


class _Asked(sa.TypeDecorator[str]):
    """What is looked for, in the language of the database: all words, the last one as a beginning."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:
        """Write it. Words have neither quotes nor backslashes."""
        if dialect.name == "postgresql":
            sign, after, either, both = "'", ":*", " | ", " & "
        else:
            sign, after, either, both = '"', " *", " OR ", " AND "
        said = []
        for number, forms in enumerate(value, 1):
            end = after if number == len(value) and _begins(forms[0]) else ""
            said.append(f"({either.join(f'{sign}{form}{sign}{end}' for form in forms)})")
        return both.join(said)

    def process_literal_param(self, value: Any, dialect: sa.Dialect) -> str:
        """The same, for a statement without parameters."""
        return self.process_bind_param(value, dialect)


def _begins(word: str) -> bool:
    """Whether the last word may be the beginning of one: in Chinese a single sign says enough."""
    return len(word) >= SHORTEST or not word.isascii()


class Has(FunctionElement[bool]):
    """Whether the thing with this id has the words, by its index: of (id, name of the table, what is asked)."""

    type = sa.Boolean()
    inherit_cache = True
    name = "has_words"

    def self_group(self, against: Any = None) -> Any:
        """As it is: compared with true, as other functions are among conditions, SQLite reads all things for it."""
        return self


def has_words(key: Any, table: sa.Table, typed: str) -> sa.ColumnElement[bool]:
    """Whether the thing with this id has all words of what somebody has typed, the last one as a beginning."""
    wanted = asked(typed)
    if not wanted:
        return sa.false()
    return Has(key, sa.literal_column(table.name), sa.literal(tuple(wanted), _Asked()))


@compiles(Has)
def _on_sqlite(element: Has, compiler: Any, **given: Any) -> str:
    key, table, wanted = (compiler.process(each, **given) for each in element.clauses)
    return f"{key} IN (SELECT rowid FROM fts_{table} WHERE fts_{table} MATCH {wanted})"


@compiles(Has, "postgresql")
def _on_postgresql(element: Has, compiler: Any, **given: Any) -> str:
    key, table, wanted = (compiler.process(each, **given) for each in element.clauses)
    return f"{key} IN (SELECT {table}.id FROM {table} WHERE {table}.words @@ CAST({wanted} AS tsquery))"
