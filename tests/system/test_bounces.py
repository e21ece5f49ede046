"""Addresses that take no mail: how that is noticed, where it is said, how it is over."""

from __future__ import annotations

import random
from email import policy
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.accounts import operations as accounts
from rmhr.core.db import db
from rmhr.core.mail import bounces, outbox
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.system import AuditEntry, Bounce, MessageStatus
from rmhr.system import delivery_reports
from tests.factories import applications
from tests.factories.accounts import employee, user
from tests.factories.reminders import bounce, message

S = MessageStatus
NORA = "nora@example.org"


def noted() -> dict[str, tuple[str, int]]:
    db.session.expire_all()
    return {each.address: (each.said, each.times) for each in db.session.scalars(sa.select(Bounce))}


@pytest.fixture
def server(app, monkeypatch, mailbox):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    return mailbox


# What a mail server says at once.


def test_an_address_that_the_server_refuses_for_good_is_noted(server):
    server.unknown = {NORA}
    mail = message(state=S.WAITING)

    assert outbox.deliver() == 0

    assert noted() == {NORA: ("550 5.1.1 No such mailbox", 1)}
    assert mail.state is S.FAILED


def test_it_is_counted_and_over_as_soon_as_a_mail_is_taken(server):
    server.unknown = {NORA}
    for _number in range(2):
        message(state=S.WAITING)
    other = message(user(), state=S.WAITING)
    assert outbox.deliver() == 1
    assert noted()[NORA][1] == 2
    assert other.state is S.SENT
    server.unknown = set()
    message(state=S.WAITING)

    assert outbox.deliver() == 1

    assert noted() == {}


@pytest.mark.parametrize("said", ["550 5.7.1 Looks like spam", "451 4.7.1 Come back later"])
def test_a_mail_that_is_refused_for_what_it_says_is_no_matter_of_the_address(server, said):
    server.refuse = said
    message(state=S.WAITING)

    outbox.deliver()

    assert noted() == {}


def test_the_history_does_not_tell_the_address():
    bounces.refused(NORA, f"550 <{NORA}> unknown")

    [entry] = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.subject_type == "bounce"))

    assert entry.action == "core.note"
    assert NORA not in str(entry.changes)


# What comes back later.


def notification(*groups: dict[str, str]) -> bytes:
    """A delivery status notification as mail servers write it."""
    mail = MIMEMultipart("report", report_type="delivery-status")
    mail["From"], mail["To"], mail["Subject"] = "MAILER-DAEMON@mx.example", "bank@bank.example", "Undelivered"
    mail.attach(MIMEText("I’m sorry to have to inform you …", "plain", "utf-8"))
    status = MIMENonMultipart("message", "delivery-status")
    parts = []
    for fields in ({"Reporting-MTA": "dns; mx.example"}, *groups):
        part = Message()
        for name, value in fields.items():
            part[name] = value
        parts.append(part)
    status.set_payload(parts)
    mail.attach(status)
    original = EmailMessage()
    original["To"], original["Subject"] = NORA, "Your application"
    original.set_content("Action: failed\nFinal-Recipient: rfc822; somebody.else@example.org\n")
    mail.attach(MIMEText(original.as_string(), "rfc822-headers"))
    return mail.as_bytes(policy=policy.SMTP)


def failed(address: str = NORA, **more: str) -> dict[str, str]:
    fields = {
        "Final-Recipient": f"rfc822; {address}",
        "Action": "failed",
        "Status": "5.1.1",
        "Diagnostic-Code": "smtp; 550 5.1.1 No such mailbox",
    }
    return fields | {name.replace("_", "-"): value for name, value in more.items()}


def told(app, raw: bytes) -> str:
    result = app.test_cli_runner().invoke(args=["mail", "bounced"], input=raw)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def test_what_came_back_is_noted(app):
    message()

    assert told(app, notification(failed())) == "1 address noted."

    assert noted() == {NORA: ("550 5.1.1 No such mailbox", 1)}


