"""No page loads, one by one, what belongs to each of many things: its query asks for it at once.

Heard in every test. What a query has not loaded, a relation loads when somebody reaches for it; for one thing that is
what it is for, for each of a list it is a statement a row.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

#: So often a request may load the same relation by itself: for the few things that a page is about.
MOST = 3
_KEPT = "tests.loaded"


class LoadedOneByOne(AssertionError):
    """A relation was loaded for one thing after the other."""


def begin() -> None:
    """Watch every session of this process from now on."""
    event.listen(Session, "do_orm_execute", _count)


def _count(state: ORMExecuteState) -> None:
    owner = state.lazy_loaded_from if state.is_select else None
    if owner is None or not has_request_context():
        return
    path: Any = state.loader_strategy_path
    name = f"{owner.class_.__name__}.{path[-1].key if path is not None else '?'}"
    loaded: Counter[str] = request.environ.setdefault(_KEPT, Counter())
    loaded[name] += 1
    if loaded[name] > MOST:
        raise LoadedOneByOne(
            f"{request.path} loads {name} for one thing after the other: its query shall say so"
        )
