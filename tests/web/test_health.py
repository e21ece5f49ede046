"""What those who run it can ask."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from rmhr.core import clock, schema
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.system import Heartbeat, JobPause
from rmhr.web import health
from tests.factories import save
from tests.factories.accounts import user


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong is looked at again without a pause."""
    monkeypatch.setattr(schema, "PAUSE", 0.0)


@pytest.fixture
def at_head(app: Flask, session: Any) -> None:
    """The tables of the suite come from the models; this says that they came from the migrations."""
    newest = schema.newest(app.extensions["migrate"].directory)
    session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
    session.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})


def seen(ago: timedelta) -> None:
    """A scheduler that was last seen that long ago."""
    db.session.add(Heartbeat(name=health.SCHEDULER, at=clock.now() - ago))
    db.session.commit()


def test_healthz_says_that_the_process_lives(browser: Any, max_queries: Any) -> None:
    client = browser()
    with max_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.usefixtures("at_head")
def test_readyz_says_yes_when_everything_is_there(browser: Any) -> None:
    seen(timedelta(seconds=20))

    answer = browser().get("/readyz")

    assert answer.json == {
        "status": "ok",
        "checks": {"database": "ok", "files": "ok", "migrations": "ok", "scheduler": "ok"},
        "paused": [],
    }
    assert answer.status_code == 200


@pytest.mark.usefixtures("at_head")
def test_readyz_is_ready_with_a_job_that_is_paused_and_says_so(browser: Any) -> None:
    seen(timedelta(seconds=20))
    save(JobPause(job="mail.deliver", reason="The server is being moved", paused_by=user(Role.ADMIN)))

    answer = browser().get("/readyz")

    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    assert answer.json["paused"] == ["mail.deliver"]
    assert "moved" not in answer.text, "why is nobody's business who is not signed in"


@pytest.mark.usefixtures("at_head")
def test_readyz_misses_the_scheduler(browser: Any) -> None:
    answer = browser().get("/readyz")
    assert (answer.status_code, answer.json["checks"]["scheduler"]) == (
        503,
        "never seen: run `flask scheduler`",
    )

    seen(timedelta(minutes=7, seconds=5))
    answer = browser().get("/readyz")
    assert (answer.status_code, answer.json["checks"]["scheduler"]) == (503, "not seen for 7 minutes")


@pytest.mark.usefixtures("at_head")
def test_readyz_asks_little_of_a_database_that_it_knows(browser: Any, max_queries: Any) -> None:
    client = browser()
    client.get("/readyz")
    with max_queries(5):  # one for each check, and on PostgreSQL one more for the migrations
        client.get("/readyz")


def test_readyz_says_what_to_do_with_tables_that_no_migration_made(browser: Any) -> None:
    seen(timedelta(0))
    answer = browser().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"] == {
        "database": "ok",
        "files": "ok",
        "migrations": (
            "The database has tables, but does not say which migration made them: "
            "restore a copy that a released version has made, or start with an empty database."
        ),
        "scheduler": "ok",
    }


@pytest.mark.usefixtures("at_head")
def test_readyz_does_not_take_a_database_at_its_word(browser: Any, session: Any) -> None:
    session.execute(text("DROP TABLE saved_view"))
    seen(timedelta(0))

    answer = browser().get("/readyz")

    assert answer.status_code == 503
    assert "but its tables are not those of" in answer.json["checks"]["migrations"]
    assert "saved_view" not in answer.text, "which ones is for those who can read the log"


@pytest.mark.usefixtures("at_head")
def test_readyz_notices_that_somebody_has_upgraded_the_database(browser: Any, session: Any) -> None:
    seen(timedelta(0))
    client = browser()
    assert client.get("/readyz").status_code == 200
    session.execute(text("UPDATE alembic_version SET version_num = '0999'"))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["checks"]["migrations"].startswith("The database is at 0999, which rmhr")


def test_readyz_says_so_when_the_database_does_not_answer(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser()

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("secret host unreachable"))

    monkeypatch.setattr(health.db.session, "execute", gone)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {
        "status": "not ready",
        "checks": {"database": "does not answer", "files": "ok"},
        "paused": [],
    }


@pytest.mark.usefixtures("at_head")
def test_readyz_says_so_when_the_disk_is_full(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen(timedelta(0))
    monkeypatch.setattr(health, "ROOM", 2**80)
    answer = browser().get("/readyz")
    assert answer.status_code == 503
    assert re.fullmatch(r"only \d+ MB are free", answer.json["checks"]["files"])


@pytest.mark.usefixtures("at_head")
def test_readyz_says_so_when_no_file_can_be_kept(browser: Any, app: Flask, tmp_path: Path) -> None:
    seen(timedelta(0))
    before, app.config["DATA_DIR"] = app.config["DATA_DIR"], tmp_path / "a file" / "within"
    (tmp_path / "a file").write_text("in the way", encoding="utf-8")
    try:
        answer = browser().get("/readyz")
    finally:
        app.config["DATA_DIR"] = before
    assert (answer.status_code, answer.json["checks"]["files"]) == (503, "cannot be written to")
