"""The body of severely disabled employees in interviews: invited by a tick, told of changes, left out where asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.applications import disclosures
from rmhr.interviews.reasons import CallOff
from rmhr.interviews.workflow import FLOW
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus, Disability
from rmhr.models.duties import Answer
from tests.factories import accounts, applications, duties
from tests.factories import interviews as make
from tests.interviews.test_operations import move, plan
from tests.support.html import Html

pytestmark = pytest.mark.both
S = ApplicationStatus
BODY = "sbv@bank.example"


@pytest.fixture
def shortlisted():
    """A severely disabled person who is to be invited."""
    return applications.disclosed(applications.application(S.SHORTLISTED))


@pytest.fixture
def written(mails):
    """`written()` are the kinds of mails to the body about interviews."""
    return lambda: [
        each.kind.removeprefix("interviews.")
        for each in mails()
        if each.to_address == BODY and each.kind.startswith("interviews.")
    ]


def test_the_body_gets_the_appointment_with_an_entry_for_its_calendar(shortlisted, mails, written):
    it = plan(shortlisted, representative=True)

    assert written() == ["invited_representative"]
    mail = next(each for each in mails() if each.kind == "interviews.invited_representative")
    assert mail.language == "de"
    assert mail.calendar_method == "REQUEST"
    assert f"UID:{it.uid}" in mail.calendar.replace("\r\n ", "")
    assert BODY in mail.calendar.replace("\r\n ", "")
    assert all(str(each.text) not in mail.calendar for each in it.questions), "the questions are the panel's"
    assert shortlisted.name in mail.text
    assert shortlisted.name not in mail.subject


def test_without_the_tick_it_hears_nothing(shortlisted, written):
    it = plan(shortlisted)

    assert it.representative_at == ""
    assert written() == []


def test_it_hears_what_changes_and_nothing_of_what_is_for_the_candidate(shortlisted, written):
    it = plan(shortlisted, representative=True)

    move(it, message="Please ring the bell.")
    assert written() == ["invited_representative"]
    move(it, starts_at=it.starts_at + timedelta(hours=1))
    assert written()[1:] == ["moved_representative"]
    move(it, representative=False)
    assert written()[2:] == ["without_representative"]
    assert it.representative_at == ""
    move(it, representative=True)
    assert written()[3:] == ["invited_representative"]
    assert it.sequence == 4
    FLOW.perform(it.application.posting.recruiter, it, "cancel", reason=CallOff.PANEL, line="", words="Ill")
    assert written()[4:] == ["cancelled_representative"]


@pytest.mark.parametrize("way", ["objects", "takes back"])
def test_whoever_does_not_want_it_any_more_meets_the_panel_alone(shortlisted, written, way):
    it = plan(shortlisted, representative=True)

    if way == "objects":
        disclosures.disclose(shortlisted.applicant, shortlisted, kind=Disability.SEVERE, objects=True)
    else:
        disclosures.take_back(shortlisted.applicant, shortlisted)

    assert it.representative_at == ""
    assert written() == ["invited_representative", "without_representative"]


def test_a_change_of_the_answer_leaves_the_appointment(shortlisted, written):
    it = plan(shortlisted, representative=True)

    disclosures.disclose(shortlisted.applicant, shortlisted, kind=Disability.EQUAL)

    assert it.representative_at == BODY
    assert written() == ["invited_representative"]


def test_the_form_asks_with_a_tick_where_it_may_take_part(browser, session, shortlisted):
    make.round_()
    hr = browser(accounts.user(Role.HR))

    def tick(it):
        return Html(hr.get(f"/applications/{it.id}/interview").text).all("input[name=representative]")

    (asked,) = tick(shortlisted)
    assert "checked" in asked.attrib
    assert tick(applications.application(S.SHORTLISTED)) == []
    objecting = applications.disclosed(applications.application(S.SHORTLISTED), objects=True)
    assert tick(objecting) == []
    duties.changed(representative_email="")
    assert tick(shortlisted) == []
    assert "tell it the appointment yourself" in hr.get(f"/applications/{shortlisted.id}/interview").text
    duties.changed(representative=Answer.NO)
    assert "representative body" not in hr.get(f"/applications/{shortlisted.id}/interview").text


def test_hr_sees_that_it_has_the_appointment_and_the_panel_does_not(browser, session, shortlisted):
    it = plan(shortlisted, representative=True)
    session.commit()
    words = "The representative body has the appointment."

    assert words in browser(shortlisted.posting.recruiter).get(f"/interviews/{it.id}").text
    assert words not in browser(it.seats[0].interviewer).get(f"/interviews/{it.id}").text
