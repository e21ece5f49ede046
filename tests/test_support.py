"""What the suite stands on does what it says."""

from __future__ import annotations

import re
import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr import STAGES
from rmhr.core import clock
from tests.conftest import LONGEST, ON_BOTH
from tests.support.due_things import send_due

TESTS = Path(__file__).parent
OPENS_CONNECTIONS = re.compile(
    r"\bThread\(|ThreadPoolExecutor|create_engine\(|tests\.support(\.| import )(forks|elsewhere)"
)
RUNS_SOMEWHERE = re.compile(r"(fresh|upgraded)_database|mark\.(both|once|sqlite|postgresql|browser)")

pytestmark = pytest.mark.both


def test_a_mail_cannot_leave_by_accident() -> None:
    with pytest.raises(pytest.fail.Exception, match="SMTP"):
        smtplib.SMTP("127.0.0.1", 25)


@pytest.mark.once
def test_the_mailbox_is_a_real_server(mailbox: Any) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "hr@bank.example", "anna@example.org", "Grüße"
    mail.set_content("Schön, dass Sie da sind.", cte="quoted-printable")

    with smtplib.SMTP("127.0.0.1", int(mailbox.url.rsplit(":", 1)[1])) as client:
        client.send_message(mail)

    (received,) = mailbox.to("anna@example.org")
    assert received["Subject"] == "Grüße"
    assert received.get_content().strip() == "Schön, dass Sie da sind."


def test_queries_are_counted(session: Any, max_queries: Any) -> None:
    with max_queries(2) as asked:
        session.execute(sa.text("SELECT 1"))
        session.execute(sa.text("SELECT 2"))
    assert len(asked) == 2

    with pytest.raises(AssertionError, match=r"1\. SELECT 1"), max_queries(0):
        session.execute(sa.text("SELECT 1"))


@pytest.mark.once
def test_what_is_begun_first_is_still_there() -> None:
    assert [path for path in LONGEST if not (TESTS.parent / path).exists()] == []


def test_no_test_sends_reminders_at_whatever_hour_it_runs(session: Any) -> None:
    with pytest.raises(AssertionError, match="the hour at which the suite runs"):
        send_due()
    with clock.at(clock.moment(clock.today(), 9)):
        assert send_due() == 0


@pytest.mark.parametrize("again", [1, 2])
def test_what_is_committed_in_a_test_is_gone_in_the_next(session: Any, again: int) -> None:
    session.execute(sa.text("CREATE TABLE left_behind (n INTEGER)"))
    session.commit()


def test_the_database_is_the_one_that_was_asked_for(session: Any, request: pytest.FixtureRequest) -> None:
    assert session.connection().dialect.name == request.config.option.database


@pytest.mark.once
def test_what_is_about_locks_runs_on_postgresql() -> None:
    """Threads, processes and connections of one's own are about locks: see decision 12."""
    for path in sorted(TESTS.rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if OPENS_CONNECTIONS.search(source):
            assert RUNS_SOMEWHERE.search(source), f"{path.relative_to(TESTS)} does not say where it runs"


@pytest.mark.once
def test_every_stage_has_tests_that_run_on_postgresql() -> None:
    silent = {
        stage
        for stage in STAGES
        if not any(
            ON_BOTH.match(path.stem) or "mark.both" in path.read_text(encoding="utf-8")
            for path in (TESTS / stage).rglob("test_*.py")
        )
    }
    assert silent == set()
