"""`make keep`: the demo bank of a release as text that both databases read, small and the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from rmhr.core.db import db
from rmhr.core.history import seal
from tests.support import kept
from tools import keep_database

pytestmark = pytest.mark.once

NEWEST = kept.all_kept()[-1]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The newest database that is kept, as this version has it."""
    with kept.opened(NEWEST, f"sqlite:///{tmp_path / 'kept.db'}", tmp_path) as app:
        with app.app_context():
            upgrade()
        yield app


def dumped() -> str:
    """What the tool would write of the database of this app context."""
    with db.engine.connect() as connection:
        return "".join(keep_database._dump(connection, NEWEST.day))


def test_what_is_written_comes_back_as_it_was(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        first = dumped()
    again = replace(NEWEST, revision="head", sql=first)
    with kept.opened(again, f"sqlite:///{tmp_path / 'again.db'}", tmp_path) as other, other.app_context():
        assert dumped() == first


def thinned_out() -> str:
    """The database of this app context, made small, as the tool would write it."""
    with db.engine.begin() as connection:
        keep_database._thin_out(connection)
    while seal.seal():
        db.session.commit()
    db.session.remove()
    return dumped()


def test_what_is_small_already_stays_as_it_is(app: Flask) -> None:
    with app.app_context():
        before = dumped()
        small = thinned_out()  # seals of before 0.4.0 are signed by it
        assert re.sub(r"'hmac-sha256:\w+'|'\w{64}'", "", small) == re.sub(
            r"'hmac-sha256:\w+'|'\w{64}'", "", before
        )
        assert thinned_out() == small


@pytest.mark.parametrize("old", kept.all_kept(), ids=lambda old: old.version)
def test_it_can_be_read_by_people_and_holds_a_bank(old: kept.Kept) -> None:
    assert len(old.sql.encode()) < 1_200_000
    filled = set(re.findall(r'^INSERT INTO "(\w+)"', old.sql, re.MULTILINE))
    assert filled >= {
        "user",
        "posting",
        "application",
        "interview",
        "offer",
        "assignment",
        "review",
        "audit_seal",
    }
    assert "\r" not in old.sql, "an editor may change the ends of lines"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("short enough", "short enough"),
        ("a sentence that\ngoes on for longer than anybody needs", "a sentence that goes on for longer …"),
        ("a-key-of-many-characters-that-opens-something", "a-key-of-many-characters-that-opens-something"),
        ('{"read by": "a program that wants all of it"}', '{"read by": "a program that wants all of it"}'),
        (
            {"en": ["a sentence that goes on for longer than needed"], "n": 7},
            {"en": ["a sentence that goes on for longer …"], "n": 7},
        ),
    ],
)
def test_prose_is_cut_and_what_means_something_is_kept(text: object, short: object) -> None:
    assert keep_database._cut(text) == short


def test_bytes_are_refused_since_the_two_databases_write_them_differently() -> None:
    with pytest.raises(TypeError, match="holds bytes"):
        keep_database._literal(sa.Column("picture", sa.LargeBinary), b"1")


def test_what_is_kept_is_never_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{keep_database.VERSION}.sql").write_text("as it was")
    monkeypatch.setattr("sys.argv", ["make keep", "--into", str(tmp_path)])
    assert keep_database.main() == 1
    assert (tmp_path / f"{keep_database.VERSION}.sql").read_text() == "as it was"


def test_a_release_freezes_what_was_not_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_database, "ROOT", tmp_path)
    monkeypatch.setattr(keep_database, "RELEASED", tmp_path / "released.sha256")
    one, two = tmp_path / "0001_one.py", tmp_path / "0002_two.py"
    one.write_text("1")
    keep_database.freeze([one])
    one.write_text("changed since")
    two.write_text("2")

    keep_database.freeze([one, two])

    assert keep_database.released() == {
        "0001_one.py": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
        "0002_two.py": "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
    }