def test_several_recipients_in_one_notification(app):
    message()
    lena = user(email="lena@bank.example")
    message(lena)

    said = told(
        app, notification(failed(), failed("Lena@Bank.example", Diagnostic_Code="smtp; mailbox full"))
    )

    assert said == "2 addresses noted."
    assert noted()["lena@bank.example"] == ("5.1.1 mailbox full", 1)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_has_not_failed_is_not_noted(app, action):
    message()

    assert told(app, notification(failed(Action=action))) == "0 addresses noted."
    assert noted() == {}


def test_the_address_that_we_wrote_to_counts_whatever_became_of_it(app):
    message(to_address="nora+jobs@example.org")

    told(
        app,
        notification(
            failed("nora.nolte@internal.example", Original_Recipient="rfc822;nora+2Bjobs@example.org")
        ),
    )

    assert list(noted()) == ["nora+jobs@example.org"]


def test_people_to_whom_nobody_wrote_are_not_noted(app):
    message()

    assert told(app, notification(failed("ceo@other.example"))) == "0 addresses noted."


def test_garbage_changes_nothing_and_breaks_nothing(app):
    message()
    good = notification(failed())
    chance = random.Random(3464)
    samples = [
        b"",
        b"\x00\xff" * 50,
        b"Subject: hello\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822; nora@example.org\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno parts at all",
        notification(failed(Final_Recipient="", Original_Recipient="")),
        notification(failed("not an address")),
        notification(failed(f"{NORA}, x@example.org")),
        good.replace(b"multipart/report", b"multipart/mixed"),
        b"X" * (delivery_reports.LONGEST + 1) + good,
    ]
    for raw in samples:
        assert told(app, raw) == "0 addresses noted.", raw[:80]
    for _number in range(200):
        broken = bytearray(good)
        for _change in range(chance.randrange(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        for found in delivery_reports.failed(bytes(broken[: chance.randrange(len(broken))])):
            assert all("@" in address for address in found.addresses)
    assert noted() == {}


# Where it is said, and how it is over.


def test_it_is_said_on_the_person_s_page_and_cleared_there(browser):
    lena = employee(user=user(name="Lena Brandt")).user
    address = f"/mail/bounced/{bounce(lena.email).id}/works"
    hr = browser(user(Role.HR))
    page = hr.get(f"/people/{lena.id}").text
    assert f"Mail to {lena.email} does not arrive." in page
    assert "550 5.1.1 No such mailbox" in page

    answer = hr.post(address, headers={"Referer": f"http://localhost/people/{lena.id}"})

    assert answer.location == f"/people/{lena.id}"
    assert noted() == {}
    assert "does not arrive" not in hr.get(f"/people/{lena.id}").text
    assert hr.post(address).status_code == 404


def test_the_list_of_people_flags_them(browser):
    for number in range(10):
        person = employee(user=user()).user
        if number % 2:
            bounce(person.email)

    assert browser(user(Role.HR)).get("/people").text.count("Mail comes back") == 5


def test_it_is_said_on_the_application_s_page_to_hr(browser):
    it = applications.application()
    bounce(it.applicant.email)

    assert "does not arrive" in browser(user(Role.HR)).get(f"/applications/{it.id}").text


def test_only_those_who_know_the_people_say_that_it_works(browser):
    it = bounce(NORA)
    for role in set(Role) - {Role.HR, Role.ADMIN}:
        assert browser(user(role)).post(f"/mail/bounced/{it.id}/works").status_code == 403


def test_a_new_address_is_not_blamed_for_the_old_one(browser):
    lena = employee(user=user(name="Lena Brandt")).user
    bounce(lena.email)
    employment: Any = lena.employee

    accounts.people.change(
        SYSTEM,
        lena,
        name=lena.name,
        email="lena.b@bank.example",
        language="en",
        roles=lena.roles,
        unit_id=employment.unit_id,
        job_title="RM",
        supervisor_id=employment.supervisor_id,
        rm_type=employment.rm_type,
        level=employment.level,
        started_on=employment.started_on,
    )

    assert noted() == {}
