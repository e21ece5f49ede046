"""How seeds write: rows by the thousand, and numbers that look like chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from rmhr.core import clock
from rmhr.core.db import Base, db

#: The first number of what is made here: the demo bank's own things have smaller ones.
FIRST = 10_001
CHUNK = 5_000


def add(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, some thousand in a statement, and commit. What they leave out has the default of its column."""
    statement, waiting = sa.insert(table.__table__), iter(rows)
    while some := list(islice(waiting, CHUNK)):
        db.session.connection().execute(statement, some)
    db.session.commit()


def derive(table: type[Base], values: Mapping[str, Any], source: Callable[..., Any]) -> None:
    """INSERT … SELECT: one row for each that `source` finds, given the columns to select; commits."""
    columns: Any = table.__table__.c
    given = [_literal(value, columns[name].type).label(name) for name, value in values.items()]
    query = source(sa.select(*given))
    db.session.connection().execute(sa.insert(table.__table__).from_select(list(values), query))
    db.session.commit()


def _literal(value: Any, type_: Any) -> Any:
    return value if isinstance(value, sa.ColumnElement | InstrumentedAttribute) else sa.literal(value, type_)


def columns(row: Base) -> dict[str, Any]:
    """All of a row but its number, to make more like it."""
    return {
        each.key: getattr(row, each.key) for each in sa.inspect(type(row)).column_attrs if each.key != "id"
    }


def stamped(at: datetime, version: int | None = 1) -> dict[str, Any]:
    """What a row has that was made then and not changed since; without `version` where the table has none."""
    made: dict[str, Any] = {"created_at": at, "updated_at": at}
    return made if version is None else made | {"version": version}


def mixed(number: int, salt: str, among: int) -> int:
    """From 0 to `among` - 1: the same for the same number, and not in step with it."""
    seed = (number * 2_654_435_761 + sum(map(ord, salt)) * 40_503) & 0xFFFFFFFF
    seed ^= seed >> 15
    seed = (seed * 2_246_822_519) & 0xFFFFFFFF
    return (seed ^ seed >> 13) % among


def day(days: int = 0) -> date:
    """A day so many after today; before it, if negative."""
    return clock.today() + timedelta(days=days)


def working_day(days: int = 0) -> date:
    """The same, and the Monday after where it falls on a weekend."""
    found = day(days)
    return found + timedelta(days=7 - found.weekday()) if found.weekday() > 4 else found


def moment(on: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour on that day in the bank's zone; of today, never later than now."""
    found = clock.moment(on, hour, minute)
    return min(found, clock.now()) if on == clock.today() else found


def continue_numbers() -> None:
    """Let PostgreSQL number new rows after those that were given their numbers; SQLite does so by itself."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        db.session.execute(
            sa.text(
                f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), max(id)) "
                f'FROM "{table.name}" HAVING max(id) IS NOT NULL'
            )
        )
    db.session.commit()
