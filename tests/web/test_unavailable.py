"""A full disk, a lock that is not given, a database that is gone, two at once: said in words, nothing typed is lost."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from config import Testing
from rmhr import create_app
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.flow.seen import seen_of
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.core.trouble import Trouble, trouble
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.models.documents import TextState
from rmhr.models.requisitions import Requisition, RequisitionReason, RequisitionStatus
from rmhr.models.system import Heartbeat
from rmhr.web import health, uploads
from tests.factories.accounts import signed_in, user
from tests.factories.postings import posting, requisition
from tests.support import documents
from tests.support.elsewhere import elsewhere
from tests.support.html import Html
from tests.test_access import addresses, rules

pytestmark = pytest.mark.both

OURS = {"Origin": "http://localhost"}
FULL = OSError(errno.ENOSPC, "No space left on device")
LONG = "What I would not like to write a second time."


@pytest.fixture
def bank(upgraded_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application with connections of its own, which wait for nobody for long."""
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            engine = db.engine
            event.listen(engine, "connect", _impatient)
            engine.dispose()
        yield app


def _impatient(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    is_sqlite = type(connection).__module__.startswith("sqlite3")
    cursor.execute("PRAGMA busy_timeout=50" if is_sqlite else "SET lock_timeout='50ms'")
    cursor.close()


def entered(app: Flask, who: User, **environ: str) -> Any:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(signed_in(who))
    client.environ_base.update(environ)
    return client


def arranged(app: Flask, **given: Any) -> tuple[Any, str, dict[str, Any]]:
    """A client of a supervisor, the address of their requisition, and what they want to change of it."""
    with app.app_context():
        boss, hr = user(Role.SUPERVISOR, **given), user(Role.HR)
        row = requisition(status=RequisitionStatus.PENDING, requester=boss, approver=hr)
        db.session.commit()
        sent = {
            "rm_type": row.rm_type.value,
            "level": row.level.value,
            "unit_id": row.unit_id,
            "positions": row.positions,
            "needed_by": row.needed_by.isoformat(),
            "reason": RequisitionReason.NEW.value,
            "justification": LONG,
            "pay_min": "50000",
            "pay_max": "60000",
            "currency": row.currency,
            "pay_period": row.pay_period.value,
            "approver_id": hr.id,
            "seen": seen_of(row),
        }
        client, address = entered(app, boss), f"/requisitions/{row.id}/edit"
    assert client.get(address).status_code == 200
    return client, address, sent


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Somebody else writes all the time: to SQLite, or to each requisition."""
    with app.app_context():
        connection = db.engine.connect()  # it begins to write, which takes SQLite's lock
        connection.execute(sa.select(Requisition.id).with_for_update())
        try:
            yield
        finally:
            connection.close()


def stored(app: Flask, address: str) -> str:
    with app.app_context():
        row = db.session.get(Requisition, int(address.split("/")[2]))
        assert row is not None
        return row.justification


def sent_again(client: Any, page: Any) -> Any:
    """The button of the page is pressed."""
    [form] = Html(page).all("form[method=post]:has(button.btn-primary)")
    fields = {each.get("name"): each.get("value") for each in form.cssselect("input[name]")}
    return client.post(form.get("action"), data=fields, headers=OURS)


@pytest.mark.parametrize(
    ("language", "title", "again"),
    [
        ("en", "This cannot be saved right now", "Send it again"),
        ("de", "Das kann gerade nicht gespeichert werden", "Noch einmal senden"),
    ],
)
def test_while_somebody_else_holds_the_lock_everything_typed_stays_and_is_sent_again(
    bank, language, title, again
):
    client, address, sent = arranged(bank, language=language)
    with locked(bank):
        page = client.post(address, data=sent, headers=OURS)
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert title in page.text
    assert again in page.text
    assert LONG in page.text
    assert stored(bank, address) != LONG

    assert sent_again(client, page).status_code == 302
    assert stored(bank, address) == LONG


def test_a_machine_is_told_in_json(bank):
    client, address, sent = arranged(bank)
    with locked(bank):
        answer = client.post(address, json=sent, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["status"]) == (503, 503)
    assert answer.json["detail"] == "Nothing was saved. Please send it again in a moment."


@pytest.mark.sqlite
def test_on_a_full_disk_everything_typed_stays_and_is_sent_again(bank):
    client, address, sent = arranged(bank)
    long = sent["justification"] = LONG * 40
    with bank.app_context():
        engine = db.engine

    def full(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count=1")  # no page more than there are
        cursor.close()

    event.listen(engine, "connect", full)
    with bank.app_context():
        engine.dispose()
        _fill()
    page = client.post(address, data=sent, headers=OURS)
    assert page.status_code == 503
    assert "The server has run out of space." in page.text
    assert LONG in page.text
    with bank.app_context():
        said = client.get("/readyz").json["checks"]["database"]
        event.remove(engine, "connect", full)
        engine.dispose()
    assert said.startswith("cannot be written to: no room is left")
    assert sent_again(client, page).status_code == 302
    assert stored(bank, address) == long


def _fill() -> None:
    """Use up what is free within the pages that there are."""
    db.session.rollback()
    size = 3000
    while size > 8:
        try:
            db.session.execute(
                sa.text("INSERT INTO heartbeat (name, at, who) VALUES (:name, '2026-01-01 00:00:00', '')"),
                {"name": os.urandom(4).hex() + "x" * size},
            )
            db.session.commit()
        except sa.exc.OperationalError:
            db.session.rollback()
            size //= 2


def test_what_cannot_be_committed_is_not_said_to_be_saved(bank):
    client, address, sent = arranged(bank)

    def full(_session: Any) -> None:
        raise FULL

    event.listen(Session, "before_commit", full)
    try:
        page = client.post(address, data=sent, headers=OURS)
    finally:
        event.remove(Session, "before_commit", full)
    assert page.status_code == 503
    assert LONG in page.text
    assert "Requisition changed" not in page.text
    assert "Requisition changed" not in client.get(address).text


def test_two_at_once_end_in_words(bank):
    """A row that is unique and there already, whatever form was filled in."""
    client, address, sent = arranged(bank)

    def late(_mapper: Any, connection: Any, _plan: Any) -> None:
        for _time in range(2):
            connection.execute(sa.insert(Heartbeat).values(name="twice", at=clock.now()))

    event.listen(Requisition, "before_update", late)
    try:
        page = client.post(address, data=sent, headers=OURS)
        told = client.post(address, json=sent, headers={"Accept": "application/json"})
    finally:
        event.remove(Requisition, "before_update", late)
    assert page.status_code == 409
    assert "Somebody else has just done this" in page.text
    assert LONG in page.text
    assert (told.status_code, told.is_json) == (409, True)
    assert stored(bank, address) != LONG


@pytest.mark.parametrize(
    "database", ["sqlite:////no/such/folder/rmhr.db", "postgresql://nobody@127.0.0.1:9/none"]
)
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Not available right now"), ("de", "Zurzeit nicht verfügbar")]
)
def test_a_database_that_is_gone_is_said_in_words(database, language, words, tmp_path):
    app = create_app(Testing(database, tmp_path))
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": "1.key", "_fresh": True, "signed_in": "secret"})

    page = client.get("/today")
    assert page.status_code == 503
    assert words in page.text
    assert client.get("/careers/").status_code == 503
    assert app.test_client().get("/readyz").json["checks"]["database"] == "does not answer"
    typed = client.post("/goals/new", data={"title": LONG}, headers=OURS)
    assert typed.status_code == 503
    assert LONG in typed.text
    told = client.get("/today", headers={"Accept": "application/json"})
    assert (told.status_code, told.json["status"]) == (503, 503)


def test_readyz_says_that_somebody_holds_the_lock(bank):
    if bank.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        with locked(bank), bank.app_context():
            assert health._writing() == "cannot be written to: somebody holds the lock"
    with bank.app_context():
        assert health._writing() == "ok"


# Files.


def kept(app: Flask) -> list[Path]:
    return [path for path in Path(app.config["DATA_DIR"]).rglob("*") if path.is_file()]


def test_of_a_file_that_finds_no_room_nothing_stays(app, monkeypatch):
    before = kept(app)

    def full(_number: int) -> None:
        raise FULL

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.store(Upload("CV.txt", store.TXT, b"words", "words", TextState.FOUND))
    assert kept(app) == before


def test_a_file_goes_with_the_transaction_that_would_have_kept_it(bank):
    def keep(text: str) -> None:
        with audit.acting(SYSTEM, "tests.keep"):
            db.session.add(store.store(Upload("CV.txt", store.TXT, text.encode(), text, TextState.FOUND)))

    with bank.app_context():
        keep("one")
        with db.session.begin_nested() as savepoint:
            savepoint.rollback()
        assert len(kept(bank)) == 1, "a part that was taken back is not all"
        db.session.rollback()
        assert kept(bank) == []
        keep("two")
        db.session.commit()
        db.session.rollback()
        assert len(kept(bank)) == 1


def test_an_application_whose_file_finds_no_room_is_kept_as_it_was_typed(bank, monkeypatch):
    with bank.app_context():
        address = f"/careers/{posting().slug}/apply"
        db.session.commit()

    class Full(io.BytesIO):
        def write(self, _data: Any) -> int:
            raise FULL

    monkeypatch.setattr(uploads, "IN_MEMORY", 10_000)
    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *args, **given: Full())
    cv = (io.BytesIO(documents.pdf() + b" " * 20_000), "CV Ada.pdf")
    client = bank.test_client()
    page = client.post(
        address, data={"motivation": LONG, "name": "Ada", "consent": "y", "cv": cv}, headers=OURS
    )
    monkeypatch.setattr(tempfile, "TemporaryFile", real)

    assert page.status_code == 503
    assert LONG in page.text
    assert 'name="name" value="Ada"' in page.text
    assert "CV Ada.pdf" in page.text
    assert "Choose this file again" in page.text
    with bank.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Application.id))) == 0


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (FULL, Trouble.FULL),
        (OSError(errno.EROFS, "read only"), Trouble.AWAY),
        (FileNotFoundError("nothing there"), None),
        (ValueError("ours"), None),
        (sa.exc.TimeoutError("no connection is free"), Trouble.BUSY),
    ],
)
def test_what_is_our_mistake_is_told_from_what_is_not(error, what):
    assert trouble(error) is what


def test_a_mistake_of_ours_in_a_statement_is_no_excuse(bank):
    with bank.app_context(), pytest.raises(sa.exc.DBAPIError) as found:
        db.session.execute(sa.text("SELECT nothing FROM nowhere"))
    assert trouble(found.value) is None


def test_a_page_for_what_went_wrong_that_goes_wrong_itself_is_a_plain_one(app, browser, monkeypatch):
    monkeypatch.setitem(app.config, "TESTING", False)  # in tests it is raised

    def break_down(*_args: Any, **_named: Any) -> str:
        raise RuntimeError("no template, no words")

    for broken in (
        "rmhr.web.errors.render_template",
        "rmhr.web.errors.visitor",
        "rmhr.web.errors._wants_json",
    ):
        with monkeypatch.context() as patch:
            patch.setattr(broken, break_down)
            answer = browser().get("/no/such/page")
        assert answer.status_code == 404
        assert "Something went wrong" in answer.text
        assert "Etwas ist schiefgegangen" in answer.text
        assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("database", ["sqlite:////no/such/folder/rmhr.db"])
def test_every_address_says_in_words_that_the_database_is_gone(database, tmp_path):
    app = create_app(Testing(database, tmp_path))
    client, tried = app.test_client(), 0
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": "1.key", "_fresh": True, "signed_in": "secret", "private_link": 1})
    for rule, _access in rules(app):
        if rule.endpoint.startswith("health."):
            continue
        for method, url in addresses(rule):
            answer = client.open(url, method=method)
            tried += 1
            assert answer.status_code in (302, 303, 404, 503) or answer.status_code < 300, f"{method} {url}"
            if answer.status_code == 503:
                assert "Not available right now" in answer.text, url
    assert tried > 200
