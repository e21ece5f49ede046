"""Columns as one JSON object, on either database: so sources with different words can be one UNION."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from rmhr.core.db import Bilingual


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
