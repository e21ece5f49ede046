"""Inbox, choices, absence and calendar address in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role, User
from rmhr.models.system import MessageStatus
from rmhr.reminders import unsubscribe
from tests.factories.accounts import employee, unit, user
from tests.factories.reminders import bounce, message

pytestmark = pytest.mark.browser

SAYS = {
    "bell": "Inbox: 1 unread message",
    "read": "Inbox: 0 unread messages",
    "save": "Save",
    "kept": "Your choice is saved",
    "make": "Make an address",
    "copied": "Copied",
    "enter": "Enter the absence",
    "entered": "Absence entered",
    "off": "Switched off",
}


@pytest.fixture
def lena(live):
    """Somebody with one unread message and a colleague."""
    with live.app.app_context():
        here = unit(name="North")
        person = employee(user=user(name="Lena Brandt"), unit=here).user
        employee(user=user(name="Ilse Petersen"), unit=here)
        message(person, subject="Your course")
        return person.id


def test_a_message_that_is_opened_is_read_and_the_bell_knows(signed_in, axe, lena):
    page, says = signed_in(lena), SAYS
    page.goto("/inbox")
    axe(page)
    assert page.get_by_label(says["bell"]).count() == 1

    page.get_by_text("Your course").click()

    page.get_by_label(says["read"]).wait_for()
    axe(page)
    page.reload()
    assert page.get_by_label(says["read"]).count() == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_choices_are_made(signed_in, axe, lena, width):
    page, says = signed_in(lena, width=width), SAYS
    page.goto("/reminders")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator("input[value=daily]").check()
    page.get_by_role("button", name=says["save"], exact=True).click()

    assert says["kept"] in page.locator(".notice").first.inner_text()
    assert page.locator("input[value=daily]").is_checked()


def test_the_calendar_s_address_is_made_and_copied(signed_in, axe, lena):
    page, says = signed_in(lena), SAYS
    page.goto("/reminders")
    page.get_by_role("button", name=says["make"]).click()
    axe(page)
    assert page.locator("#address").input_value().endswith(".ics")

    page.locator("[data-copy]").click()

    page.get_by_role("button", name=says["copied"]).wait_for()


def test_an_absence_is_entered(signed_in, axe, lena):
    page, says = signed_in(lena), SAYS
    page.goto("/reminders/absence")
    axe(page)

    page.locator("#ends_on").fill((clock.today() + timedelta(days=200)).isoformat())
    page.locator("#deputy_id").select_option(label="Ilse Petersen, North")
    page.get_by_role("button", name=says["enter"]).click()

    assert says["entered"] in page.locator(".notice").first.inner_text()
    axe(page)


def test_a_mail_s_link_ends_it_without_signing_in(live, open_page, axe, lena):
    with live.app.app_context():
        person = db.session.get(User, lena)
        assert person is not None
        token = unsubscribe.token(person, ["onboarding.own"])
    page = open_page()
    page.goto(f"/unsubscribe/{token}?lang=en")
    axe(page)

    page.locator("main button").click()

    assert page.locator("h1").inner_text() == SAYS["off"]
    axe(page)


def test_undelivered_mail_reads_well(live, signed_in, axe, lena):
    with live.app.app_context():
        hr = user(Role.HR)
        person = db.session.get(User, lena)
        assert person is not None
        bounce(person.email)
        message(person, state=MessageStatus.FAILED, error="550 5.1.1 No such mailbox")
        number = hr.id
    page = signed_in(number)
    page.goto("/mail/undelivered")
    axe(page)
    page.goto(f"/people/{lena}")
    axe(page)
