"""What the picture tool opens, and what it takes for wrong on a page."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tools import examples
from tools.examples import offers
from tools.shots import words

pytestmark = pytest.mark.once

STORED = re.compile(r"\b(?:not_met)\b")


def test_every_address_that_names_a_thing_has_an_example(app: Flask) -> None:
    opened = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    named = {
        rule.endpoint
        for rule in opened
        if rule.arguments - set(rule.defaults or ()) and not rule.endpoint.endswith("static")
    }
    known = examples.known().keys()
    assert named - known == set(), "say in tools/examples/<stage>.py what there is to see"
    assert known <= {rule.endpoint for rule in opened}, "examples of pages that there are not any more"


def test_two_examples_of_one_page_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(offers.EXAMPLES, "postings.show", lambda _viewer: {"id": 1})
    with pytest.raises(ValueError, match=r"postings\.show"):
        examples.known()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Mentor: None", "None"),
        ("{{ person.name }}", "a template"),
        ("%(n)s days late", "a template"),
        ("Lorem ipsum dolor", "a placeholder"),
        ("<User 7>", "Python"),
        ("Role.HR", "Python"),
        ("Result: not_met", "a stored value"),
        ("undefined", "an undefined value"),
    ],
)
def test_what_nobody_should_read_is_found(text: str, what: str) -> None:
    (found,) = words.problems([text], STORED)
    assert what in found


@pytest.mark.parametrize(
    "text",
    [
        "None of these answers",
        "Requirement not met",
        "50 % done",
        "a < b",
        "HR and compliance",
        "Nonetheless",
    ],
)
def test_what_people_write_is_not(text: str) -> None:
    assert words.problems([text], STORED) == []


def test_stored_values_are_those_with_an_underscore() -> None:
    pattern = words.stored_values()
    assert not pattern.search("administrator, interviewer")
    assert not pattern.search("/static/not_met.css")


def test_english_on_a_german_page_is_found() -> None:
    english = words.English(
        [
            ("Sign in", "Anmelden"),
            ("%(n)s days late", "%(n)s Tage zu spät"),
            ("Private clients", "Private clients"),
            ("Name", "Name"),
        ]
    )
    texts = [
        "Sign  in",
        "Anmelden",
        "3 days late",
        "3 Tage zu spät",
        "Private clients",
        "Name",
        "Sign in now",
    ]
    assert english.found(texts) == ["Sign in", "3 days late"]
