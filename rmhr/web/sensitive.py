"""Pages that show what is sensitive: whoever opens one stands in the history, once a thing and day.

`@sensitive` marks the view, below its route, and the view calls `shown` with what it shows. A GET changes nothing; this
one entry is written when the answer is made, and where it cannot be written there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g

from rmhr.core.db import reading
from rmhr.core.history import reads
from rmhr.web.auth import me

V = TypeVar("V", bound=Callable[..., Any])


def sensitive(view: V) -> V:
    """Mark a view as one that calls `shown`: tests/web/test_sensitive.py opens all of them."""
    view.sensitive = True  # type: ignore[attr-defined]
    return view


def shown(*things: Any, page: str = "") -> None:
    """Remember that this page shows these things, or a list to its reader, until the answer is made."""
    entries = [reads.entry(me(), thing, page) for thing in things or (me(),)]
    g.setdefault("shown", []).extend(entries)


def tell() -> None:
    """Write down what this request has shown; who calls it commits. A GET may not write anything else."""
    entries = g.pop("shown", [])
    if entries:
        reading.set(False)
        reads.keep(entries)
