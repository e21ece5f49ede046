"""Scheduler and webhooks in a real browser: walked as an administrator walks them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.system import Webhook
from rmhr.system import operations, webhooks
from tests.factories.accounts import user
from tests.support.receiver import receiver

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(live, signed_in):
    """`administrator(width=390)` is a page of somebody who looks after the system."""

    def enter(**options: Any) -> Any:
        with live.app.app_context():
            person = user(Role.ADMIN, name="Nils Ohlsen").id
        return signed_in(person, **options)

    return enter


def press(page: Any, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_job_is_paused_run_by_hand_and_let_go_on(administrator, axe):
    page = administrator()
    page.goto("/admin/scheduler")
    axe(page)
    page.get_by_role("link", name="Send waiting mail").first.click()
    page.wait_for_url("**/admin/scheduler/mail.deliver")
    press(page, "Run now")
    axe(page)

    page.get_by_role("link", name="Pause…").click()
    page.get_by_label("Reason").fill("The server is being moved")
    axe(page)
    press(page, "Pause the job")

    assert page.locator(".pill").inner_text() == "Paused"
    assert "The server is being moved" in page.locator(".notice").last.inner_text()
    axe(page)
    press(page, "Run now")
    assert page.locator(".pill").inner_text() == "Paused", "by hand it still runs, and stays paused"
    page.goto("/admin/scheduler")
    assert "The server is being moved" in " ".join(page.locator(".notice").all_inner_texts())
    axe(page)
    page.go_back()
    press(page, "Resume")
    assert page.locator(".pill").inner_text() != "Paused"


def test_a_webhook_is_added_tried_given_a_new_secret_and_deleted(live, administrator, axe):
    page = administrator(width=390)
    page.goto("/admin/webhooks")
    axe(page)
    page.get_by_role("link", name="Add a webhook").first.click()
    page.wait_for_url("**/new")
    press(page, "Add the webhook")
    assert page.locator(".errors").is_visible()
    axe(page)

    with live.app.app_context():
        operations.webhooks.list_host(user(Role.ADMIN), None, name="127.0.0.1")
        db.session.commit()
    with receiver() as box:
        page.get_by_label("Name", exact=True).fill("Chat en")
        page.get_by_label("Address", exact=True).fill(box.url)
        press(page, "Add the webhook")
        secret = re.search(r"whsec_\S+", page.locator(".notice code").inner_text())[0]
        axe(page)
        press(page, "Send a test")
        with live.app.app_context():
            assert webhooks.deliver() == 1
        page.reload()
    [call] = box.calls
    assert page.locator(".cell--state").inner_text() == "Delivered"
    assert "whsec_" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)

    page.get_by_role("link", name="New secret…").click()
    axe(page)
    press(page, "Make a new secret")
    assert page.locator(".notice code").inner_text() != secret
    page.locator('a[href$="/delete"]').click()
    with page.expect_navigation():
        page.locator(".btn-danger").click()
    with live.app.app_context():
        assert db.session.query(Webhook).count() == 0
    assert call.said["type"] == webhooks.TEST
