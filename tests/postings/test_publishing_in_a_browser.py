"""HR's way in a real browser: requisition, editor, approval, publication, the public page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.models.accounts import Role
from rmhr.models.postings import PostingStatus
from tests.factories import duties
from tests.factories.accounts import user
from tests.factories.postings import posting, requisition

pytestmark = pytest.mark.browser

SAYS = {
    "begin": "Begin draft",
    "save": "Save",
    "saved": "Draft saved at",
    "continue": "Continue with what you typed",
    "missing": "The deadline is missing.",
    "falls": "Empty: German readers get the English text.",
    "preview": "Preview",
    "submit": "Submit for approval",
    "approve": "Approve",
    "publish": "Publish",
    "open": "Public page",
    "apply": "Apply now",
}


def test_from_the_requisition_to_the_public_page(live, signed_in, axe):
    says = SAYS
    with live.app.app_context():
        duties.in_place()
        recruiter, manager = user(Role.HR), user(Role.SUPERVISOR)
        asked = requisition(requester=manager, approver=recruiter)
        hr, boss, wanted = recruiter.id, manager.id, asked.id
    closes = (clock.today() + timedelta(days=30)).isoformat()

    page = signed_in(hr, width=1440)
    page.goto(f"/postings/new?requisition={wanted}")
    axe(page)
    page.locator("#hiring_manager_id").select_option(str(boss))
    page.get_by_role("button", name=says["begin"]).click()

    # What is typed is kept by itself, and offered when one comes back.
    page.get_by_text(says["missing"]).first.wait_for()
    axe(page)
    page.locator("#closes_on").fill(closes)
    page.locator("#part_vision-de").fill("")
    assert page.get_by_text(says["falls"]).locator("visible=true").count() >= 1
    page.get_by_text(says["saved"]).wait_for()
    page.reload()
    axe(page)
    page.get_by_role("link", name=says["continue"]).click()
    assert page.locator("#closes_on").input_value() == closes
    assert page.locator("#part_vision-de").input_value() == ""
    page.locator("#part_vision-de").fill("Unsere Vision.")
    page.get_by_role("button", name=says["save"], exact=True).click()

    page.get_by_role("link", name=says["preview"]).click()
    page.locator(".preview-bar").wait_for()
    axe(page)
    page.go_back()
    page.get_by_role("button", name=says["submit"]).click()
    address = page.url

    page = signed_in(boss, width=390)
    page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name=says["approve"], exact=True).click()

    page = signed_in(hr)
    page.goto(address)
    page.get_by_role("button", name=says["publish"], exact=True).click()
    page.get_by_role("link", name=says["open"]).click()
    page.get_by_text(says["apply"]).first.wait_for()


def test_what_was_saved_is_not_offered_again(live, signed_in):
    with live.app.app_context():
        draft = posting(status=PostingStatus.DRAFT)
        hr, id = draft.recruiter_id, draft.id
    page = signed_in(hr)
    page.goto(f"/postings/{id}/edit")
    page.locator("#place").fill("Kiel")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**/postings/{id}")
    page.wait_for_timeout(2000)

    page.goto(f"/postings/{id}/edit")

    assert page.locator("#place").input_value() == "Kiel"
    assert page.locator(".editor__draft").count() == 0
