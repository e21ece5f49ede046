"""Rows for tests: one function per model with every default filled; a test says only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from itertools import count
from typing import ParamSpec, TypeVar

from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM

T = TypeVar("T")
P = ParamSpec("P")
#: Numbers that make names and addresses unique, of equal length: no name is the beginning of another.
numbers = count(1001)


_together: ContextVar[bool] = ContextVar("together", default=False)


def together(make: Callable[P, T]) -> Callable[P, T]:
    """Write what this factory makes, and whatever it needs, in one go. Inside, nothing has a number yet."""

    @wraps(make)
    def run(*args: P.args, **given: P.kwargs) -> T:
        if _together.get():
            return make(*args, **given)
        token = _together.set(True)
        try:
            with audit.acting(SYSTEM, "tests.arrange"):
                row = make(*args, **given)
        finally:
            _together.reset(token)
        db.session.commit()
        return row

    return run


def save(row: T) -> T:
    """Put a row into the database as the arrangement of a test."""
    if _together.get():
        db.session.add(row)
        return row
    with audit.acting(SYSTEM, "tests.arrange"):
        db.session.add(row)
    db.session.commit()
    return row
