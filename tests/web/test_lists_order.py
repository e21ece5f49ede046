"""Every list that can grow begins by an index: no page of it sorts the whole table."""

from __future__ import annotations

from inspect import isfunction

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.registry import LISTS

#: Lists of what a bank has a bounded number of, by an order that no index serves. An index in the order of names
#: would need that order in each program that opens the file of SQLite, the one that copies it among them.
BOUNDED = {
    "accounts.people": "staff",
    "accounts.team": "staff",
    "team.index": "staff",
    "training.team": "staff",
    "careers.index": "open postings",
    "training.catalogue": "courses",
    "jobs.index": "open postings",
}


def _plan(query: sa.Select[int]) -> str:
    """How the database would go about it, however small the tables of a test are."""
    connection = db.session.connection()
    said = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "sqlite":
        return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}"))
    for way in ("seqscan", "bitmapscan"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {said}").scalars())


def _sorts_all(plan: str) -> bool:
    """Whether all rows are sorted: not only those that share a moment."""
    lines = [line.strip(" ->") for line in plan.splitlines()]
    return any(line.startswith(("USE TEMP B-TREE FOR ORDER BY", "Sort  ")) for line in lines)


@pytest.mark.parametrize("down", [False, True])
def test_each_list_begins_by_an_index(app, down):
    looked_at = set()
    with app.test_request_context():
        for name, declared in LISTS.items():
            sort = declared.sorts[declared.order.lstrip("-")]
            column, key = sort() if isfunction(sort) else sort, declared.key
            order = (column.desc(), key.desc()) if down else (column, key)
            plan = _plan(sa.select(key).order_by(*order).limit(51))
            if _sorts_all(plan):
                assert name in BOUNDED, f"{name} sorts its table:\n{plan}"
                looked_at.add(name)
    assert looked_at == set(BOUNDED)


def test_a_whole_sort_is_seen():
    """The order of names has no index."""
    column = next(iter(LISTS.values())).key
    assert _sorts_all(_plan(sa.select(column).order_by(sa.func.abs(column), column).limit(51)))
