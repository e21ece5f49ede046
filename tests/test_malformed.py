"""Whatever comes in: every address answers with a page of the product, and never with 5xx.

The pages and their examples are those of tests/pages.py; the addresses that have no page are read off the URL map. In
tests an unexpected error is raised, so that each of these requests names its own.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from rmhr.models.accounts import Role
from tests.factories import accounts
from tests.pages import Page
from tests.support.html import Html
from tests.test_access import addresses, rules
from tests.test_pages import BY_EXAMPLE, address, enter

__all__ = ["address", "enter"]

#: What url_for takes for its own where somebody hands it on, and what else addresses are called by.
NAMES = (
    "endpoint",
    "_method",
    "_external",
    "_anchor",
    "_scheme",
    "values",
    "self",
    "lang",
    "id",
    "name",
    "app",
)
#: Values that no field and no filter means.
VALUES = (
    "9" * 40,
    "-1",
    "²",
    "2026-99-99",
    "0026-01-01",
    "99999-01-01",
    "1e400",
    "nan",
    "x" * 3_000,
    "%s%d{}${x}",
    "'\"><script>",
    "../../etc/passwd",
    "\u202e\u200b\ufeff",
    "٣",
    "null",
    "[]",
)
#: Bodies that are JSON, or say so.
BODIES = ("[]", '"x"', "null", "1", "{", "", '{"name": {"a": 1}}', '{"\\ud800": "x"}', '{"name": "\\ud800"}')
#: Values of a JSON object.
ODD = (None, True, False, 10**30, -1.5e300, [], [None], ["a", 1, True], "\u0000", "x" * 3_000)


def asked_for(page: Html) -> list[str]:
    """The names that this page's own forms and links send."""
    names = set(page.attributes("input, select, textarea, button", "name"))
    for link in page.attributes("a", "href"):
        names |= {name for name, _value in parse_qsl(urlsplit(link).query, keep_blank_values=True)}
    return sorted(names - {"csrf_token"})


def answers(client: Any, url: str, **given: Any) -> int:
    """The status, of which 5xx is none; the page is one of ours."""
    with client.open(url, **given) as answer:
        said = f"{given.get('method', 'GET')} {url[:200]} answered {answer.status}"
        assert answer.status_code < 500, said
        if answer.status_code >= 400 and answer.mimetype == "text/html":
            assert "<html" in answer.text or "data-not-taken" in answer.text, said
            assert "Traceback" not in answer.text
        return int(answer.status_code)


def queries(names: list[str]) -> Iterator[list[tuple[str, str]]]:
    """Each name with values that it does not mean, a few queries for all of them."""
    values = itertools.cycle(VALUES)
    for _round in range(2):
        yield [(name, next(values)) for name in names] + [(name, "1") for name in NAMES]


def forms(names: list[str]) -> Iterator[dict[str, str]]:
    """What a form may send that no page of ours sends."""
    values = itertools.cycle(VALUES)
    yield {}
    yield {name: f"{next(values)}\0" for name in names}


@BY_EXAMPLE
def test_every_page_answers_whatever_it_is_asked(
    make: Any, pages: list[Page], address: Any, enter: Any, app: Flask
) -> None:
    example = make()
    client = enter(example.viewer)
    for page in pages:
        url = address(page, example)
        with client.get(url) as answer:
            names = asked_for(Html(answer)) if answer.mimetype == "text/html" and answer.text else []
        for query in queries(names):
            answers(client, url.partition("?")[0], query_string=query)
        if any("POST" in (rule.methods or ()) for rule in app.url_map.iter_rules(page.endpoint)):
            _send(client, url, names)


def _send(client: Any, url: str, names: list[str]) -> None:
    odd = itertools.cycle(ODD)
    objects = json.dumps({name: next(odd) for name in names})
    for body in ("[]", objects):
        answers(client, url, method="POST", data=body, content_type="application/json")
    for form in forms(names):
        answers(client, url, method="POST", data=form)


def test_every_address_without_a_page_answers_whatever_is_sent(app: Flask, browser: Any) -> None:
    client = browser(accounts.user(*Role))
    for rule, _access in rules(app):
        if "GET" in (rule.methods or ()) or "POST" not in (rule.methods or ()):
            continue
        for method, url in addresses(rule):
            for body in ("[]", '{"\\ud800": "x"}'):
                answers(client, url, method=method, data=body, content_type="application/json")
            for form in forms(["seen", "next", "name", "page", "id", "key", "chosen", "until", "language"]):
                answers(client, url, method=method, data=form)


@pytest.mark.parametrize("body", BODIES)
def test_json_that_is_no_object_of_texts_is_400(browser: Any, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    for url, who in (("/sign-in", None), ("/forgotten", None), ("/profile", accounts.user())):
        answer = browser(who).post(url, data=body, headers=headers)
        assert answer.status_code == 400
        assert "This request could not be read" in answer.text


def test_what_is_sent_as_json_is_read_as_a_form_would_send_it(browser: Any) -> None:
    client = browser()
    answer = client.post("/forgotten", json={"email": ["a@bank.example"], "more": [1, None, True]})
    assert answer.status_code == 303


@pytest.mark.parametrize("query", ["q=%00", "%00=x", "a=1&q=x%00y"])
def test_nul_in_a_query_is_400(browser: Any, query: str) -> None:
    for url, who in (("/careers/", None), ("/sign-in", None), ("/search", accounts.user())):
        assert browser(who).get(f"{url}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["%ED%A0%80=%ED%A0%80", "q=%FF%FE", "q=%", "&&==&", "q=" + "x" * 100_000])
def test_a_query_of_no_words_is_no_trouble(browser: Any, query: str) -> None:
    for url, who in (("/careers/", None), ("/search", accounts.user()), ("/nowhere", None)):
        answers(browser(who), f"{url}?{query}")


def test_the_language_links_keep_what_was_asked_and_nothing_else(browser: Any) -> None:
    page = Html(browser().get("/sign-in?next=/goals/&endpoint=x&_external=1&_anchor=a&lang=de&next=2"))
    links = [link for link in page.attributes("a", "href") if "lang=" in link]
    assert links
    for link in links:
        kept = parse_qsl(urlsplit(link).query)
        assert sorted(kept[:-1]) == [
            ("_anchor", "a"), ("_external", "1"), ("endpoint", "x"), ("next", "/goals/"), ("next", "2"),
        ]  # fmt: skip
        assert kept[-1][0] == "lang"
        assert not urlsplit(link).netloc
