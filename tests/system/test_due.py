"""Mail that could not be sent is owed by somebody, as one thing with one button."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.models.accounts import Role
from rmhr.models.system import Message, MessageStatus
from tests.factories import save
from tests.factories.accounts import user


def failed(number: int, days_ago: int = 0, state: MessageStatus = MessageStatus.FAILED) -> Message:
    return save(
        Message(
            kind="tests.mail",
            to_address=f"somebody{number}@bank.example",
            to_name="Somebody",
            language="en",
            subject="Hello",
            text="Hello",
            html="<p>Hello</p>",
            message_id=f"<{number}@bank.example>",
            state=state,
            next_attempt_at=clock.now() - timedelta(days=days_ago),
            sent_at=clock.now() if state is MessageStatus.SENT else None,
        )
    )


def owed(person, source="system.undelivered"):
    return [due for due in sources.for_person(person.id) if due.source.name == source]


def waiting(number: int, hours: int) -> Message:
    with clock.at(clock.now() - timedelta(hours=hours)):
        return failed(number, state=MessageStatus.WAITING)


def test_all_of_it_is_one_thing_for_the_longest_serving_administrator(browser):
    admin, other, hr = user(Role.ADMIN), user(Role.ADMIN), user(Role.HR)
    assert owed(admin) == []
    failed(1, days_ago=1)
    failed(2)
    failed(3, state=MessageStatus.SENT)

    (thing,) = owed(admin)

    assert thing.what == "See to mail that could not be sent: 2"
    assert thing.on == clock.today() - timedelta(days=1)
    assert owed(other) == owed(hr) == []
    assert 'href="/mail/undelivered"' in browser(admin).get("/today").text


def test_without_an_administrator_it_is_for_hr():
    user(Role.ADMIN, left_on=clock.today() - timedelta(days=1))
    hr = user(Role.HR)
    failed(1)
    assert len(owed(hr)) == 1


def test_it_is_over_once_it_is_sent_again_or_put_aside():
    admin, mail = user(Role.ADMIN), failed(1)
    assert owed(admin)
    mail.state = MessageStatus.WAITING
    db.session.commit()
    assert not owed(admin)


def test_mail_that_stands_for_hours_is_owed_by_the_administrator_until_it_goes_out(app, browser, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://mail.bank.example")
    admin = user(Role.ADMIN)
    waiting(1, hours=1)
    assert owed(admin, "system.mail_stands") == []
    first = waiting(2, hours=4)

    (thing,) = owed(admin, "system.mail_stands")

    assert thing.what == "See to the mail server: 2 to be sent"
    assert 'href="/admin/mail"' in browser(admin).get("/today").text
    first.state, first.sent_at = MessageStatus.SENT, clock.now()
    db.session.commit()
    assert owed(admin, "system.mail_stands") == []


def test_without_a_mail_server_nobody_owes_that_mail_goes_out(app):
    admin = user(Role.ADMIN)
    waiting(1, hours=9)
    assert not app.config["SMTP_URL"]
    assert owed(admin, "system.mail_stands") == []
