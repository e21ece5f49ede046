"""Scheduler and webhooks in a real browser, in both languages: walked as an administrator walks them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.system import Webhook
from rmhr.system import webhooks
from tests.factories.accounts import user
from tests.support.receiver import receiver

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(live, signed_in):
    """`administrator("de")` is a page of somebody who looks after the system, and reads German."""

    def enter(language: str, **options: Any) -> Any:
        with live.app.app_context():
            person = user(Role.ADMIN, name="Nils Ohlsen", language=language).id
        return signed_in(person, language=language, **options)

    return enter


def press(page: Any, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize(
    ("language", "job", "pause", "reason", "sure", "paused", "on", "now"),
    [
        ("en", "Send waiting mail", "Pause…", "Reason", "Pause the job", "Paused", "Let it go on", "Run now"),
        (
            "de",
            "Wartende E-Mails senden",
            "Anhalten …",
            "Grund",
            "Auftrag anhalten",
            "Angehalten",
            "Weiterlaufen lassen",
            "Jetzt ausführen",
        ),
    ],
)
def test_a_job_is_paused_run_by_hand_and_let_go_on(
    administrator, axe, language, job, pause, reason, sure, paused, on, now
):
    page = administrator(language)
    page.goto("/admin/scheduler")
    axe(page)
    page.get_by_role("link", name=job).first.click()
    page.wait_for_url("**/admin/scheduler/mail.deliver")
    press(page, now)
    axe(page)

    page.get_by_role("link", name=pause).click()
    page.get_by_label(reason).fill("The server is being moved")
    axe(page)
    press(page, sure)

    assert page.locator(".pill").inner_text() == paused
    assert "The server is being moved" in page.locator(".notice").last.inner_text()
    axe(page)
    press(page, now)
    assert page.locator(".pill").inner_text() == paused, "by hand it still runs, and stays paused"
    page.goto("/admin/scheduler")
    assert "The server is being moved" in " ".join(page.locator(".notice").all_inner_texts())
    axe(page)
    page.go_back()
    press(page, on)
    assert page.locator(".pill").inner_text() != paused


@pytest.mark.parametrize(
    ("language", "add", "name", "address", "added", "test", "delivered", "new", "sure"),
    [
        (
            "en",
            "Add a webhook",
            "Name",
            "Address",
            "Add the webhook",
            "Send a test",
            "Delivered",
            "New secret…",
            "Make a new secret",
        ),
        (
            "de",
            "Webhook hinzufügen",
            "Name",
            "Adresse",
            "Webhook hinzufügen",
            "Test senden",
            "Zugestellt",
            "Neues Geheimnis …",
            "Neues Geheimnis erzeugen",
        ),
    ],
)
def test_a_webhook_is_added_tried_given_a_new_secret_and_deleted(
    live, administrator, axe, language, add, name, address, added, test, delivered, new, sure
):
    page = administrator(language, width=390)
    page.goto("/admin/webhooks")
    axe(page)
    page.get_by_role("link", name=add).first.click()
    page.wait_for_url("**/new")
    press(page, added)
    assert page.locator(".errors").is_visible()
    axe(page)

    with receiver() as box:
        page.get_by_label(name, exact=True).fill(f"Chat {language}")
        page.get_by_label(address, exact=True).fill(box.url)
        press(page, added)
        secret = re.search(r"whsec_\S+", page.locator(".notice code").inner_text())[0]
        axe(page)
        press(page, test)
        with live.app.app_context():
            assert webhooks.deliver() == 1
        page.reload()
    [call] = box.calls
    assert page.locator(".cell--state").inner_text() == delivered
    assert "whsec_" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)

    page.get_by_role("link", name=new).click()
    axe(page)
    press(page, sure)
    assert page.locator(".notice code").inner_text() != secret
    page.locator('a[href$="/delete"]').click()
    with page.expect_navigation():
        page.locator(".btn-danger").click()
    with live.app.app_context():
        assert db.session.query(Webhook).count() == 0
    assert call.said["type"] == webhooks.TEST
