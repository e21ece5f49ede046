"""From a requisition to its approval in a real browser: asked, changed, approved, planned for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.models.accounts import Role
from tests.factories.accounts import unit, user
from tests.factories.postings import headcount_plan, requisition

pytestmark = pytest.mark.browser

SAYS = {
    "new": "New requisition",
    "ask": "Ask for approval",
    "asked": "Requisition asked for",
    "replaced": "Say who is replaced.",
    "edit": "Edit",
    "save": "Save",
    "changed": "Requisition changed",
    "beyond": "Approve beyond the plan…",
    "sure": "Approve beyond the plan",
    "approved": "Requisition approved beyond the headcount plan",
    "next": "HR begins the posting",
    "plan": "Add a plan",
    "add": "Add the plan",
    "planned": "Headcount plan added",
    "twice": "already",
}


@pytest.fixture
def bank(live):
    """(supervisor's id, HR's id and name, the branch's name): its plan holds one, and that one is taken."""
    with live.app.app_context():
        here = unit()
        headcount_plan(unit=here, positions=1)
        requisition(unit=here, positions=1)
        boss, hr = user(Role.SUPERVISOR), user(Role.HR)
        return boss.id, hr.id, hr.name, here.name


def test_from_the_requisition_to_its_approval(signed_in, axe, bank):
    width = 390
    boss, hr, decides, branch = bank
    says = SAYS
    page = signed_in(boss, width=width)
    page.goto("/requisitions/")
    axe(page)
    page.get_by_role("link", name=says["new"]).first.click()
    assert not page.locator("#replaces").is_visible()
    page.locator("#rm_type").select_option("personal")
    page.locator("#unit_id").select_option(label=branch)
    page.locator("#needed_by").fill((clock.today() + timedelta(days=90)).isoformat())
    page.locator("[name=reason][value=replacement]").check()
    page.locator("#justification").fill("Enquiries wait for a week.")
    page.locator("#pay_min").fill("58000")
    page.locator("#pay_max").fill("74000")
    page.locator("#approver_id").select_option(label=decides)
    page.get_by_role("button", name=says["ask"]).click()
    assert says["replaced"] in page.locator(".errors").inner_text()
    axe(page)
    page.locator("#replaces").fill("Oskar Dietrich")
    page.get_by_role("button", name=says["ask"]).click()
    assert says["asked"] in page.locator(".notice").first.inner_text()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("link", name=says["edit"], exact=True).click()
    assert page.locator("#replaces").input_value() == "Oskar Dietrich"
    page.locator("#positions").fill("2")
    page.get_by_role("button", name=says["save"], exact=True).click()
    assert says["changed"] in page.locator(".notice").first.inner_text()
    address = page.url

    page = signed_in(hr, width=width)
    page.goto(address)
    axe(page)
    page.get_by_role("link", name=says["beyond"]).click()
    page.locator("#over_plan").fill("Two contracts are signed.")
    page.get_by_role("button", name=says["sure"], exact=True).click()
    page.get_by_text(says["approved"]).first.wait_for()
    assert says["next"] in page.locator("main").inner_text()


def test_hr_plans_and_is_told_of_a_plan_that_is_there(signed_in, axe, bank):
    _boss, hr, _name, branch = bank
    page, says = signed_in(hr), SAYS
    page.goto("/requisitions/headcount/")
    axe(page)

    for positions, answer in (("3", "twice"), ("3", "planned")):
        page.goto("/requisitions/headcount/new")
        page.locator("#unit_id").select_option(label=branch)
        if answer == "planned":
            page.locator("#rm_type").select_option("business")
        page.locator("#positions").fill(positions)
        page.get_by_role("button", name=says["add"], exact=True).click()
        place = ".errors" if answer == "twice" else ".notice"
        assert says[answer] in page.locator(place).first.inner_text()
        axe(page)
