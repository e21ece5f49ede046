"""Databases of earlier versions, as `make keep` wrote them: loaded on either kind of database, and upgraded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from config import Testing
from rmhr import create_app
from rmhr.core.db import db
from rmhr.core.files import store
from rmhr.models.documents import Document

#: The columns of PostgreSQL that count by themselves.
NUMBERED = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'
"""
FOLDER = Path(__file__).resolve().parent.parent / "databases"


@dataclass(frozen=True)
class Kept:
    """One of them: the version that it was kept of, the migration that it is at, its day, its rows."""

    version: str
    revision: str
    day: date
    sql: str


def all_kept() -> list[Kept]:
    """Every database that is kept, the oldest first."""
    found = [_read(path) for path in FOLDER.glob("*.sql")]
    return sorted(found, key=lambda kept: [int(part) for part in kept.version.split(".")])


def _read(path: Path) -> Kept:
    text = path.read_text(encoding="utf-8")
    told = dict(re.findall(r"^-- (\w+): (.+)$", text[:500], re.MULTILINE))
    return Kept(path.stem, told["revision"], date.fromisoformat(told["day"]), text)


@contextmanager
def opened(kept: Kept, database: str, folder: Path, **settings: Any) -> Iterator[Flask]:
    """An application of today on that database as it was kept, not upgraded yet.

    Its files were not kept: each has its own name inside.
    """
    app = create_app(Testing(database, folder, **settings))
    with app.app_context():
        upgrade(revision=kept.revision)
        load(kept.sql)
        for key, name in db.session.execute(sa.text("SELECT key, name FROM document")):
            path = store.path_of(Document(key=key))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def load(sql: str) -> None:
    """Run such a text on the empty tables that it is for."""
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            driver.executescript(f"BEGIN; {sql} COMMIT;")
            return
        driver.execute(sql)
        # The rows brought their numbers along; the next row goes on after them.
        for table, column in driver.execute(NUMBERED).fetchall():
            last = f'(SELECT max({column}) FROM "{table}")'
            driver.execute(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), {last})")
        driver.commit()
