"""Invitations, read back by a calendar library and a mail parser."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar

from rmhr.core import clock
from rmhr.core.mail import invitation, outbox
from rmhr.models.system import Message

pytestmark = pytest.mark.once
START = datetime(2026, 12, 1, 14, 0, tzinfo=timezone(timedelta(hours=1)))
MEETING: dict[str, Any] = {
    "uid": "interview-7@bank.example",
    "sequence": 2,
    "starts_at": START,
    "ends_at": START + timedelta(minutes=90),
    "summary": "Interview mit Jürgen Öztürk 🎉; Raum, 3",
    "organizer": ("Anna Keßler", "anna@bank.example"),
    "attendees": [("Seán O'Neil, PhD", "sean@bank.example"), ("Łucja", "lucja@bank.example")],
}
MORE = {
    "description": "Fragen:\n1. Warum wir?\n2. Was noch?",
    "location": "Altona, Raum 3",
    "url": "https://people.bank.example/interviews/7?x=1&y=2",
}


def event(text: str) -> Any:
    calendar = Calendar.from_ical(text)
    assert calendar.errors == []
    (found,) = calendar.walk("VEVENT")
    assert found.errors == []
    return found


def test_a_request_says_everything_in_utc():
    with clock.at(datetime(2026, 11, 23, 9, 30, 15, 999, tzinfo=UTC)):
        text = invitation.request(**MEETING, **MORE)
    found = event(text)

    assert Calendar.from_ical(text)["METHOD"] == "REQUEST"
    assert "DTSTART:20261201T130000Z\r\n" in text
    assert "DTEND:20261201T143000Z\r\n" in text
    assert "DTSTAMP:20261123T093015Z\r\n" in text
    assert "VTIMEZONE" not in text
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == ("interview-7@bank.example", 2, "CONFIRMED")
    assert found["SUMMARY"] == "Interview mit Jürgen Öztürk 🎉; Raum, 3"
    assert found["DESCRIPTION"] == "Fragen:\n1. Warum wir?\n2. Was noch?"
    assert found["LOCATION"] == "Altona, Raum 3"
    assert found["URL"] == "https://people.bank.example/interviews/7?x=1&y=2"
    assert found["ORGANIZER"] == "mailto:anna@bank.example"
    assert found["ORGANIZER"].params["CN"] == "Anna Keßler"
    first, second = found["ATTENDEE"]
    assert (first, first.params["CN"]) == ("mailto:sean@bank.example", "Seán O'Neil, PhD")
    assert (second, second.params["CN"]) == ("mailto:lucja@bank.example", "Łucja")
    assert (first.params["RSVP"], first.params["PARTSTAT"]) == ("TRUE", "NEEDS-ACTION")
    assert first.params["ROLE"] == "REQ-PARTICIPANT"


def test_a_cancellation_takes_back_the_same_meeting():
    text = invitation.cancel(**MEETING | {"sequence": 3})
    found = event(text)

    assert Calendar.from_ical(text)["METHOD"] == "CANCEL"
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == ("interview-7@bank.example", 3, "CANCELLED")
    assert len(found["ATTENDEE"]) == 2


def test_lines_are_folded_at_75_bytes_and_end_in_crlf():
    text = invitation.request(**MEETING | {"summary": "Gespräch 🎉 über alles " * 20}, **MORE)

    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize(
    "evil",
    [
        "x\r\nATTENDEE:mailto:spy@bank.example",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        "x\u2028y\x85z\x0b\x00",
        'x";RSVP=FALSE:mailto:spy@bank.example',
        "x^n^'\\n",
    ],
)
def test_nothing_that_is_typed_becomes_a_property(evil):
    people = {"organizer": (evil, "a@bank.example"), "attendees": [(evil, "b@bank.example")]}
    text = invitation.request(
        **MEETING | {"summary": evil} | people, **MORE | {"description": evil, "location": evil}
    )
    found = event(text)

    assert (str(found["ORGANIZER"]), str(found["ATTENDEE"])) == (
        "mailto:a@bank.example",
        "mailto:b@bank.example",
    )
    assert found["ATTENDEE"].params["RSVP"] == "TRUE"
    assert sorted(found) == sorted(event(invitation.request(**MEETING, **MORE)))
    assert "\r" not in found["DESCRIPTION"]
    begins = [line for line in text.split("\r\n") if line.startswith(("BEGIN", "ATTENDEE"))]
    assert [line[:8] for line in begins] == ["BEGIN:VC", "BEGIN:VE", "ATTENDEE"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": datetime(2026, 12, 1, 14, 0)},
        {"ends_at": START},
        {"organizer": ("A", "a@bank.example\r\nX:y")},
        {"attendees": [("A", "no address")]},
        {"attendees": [("A", "a@b.example,c@d.example")]},
        {"url": "javascript:alert(1)"},
        {"url": "https://bank.example/\r\nX:y"},
    ],
)
def test_what_cannot_be_a_meeting_is_refused(wrong):
    with pytest.raises(ValueError):
        invitation.request(**MEETING | MORE | wrong)


def test_a_person_without_a_name_is_called_by_the_address():
    found = event(invitation.request(**MEETING | {"attendees": [("  ", "b@bank.example")]}, **MORE))

    assert found["ATTENDEE"].params["CN"] == "b@bank.example"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_in_a_mail_it_is_an_alternative_and_a_file(method):
    body = invitation.request(**MEETING, **MORE) if method == "REQUEST" else invitation.cancel(**MEETING)
    message = Message(
        to_address="sean@bank.example",
        to_name="Seán O'Neil",
        language="de",
        subject="Einladung: Gespräch",
        text="Grüß Gott 🎉\n" + "lang " * 300,
        html="<p>Grüß Gott 🎉</p>",
        calendar=body,
        calendar_method=method,
        message_id="<1@bank.example>",
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    sent = outbox.mime(message, "hr@bank.example", "Nordhaven Bank").as_bytes(policy=email.policy.SMTP)
    mail: Any = email.message_from_bytes(sent, policy=email.policy.default)

    assert mail.get_content_type() == "multipart/mixed"
    alternative, attached = mail.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    plain, html, calendar = alternative.iter_parts()
    types = [part.get_content_type() for part in (plain, html, calendar)]
    assert types == ["text/plain", "text/html", "text/calendar"]
    assert calendar["Content-Type"].params["method"] == method == Calendar.from_ical(body)["METHOD"]
    assert calendar["Content-Type"].params["charset"].lower() == "utf-8"
    assert attached.get_filename() == "invite.ics"
    for part in (calendar.get_payload(decode=True), attached.get_payload(decode=True)):
        assert part.replace(b"\r\n", b"\n") == body.replace("\r\n", "\n").encode()
    assert all(len(line) <= 998 and line.isascii() for line in sent.split(b"\r\n"))
    assert "Grüß Gott 🎉" in mail.get_body(("plain",)).get_content()
