"""Text as it is gathered, and the two ways in which gathering ends early."""

from __future__ import annotations

import time
from typing import Any

from .limits import ENOUGH_TEXT, ENOUGH_TIME

Answer = dict[str, Any]


class Enough(Exception):
    """There is more text than anybody will read, or no more time."""


class Damaged(Exception):
    """The file does not hold what its form promises."""


class Text:
    """The text gathered so far, in pieces."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.last = "\n"

    def add(self, piece: str) -> None:
        """Append; raises Enough when there is enough."""
        if not piece:
            return
        self.pieces.append(piece[:ENOUGH_TEXT])
        self.length += len(piece)
        self.last = piece[-1]
        if self.length > ENOUGH_TEXT or time.process_time() > ENOUGH_TIME:
            raise Enough

    def new_line(self) -> None:
        """Begin a line, unless one has just begun."""
        if self.last != "\n":
            self.add("\n")

    def __str__(self) -> str:
        return "".join(self.pieces)


def found(kind: str, text: str, pages: int | None = None) -> Answer:
    """The answer for a file that could be read; the parent finds out whether there are words in it."""
    return {"state": "found", "kind": kind, "text": text[:ENOUGH_TEXT], "pages": pages}
