"""What the picture tool takes for wrong on a page, and what not."""

from __future__ import annotations

import re

import pytest

from tools.shots import words

pytestmark = pytest.mark.once

STORED = re.compile(r"\b(?:not_met)\b")


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
