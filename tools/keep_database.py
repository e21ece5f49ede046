"""`make keep`: the demo bank of this version as SQL text, which the tests of every later version upgrade.

Done once per release, with the code that is released. What is kept is never written anew: it stands for the
databases that banks have. The same code on the same day gives the same text, so a reviewer can make it again:
`make keep ARGS="--on 2026-11-26 --into /tmp"`. The migrations of the release are frozen at the same time: their
check sums are added to migrations/released.sha256, which `sha256sum --check` reads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa
from flask_migrate import upgrade

from config import Testing
from rmhr import create_app
from rmhr.commands import i18n
from rmhr.core import clock
from rmhr.core.db import Bilingual, db
from rmhr.core.history import seal
from rmhr.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "databases"
RELEASED = ROOT / "migrations" / "released.sha256"
#: Prose is cut here: what is tested is that it comes along, not what it says. What has no spaces is a key, and what
#: begins with a brace is read by programs; both are kept whole.
LONGEST = 36
#: Tables of which one row is kept of those that tell the same: what makes them the same, and which is the first.
THINNED = {
    "audit_entry": ("action, subject_type", "at, subject_id"),
    "message": ("kind, state", "id"),
    "record": ("kind, edition", "subject_id"),
}
#: What is proved by a digest is kept as it is.
WHOLE = {"record", "audit_entry"}


def main() -> int:
    """Write the file; 1 where this version has one already."""
    options = argparse.ArgumentParser(prog="make keep", description=__doc__)
    options.add_argument("--on", type=date.fromisoformat, default=clock.today(), help="the bank's day")
    options.add_argument("--into", type=Path, default=KEPT, help="another folder, to compare")
    given = options.parse_args()
    path = given.into / f"{VERSION}.sql"
    if path.exists():
        print(f"{path} exists already, and what is kept is never written anew.", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(kept(given.on), encoding="utf-8")
    print(f"{path}: {path.stat().st_size // 1000} KB")
    if given.into == KEPT:
        freeze([*sorted((ROOT / "migrations" / "versions").glob("*.py")), path])
    return 0


def released() -> dict[str, str]:
    """The check sum of each file that no longer changes, by its path."""
    lines = RELEASED.read_text(encoding="utf-8").splitlines() if RELEASED.exists() else []
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def digest_of(path: Path) -> str:
    """What `sha256sum` prints."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def freeze(paths: Iterable[Path]) -> None:
    """Add the check sums of those that have none yet."""
    known = released()
    with RELEASED.open("a", encoding="utf-8") as file:
        for path in paths:
            name = path.relative_to(ROOT).as_posix()
            if name not in known:
                file.write(f"{digest_of(path)}  {name}\n")


def kept(day: date) -> str:
    """The demo bank as it is on the morning of that day, made small, as SQL."""
    i18n.compile_all()
    with tempfile.TemporaryDirectory(prefix="rmhr-keep-") as folder:
        files = Path(folder) / "files"
        files.mkdir()
        app = create_app(Testing(f"sqlite:///{Path(folder) / 'rmhr.db'}", files))
        with app.app_context(), clock.at(clock.moment(day, 9)), _foreseeable():
            upgrade()
            app.test_cli_runner(catch_exceptions=False).invoke(args=["demo", "build"])
            db.session.remove()
            with db.engine.begin() as connection:
                _thin_out(connection)
            while seal.seal():
                db.session.commit()
            db.session.remove()
            with db.engine.connect() as connection:
                text = "".join(_dump(connection, day))
            db.engine.dispose()
    return text


@contextmanager
def _foreseeable() -> Iterator[None]:
    """Chance is the same each time: keys, salts and shuffled answers."""
    chance = random.Random(1)
    with mock.patch("os.urandom", chance.randbytes), mock.patch("random._urandom", chance.randbytes):
        yield


