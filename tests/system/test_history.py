"""The history as a whole: read by compliance, proved each working day, and never by anybody else."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import Audited, db
from rmhr.core.history import anchors, audit, seal
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import JOBS
from rmhr.models.accounts import Role
from rmhr.models.system import AuditEntry
from rmhr.system import things
from tests.factories import accounts
from tests.support.html import Html

MONDAY = date(2027, 3, 1)


def prove() -> int:
    return JOBS["audit.prove"].run()


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def compliance():
    return accounts.user(Role.COMPLIANCE, name="Clara Wolff")


@pytest.mark.once
def test_every_audited_table_has_its_word(app):
    tables = {
        mapper.class_.__tablename__
        for mapper in db.Model.registry.mappers
        if issubclass(mapper.class_, Audited)
    }
    assert tables == things.THINGS.keys()


@pytest.mark.once
def test_every_page_of_a_thing_is_there(app):
    for table, (_word, endpoint) in things.THINGS.items():
        if endpoint:
            assert app.url_map.is_endpoint_expecting(endpoint, "id"), table


def test_compliance_is_told_once_a_day_with_an_anchor_to_keep(compliance, mails):
    seal.seal()
    db.session.commit()
    assert prove() == 1
    assert prove() == 0
    mail = mails()[-1]
    assert (mail.to_address, mail.kind) == (compliance.email, "system.history_holds")
    [anchor] = list(anchors.read(mail.text))
    assert anchor == list(anchors.noted())[-1]
    with clock.at(clock.moment(date(2027, 3, 2), 9)):
        assert prove() == 1


def test_whoever_looks_after_the_product_is_told_where_there_is_no_compliance(mails):
    admin = accounts.user(Role.ADMIN)
    assert prove() == 1
    assert mails()[-1].to_address == admin.email


def test_damage_is_told_with_where_it_is(mails):
    accounts.user(Role.COMPLIANCE, language="de")
    person = accounts.user()
    seal.seal()
    first = db.session.scalar(sa.select(sa.func.min(AuditEntry.id)).where(AuditEntry.subject_id == person.id))
    db.session.execute(
        sa.update(AuditEntry.__table__)
        .where(AuditEntry.__table__.c.id == first)
        .values(note="nothing to see")
    )
    db.session.expire_all()
    prove()
    mail = mails()[-1]
    assert mail.subject == "Der Verlauf wurde beschädigt: Ein Eintrag wurde geändert"
    assert str(first) in mail.text


def test_it_is_proved_in_working_hours():
    assert JOBS["audit.prove"].when(clock.moment(MONDAY, 9))
    assert not JOBS["audit.prove"].when(clock.moment(date(2027, 2, 28), 9))


def test_compliance_searches_narrows_and_reads(compliance, browser):
    hr, person = accounts.user(Role.HR, name="Anna Kessler"), accounts.user(name="Lena Brandt")
    with audit.acting(hr, "accounts.rename", "Has married"):
        person.name = "Lena Vogt"
    with audit.acting(SYSTEM, "tests.arrange"):
        hr.name = "Anna Berg"
    db.session.commit()
    client = browser(compliance)

    def told(**narrowed: str) -> str:
        return Html(client.get("/history", query_string=narrowed)).words("main")

    assert "Name changed" in told(q="married")
    for words in ("Anna Kessler", "Anna Berg", f"Person {person.id}", "Has married"):
        assert words in told(q="married"), words
    assert "Name changed" in told(q=MONDAY.isoformat(), thing="user", stage="accounts", span="today")
    assert "No results." in told(q="married", thing="offer")
    assert "No results." in told(q="married", by="applicant")
    assert "No results." in told(q="2027-02-27")


def test_nobody_else_reads_it(browser):
    for role in set(Role) - {Role.COMPLIANCE, Role.ADMIN}:
        assert browser(accounts.user(role)).get("/history").status_code in (403, 404), role


def test_the_command_says_what_was_done_and_where(app, compliance, tmp_path):
    run = app.test_cli_runner().invoke
    assert "entries sealed" in run(args=["audit", "seal"]).output
    assert run(args=["audit", "verify"]).exit_code == 0
    kept = tmp_path / "mail.txt"
    kept.write_text("2027-03-01 4711 " + "0" * 64, encoding="utf-8")
    answer = run(args=["audit", "verify", "--anchors", str(kept)])
    assert answer.exit_code == 1
    assert "The last entries were cut off" in answer.output
    kept.write_text("no anchor", encoding="utf-8")
    answer = run(args=["audit", "verify", "--anchors", str(kept)])
    assert (answer.exit_code, answer.output.strip()) == (1, "There is no anchor in what was given.")
