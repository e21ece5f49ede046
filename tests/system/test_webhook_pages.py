"""The pages of webhooks: the secret is shown once, the address is not shown, what became of each call is."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of
from rmhr.core.mail import webhook as standard
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.system import DeliveryStatus, Webhook, WebhookDelivery
from rmhr.system import operations, webhooks
from tests.factories.accounts import user
from tests.factories.webhooks import call, webhook
from tests.support.html import Html, words

S = DeliveryStatus
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


@pytest.fixture
def admin(browser):
    return browser(user(Role.ADMIN, name="Nils Ohlsen"))


@pytest.fixture
def chat():
    return webhook("Chat of the branches", url="https://chat.bank.example/hooks/5ecret")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/new"),
        ("POST", "/new"),
        ("GET", "/1"),
        ("GET", "/1/edit"),
        ("POST", "/1/edit"),
        ("POST", "/1/on"),
        ("POST", "/1/off"),
        ("POST", "/1/test"),
        ("POST", "/1/calls/1/again"),
        ("GET", "/1/secret"),
        ("POST", "/1/secret"),
        ("GET", "/1/delete"),
        ("POST", "/1/delete"),
    ],
)
def test_webhooks_are_for_administrators_alone(browser, admin, method, path):
    for role in Role:
        if role is not Role.ADMIN:
            assert browser(user(role)).open(f"/admin/webhooks{path}", method=method).status_code == 403, role
    assert browser().open(f"/admin/webhooks{path}", method=method).status_code in (302, 401)
    if path not in ("", "/new"):
        assert admin.open(f"/admin/webhooks{path}", method=method).status_code == 404


def test_an_empty_page_says_what_it_is_for(admin):
    page = words(admin.get("/admin/webhooks"))

    assert "There are no webhooks yet." in page
    assert "Add a webhook" in page


def test_one_is_added_and_its_secret_is_shown_once(admin):
    given = {"name": " Chat ", "url": "https://chat.bank.example/hooks/5ecret?x=1"}

    shown = admin.post("/admin/webhooks/new", data=given, follow_redirects=True)

    [made] = db.session.scalars(sa.select(Webhook)).all()
    assert (made.name, made.url, made.active) == ("Chat", given["url"], True)
    assert SECRET.findall(shown.text) == [made.secret]
    assert "no-store" in shown.headers["Cache-Control"]
    later = admin.get(f"/admin/webhooks/{made.id}")
    assert SECRET.findall(later.text) == []
    assert "5ecret" not in later.text + admin.get("/admin/webhooks").text, "chats put their secret there"
    assert "chat.bank.example" in later.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "", "url": "https://x.example/"}, "Enter a name"),
        ({"name": "x" * 81, "url": "https://x.example/"}, "Use at most 80 characters."),
        ({"name": "chat of the branches".title(), "url": ""}, "Enter the address"),
        (
            {"name": "Chat of the branches", "url": "https://x.example/"},
            "There is a webhook of this name already.",
        ),
        *(
            ({"name": "x", "url": url}, "Enter a complete address")
            for url in (
                "chat.bank.example",
                "ftp://chat.bank.example/",
                "file:///etc/passwd",
                "https://",
                "https://u:p@chat.bank.example/",
                "https://chat.bank.example:0/",
                "https://chat.bank.example:99999/",
                "https://chat.bank.example/a b",
                "https://chat.bank.example/ä",
                "https://chat.bank.example/#x",
                "https://[::1/",
                "https://x.example/" + "x" * 2000,
            )
        ),
    ],
)
def test_what_cannot_be_called_is_refused_in_words(admin, chat, given, said):
    answer = admin.post("/admin/webhooks/new", data=given)

    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Webhook.id))) == 1


def test_one_is_changed_and_keeps_its_name_and_secret(admin, chat):
    before = chat.secret
    form = admin.get(f"/admin/webhooks/{chat.id}/edit")
    assert chat.url in form.text

    answer = admin.post(
        f"/admin/webhooks/{chat.id}/edit",
        data={"name": chat.name, "url": "http://127.0.0.1:8065/hooks/2", "seen": seen_of(chat)},
    )

    assert answer.status_code == 303
    assert (chat.url, chat.secret) == ("http://127.0.0.1:8065/hooks/2", before)


def test_one_is_switched_off_and_on(admin, chat):
    off = admin.post(f"/admin/webhooks/{chat.id}/off", follow_redirects=True)
    assert "No calls are made. Webhook switched off," in words(off)
    assert "Nils Ohlsen. What waits is sent when it is switched on again." in words(off)
    assert admin.post(f"/admin/webhooks/{chat.id}/off").status_code == 409
    assert admin.post(f"/admin/webhooks/{chat.id}/test").status_code == 409

    on = admin.post(f"/admin/webhooks/{chat.id}/on", follow_redirects=True)
    assert "No calls are made." not in on.text
    assert chat.active


def test_that_the_other_system_is_gone_is_said(admin, chat):
    operations.webhooks.gone(SYSTEM, chat)
    db.session.commit()

    page = words(admin.get(f"/admin/webhooks/{chat.id}"))

    assert "No calls are made. Webhook switched off: the other system wants no more calls," in page


def test_a_test_is_a_call_like_any_other(admin, chat):
    answer = admin.post(f"/admin/webhooks/{chat.id}/test", follow_redirects=True)

    assert "The test is on its way." in answer.text
    [made] = db.session.scalars(sa.select(WebhookDelivery)).all()
    said = json.loads(made.body)
    assert (said["type"], made.state, made.message_id) == (webhooks.TEST, S.WAITING, None)
    assert said["text"] == "This is a test from rmhr. Reminders will arrive here."
    assert "Test Waiting" in words(answer)


def test_the_log_says_what_became_of_each_call(admin, chat):
    told = {"type": webhooks.TOLD, "data": {"title": "Today: <b>x</b>", "person": {"name": "Lena Brandt"}}}
    failed = call(chat, body=json.dumps(told), state=S.FAILED, attempts=7, answer="503 <i>moved</i>")
    call(chat, state=S.SENT, sent_at=clock.now(), attempts=1, answer="200 OK")
    call(chat, attempts=2, answer="500", next_attempt_at=clock.now() + timedelta(hours=1))

    answer = admin.get(f"/admin/webhooks/{chat.id}")
    page = words(answer)

    assert "Today: <b>x</b> Lena Brandt Not delivered" in page
    assert "503 &lt;i&gt;moved" in answer.text
    assert "next attempt" in page
    assert answer.text.count('/again"') == 2, "what waits cannot be sent again"
    assert "1 to 1 of 1" in admin.get(f"/admin/webhooks/{chat.id}?state=failed").text

    again = admin.post(f"/admin/webhooks/{chat.id}/calls/{failed.id}/again", follow_redirects=True)
    assert "The call will be made again" in again.text
    assert (failed.state, failed.attempts) == (S.WAITING, 0)
    assert admin.post(f"/admin/webhooks/{chat.id}/calls/{failed.id}/again").status_code == 409
    other = webhook("Another")
    assert admin.post(f"/admin/webhooks/{other.id}/calls/{failed.id}/again").status_code == 404


def test_the_list_counts_what_waits_and_what_failed(admin, chat):
    for state in (S.WAITING, S.WAITING, S.FAILED):
        call(chat, state=state)
    webhook("Another", active=False)

    page = words(admin.get("/admin/webhooks"))

    assert "Chat of the branches chat.bank.example Switched on – Nothing yet 2 1" in page
    assert "Another 127.0.0.1:9 Switched off – Nothing yet 0 0" in page


def test_a_new_secret_is_asked_for_and_shown_once(admin, chat):
    before = chat.secret
    assert "For 24 hours calls are signed with both" in admin.get(f"/admin/webhooks/{chat.id}/secret").text

    shown = admin.post(f"/admin/webhooks/{chat.id}/secret", follow_redirects=True)

    assert SECRET.findall(shown.text) == [standard.current(chat.secret)] != [before]
    assert "the secret before signs as well" in shown.text
    assert SECRET.findall(admin.get(f"/admin/webhooks/{chat.id}").text) == []


def test_a_secret_is_shown_on_the_page_of_its_webhook_alone(admin, chat):
    other = webhook("Another")
    admin.post(f"/admin/webhooks/{chat.id}/secret")

    assert SECRET.findall(admin.get(f"/admin/webhooks/{other.id}").text) == []
    assert len(SECRET.findall(admin.get(f"/admin/webhooks/{chat.id}").text)) == 1


def test_one_is_deleted_after_it_was_said_what_goes(admin, chat):
    call(chat)
    asked = words(admin.get(f"/admin/webhooks/{chat.id}/delete"))
    assert "Delete Chat of the branches" in asked
    assert "1 waiting call will not be made." in asked

    done = admin.post(f"/admin/webhooks/{chat.id}/delete", follow_redirects=True)

    assert "Webhook deleted" in done.text
    assert db.session.scalar(sa.select(sa.func.count(WebhookDelivery.id))) == 0


def test_the_pages_speak_german(browser, chat):
    client = browser(user(Role.ADMIN, language="de"))
    call(chat, state=S.FAILED, attempts=7)

    assert "Nicht zugestellt" in client.get("/admin/webhooks").text
    page = words(client.get(f"/admin/webhooks/{chat.id}"))
    assert "Test senden" in page
    assert "1 Aufruf im letzten Monat" in page
    assert "Webhook hinzufügen" in client.get("/admin/webhooks/new").text
    assert "Neues Geheimnis" in client.get(f"/admin/webhooks/{chat.id}/secret").text
    assert "löschen" in client.get(f"/admin/webhooks/{chat.id}/delete").text


def test_what_lies_inside_is_called_once_it_is_listed(admin):
    given = {"name": "Inside", "url": "http://10.1.2.3:8065/hooks/1"}
    refused = admin.post("/admin/webhooks/new", data=given)
    assert refused.status_code == 422
    assert "listed under “Internal hosts”" in refused.text
    assert (
        admin.post("/admin/webhooks/new", data={"name": "x", "url": "http://localhost/"}).status_code == 422
    )

    listed = admin.post("/admin/webhooks/hosts", data={"name": " 10.1.2.3 "}, follow_redirects=True)
    assert "Webhooks may call this host now." in listed.text
    assert "10.1.2.3" in words(listed)
    assert admin.post("/admin/webhooks/hosts", data={"name": "10.1.2.3"}).status_code == 422
    assert admin.post("/admin/webhooks/new", data=given).status_code == 303

    [remove] = Html(listed).attributes("td form", "action")
    assert "None yet." in admin.post(remove, follow_redirects=True).text


@pytest.mark.parametrize("name", ["", "https://chat.bank.example", "chat.bank.example/x", "chat:80"])
def test_a_host_is_listed_alone(admin, name):
    assert admin.post("/admin/webhooks/hosts", data={"name": name}).status_code == 422
