"""Changing a rule in a real browser: write it, try it, put it in force, stop, go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rmhr.core import clock
from rmhr.models.accounts import Role
from tests.factories.accounts import employee, user
from tests.support.due_things import NAME, goal, only_goals

pytestmark = pytest.mark.browser

WORDS = {
    "change": "Change the rule",
    "add": "Add another step",
    "try": "Try it",
    "put": "Put in force…",
    "stop": "Stop these reminders…",
    "go_on": "Resume…",
    "done": "The rule was put in force",
    "coming": "Coming",
    "stopped": "Reminders of one kind are stopped.",
    "tick": "Tick who is told.",
}


@pytest.fixture
def enter(live, signed_in):
    """`enter(width=390)` is the page of an administrator."""

    def sign_in(**options: Any) -> Any:
        with live.app.app_context():
            person = user(Role.ADMIN, name="Nils Ohlsen").id
        return signed_in(person, **options)

    return sign_in


# The two share a database: the second one's rule is another.
@pytest.mark.parametrize(("width", "days"), [(1440, "5"), (390, "6")])
def test_an_administrator_changes_a_rule_and_stops_it(live, enter, axe, monkeypatch, width, days):
    only_goals(monkeypatch)
    with live.app.app_context():
        lena = employee(user=user(name="Lena Brandt")).user
        for day in (-1, 2, 9):
            goal(lena, day, f"Number {day}")
    said, page = WORDS, enter(width=width)

    def looks_well() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    page.goto("/admin/reminders")
    looks_well()
    page.locator(f'a[href="/admin/reminders/{NAME}"]').click()
    looks_well()
    page.get_by_role("link", name=said["change"]).click()

    # A line without anybody to tell is refused, and nothing is lost.
    page.locator(".step-of-rule summary").first.click()
    page.fill('[name="steps-0-days"]', days)
    page.uncheck('[name="steps-0-to"][value="owner"]')
    page.get_by_role("button", name=said["try"]).click()
    assert said["tick"] in page.locator(".errors").inner_text()
    looks_well()
    page.check('[name="steps-0-to"][value="owner"]')
    page.get_by_role("button", name=said["add"]).click()
    page.fill('[name="steps-3-days"]', "5")
    page.select_option('[name="steps-3-side"]', "after")
    page.select_option('[name="steps-3-basis"]', "working")
    page.check('[name="steps-3-to"][value="supervisor"]')
    page.fill('[name="valid_from"]', (clock.today() + timedelta(days=2)).isoformat())
    page.get_by_role("button", name=said["try"]).click()

    page.wait_for_url("**/try?*")
    assert page.locator("svg.fig").count() == 2
    looks_well()
    page.get_by_role("link", name=said["put"]).click()
    page.locator("dialog [name=reason], main [name=reason]").first.fill("Agreed")
    page.locator("dialog .btn-primary, .ask-once .btn-primary").first.click()

    page.wait_for_url(f"**/admin/reminders/{NAME}")
    assert said["done"] in page.locator(".notice").first.inner_text()
    assert page.get_by_text(said["coming"]).count() >= 1
    looks_well()
    page.get_by_role("link", name=said["stop"]).click()
    page.locator("[name=reason]").last.fill("Wrong data")
    page.locator(".btn-danger").last.click()
    page.get_by_text(said["stopped"]).wait_for()
    looks_well()
    page.goto("/admin/reminders/simulator")
    assert page.get_by_text(said["stopped"]).count() == 1
    looks_well()
    page.goto(f"/admin/reminders/{NAME}/go-on")
    looks_well()
    page.locator(".ask-once .btn-primary").click()
    page.wait_for_url(f"**/admin/reminders/{NAME}")
    assert page.get_by_text(said["stopped"]).count() == 0
    page.goto("/admin/reminders/simulator")
    looks_well()
