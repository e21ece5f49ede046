"""Undelivered mail: who sees what of it, and sending it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.models.accounts import Role
from rmhr.models.system import MessageStatus
from rmhr.system import operations, queries
from tests.factories import applications
from tests.factories.accounts import employee, user
from tests.factories.reminders import bounce, message

S = MessageStatus
SECRET = "Your private link: https://bank.example/careers/my-application/abc"

pytestmark = pytest.mark.both


@pytest.fixture
def hr(browser):
    return browser(user(Role.HR))


@pytest.fixture
def sends(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")


def test_what_failed_and_what_came_back_is_listed_with_what_the_server_said(hr):
    lena = employee(user=user(name="Lena Brandt")).user
    it = applications.application()
    message(lena, subject="Failed one", state=S.FAILED, error="554 Too large", text=SECRET)
    about = {"to_address": it.applicant.email, "to_name": it.name}
    message(subject="Came back", state=S.SENT, **about)
    message(user(), subject="Arrived", state=S.SENT)
    message(user(), subject="Still waiting", state=S.WAITING)
    bounce(it.applicant.email, said="550 Unknown")

    page = hr.get("/mail/undelivered").text

    for said in ("Failed one", "554 Too large", "Came back", "550 Unknown", f'href="/people/{lena.id}"'):
        assert said in page
    assert f'href="/applications/{it.id}"' in page
    for hidden in ("Arrived", "Still waiting", "private link"):
        assert hidden not in page


def test_of_what_was_sent_before_it_came_back_only_the_last_is_in_doubt(hr):
    now = clock.now()
    for days, subject in ((9, "Long ago"), (2, "The last"), (-1, "And since")):
        message(subject=subject, state=S.SENT, sent_at=now - timedelta(days=days))
    bounce("nora@example.org", created_at=now)

    page = hr.get("/mail/undelivered").text

    assert "Long ago" not in page
    assert "The last" in page
    assert "And since" in page
    assert queries.undelivered.undelivered_count() == 2


def test_it_is_for_hr_and_administrators(browser):
    for role in Role:
        expected = 200 if role in (Role.HR, Role.ADMIN) else 403
        assert browser(user(role)).get("/mail/undelivered").status_code == expected


def test_nothing_undelivered_is_said(hr):
    assert "All mail arrives." in hr.get("/mail/undelivered").text


def test_one_is_sent_again_to_the_present_address(hr, sends):
    lena = user(email="lena.new@bank.example")
    it = message(lena, state=S.FAILED, to_address="lena.old@bank.example", attempts=7, error="550 Unknown")

    assert hr.post(f"/mail/undelivered/{it.id}/resend").location == "/mail/undelivered"

    assert (it.state, it.attempts, it.error) == (S.WAITING, 0, "")
    assert it.to_address == "lena.new@bank.example"
    assert hr.post(f"/mail/undelivered/{it.id}/resend").status_code == 404


def test_what_arrived_is_not_sent_twice(sends):
    with pytest.raises(NotPossible):
        operations.mail.resend(user(Role.HR), message(user(), state=S.SENT))


def test_all_are_sent_again_after_asking(hr, sends):
    failed = [message(state=S.FAILED, error="x") for _number in range(2)]
    came_back = message(user(email="ilse@bank.example"), state=S.SENT)
    bounce("ilse@bank.example")
    arrived = message(user(), state=S.SENT)
    asked = hr.get("/mail/undelivered/resend").text
    assert "3 mails are sent again" in asked

    answer = hr.post("/mail/undelivered/resend", follow_redirects=True)

    assert "3 mails are waiting to be sent again" in answer.text
    assert {it.state for it in (*failed, came_back)} == {S.WAITING}
    assert came_back.sent_at is None
    assert arrived.state is S.SENT


def test_without_a_mail_server_nothing_is_sent_again(hr, app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", None)
    it = message(state=S.FAILED)

    assert "There is no mail server" in hr.get("/mail/undelivered").text
    assert hr.post(f"/mail/undelivered/{it.id}/resend").status_code == 409
    assert hr.post("/mail/undelivered/resend").status_code == 409
    assert it.state is S.FAILED


def test_what_nobody_has_to_see_to_any_more_is_put_aside(hr):
    it = message(state=S.FAILED)

    hr.post(f"/mail/undelivered/{it.id}/aside")

    assert it.state is S.KEPT
    assert queries.undelivered.undelivered_count() == 0


def test_today_says_so_to_hr_and_to_nobody_else(browser, hr):
    assert "could not be delivered" not in hr.get("/today").text
    for _number in range(3):
        message(state=S.FAILED)

    page = hr.get("/today").text

    assert "3 mails could not be delivered." in page
    assert 'href="/mail/undelivered"' in page
    assert "could not be delivered" not in browser(user(Role.SUPERVISOR)).get("/today").text
