"""A source's SELECT as a count of one person's things asks for it: keys alone, other tables only where a row is found.

A statement over all sources opens the tables of all of them before it has found anything, and SQLite takes the longer
for each the more of them are open: for sixty sources that is most of the time. What merely says whether a row counts
(that its plan is active, that its person is still here) is therefore asked of the rows that an index has found, by
EXISTS.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

from rmhr.core.db import Rows


def only(query: Rows, names: Collection[str]) -> Rows:
    """Returns the same rows with the columns of these names alone, in the order in which they stand there."""
    shown = [column for column in query.selected_columns if column.key in names]
    [source, *others] = query.get_final_froms()
    if others or _is_shaped(query):
        rows = query.subquery()
        return sa.select(*(column for column in rows.c if column.key in names))
    parts = _parts(source) if query.whereclause is None else None
    if parts is not None:
        return sa.select(sa.union_all(*(only(part, names) for part in parts)).subquery())
    return _looking_later(source, shown, _each(query.whereclause))


def _is_shaped(query: Any) -> bool:
    """Whether it is more than rows that fulfil conditions: grouped, ordered, limited, or about an outer row."""
    shaped = (query._group_by_clauses, query._having_criteria, query._order_by_clauses, query._distinct)
    return any(shaped) or query._has_row_limiting_clause or bool(query._correlate)


def _parts(rows: Any) -> list[Rows] | None:
    """The SELECTs of which a UNION ALL is made; None for anything else."""
    union: Any = rows.element if isinstance(rows, sa.Subquery) else None
    if not isinstance(union, sa.CompoundSelect) or union.keyword.name != "UNION_ALL":
        return None
    selects: list[Any] = list(union.selects)
    return selects


def _each(clause: Any) -> list[Any]:
    """The conditions that must all hold."""
    if clause is None:
        return []
    if isinstance(clause, sa.BooleanClauseList) and clause.operator is operators.and_:
        return [each for part in clause.clauses for each in _each(part)]
    return [clause]


def _looking_later(source: Any, shown: Sequence[Any], conditions: list[Any]) -> Rows:
    """The columns shown, where the tables that are joined only for a condition are looked at for each row found."""
    later: list[sa.Join] = []
    for join in _joins(source):
        kept = [other.onclause for other in _joins(source) if other is not join and other not in later]
        if _finds_one(join) and not _is_asked(join.right, [*shown, *kept]):
            later.append(join)
    if not later:
        return sa.select(*shown).select_from(source).where(*conditions)
    tables = [join.right for join in later]
    theirs = [each for each in conditions if any(_is_asked(table, [each]) for table in tables)]
    near = [each for each in conditions if not any(each is one for one in theirs)]
    for join in later:
        source = _taken_out(source, join)
    links: list[Any] = [join.onclause for join in later]
    here = _tables(source)
    there = sa.select(sa.literal(1)).select_from(*tables).where(*links, *theirs)
    return sa.select(*shown).select_from(source).where(*near, there.correlate(*here).exists())


def _joins(source: Any) -> Iterator[sa.Join]:
    """From the right: what another table's join asks for comes after it."""
    if isinstance(source, sa.Join):
        yield source
        yield from _joins(source.left)


def _tables(source: Any) -> list[Any]:
    return [*_tables(source.left), source.right] if isinstance(source, sa.Join) else [source]


def _taken_out(source: Any, join: sa.Join) -> Any:
    if source is join:
        return source.left
    left = _taken_out(source.left, join)
    return type(source)(left, source.right, source.onclause, isouter=source.isouter, full=source.full)


def _is_asked(table: Any, used: Sequence[Any]) -> bool:
    """Whether a column of this table stands anywhere in these expressions."""
    return any(
        isinstance(part, sa.ColumnClause) and part.table == table
        for each in used
        for part in visitors.iterate(each)
    )


def _finds_one(join: sa.Join) -> bool:
    """Whether a row finds by this join one row on the right at the most, by its key."""
    on: Any = join.onclause
    if (
        join.isouter
        or join.full
        or not isinstance(on, sa.BinaryExpression)
        or on.operator is not operators.eq
    ):
        return False
    keys: list[Any] = list(join.right.primary_key)
    return len(keys) == 1 and any(keys[0].compare(each) for each in (on.left, on.right))
