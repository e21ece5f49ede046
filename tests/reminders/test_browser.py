"""Today, mail and scheduler in a real browser: what is seen, what is followed, what a mail may not do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.system import Message, MessageStatus
from tests.factories.accounts import employee, user
from tests.support.due_things import also_awaited, goal, only_goals

pytestmark = pytest.mark.browser

MONDAY = clock.moment(date(2026, 11, 23), 9)


@pytest.fixture
def somebody(live, signed_in):
    """`somebody(Role.ADMIN)` is a page of somebody new with that role; `person` is the number of somebody known."""

    def enter(*roles: Role, person: int | None = None, **options: Any) -> Any:
        with live.app.app_context():
            who = person or user(*roles, name="Nils Ohlsen").id
        return signed_in(who, **options)

    return enter


def letter(live, html: str) -> int:
    with live.app.app_context():
        row = Message(
            kind="accounts.invitation",
            to_address="nora@example.org",
            to_name="Nora",
            language="en",
            subject="Your account",
            text="Your account",
            html=f"<!doctype html><html lang='en'><head><title>x</title></head><body>{html}</body></html>",
            message_id=f"<{clock.now().timestamp()}@bank.example>",
            state=MessageStatus.KEPT,
        )
        db.session.add(row)
        db.session.commit()
        return row.id


def test_a_mail_is_shown_as_it_looks_and_its_link_is_followed(live, somebody, axe):
    number = letter(live, f'<h1>Hello Nora</h1><a href="{live.url}/careers/">To the jobs</a>')
    page = somebody(Role.ADMIN)

    page.goto(f"/admin/mail/{number}")

    frame = page.frame_locator("iframe.letter")
    assert frame.locator("h1").inner_text() == "Hello Nora"
    axe(page)
    frame.get_by_text("To the jobs").click()
    page.wait_for_url("**/careers/")


@pytest.mark.parametrize("width", [1440, 390])
def test_today_in_a_browser_reads_well_and_leads_on(live, somebody, axe, monkeypatch, width):
    only_goals(monkeypatch)
    monkeypatch.setattr(registry, "PANELS", registry.Registry("panels"))
    with live.app.app_context():
        lena = employee(user=user(name="Lena Brandt")).user
        for days in (-3, -2, 0, 1, 12):
            goal(lena, days, f"Number {days}")
        person = lena.id
    page = somebody(person=person, width=width)

    page.goto("/today")

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".next__what").inner_text() == "Reach “Number -3”"
    page.locator(".next .btn-primary").click()
    page.wait_for_url(f"**/people/{person}")


def test_on_a_phone_a_thing_is_put_off_and_had_back_and_a_colleague_reminded(
    live, somebody, axe, monkeypatch
):
    only_goals(monkeypatch, snooze=9)
    also_awaited(snooze=9)
    monkeypatch.setattr(registry, "PANELS", registry.Registry("panels"))
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    with live.app.app_context():
        lena = employee(user=user(name="Lena Brandt")).user
        for days in (0, 1, 3):
            goal(lena, days, f"Number {days}")
        goal(user(name="Murat Yılmaz"), 0, "Theirs", supervisor=lena)
        person = lena.id
    page = somebody(person=person, width=390, height=844)

    page.goto("/today")
    row = (
        page.locator(".due__row")
        .filter(has=page.get_by_label("More about “Reach “Number 1””", exact=True))
        .first
    )
    row.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    row.get_by_role("button", name="Tomorrow").click()

    asleep = page.locator(".due__kind--asleep")
    asleep.locator("summary").click()
    axe(page)
    asleep.get_by_role("button", name="Bring back").click()
    page.wait_for_load_state()
    assert page.locator(".due__kind--asleep").count() == 0

    page.get_by_role("button", name="Remind").click()
    assert "gets a mail from you" in page.locator(".notice").first.inner_text()
    axe(page)


def test_an_administrator_runs_a_job_by_hand(live, somebody, axe, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    only_goals(monkeypatch)
    with live.app.app_context():
        goal(user(language="de"), 0)
    page = somebody(Role.ADMIN)
    page.goto("/admin/scheduler")

    page.get_by_role("button", name="Run now Remind people of what is due").click()

    assert "has run:" in page.locator(".notice").first.inner_text()
    axe(page)
    page.goto("/admin/mail?kind=reminders")
    axe(page)
    assert page.locator(".table__name").count() >= 1