def _thin_out(connection: sa.Connection) -> None:
    """Keep some of the rows that tell the same, and the beginning of long texts. The history is sealed anew."""
    connection.execute(sa.text("DELETE FROM audit_seal"))
    for name, (alike, order) in THINNED.items():
        first = f"SELECT id, row_number() OVER (PARTITION BY {alike} ORDER BY {order}) AS number FROM {name}"
        connection.execute(
            sa.text(f"DELETE FROM {name} WHERE id IN (SELECT id FROM ({first}) WHERE number > 1)")
        )
    # Rows that one operation writes are recorded in any order.
    ids = connection.scalars(
        sa.text("SELECT id FROM audit_entry ORDER BY at, action, subject_type, subject_id")
    )
    for number, id in enumerate(ids.all(), 1):
        connection.execute(
            sa.text("UPDATE audit_entry SET id = -:number WHERE id = :id"), {"number": number, "id": id}
        )
    connection.execute(sa.text("UPDATE audit_entry SET id = -id"))
    connection.execute(sa.text("UPDATE message SET message_id = '<' || id || '@bank.example>'"))
    # The files are not kept, and what is inside of an archive carries the time of day.
    connection.execute(sa.text("UPDATE document SET sha256 = key || key"))
    for table in _kept_tables():
        for column in () if table.name in WHOLE else table.columns:
            if isinstance(column.type, sa.Text | sa.JSON | Bilingual):
                _shorten(connection, column)


def _kept_tables() -> list[sa.Table]:
    """All but those that are made of others: an upgrade makes them as the version that runs has them."""
    return [table for table in db.metadata.sorted_tables if not table.info.get("derived")]


def _shorten(connection: sa.Connection, column: sa.Column[Any]) -> None:
    """Cut the long texts of one column, those inside of JSON as well."""
    table, plain = column.table, sa.type_coerce(column, sa.Text)
    rows = connection.execute(sa.select(table.c.id, plain).where(sa.func.length(plain) > LONGEST)).all()
    for id, text in rows:
        short = _cut(text) if isinstance(column.type, sa.Text) else json.dumps(_cut(json.loads(text)))
        if short != text:
            # As plain text: through the table it would also say that the row was changed just now.
            change = sa.text(f'UPDATE "{table.name}" SET "{column.name}" = :short WHERE id = :id')
            connection.execute(change, {"short": short, "id": id})


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cut(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_cut(each) for each in value]
    if isinstance(value, str) and len(value) > LONGEST and " " in value and not value.startswith("{"):
        return f"{' '.join(value.split())[: LONGEST - 2].rstrip()} …"
    return value


def _dump(connection: sa.Connection, day: date) -> Iterator[str]:
    """Every row as SQL that SQLite and PostgreSQL read alike, those first that others point to."""
    revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    yield f"-- The demo bank of rmhr {VERSION}, made small. Written by `make keep`; never edited.\n"
    yield f"-- revision: {revision}\n-- day: {day}\n"
    for table in _kept_tables():
        columns = [f'"{column.name}"' for column in table.columns]
        order = ", ".join(f'"{column.name}"' for column in table.primary_key)
        # The plain text of what is stored, not what our types make of it.
        rows = connection.execute(
            sa.text(f'SELECT {", ".join(columns)} FROM "{table.name}" ORDER BY {order}')
        )
        values = [
            ", ".join(_literal(column, value) for column, value in zip(table.columns, row, strict=True))
            for row in rows
        ]
        if values:
            yield f'\nINSERT INTO "{table.name}" ({", ".join(columns)}) VALUES\n'
            yield ",\n".join(f"({each})" for each in values) + ";\n"


def _literal(column: sa.Column[Any], value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(column.type, sa.Boolean):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if not isinstance(value, str):
        raise TypeError(f"{column} holds {type(value).__name__}, which the two databases write differently")
    if isinstance(column.type, sa.JSON | Bilingual):
        value = json.dumps(json.loads(value), ensure_ascii=False)
    return "'" + str(value).replace("'", "''") + "'"


if __name__ == "__main__":
    sys.exit(main())
