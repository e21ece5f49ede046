"""What is sent after the session has ended, or too late: it is said, and what was written is not lost."""

from __future__ import annotations

import io

import pytest

from rmhr.models.accounts import Role
from rmhr.shadowing.workflow import SESSIONS
from tests.factories import accounts
from tests.factories.performance import agreed
from tests.factories.shadowing import logged, programme

OURS = {"Origin": "http://localhost"}
LONG = "What I would not like to write a second time."


def test_a_form_that_comes_after_the_session_has_ended_can_be_sent_again(browser):
    it = agreed()
    sent = {"value": "30", "confidence": "on_track", "comment": f"{LONG}\n<b>"}
    answer = browser().post(f"/goals/{it.id}/check-in", data=sent, headers=OURS)
    assert answer.status_code == 401
    assert "You are signed out" in answer.text
    assert f'action="/goals/{it.id}/check-in"' in answer.text
    assert 'name="value" value="30"' in answer.text
    assert f"{LONG}\n&lt;b&gt;" in answer.text
    assert not it.check_ins


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Choose this file again when the form is back: Logo.png"),
        ("de", "Wählen Sie diese Datei erneut aus"),
    ],
)
def test_of_a_form_with_a_file_everything_is_kept_but_the_file_which_is_named(
    app, browser, monkeypatch, language, words
):
    monkeypatch.setitem(app.config, "MAX_FORM_MEMORY_SIZE", 200_000)  # of the texts alone
    logo = (io.BytesIO(b"\x89PNG" + b" " * 400_000), "Logo.png")
    sent = {"name": LONG, "contact_email": "careers@bank.example", "logo": logo}
    answer = browser(language=language).post("/admin/careers", data=sent, headers=OURS)
    assert answer.status_code == 401
    assert LONG in answer.text
    assert 'name="contact_email" value="careers@bank.example"' in answer.text
    assert words in answer.text


def test_nothing_that_another_site_sent_is_shown_and_no_password_ever(browser):
    answer = browser().post("/goals/new", data={"title": LONG}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 401
    assert LONG not in answer.text
    answer = browser().post("/goals/new", data={"title": LONG})
    assert LONG not in answer.text
    given = {"password": "a new and secret one", "present": "the old and secret one"}
    answer = browser().post("/profile/password", data=given, headers=OURS)
    assert answer.status_code == 401
    assert "secret one" not in answer.text


def test_a_machine_is_answered_as_before(browser):
    answer = browser().post("/goals/new", json={"title": LONG}, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.is_json


def test_what_came_too_late_can_still_be_copied(browser):
    session = logged(programme())
    SESSIONS.perform(session.host, session, "confirm", feedback="Well seen.")
    answer = browser(session.host).post(
        f"/shadowing/sessions/{session.id}/send_back", data={"feedback": LONG, "seen": "logged"}, headers=OURS
    )
    assert answer.status_code == 409
    assert LONG in answer.text


def test_the_page_for_those_who_are_signed_out_is_german_for_germans(browser):
    answer = browser(language="de").post("/goals/new", data={"title": LONG}, headers=OURS)
    assert "Sie sind abgemeldet" in answer.text
    assert browser(accounts.user(Role.HR)).get("/people").status_code == 200
