"""Whole numbers as addresses carry them: plain digits, and no more of them than a database counts with."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

#: The largest id that PostgreSQL gives out. A larger one is nobody's: the address leads nowhere (404).
LARGEST = 2**31 - 1


def whole(text: str | None, most: int = LARGEST) -> int | None:
    """The number, or None for anything else: also for "²", which Python calls a digit but does not read."""
    if not text or not (text.isascii() and text.isdecimal()) or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


class Id(IntegerConverter):
    """`<int:id>` in an address."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def init_app(app: Flask) -> None:
    """Every route's `<int:…>` is such a number. Before any route is registered."""
    app.url_map.converters["int"] = Id
