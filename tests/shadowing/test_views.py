"""Writing a session up, reading it, confirming it; and who sees none of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.models.accounts import Role
from rmhr.models.shadowing import SessionStatus
from rmhr.shadowing import queries
from tests.factories import accounts
from tests.factories.shadowing import confirmed, form, logged, programme
from tests.support.html import Html


def test_a_session_is_written_up_and_its_host_told(browser, mails):
    opened = programme()
    answer = browser(opened.user).post(f"/shadowing/{opened.id}/log", data=form(opened))
    assert answer.status_code == 302
    session = opened.sessions[0]
    assert (session.status, session.host_id, session.minutes) == (SessionStatus.LOGGED, opened.mentor_id, 60)
    assert mails()[-1].to_address == opened.mentor.email


def test_a_session_that_is_sent_twice_is_written_up_once(browser, mails):
    opened = programme()
    mine = browser(opened.user)
    for _n in range(2):
        assert mine.post(f"/shadowing/{opened.id}/log", data=form(opened)).status_code == 302
    assert len(opened.sessions) == 1
    assert len([mail for mail in mails() if mail.kind == "shadowing.logged"]) == 1
    mine.post(f"/shadowing/{opened.id}/log", data=form(opened, minutes="90"))
    assert len(queries.get(opened.user, opened.id).sessions) == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"held_on": ""}, "Enter the day."),
        ({"held_on": "the day before yesterday"}, "Not a valid date value."),
        ({"held_on": (clock.today() + timedelta(days=1)).isoformat()}, "This day is in the future."),
        ({"held_on": (clock.today() - timedelta(days=600)).isoformat()}, "Your programme began on"),
        ({"minutes": "0"}, "Enter between 5 and 720 minutes."),
        ({"minutes": "an hour"}, "Not a valid integer value."),
        ({"learned": "   "}, "Write what you take away."),
        ({"rung": "lead"}, "Not a valid choice."),
        ({"host_id": "999999"}, "Not a valid choice."),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(browser, given, message):
    opened = programme()
    data = form(opened, next_step="Ask first") | given
    answer = browser(opened.user).post(f"/shadowing/{opened.id}/log", data=data)
    assert answer.status_code == 422
    assert message in answer.text
    assert "Ask first" in answer.text
    assert opened.sessions == []


def test_nobody_listens_in_without_the_clients_consent(browser):
    opened = programme()
    meeting = next(each for each in queries.activities() if each.with_client)
    client = browser(opened.user)
    answer = client.post(f"/shadowing/{opened.id}/log", data=form(opened, activity_id=meeting.id))
    assert answer.status_code == 422
    assert "Confirm that the client had agreed." in answer.text
    data = form(opened, activity_id=meeting.id, client_agreed="y")
    assert client.post(f"/shadowing/{opened.id}/log", data=data).status_code == 302


def test_the_host_confirms_from_the_page(browser):
    session = logged(programme())
    client = browser(session.host)
    assert "Confirm" in client.get(f"/shadowing/sessions/{session.id}").text
    address = f"/shadowing/sessions/{session.id}/confirm"
    assert client.post(address, data={"seen": "logged", "feedback": ""}).status_code == 422
    assert client.post(address, data={"seen": "logged", "feedback": "Well seen."}).status_code == 302
    assert session.status is SessionStatus.CONFIRMED


@pytest.mark.parametrize("role", [Role.RM, Role.MENTOR, Role.SUPERVISOR])
def test_strangers_to_a_programme_write_nothing_into_it(browser, role):
    opened = programme()
    answer = browser(accounts.user(role)).post(f"/shadowing/{opened.id}/log", data=form(opened))
    assert answer.status_code == 404
    assert opened.sessions == []


def test_a_mentor_reads_but_does_not_write_for_the_rm(browser):
    opened = programme()
    client = browser(opened.mentor)
    assert client.get(f"/shadowing/{opened.id}").status_code == 200
    assert client.get(f"/shadowing/{opened.id}/log").status_code == 403


def test_an_rm_comes_straight_to_their_own_ladder(browser):
    opened = programme()
    assert browser(opened.user).get("/shadowing/").location.endswith(f"/shadowing/{opened.id}")


def test_the_page_is_there_in_german(browser):
    opened = programme(employee=accounts.employee(user=accounts.user(language="de")))
    assert "Hospitation festhalten" in browser(opened.user).get(f"/shadowing/{opened.id}").text


@pytest.mark.both
def test_what_is_owed_around_a_session():
    opened = programme()
    session = logged(opened)
    mine = {item.source.name: item for item in sources.for_person(opened.mentor_id)}
    assert mine["shadowing.confirm"].subject_id == session.id
    assert opened.user.name in mine["shadowing.confirm"].what
    assert mine["shadowing.confirm"].on > clock.today()
    assert mine["shadowing.confirm"].since_on == clock.local(session.created_at).date()
    assert mine["shadowing.confirm"].waits_id == opened.user_id
    rungs = [item for item in sources.for_person(opened.user_id) if item.source.name == "shadowing.rung"]
    assert [item.words["missing"] for item in rungs] == [4, 5, 4]
    assert rungs[0].on >= opened.starts_on + timedelta(days=30)


@pytest.mark.parametrize("method", ["get", "post"])
def test_correcting_a_confirmed_session_is_refused_at_once(browser, method):
    session = confirmed(programme())
    answer = getattr(browser(session.programme.user), method)(f"/shadowing/sessions/{session.id}/edit")
    assert answer.status_code == 409
    assert not Html(answer).all("form textarea")


@pytest.mark.parametrize("language", ["en", "de"])
def test_where_a_client_has_to_agree_is_said_before_it_is_missed(browser, language):
    opened = programme(employee=accounts.employee(user=accounts.user(Role.RM, language=language)))
    hint = Html(browser(opened.user).get(f"/shadowing/{opened.id}/log")).words("#client_agreed-hint")
    for activity in queries.activities():
        assert (activity.name[language] in hint) == activity.with_client
