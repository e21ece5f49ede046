"""The words of due things: columns as one JSON object, so that sources with different words can be one UNION;
and their values as people read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from babel.dates import format_date
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from rmhr.core import clock
from rmhr.core.db import Bilingual, UTCDateTime
from rmhr.core.due.calendar import NATIONWIDE, add_working_days, holidays_of
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, language

#: "30 Nov", "30. Nov.": a date inside a sentence.
DAY = {"en": "d MMM", "de": "d. MMM"}


def said_as(kind: Any, value: Any) -> str:
    """A value from that JSON as the reader reads it; `kind` is the type of the column that it came from."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(Words(value))
    if isinstance(kind, sa.Enum) and isinstance(kind.enum_class, type):
        member = kind.enum_class(value)
        return str(member.label) if isinstance(member, LabelEnum) else str(value)
    if isinstance(kind, sa.Date):
        return _day(date.fromisoformat(value))
    if isinstance(kind, UTCDateTime):
        moment = clock.local(datetime.fromisoformat(value).replace(tzinfo=UTC))
        return f"{_day(moment.date())}, {moment:%H:%M}"
    return str(value)


def _day(value: date) -> str:
    return str(format_date(value, DAY[language()], locale=language()))


def day_of(moment: Any) -> sa.ColumnElement[date]:
    """The day of a moment on the bank's calendar, told by the database: since when something is owed, or until when."""
    return _LocalDay(moment, sa.bindparam(None, callable_=lambda: clock.zone().key, type_=sa.String))


class _LocalDay(FunctionElement[date]):
    """Moments are stored in UTC. PostgreSQL knows the zones; SQLite asks the function that db.py gives it."""

    type = sa.Date()
    inherit_cache = True


@compiles(_LocalDay)
def _day_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    moment, _zone = element.clauses
    return f"local_day({compiler.process(moment, **kw)})"


@compiles(_LocalDay, "postgresql")
def _day_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    moment, zone = (compiler.process(each, **kw) for each in element.clauses)
    return f"CAST(timezone(CAST({zone} AS TEXT), timezone('UTC', {moment})) AS DATE)"


def working_day_after(moment: Any, n: int) -> sa.ColumnElement[date]:
    """The `n`-th working day after the day of a moment, told by the database: for what keeps no day of its own.

    Holidays are those of the whole country, since what is asked so belongs to no unit. Raises ValueError for no day.
    """
    if n < 1:
        raise ValueError("a working day after another is at least the first")
    holidays = sa.bindparam("holidays_lately", callable_=_holidays_lately, type_=sa.String)
    return _WorkingDay(day_of(moment), sa.literal_column(str(n)), holidays)


def _holidays_lately() -> str:
    """The days on which nobody works in the whole country: of those years from which something may still be owed."""
    year = clock.today().year
    return " ".join(
        day.isoformat() for each in range(year - 2, year + 2) for day in holidays_of(NATIONWIDE, each)
    )


class _WorkingDay(FunctionElement[date]):
    """PostgreSQL counts the days itself; SQLite asks a function that each connection is given."""

    type = sa.Date()
    inherit_cache = True


@compiles(_WorkingDay)
def _working_day_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    day, n, _holidays = element.clauses
    return f"working_day_after({compiler.process(day, **kw)}, {compiler.process(n, **kw)})"


@event.listens_for(Engine, "connect")
def _sqlite_connect(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.create_function("working_day_after", 2, _working_day, deterministic=True)


def _working_day(day: str | None, n: int) -> str | None:
    return add_working_days(date.fromisoformat(day), n, NATIONWIDE).isoformat() if day else None


@compiles(_WorkingDay, "postgresql")
def _working_day_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    day, n, holidays = (compiler.process(each, **kw) for each in element.clauses)
    # Of twice as many days and a fortnight, enough are working days, whatever holidays there are.
    return (
        f"(SELECT CAST({day} AS DATE) + later FROM generate_series(1, 2 * {n} + 14) AS later"
        f" WHERE EXTRACT(ISODOW FROM CAST({day} AS DATE) + later) < 6"
        f" AND position(to_char(CAST({day} AS DATE) + later, 'YYYY-MM-DD') IN CAST({holidays} AS TEXT)) = 0"
        f" ORDER BY later OFFSET {n} - 1 LIMIT 1)"
    )


def json_of(columns: Mapping[str, Any]) -> sa.ColumnElement[Any]:
    """{name: column} as a JSON object of the row's values. What is JSON already stays JSON inside it."""
    flat: list[Any] = []
    for name, column in columns.items():
        flat += [sa.literal(name, sa.String), column]
    return _JsonObject(*flat)


class _JsonObject(FunctionElement[Any]):
    """json_object (SQLite), json_build_object (PostgreSQL)."""

    type = sa.JSON()
    inherit_cache = True


@compiles(_JsonObject, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    parts = []
    for key, value in _pairs(element):
        said = compiler.process(value, **kw)
        parts += [compiler.process(key, **kw), f"json({said})" if _is_json(value) else said]
    return f"json_object({', '.join(parts)})"


@compiles(_JsonObject, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    parts = []
    for key, value in _pairs(element):
        parts += [f"CAST({compiler.process(key, **kw)} AS TEXT)", compiler.process(value, **kw)]
    return f"json_build_object({', '.join(parts)})"


def _pairs(element: Any) -> list[tuple[Any, Any]]:
    clauses = list(element.clauses)
    return list(zip(clauses[::2], clauses[1::2], strict=True))


def _is_json(column: Any) -> bool:
    return isinstance(column.type, (Bilingual, sa.JSON))
