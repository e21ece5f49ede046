"""Letters that are alike: how text is kept, searched, compared and sorted, the same on both databases.

What people type differs where they mean the same: "Öster" may be one letter or two code points, a line may end in two
characters, and whoever looks for "celik" means Çelik. The server's locale plays no part in any of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from rmhr.core.letters import normal

#: How PostgreSQL calls the order of the Unicode Collation Algorithm, which German and English both follow; SQLite
#: is given one of the same name.
IN_ORDER = "und-x-icu"
#: Letters that no accent makes: one for one, and one for two.
SINGLE = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ς": "σ"}
DOUBLE = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
#: Accents as they stand behind their letter (Combining Diacritical Marks), first and last.
MARKS = (0x0300, 0x036F)
_LETTERS = str.maketrans({**SINGLE, **DOUBLE, **dict.fromkeys(map(chr, range(MARKS[0], MARKS[1] + 1)), "")})


def tidy(text: str) -> str:
    """A text as it is kept: each letter one character where there is one (NFC), each line ended by one."""
    return normal(text).replace("\r\n", "\n").replace("\r", "\n")


def folded(text: str) -> str:
    """A text without capitals and accents, for search and comparison: "celik" of "Çelik", "strasse" of "Straße"."""
    if text.isascii():
        return text.lower()
    return normal(text, "NFKD").lower().translate(_LETTERS)


def same_address(email: str) -> str:
    """An e-mail address as it is kept and looked for: no two accounts differ by capitals or code points alone."""
    return normal(normal(email, "NFKC").casefold(), "NFKC").strip()


@lru_cache(maxsize=65_536)
def in_order(text: str) -> tuple[str, str, str]:
    """What texts are sorted by, as German and English do: by letters, then accents, then small before capital."""
    return folded(text), normal(text.casefold(), "NFD"), text.swapcase()


class Folded(FunctionElement[str]):
    """`folded` of a column."""

    type = sa.Text()
    inherit_cache = True
    name = "folded"


def says(column: Any, word: str) -> sa.ColumnElement[bool]:
    """Whether the column contains the word, whatever its capitals and accents; % and _ are letters like others."""
    return Folded(column).contains(folded(word), autoescape=True)


def begins(column: Any, word: str) -> sa.ColumnElement[bool]:
    """Whether the column begins with the word, whatever its capitals and accents."""
    return Folded(column).startswith(folded(word), autoescape=True)


def rank(text: str, typed: str) -> int:
    """How well a text fits, the best 0: it is what is looked for, begins so, has a word that does, has it, or not."""
    said, wanted = folded(text), folded(" ".join(typed.split()))
    if said == wanted:
        return 0
    if said.startswith(wanted):
        return 1
    if f" {wanted}" in said:
        return 2
    return 3 if wanted in said else 4


def same(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Whether the column holds the same words, whatever their capitals and accents."""
    return Folded(column) == folded(text)


def by_name(column: Any) -> sa.ColumnElement[str]:
    """The column as lists of names are sorted by it."""
    return sa.collate(column, IN_ORDER)


def on_connect(connection: Any) -> None:
    """Give a connection of SQLite the function and the order."""
    connection.create_function("folded", 1, _folded_or_none, deterministic=True)
    connection.create_collation(IN_ORDER, _compared)


def _folded_or_none(text: Any) -> str | None:
    return None if text is None else folded(str(text))


def _compared(one: str, other: str) -> int:
    if one == other:
        return 0
    return -1 if in_order(one) < in_order(other) else 1


@compiles(Folded)
def _on_sqlite(element: Folded, compiler: Any, **given: Any) -> str:
    return f"folded({compiler.process(element.clauses, **given)})"


@compiles(Folded, "postgresql")
def _on_postgresql(element: Folded, compiler: Any, **given: Any) -> str:
    column = compiler.process(element.clauses, **given)
    said = f'lower(normalize(({column})::text, NFKD) COLLATE "{IN_ORDER}")'
    said = f"regexp_replace({said}, '[\u0300-\u036f]+', '', 'g')"
    said = f"translate({said}, '{''.join(SINGLE)}', '{''.join(SINGLE.values())}')"
    for letter, letters in DOUBLE.items():
        said = f"replace({said}, '{letter}', '{letters}')"
    return said
