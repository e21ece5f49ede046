"""Each form that changes something asks for its token, whatever else the request carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from rmhr.models.accounts import Role
from rmhr.models.system import AuditEntry
from rmhr.web.forms import Form
from tests.factories import accounts
from tests.test_access import addresses, rules

HEADERS = [
    {},
    {"Authorization": "Bearer x"},
    {"Authorization": "Basic eDp5"},
    {"Authorization": "Digest username=x"},
    {"Authorization": "x"},
    {"Authorization": ""},
    {"Authorization": "Bearer x", "Content-Type": "application/json"},
]
#: What has a secret of its own instead: one click in a mail program ends mails of a kind (RFC 8058).
OWN_SECRET = {"reminders.unsubscribe"}


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The application with its tokens, as people have it."""
    app.config["CSRF_ENABLED"] = True
    yield app
    app.config["CSRF_ENABLED"] = False


def forms(kind: type[Form] = Form) -> Iterator[type[Form]]:
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_no_header_stands_for_the_token(strict: Flask, headers: dict[str, str]) -> None:
    tried = 0
    for kind in set(forms()):
        if not kind.Meta.__dict__.get("csrf", True):
            continue  # a part of another form
        with strict.test_request_context("/", method="POST", headers=headers):
            tried += 1
            assert kind.Meta().csrf, kind
    assert tried > 20


def entries(session: Any) -> int:
    """How long the history is."""
    return session.scalar(sa.select(sa.func.count(AuditEntry.id))) or 0


def test_no_address_does_anything_without_it(strict: Flask, browser: Any, session: Any) -> None:
    client, headers, tried = browser(accounts.user(*Role)), {"Authorization": "Bearer x"}, 0
    before = entries(session)
    for rule, _access in rules(strict):
        if rule.endpoint in OWN_SECRET or "POST" not in (rule.methods or ()):
            continue
        for method, url in addresses(rule):
            if method == "POST":
                tried += 1
                answer = client.post(url, headers=headers)
                # A redirect says that something was done, unless whoever only looks is led there as well, or has
                # to come by a private link.
                led = "GET" in (rule.methods or ()) and client.get(url).location == answer.location
                led = led or (answer.location or "").startswith("/careers/my-application/link")
                done = 300 <= answer.status_code < 400 and not led
                assert not done, f"{url} answered {answer.status_code}"
    assert tried > 60
    assert entries(session) == before
