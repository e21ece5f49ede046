"""A fresh bank in a real browser: from Today through the bank and its texts to the first job in public."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.core.db import db
from rmhr.duties import content
from rmhr.models.accounts import Role
from rmhr.models.duties import TextKind
from rmhr.models.postings import PostingStatus
from tests.duties.test_first_start import FILLED, empty
from tests.factories import postings
from tests.factories.accounts import user

pytestmark = pytest.mark.browser


def fill_in(page: Any) -> None:
    """What an administrator knows of the bank, field by field."""
    for name, value in FILLED.items():
        field = page.locator(f"[name={name}]").first
        if field.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif field.evaluate("it => it.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_guided_first_start(live, signed_in, axe, width):
    with live.app.app_context():
        posting = postings.posting(status=PostingStatus.APPROVED)
        empty(db.session)
        content.load()
        db.session.commit()
        admin, second = user(Role.ADMIN).id, user(Role.COMPLIANCE).id
        recruiter, address = posting.recruiter_id, f"/postings/{posting.id}"
        notice = str(TextKind.PRIVACY_NOTICE.label)

    page = signed_in(admin, width=width)
    page.goto("/today")
    axe(page)
    page.get_by_role("link", name="Fill in the bank and its duties").click()
    axe(page)
    fill_in(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/bank")
    axe(page)
    assert not page.get_by_text("Missing before a job goes public").count()

    page.goto("/today")
    page.get_by_role("link", name=notice).click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Submit for approval").first.click()
    axe(page)
    page.get_by_role("button", name="Submit").last.click()
    page.get_by_text("In approval").first.wait_for()
    version = page.url

    page = signed_in(second, width=width)
    page.goto(version)
    page.get_by_text("Approve…").first.click()
    axe(page)
    page.get_by_role("button", name="Approve", exact=True).click()
    page.get_by_text("Approved by").first.wait_for()

    page = signed_in(recruiter, width=width)
    page.goto(address)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="Public page").click()
    page.locator('a[href$="/apply"]:visible').first.wait_for()
    page.goto("/careers/privacy")
    axe(page)
    page.get_by_text("Nordhaven Bank eG, Speicherkai 4, 20457 Hamburg").wait_for()
