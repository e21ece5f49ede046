"""Whatever comes in: every address answers with a page of the product, and never with 5xx.

The pages and their examples are those of tests/pages.py; the addresses that have no page are read off the URL map. In
tests an unexpected error is raised, so that each of these requests names its own. Each page is sent one malformed query
and one malformed body, another one than the next page: `make attack ARGS="--only malformed"` sends all of them to all.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from rmhr.models.accounts import Role
from tests.factories import accounts
from tests.pages import PAGES, Page
from tests.support.html import Html
from tests.test_access import addresses, rules
from tests.test_pages import BY_EXAMPLE, address, enter
from tools.attack.malformed import BODIES, every, names_of, some

__all__ = ["address", "enter"]


def answers(client: Any, url: str, **given: Any) -> int:
    """The status, of which 5xx is none; the page is one of ours."""
    with client.open(url, **given) as answer:
        said = f"{given.get('method', 'GET')} {url[:200]} answered {answer.status}"
        assert answer.status_code < 500, said
        if answer.status_code >= 400 and answer.mimetype == "text/html":
            assert "<html" in answer.text or "data-not-taken" in answer.text, said
            assert "Traceback" not in answer.text
        return int(answer.status_code)


@BY_EXAMPLE
def test_every_page_answers_whatever_it_is_asked(
    make: Any, pages: list[Page], address: Any, enter: Any, app: Flask
) -> None:
    example = make()
    client = enter(example.viewer)
    for number, page in enumerate(pages):
        url = address(page, example)
        with client.get(url) as answer:
            names = names_of(Html(answer)) if answer.mimetype == "text/html" and answer.text else []
        takes_posts = any("POST" in (rule.methods or ()) for rule in app.url_map.iter_rules(page.endpoint))
        for sent in some(f"{page.endpoint} {number}", names, takes_posts):
            answers(client, url.partition("?")[0], method=sent.method, **sent.given)


def test_every_address_without_a_page_answers_whatever_is_sent(app: Flask, browser: Any) -> None:
    client = browser(accounts.user(*Role))
    names = ["seen", "next", "name", "page", "id", "key", "chosen", "until", "language"]
    for rule, _access in rules(app):
        if "GET" in (rule.methods or ()) or "POST" not in (rule.methods or ()):
            continue
        for _method, url in addresses(rule):
            for sent in some(rule.endpoint, names, takes_posts=True):
                if sent.method == "POST":
                    answers(client, url, method="POST", **sent.given)


def test_each_malformation_meets_many_routes_and_each_route_several(app: Flask) -> None:
    met: Counter[str] = Counter()
    for page in PAGES:
        route = [sent.what for sent in some(f"{page.endpoint} 0", ["a", "b", "c"], takes_posts=True)]
        assert len(route) == 2
        met.update(route)
    everything = {sent.what for sent in every(["a", "b", "c"], takes_posts=True)}
    assert met.keys() == everything
    assert min(met.values()) >= 5


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
