"""Kinds of files, what may be uploaded where, and how names and sizes are written."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from babel.lists import format_list
from babel.numbers import format_decimal

from rmhr.core.i18n import gettext, language
from rmhr.core.letters import normal
from rmhr.core.patterns import Pattern

LONGEST_NAME = 120  # characters, ending included
MB = 1024**2
KB = 1024
_KEEP_INVISIBLE = "\u200c\u200d"  # they join emoji and letters
_RESERVED = Pattern(r'[<>:"|?*]')  # Windows refuses to save them


@dataclass(frozen=True)
class Kind:
    """A type of file: `name` as in "PDF", the endings it may have (all that `name` names), its first
    bytes, who reads it.
    """

    name: str
    endings: tuple[str, ...]
    content_type: str
    begins: bytes = b""
    family: str = "text"


PDF = Kind("PDF", ("pdf",), "application/pdf", b"%PDF-", "pdf")
DOCX = Kind(
    "DOCX",
    ("docx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"PK\x03\x04",
    "zip",
)
ODT = Kind("ODT", ("odt",), "application/vnd.oasis.opendocument.text", b"PK\x03\x04", "zip")
TXT = Kind("TXT", ("txt",), "text/plain")


@dataclass(frozen=True)
class Allowed:
    """What may be uploaded at one place: which kinds, how large (bytes)."""

    kinds: tuple[Kind, ...]
    max_bytes: int

    @property
    def endings(self) -> str:
        """For the `accept` attribute of a file field: ".pdf,.docx"."""
        return ",".join(f".{ending}" for kind in self.kinds for ending in kind.endings)

    @property
    def kind_words(self) -> str:
        """ "PDF, DOCX, ODT or TXT", in the current language."""
        return str(format_list([kind.name for kind in self.kinds], style="or", locale=_locale()))

    @property
    def hint(self) -> str:
        """The sentence beside the field, in the current language."""
        return gettext("%(kinds)s, up to %(size)s.", kinds=self.kind_words, size=size_words(self.max_bytes))


CV = Allowed(kinds=(PDF, DOCX, ODT, TXT), max_bytes=10 * MB)


def clean_name(given: str) -> str:
    """The file's name without folders, invisible characters and what Windows refuses; umlauts and emoji stay.

    At most LONGEST_NAME characters, its ending kept. Empty when nothing is left.
    """
    name = normal(given).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if c in _KEEP_INVISIBLE or unicodedata.category(c)[0] != "C")
    name = " ".join(_RESERVED.sub("_", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        return stem[: LONGEST_NAME - len(ending) - 1].rstrip(". ") + dot + ending
    return name[:LONGEST_NAME]


def size_words(size: int) -> str:
    """A number of bytes for people, rounded up: "14 MB", "3.5 MB" ("3,5 MB" in German), "12 KB"."""
    if size < MB:
        return f"{max(math.ceil(size / KB), 1)} KB"
    tenths = math.ceil(size * 10 / MB)
    amount = tenths / 10 if tenths < 110 else math.ceil(tenths / 10)
    return f"{format_decimal(amount, '0.#', locale=_locale())} MB"


def _locale() -> str:
    return "en_GB" if language() == "en" else language()
