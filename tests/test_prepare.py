"""What `make run` does with the database that it finds."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from config import Testing
from rmhr import create_app
from rmhr.core import clock, schema
from rmhr.core.db import db
from tests.support.migrations import Steps
from tools import prepare

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    """The migrations of today, to which a test may add."""
    return Steps(tmp_path)


@pytest.fixture
def app(tmp_path: Path, steps: Steps) -> Iterator[Flask]:
    """The product with these migrations and a database file that does not exist yet."""
    app = create_app(
        Testing(f"sqlite:///{tmp_path / 'rmhr.db'}", tmp_path / "files", MIGRATIONS=steps.folder)
    )
    yield app
    with app.app_context():
        db.engine.dispose()


def revision(app: Flask) -> str:
    """The migration that the database is at."""
    with app.app_context(), db.engine.connect() as connection:
        return schema.revision_of(connection)


def change(app: Flask, statement: str) -> None:
    """Change the database behind the back of the migrations."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text(statement))


def copies(folder: Path) -> list[Path]:
    """What was kept beside the database."""
    return sorted(path for path in folder.glob("rmhr-*.db"))


def test_a_new_database_gets_its_tables_and_leaves_no_copy(app: Flask, steps: Steps, tmp_path: Path) -> None:
    prepare.upgrade(app)
    prepare.upgrade(app)
    assert revision(app) == steps.newest
    assert copies(tmp_path) == []


def test_a_database_that_is_behind_is_kept_as_it_was_and_upgraded(
    app: Flask, steps: Steps, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with app.app_context():
        upgrade()
    before = steps.newest
    change(app, "INSERT INTO bounce VALUES (1, 'a@bank.example', 'no', 1, '2026-11-26', '2026-11-26')")
    (tmp_path / "rmhr.db").chmod(0o600)
    steps.add("0999", up="op.execute('DELETE FROM bounce')")

    with clock.at(clock.moment(clock.today(), 9, 30)):
        prepare.upgrade(app)

    assert revision(app) == "0999"
    (copy,) = copies(tmp_path)
    assert copy.name == f"rmhr-{before}-{clock.today():%Y%m%d}-093000.db"
    assert copy.stat().st_mode & 0o777 == 0o600, "read by nobody who may not read the database"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [(before,)]
        assert kept.execute("SELECT address FROM bounce").fetchall() == [("a@bank.example",)]
    assert (
        f"The database is upgraded from {before}; as it was, it is kept as {copy}\n"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TABLE saved_view", "but its tables are not those of"),
        ("UPDATE alembic_version SET version_num = '0999'", "start the newer version that upgraded it"),
        ("DELETE FROM alembic_version", "does not say which migration made them"),
    ],
)
def test_a_database_that_does_not_fit_stops_the_start_and_is_left_alone(
    app: Flask, tmp_path: Path, statement: str, said: str
) -> None:
    with app.app_context():
        upgrade()
    change(app, statement)
    before = revision(app)

    with pytest.raises(SystemExit) as stopped:
        prepare.upgrade(app)

    words, *_, last = str(stopped.value.code).splitlines()
    assert said in words
    assert last == f"It is sqlite:///{tmp_path / 'rmhr.db'}"
    assert (revision(app), copies(tmp_path)) == (before, [])


def test_the_database_of_a_server_is_not_copied(tmp_path: Path) -> None:
    app = create_app(Testing("postgresql+psycopg://rmhr@127.0.0.1:1/rmhr", tmp_path))
    with app.app_context():
        assert prepare.keep_copy("0001") is None
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("cache-")] == []


def test_make_run_ends_with_the_sentence(tmp_path: Path) -> None:
    """The whole start, on a database as an unfinished version made it."""
    path = tmp_path / "rmhr.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        made.execute("INSERT INTO alembic_version VALUES ('0001')")
        made.execute('CREATE TABLE "user" (id INTEGER NOT NULL PRIMARY KEY, email TEXT NOT NULL)')
        made.commit()
    settings = {name: value for name, value in os.environ.items() if not name.startswith("RMHR_")}
    settings |= {"RMHR_DATABASE_URL": f"sqlite:///{path}", "RMHR_DATA_DIR": str(tmp_path / "files")}

    done = subprocess.run(
        [sys.executable, "-m", "tools.prepare"], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert "The database says that it is at 0001, but its tables are not those of 0001: " in done.stderr
    assert "\n  no table absence\n" in done.stderr
    assert "Traceback" not in done.stderr
