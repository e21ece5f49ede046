"""HEAD answers as GET does, on every page that everybody or a colleague can open."""

from __future__ import annotations

import pytest

from rmhr.models.accounts import Role
from tests.factories.accounts import user
from tests.factories.postings import posting

#: What is made anew with each answer.
OWN = {"Date", "Set-Cookie", "X-Request-ID", "ETag", "Expires"}


def plain_pages(app):
    """Every page whose address names nothing."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.rule.startswith("/styleguide")
    )


@pytest.mark.parametrize("signed_in", [False, True])
def test_head_has_the_status_and_the_headers_of_get(app, browser, signed_in):
    posting()
    client = browser(user(Role.HR, Role.ADMIN)) if signed_in else browser()
    pages = [*plain_pages(app), "/careers/?lang=de&utm_source=x", "/nowhere"]
    assert len(pages) > 50
    for page in ("/history", "/offers/"):  # that it is opened stands in the history, which grows by it
        client.get(page)
    for page in pages:
        got, head = client.get(page), client.head(page)
        assert head.data == b""
        assert head.status_code == got.status_code, page
        said = [{name: value for name, value in each.headers if name not in OWN} for each in (got, head)]
        for each, answer in zip(said, (got, head), strict=True):
            if 'name="csrf_token"' in got.text or answer.is_streamed:
                each.pop("Content-Length", None)
        assert said[0] == said[1], page
