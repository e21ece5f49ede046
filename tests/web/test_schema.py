"""Pages wait for a database that is what this version needs, and say so."""

from __future__ import annotations

import logging
import runpy
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from config import Testing
from rmhr import create_app
from rmhr.core import schema
from rmhr.core.db import db
from rmhr.web.schema import look_at_start, watch
from tests.support.migrations import ROOT, Steps


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    """The migrations of today, to which a test may add."""
    return Steps(tmp_path)


@pytest.fixture
def served(
    fresh_database: str, tmp_path: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The product on an empty database as a bank runs it; it looks again at once at what was wrong."""
    monkeypatch.setattr(schema, "PAUSE", 0.0)
    app = create_app(
        Testing(fresh_database, tmp_path, TESTING=False, ENV_NAME="production", MIGRATIONS=steps.folder)
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_every_page_waits_until_the_database_is_upgraded(served: Flask) -> None:
    client = served.test_client()
    for path in ("/careers/", "/sign-in", "/today", "/no/such/page"):
        answer = client.get(path, headers={"Accept-Language": "en"})
        assert answer.status_code == 503, path
        assert '<h1 class="title">Not available right now</h1>' in answer.text
        assert answer.headers["Retry-After"] == "60"
    assert client.post("/sign-in", data={"email": "a@bank.example"}).status_code == 503

    with served.app_context():
        upgrade()

    assert client.get("/careers/").status_code == 200, "without a restart"
    assert client.get("/no/such/page").status_code == 404


@pytest.mark.sqlite
@pytest.mark.usefixtures("session")
def test_those_who_wait_are_told_in_their_language_and_programs_in_theirs(served: Flask) -> None:
    client = served.test_client()
    german = client.get("/careers/", headers={"Accept-Language": "de"})
    assert "Zurzeit nicht verfügbar" in german.text
    told = client.get("/careers/", headers={"Accept": "application/json"})
    assert (told.status_code, told.json["status"]) == (503, 503)


@pytest.mark.sqlite
def test_probes_and_static_files_wait_for_nothing(served: Flask) -> None:
    client = served.test_client()
    assert client.get("/healthz").status_code == 200
    told = client.get("/readyz")
    assert (told.status_code, told.json["checks"]["migrations"]) == (
        503,
        "The database has no tables yet: run `flask --app wsgi db upgrade`.",
    )
    with served.test_request_context():
        asset = served.jinja_env.globals["asset"]
        addresses = [asset(name) for name in ("rmhr.css", "rmhr.js", "mark.svg")]
    for path in (*addresses, "/bootstrap/static/css/bootstrap.min.css"):
        with client.get(path) as answer:
            assert answer.status_code == 200, path


@pytest.mark.sqlite
def test_who_is_signed_in_waits_as_well(served: Flask) -> None:
    client = served.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": "1.key", "_fresh": True, "signed_in": "secret"})
    assert client.get("/today").status_code == 503


@pytest.mark.sqlite
def test_a_database_that_is_fine_is_not_asked_by_every_page(served: Flask, max_queries: Any) -> None:
    with served.app_context():
        upgrade()
    client = served.test_client()
    client.get("/certificates/")
    with max_queries(1) as asked:  # what the bank is called
        client.get("/certificates/")
    assert not any("alembic_version" in statement for statement in asked)


@pytest.mark.sqlite
def test_pages_stop_when_a_probe_finds_the_database_upgraded_by_another_version(served: Flask) -> None:
    with served.app_context():
        upgrade()
    client = served.test_client()
    assert client.get("/careers/").status_code == 200
    with served.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))

    client.get("/readyz")

    assert client.get("/careers/").status_code == 503


@pytest.mark.sqlite
def test_what_is_wrong_stands_in_the_log_when_a_process_begins(
    served: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    with caplog.at_level(logging.ERROR):
        settings["when_ready"](SimpleNamespace(app=SimpleNamespace(wsgi=lambda: served)))
    assert "The database has no tables yet: run `flask --app wsgi db upgrade`." in caplog.text

    with served.app_context():
        upgrade()
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        look_at_start(served)
    assert caplog.text == ""
    with served.app_context():
        assert watch().is_fine


@pytest.mark.sqlite
def test_a_database_that_does_not_answer_stops_no_start(
    served: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("secret host unreachable"))

    with served.app_context():
        monkeypatch.setattr(watch(), "look", gone)
    look_at_start(served)
    assert "the database does not answer" in caplog.text
    # The page finds out by itself, and answers as it does when the database goes later.
    assert served.test_client().get("/sign-in").status_code == 500


@pytest.mark.sqlite
def test_the_scheduler_does_not_begin(served: Flask) -> None:
    with served.app_context():
        result = served.test_cli_runner().invoke(args=["scheduler"])
    assert result.exit_code == 1
    assert "The database has no tables yet: run `flask --app wsgi db upgrade`." in result.output


def test_flask_version_says_it_all(served: Flask, steps: Steps) -> None:
    def said() -> list[str]:
        with served.app_context():
            result = served.test_cli_runner(catch_exceptions=False).invoke(args=["version"])
        return str(result.output).splitlines()

    first = f"rmhr {schema.VERSION}, migration {steps.newest}"
    assert said() == [first, "The database has no tables yet: run `flask --app wsgi db upgrade`."]
    with served.app_context():
        upgrade()
    assert said() == [first, "The database is as it should be."]
    with served.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE saved_view"))
    assert said()[2:] == ["  no table saved_view"]
