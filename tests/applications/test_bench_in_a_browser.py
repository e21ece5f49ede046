"""The bench as one works at it: a verdict is kept at once, what follows needs no reload, the CV has its frame."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from tests.factories import applications
from tests.factories.accounts import user

pytestmark = pytest.mark.browser


@pytest.fixture
def bench(live: Any) -> tuple[int, int]:
    """(number of an application that nobody has read, number of somebody from HR)."""
    with live.app.app_context():
        it, hr = applications.application(ApplicationStatus.RECEIVED), user(Role.HR)
        db.session.commit()
        return it.id, hr.id


def test_each_verdict_is_kept_at_once_and_the_last_one_frees_shortlist(bench, signed_in, live, axe):
    id, hr = bench
    page = signed_in(hr)
    page.goto(f"/applications/{id}/screening")
    expect(page.get_by_role("button", name="Shortlist…")).to_be_disabled()
    marks = page.locator("[data-kept]")
    expect(marks.filter(visible=True)).to_have_count(0)

    groups = page.locator(".criterion .verdict")
    groups.nth(0).get_by_text("Met", exact=True).click()
    expect(marks.filter(visible=True)).to_have_count(1)
    expect(page.locator("[data-part=judged]")).to_have_text("1 of 3 judged")
    expect(page.locator("[data-part=status]")).to_contain_text("In screening")
    for number in (1, 2):
        groups.nth(number).get_by_text("Met", exact=True).click()
        expect(page.locator("[data-part=judged]")).to_have_text(f"{number + 1} of 3 judged")
    axe(page)

    page.get_by_role("link", name="Shortlist…").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("We have read your application")
    dialog.get_by_role("button", name="Shortlist and send the mail").click()
    page.wait_for_url(f"**/applications/{id}*")
    with live.app.app_context():
        assert db.session.get(Application, id).status is ApplicationStatus.SHORTLISTED


@pytest.mark.parametrize("address", ["/applications/{}", "/applications/{}/screening"])
def test_the_original_opens_in_a_frame_of_our_own_and_the_text_is_a_switch_away(
    bench, signed_in, axe, address
):
    id, hr = bench
    page = signed_in(hr)
    page.goto(address.format(id))
    page.get_by_role("button", name="Original file").click()

    expect(page.frame_locator("iframe.cv-file").locator("body")).to_contain_text("Banking training")
    expect(page.get_by_role("link", name="Original file")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Text", exact=True).click()
    expect(page.locator(".document")).to_contain_text("Banking training")
    expect(page.locator("iframe")).to_have_count(0)
    axe(page)
