"""Rows for tests: one function per model with every default filled; a test says only what it is about."""

from __future__ import annotations

from itertools import count
from typing import TypeVar

from rmhr.core import audit
from rmhr.core.db import db
from rmhr.core.policy import SYSTEM

T = TypeVar("T")
#: Numbers that make names and addresses unique.
numbers = count(1)


def save(row: T) -> T:
    """Put a row into the database as the arrangement of a test."""
    with audit.acting(SYSTEM, "tests.arrange"):
        db.session.add(row)
    db.session.commit()
    return row
