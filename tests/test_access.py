"""Every address of the product: strangers see the public pages, each role what it may, nobody else anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from rmhr.core.policy import PRIVATE_LINK, anyone
from rmhr.models.accounts import Role
from tests.factories import accounts

#: What a stranger may open. A new public page is added here on purpose, not by accident.
PUBLIC = {
    "/",
    "/calendar/<secret>.ics",
    "/careers/",
    "/careers/<slug>",
    "/careers/<slug>/apply",
    "/careers/<slug>/apply/sent",
    "/careers/accessibility",
    "/careers/brand.css",
    "/careers/feed.xml",
    "/careers/imprint",
    "/careers/indeed.xml",
    "/careers/jobs.json",
    "/careers/logo",
    "/careers/my-application/<token>",
    "/careers/my-application/<token>/new",
    "/careers/my-application/close",
    "/careers/my-application/link",
    "/careers/my-application/link/sent",
    "/careers/privacy",
    "/careers/recommended/<code>",
    "/careers/recommended/deleted",
    "/certificates/",
    "/certificates/<code>",
    "/forgotten",
    "/forgotten/sent",
    "/healthz",
    "/password/<token>",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/sign-in",
    "/unsubscribe/<token>",
    "/sign-out",
    "/preferences",
}
SAMPLES = {"int": 1, "default": "x", "string": "x"}


def rules(app: Flask) -> Iterator[tuple[Rule, Any]]:
    """Every address with its access rule, less the files and the style guide (which production does not have)."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.endswith("static") and not rule.endpoint.startswith("styleguide"):
            view: Any = app.view_functions[rule.endpoint]
            yield rule, view.access


def _something(kind: BaseConverter) -> Any:
    """A value that an address takes."""
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return 1 if isinstance(kind, IntegerConverter) else "x"


def addresses(rule: Rule) -> Iterator[tuple[str, str]]:
    """(method, URL) of a rule, with something in the place of its values."""
    kinds = rule._converters
    values = dict(rule.defaults or {})
    values |= {name: _something(kind) for name, kind in kinds.items()}
    built = rule.build(values)
    assert built is not None
    for method in (rule.methods or set()) & {"GET", "POST"}:
        yield method, built[1]


def test_only_these_pages_are_public(app):
    assert {rule.rule for rule, access in rules(app) if access is anyone} <= PUBLIC


def test_a_stranger_gets_the_sign_in_page_and_nothing_else(app, browser):
    client = browser()
    for rule, access in rules(app):
        if access is anyone:
            continue
        for method, url in addresses(rule):
            answer = client.open(url, method=method)
            where = f"{method} {url} answered {answer.status_code}"
            if access is PRIVATE_LINK:
                assert answer.status_code == 302, where
                assert answer.location.endswith("/careers/my-application/link"), where
            elif method == "GET":
                assert answer.status_code == 302, where
                assert answer.location.startswith("/sign-in"), where
            else:
                assert answer.status_code == 401, where


@pytest.mark.sqlite  # refused before any table of the page is asked
@pytest.mark.parametrize("role", list(Role))
def test_a_wrong_role_gets_403_or_404(app, browser, role):
    user = accounts.user(role)
    client = browser(user)
    refused = 0
    for rule, access in rules(app):
        if access is anyone or access is PRIVATE_LINK or access(user):
            continue
        refused += 1
        for method, url in addresses(rule):
            assert client.open(url, method=method).status_code in (403, 404), f"{role}: {method} {url}"
    assert refused


def test_a_get_changes_nothing(app, browser):
    import sqlalchemy as sa

    from rmhr.core.db import db
    from rmhr.core.history import audit
    from rmhr.models.system import AuditEntry

    user = accounts.user(*Role)
    client = browser(user)

    def count() -> int:
        changes = sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action != audit.READ)
        return db.session.scalar(changes) or 0

    before = count()
    for rule, access in rules(app):
        if access is anyone or (access is not PRIVATE_LINK and access(user)):
            for method, url in addresses(rule):
                if method == "GET":
                    client.get(url)
    assert count() == before
