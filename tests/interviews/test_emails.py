"""What the panel and the candidate are written, and what their calendars make of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from rmhr.core import clock
from rmhr.core.i18n import Words, speaking
from rmhr.core.mail.outbox import mime
from rmhr.interviews import notifications
from rmhr.interviews.reasons import CallOff
from rmhr.interviews.workflow import FLOW
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from tests.factories import accounts, applications
from tests.factories import interviews as make

from .test_operations import move, plan


def entry(mail):
    """(METHOD, event) of the calendar part of the mail as it travels."""
    sent = mime(mail, "people@bank.example", "Nordhaven Bank")
    (part,) = [each for each in sent.walk() if each.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert calendar.errors == []
    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    assert part.get_param("method") == calendar["METHOD"]
    return calendar["METHOD"], event


def by_kind(mails, kind):
    return [mail for mail in mails() if mail.kind == f"interviews.{kind}"]


def test_each_of_the_panel_gets_the_entry_and_the_questions(mails):
    starts_at = clock.moment(clock.today() + timedelta(days=20), 15)
    it = plan(starts_at=starts_at, panel=[make.interviewer(name="Zoë O'Neil"), make.interviewer()])

    for mail, seat in zip(by_kind(mails, "invited_interviewer"), it.seats, strict=True):
        method, event = entry(mail)
        assert (mail.to_address, method) == (seat.interviewer.email, "REQUEST")
        assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (it.uid, 0, "CONFIRMED")
        assert event.start == starts_at
        assert str(event.start.tzinfo) == "UTC"
        assert event.end - event.start == timedelta(minutes=60)
        assert str(event["LOCATION"]) == "Room Alster"
        assert [str(a) for a in event["ATTENDEE"]] == [f"mailto:{s.interviewer.email}" for s in it.seats]
        assert str(event["ORGANIZER"]) == f"mailto:{it.planned_by.email}"
        for question in it.questions:
            assert str(question.text) in str(event["DESCRIPTION"])
            assert str(question.text) in mail.text
        assert f"/interviews/{it.id}" in mail.text


def test_the_candidate_reads_what_to_expect_and_the_pay_in_their_language(mails):
    person = applications.applicant(language="de", name="Jürgen Öztürk-Łoś")
    application = applications.application(ApplicationStatus.SHORTLISTED, applicant=person)
    starts_at = clock.moment(date(clock.today().year + 1, 7, 1), 10)
    it = plan(application, starts_at=starts_at, message="Bitte am Empfang melden.")

    (mail,) = by_kind(mails, "invited_candidate")
    method, event = entry(mail)
    assert (mail.to_address, mail.language, method) == (person.email, "de", "REQUEST")
    assert "58.000 bis 74.000 €" in mail.text.replace("\xa0", " ")
    assert "Bitte am Empfang melden." in mail.text
    assert "/careers/my-application/" in mail.text
    for seat in it.seats:
        assert seat.interviewer.name in mail.text
        assert seat.interviewer.email not in mail.text
    assert str(it.questions[0].text["de"]) not in mail.text
    assert str(it.questions[0].text["de"]) not in str(event["DESCRIPTION"])
    assert str(event["ATTENDEE"]) == f"mailto:{person.email}"


def test_a_move_replaces_the_entry(mails):
    it = plan()
    later = it.starts_at + timedelta(days=1)
    move(it, starts_at=later, place="Room Elbe")

    for kind in ("moved_interviewer", "moved_candidate"):
        for mail in by_kind(mails, kind):
            method, event = entry(mail)
            assert (method, str(event["UID"]), event["SEQUENCE"]) == ("REQUEST", it.uid, 1)
            assert event.start == later.replace(microsecond=0)
            assert "Room Elbe" in mail.text
    assert len(by_kind(mails, "moved_interviewer")) == 2


def test_a_cancellation_takes_the_entry_back_and_says_why(mails):
    it = plan()
    move(it, place="Room Elbe")
    FLOW.perform(
        accounts.user(Role.HR),
        it,
        "cancel",
        reason=CallOff.PANEL,
        line="We write with another date.",
        words="Mara is ill.",
    )

    told = by_kind(mails, "cancelled_interviewer") + by_kind(mails, "cancelled_candidate")
    assert len(told) == 3
    for mail in told:
        method, event = entry(mail)
        assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")
        assert (str(event["UID"]), event["SEQUENCE"]) == (it.uid, 2)
        candidate = mail.user_id is None
        assert (str(CallOff.PANEL.for_candidate) in mail.text) == candidate
        assert (str(CallOff.PANEL.for_panel) in mail.text) != candidate
        assert ("We write with another date." in mail.text) == candidate
        assert ("Mara is ill." in mail.text) != candidate


@pytest.mark.parametrize("reason", CallOff)
@pytest.mark.parametrize("language", ["en", "de"])
def test_each_reason_has_words_for_each_side_in_both_languages(app, reason, language):
    with app.test_request_context(), speaking(language):
        said = [str(each) for each in (reason.label, reason.for_candidate, reason.for_panel)]
    assert all(said)
    if language == "de":
        with app.test_request_context(), speaking("en"):
            english = [str(each) for each in (reason.label, reason.for_candidate, reason.for_panel)]
        assert not set(said) & set(english)


@pytest.mark.parametrize("change", ["nothing", "words", "place", "panel"])
def test_only_who_has_to_know_of_a_change_is_told_of_it(mails, change):
    it = plan()
    before = len(mails())
    given = {"words": {"message": "Ring twice."}, "place": {"place": "Room Elbe"}}.get(change, {})
    if change == "panel":
        given = {"panel": [it.seats[0].interviewer, make.interviewer()]}
    move(it, **given)

    told = sorted(mail.kind.partition(".")[2] for mail in mails()[before:])
    everybody = ["moved_candidate", "moved_interviewer", "moved_interviewer"]
    joined = ["invited_interviewer", "moved_candidate", "moved_interviewer", "taken_off"]
    assert told == {"nothing": [], "words": ["moved_candidate"], "panel": joined}.get(change, everybody)
    assert it.sequence == (0 if change == "nothing" else 1)


@pytest.mark.parametrize("language", ["en", "de"])
def test_to_somebody_only_taken_off_a_panel_nothing_says_cancelled(mails, language):
    off = make.interviewer(language=language)
    it = plan(panel=[make.interviewer(), off])
    move(it, panel=[it.seats[0].interviewer, make.interviewer()])

    (mail,) = [each for each in by_kind(mails, "taken_off") if each.user_id == off.id]
    assert not any(word in mail.subject.casefold() for word in ("cancel", "abgesagt", "absage"))
    method, event = entry(mail)
    assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_the_file_on_the_status_page_tells_and_asks_nothing(app):
    it = make.interview()
    calendar = Calendar.from_ical(notifications.published(it, it.application.applicant))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], str(event["UID"])) == ("PUBLISH", it.uid)
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("low_high", [(None, None), (60_000_00, 60_000_00)])
def test_the_pay_of_a_posting_is_said_as_it_is(mails, low_high):
    low, high = low_high
    posting = applications.posting(
        pay_min=low, pay_max=high, usual_min=None, usual_max=None, pay_variable=Words.both("", "")
    )
    it = applications.application(ApplicationStatus.SHORTLISTED, posting=posting)
    plan(applications.told_pay(it))
    (mail,) = by_kind(mails, "invited_candidate")
    assert ("Pay" in mail.text) is (low is not None)
    assert "None" not in mail.text
