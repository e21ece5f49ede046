"""What the suite stands on does what it says."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa


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


@pytest.mark.parametrize("again", [1, 2])
def test_what_is_committed_in_a_test_is_gone_in_the_next(session: Any, again: int) -> None:
    session.execute(sa.text("CREATE TABLE left_behind (n INTEGER)"))
    session.commit()


def test_the_database_is_the_one_that_was_asked_for(session: Any, request: pytest.FixtureRequest) -> None:
    assert session.connection().dialect.name == request.config.option.database
