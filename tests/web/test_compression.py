"""What is sent compressed, and that the size of no answer tells a secret."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from flask import Flask

from rmhr.models.accounts import Role
from rmhr.web import compression
from tests.factories.accounts import user
from tests.factories.postings import posting

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en"}
TOKEN = re.compile(r'name="csrf_token" type="hidden" value="([^"]+)"|name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The application with its tokens, as people have it."""
    app.config["CSRF_ENABLED"] = True
    yield app
    app.config["CSRF_ENABLED"] = False


def encoding(answer: Any) -> str:
    return str(answer.headers.get("Content-Encoding", ""))


@pytest.mark.parametrize(
    ("accepted", "used"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("deflate", ""),
        ("", ""),
    ],
)
def test_a_public_page_is_sent_as_the_browser_takes_it(browser: Any, accepted: str, used: str):
    posting()
    client = browser()
    plain = client.get("/careers/")
    answer = client.get("/careers/", headers={"Accept-Encoding": accepted})
    assert encoding(answer) == used
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    body = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[used](answer.data)
    assert body == plain.data
    if used:
        assert len(answer.data) < len(plain.data) / 2


def test_what_a_browser_has_already_it_need_not_load_however_it_was_sent(browser: Any):
    posting()
    client = browser()
    first = client.get("/careers/", headers=BROWSER)
    again = client.get("/careers/", headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, encoding(again)) == (304, b"", "")


def test_what_strangers_look_for_is_compressed_where_nothing_is_secret(browser: Any):
    posting(place="Kiel")
    answer = browser().get("/careers/?q=Kiel&lang=de", headers=BROWSER)
    assert encoding(answer) == "br"


def test_feeds_are_compressed_and_small_answers_are_not(browser: Any):
    for _ in range(3):
        posting()
    assert encoding(browser().get("/sitemap.xml", headers=BROWSER)) == "br"
    assert encoding(browser().get("/healthz", headers=BROWSER)) == ""


# Somebody's own: pages with a token, or of somebody who is signed in.


@pytest.mark.usefixtures("strict")
def test_a_page_is_compressed_where_nobody_puts_words_into_it(browser: Any):
    client = browser(user(Role.HR))
    assert encoding(client.get("/today", headers=BROWSER)) == "br"
    assert encoding(client.get("/applications/", headers=BROWSER)) == "br"


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize(
    "path", ["/applications/?q=guess", "/search?q=guess", "/today?x=guess", "/today?lang=guess"]
)
def test_not_where_the_address_carries_words(browser: Any, path: str):
    answer = browser(user(Role.HR)).get(path, headers=BROWSER, follow_redirects=True)
    assert answer.status_code == 200
    assert encoding(answer) == ""
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.usefixtures("strict")
def test_not_what_a_form_gives_back(browser: Any):
    answer = browser().post("/sign-in", data={"email": "guess@bank.example"}, headers=BROWSER)
    assert "guess@bank.example" in answer.text
    assert encoding(answer) == ""


@pytest.mark.usefixtures("strict")
def test_not_a_form_for_strangers_whose_address_carries_words(browser: Any):
    open_ = posting()
    client, path = browser(), f"/careers/{open_.slug}/apply"
    assert b'name="csrf_token"' in client.get(path).data
    assert encoding(client.get(path, headers=BROWSER)) == "br"
    assert encoding(client.get(f"{path}?lang=de", headers=BROWSER)) == "br"
    assert encoding(client.get(f"{path}?source=guess", headers=BROWSER)) == ""


@pytest.mark.usefixtures("strict")
def test_not_a_page_whose_address_is_a_key(app: Flask):
    keyed = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not compression.ADDRESSED_BY_KEYS.isdisjoint(rule.arguments)
    ]
    assert {"status.open", "today.calendar"} <= set(keyed)
    for endpoint in compression.SHOW_KEYS:
        assert endpoint in app.view_functions
    page = '<input name="csrf_token">' + "x" * 5000
    with app.test_request_context("/careers/my-application/abc"):
        assert compression.gives_away(app.response_class(page))
    with app.test_request_context("/careers/my-application/link"):
        assert not compression.gives_away(app.response_class(page))


@pytest.mark.usefixtures("strict")
def test_a_token_is_another_one_on_each_page(browser: Any):
    client = browser(user(Role.HR))
    pages = [client.get("/today").text for _ in range(2)]
    tokens = [set(filter(None, sum(TOKEN.findall(page), ()))) for page in pages]
    assert all(tokens)
    assert not tokens[0] & tokens[1]


def test_a_session_goes_along_with_no_request_of_another_site(app: Flask):
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert app.config["REMEMBER_COOKIE_SAMESITE"] == "Lax"
