"""Rows for tests: one function per model with every default filled; a test says only what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def in_one_go() -> Iterator[None]:
    """Write all that is made in this block at its end. Inside, nothing has a number yet."""
    if _together.get():
        yield
        return
    token = _together.set(True)
    try:
        with audit.acting(SYSTEM, "tests.arrange"):
            yield
    finally:
        _together.reset(token)
    db.session.commit()


def together(make: Callable[P, T]) -> Callable[P, T]:
    """Write what this factory makes, and whatever it needs, in one go."""

    @wraps(make)
    def run(*args: P.args, **given: P.kwargs) -> T:
        with in_one_go():
            return make(*args, **given)

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
