"""Mail: written with what it announces, sent once, tried again, in the end given up."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy.exc import IntegrityError

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.mail import delivery, outbox, smtp
from rmhr.models.accounts import Role
from rmhr.models.system import Message, MessageStatus
from tests.factories.accounts import user
from tests.support.elsewhere import at_once, elsewhere

S = MessageStatus

pytestmark = pytest.mark.both


@dataclass
class Somebody:
    """Who is written to."""

    name: str = "Jürgen Groß"
    email: str = "juergen@example.org"
    language: str = "de"


def message(**given) -> Message:
    """A mail that waits."""
    defaults = {
        "kind": "tests.mail",
        "to_address": "lena.brandt@example.org",
        "to_name": "Lena Brandt",
        "language": "en",
        "subject": "Your day",
        "text": "Good morning\n",
        "html": "<!doctype html><html><head></head><body><p>Good morning</p></body></html>",
        "message_id": f"<{given.pop('n', 1)}@bank.example>",
        "state": S.WAITING,
    }
    row = Message(**defaults | given)
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def smtp_url(app, monkeypatch, mailbox):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    return mailbox.url


def test_a_mail_that_waits_is_sent_once(mailbox, smtp_url):
    mail = message()

    assert outbox.deliver() == 1
    assert outbox.deliver() == 0

    assert (mail.state, mail.attempts, mail.error) == (S.SENT, 1, "")
    assert mail.sent_at is not None
    [received] = mailbox.received
    assert received["To"] == "Lena Brandt <lena.brandt@example.org>"
    assert received["From"].addresses[0].display_name == "Nordhaven Bank"
    assert received["Message-ID"] == mail.message_id
    assert received["Auto-Submitted"] == "auto-generated"


def test_one_connection_is_enough_for_many_mails(mailbox, smtp_url, monkeypatch):
    opened = []
    connect = smtp.Server._connect
    monkeypatch.setattr(smtp.Server, "_connect", lambda self: opened.append(1) or connect(self))
    for n in range(5):
        message(n=n)

    assert outbox.deliver() == 5

    assert len(opened) == 1
    assert len({mail["Message-ID"] for mail in mailbox.received}) == 5


def test_without_a_mail_server_nothing_is_tried(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", None)
    mail = message()

    assert outbox.deliver() == 0
    assert (mail.state, mail.attempts) == (S.WAITING, 0)


def test_a_mail_that_is_refused_for_now_waits_longer_each_time_and_then_has_failed(mailbox, smtp_url):
    mailbox.refuse = "451 4.7.1 Greylisted, come back later"
    mail = message()
    now = clock.now()
    for minutes in delivery.BACK_OFF:
        with clock.at(now):
            assert outbox.deliver() == 0
            assert mail.state is S.WAITING
            assert mail.next_attempt_at == now + timedelta(minutes=minutes)
            assert "Greylisted" in mail.error
        with clock.at(now + timedelta(minutes=minutes, seconds=-1)):
            assert outbox.deliver() == 0, "too early"
        now += timedelta(minutes=minutes)

    with clock.at(now):
        outbox.deliver()

    assert (mail.state, mail.attempts) == (S.FAILED, len(delivery.BACK_OFF) + 1)
    assert mail.sent_at is None


def test_a_mail_server_that_is_down_over_a_long_weekend_loses_nothing(app, monkeypatch, mailbox):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    mails, friday = [message(n=number) for number in range(3)], clock.now()
    for minutes in range(0, 3 * 24 * 60, 5):
        with clock.at(friday + timedelta(minutes=minutes)):
            assert outbox.deliver() == 0
    assert {mail.state for mail in mails} == {S.WAITING}

    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    for minutes in range(0, 4 * 60 + 5, 5):
        with clock.at(friday + timedelta(days=3, minutes=minutes)):
            outbox.deliver()
    assert {mail.state for mail in mails} == {S.SENT}
    assert len(mailbox.received) == 3


def test_what_is_given_up_was_tried_for_five_days_at_growing_distances():
    assert timedelta(minutes=sum(delivery.BACK_OFF)) >= timedelta(days=5)
    assert list(delivery.BACK_OFF) == sorted(delivery.BACK_OFF)


def test_a_mail_that_is_refused_for_good_is_not_tried_again(mailbox, smtp_url):
    mailbox.refuse = "550 5.1.1 No such person"
    mail = message()

    outbox.deliver()

    assert mail.state is S.FAILED
    assert mail.error == "550 5.1.1 No such person"


def test_one_mail_that_is_refused_does_not_hold_up_the_next(mailbox, smtp_url):
    bad = message(n=1, to_address="ünïcode@example.org")
    worse = message(n=2, to_address="not an address\r\nBcc: x@example.org")
    good = message(n=3)

    assert outbox.deliver() == 1

    assert [mail.state for mail in (bad, worse, good)] == [S.FAILED, S.FAILED, S.SENT]
    assert worse.error


def test_a_mail_server_that_does_not_answer_costs_one_attempt_and_is_found_again(app, monkeypatch, mailbox):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://127.0.0.1:{taken.getsockname()[1]}")
        first, second = message(n=1), message(n=2)

        assert outbox.deliver() == 0

    assert (first.state, first.attempts) == (S.WAITING, 1)
    assert "Connection refused" in first.error
    assert second.attempts == 0, "the others need not meet the same"

    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert outbox.deliver() == 2
    assert first.error == ""


def test_a_password_is_not_told_to_a_server_without_encryption(mailbox, monkeypatch):
    monkeypatch.setattr(smtp, "LOOPBACK", ())
    server = smtp.Server(mailbox.url.replace("smtp://", "smtp://me:secret@"))

    with pytest.raises(delivery.Unreachable, match="no encryption"):
        server.send(EmailMessage())


def test_a_sender_that_dies_before_marking_leads_to_the_same_mail_again_never_to_a_lost_one(
    mailbox, smtp_url, monkeypatch
):
    mail = message()

    def die(*_args, **_values):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(delivery.Claim, "mark", die)
        with pytest.raises(KeyboardInterrupt):
            outbox.deliver()
    db.session.rollback()
    assert mail.state is S.WAITING
    assert outbox.deliver() == 0, "for a while it belongs to who claimed it"

    with clock.at(clock.now() + delivery.LEASE + timedelta(seconds=1)):
        assert outbox.deliver() == 1

    assert mail.state is S.SENT
    assert [each["Message-ID"] for each in mailbox.received] == [mail.message_id] * 2


def test_a_sender_that_was_too_slow_does_not_mark_what_is_no_longer_its_own(mailbox, smtp_url, monkeypatch):
    mail = message()
    send = smtp.Server.send

    def slow(self, mime):
        # Meanwhile somebody else has claimed it, and failed for good.
        db.session.execute(sa.update(Message).values(attempts=5, state=S.FAILED, error="theirs"))
        db.session.commit()
        send(self, mime)

    monkeypatch.setattr(smtp.Server, "send", slow)
    outbox.deliver()

    assert (mail.state, mail.error) == (S.FAILED, "theirs")


def test_two_senders_at_once_send_each_mail_once(upgraded_database, tmp_path, mailbox):
    with elsewhere(upgraded_database, tmp_path, SMTP_URL=mailbox.url) as app:
        with app.app_context():
            for n in range(30):
                message(n=n)

        sent = at_once(app, outbox.deliver, outbox.deliver, outbox.deliver)

        assert sum(sent) == 30, sent
    numbers = [mail["Message-ID"] for mail in mailbox.received]
    assert len(numbers) == len(set(numbers)) == 30


def test_no_transaction_is_open_while_mail_is_sent(upgraded_database, tmp_path, mailbox, monkeypatch):
    """On SQLite it would keep every writer out for as long as the server takes."""
    send = smtp.Server.send

    def look(self, mime):
        assert not db.session().in_transaction()
        send(self, mime)

    monkeypatch.setattr(smtp.Server, "send", look)
    with elsewhere(upgraded_database, tmp_path, SMTP_URL=mailbox.url) as app, app.app_context():
        message()
        assert outbox.deliver() == 1


def test_who_is_asked_to_stop_sends_no_further_mail(mailbox, smtp_url):
    message(n=1)
    message(n=2)
    answers = iter([True, False])

    assert outbox.deliver(go_on=lambda: next(answers)) == 1


NAMES = [
    "Robert\r\nBcc: everybody@example.org",
    "Tab\tand\x0bvertical\x07bell",
    'Anna "Änne" Kessler, HR <x@example.org>',
    "Nguyễn Thị Ánh \u2028next line",
    "李小龍 🙂\u202egnihtemos",
    "x" * 500,
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_and_no_subject_begins_another_header(mailbox, smtp_url, name):
    message(to_name=name, subject=f"For {name}\r\nX-Evil: yes")

    assert outbox.deliver() == 1

    [received] = mailbox.received
    assert received["Bcc"] is None
    assert received["X-Evil"] is None
    assert [each.addr_spec for each in received["To"].addresses] == ["lena.brandt@example.org"]
    assert received["Subject"].startswith("For")
    assert "\n" not in str(received["Subject"])


def test_words_of_every_language_arrive_as_they_were_written(mailbox, smtp_url):
    words = "Grüße aus Kiel – 100 % “gut”. = 日本語\n" + "ein sehr langes Wort " * 60 + "\n.\nEnde\n"
    subject = "Schöne Grüße, 李小龍 und Nguyễn Thị Ánh – bis übermorgen um 14 Uhr in Hamburg-Altona"
    message(text=words, subject=subject)

    outbox.deliver()

    [received] = mailbox.received
    assert received.get_body(("plain",)).get_content().replace("\r\n", "\n") == words
    assert received["Subject"] == subject
    assert "Good morning" in received.get_body(("html",)).get_content()
    assert max(len(line) for line in received.as_bytes().splitlines()) <= 998


def test_a_sent_mail_has_its_time_and_no_other_has(session):
    for state, sent_at in ((S.SENT, None), (S.WAITING, clock.now())):
        session.add(Message(**_bare(state=state, sent_at=sent_at)))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def _bare(**given):
    return {
        "kind": "tests.mail",
        "to_address": "a@example.org",
        "to_name": "A",
        "language": "en",
        "subject": "S",
        "text": "T",
        "html": "<p>T</p>",
        "message_id": "<bare@bank.example>",
        **given,
    }


@pytest.fixture
def notice(app, monkeypatch):
    """A notice whose text is given here."""
    source = (
        '{% extends "layouts/email.html" %}{% from "components/email.html" import para %}'
        "{% block body %}{{ para(words) }}{{ para(language) }}{% endblock %}"
    )
    here = DictLoader({"tests/emails/mail.html": source})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([here, app.jinja_env.loader]))
    monkeypatch.setattr(registry, "NOTICES", registry.Registry("notices"))
    return outbox.Notice(
        name="tests.mail",
        subject="Hello %(words)s",
        to=lambda people: people,
        context=lambda _people, recipient: {"words": f"for {recipient.name}"},
    )


def test_a_notice_is_written_to_each_recipient_in_their_language_and_escaped(app, notice, mails):
    outbox.queue(notice, [Somebody("Lena <b>B</b>", "lena@example.org", "en"), Somebody()])
    db.session.commit()

    lena, juergen = mails()
    assert (lena.language, juergen.language) == ("en", "de")
    assert lena.subject == "Hello for Lena <b>B</b>"
    assert "Lena &lt;b&gt;B" in lena.html
    assert "for Lena <b>B</b>" in lena.text
    assert "\nde\n" in juergen.text
    assert "This e-mail comes from" in lena.text


def test_without_a_mail_server_mail_is_kept_and_with_one_it_waits(app, notice, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", None)
    [kept] = outbox.queue(notice, [Somebody()])
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    [waiting] = outbox.queue(notice, [Somebody()])

    assert (kept.state, waiting.state) == (S.KEPT, S.WAITING)


def test_what_is_rolled_back_was_never_said(app, notice, mails):
    outbox.queue(notice, [user(Role.HR)])
    db.session.rollback()

    assert mails() == []


def test_a_subject_of_one_line_is_made_of_whatever_it_was(app, notice):
    [written] = outbox.queue(notice, [Somebody("Two\r\nlines\tand\x00more")])

    assert written.subject == "Hello for Two lines and more"
