"""The matcher points at passages; it never invents, repeats or judges."""

from __future__ import annotations

import time

import pytest

from rmhr.core.files import extraction
from rmhr.core.files.extract_child import passages
from rmhr.core.files.extract_child.outline import outline
from rmhr.core.files.extract_child.passages import Passage

CV = """Work
I look after 240 private clients with an annual meeting each.
Opened accounts and checked identities.

Ausbildung
Abgeschlossene Bankausbildung (IHK), Note 1,9.
Sachkundenachweis für die Anlageberatung in Vorbereitung.

German C1, English B2."""


def _find(text: str, criteria: list[list[str]]) -> dict[int, tuple[str, Passage]]:
    """The passages by the number of their criterion, each with its words."""
    return {each.number: (text[each.start : each.end], each) for each in passages.find(text, criteria)}


def test_each_criterion_gets_the_passage_that_shares_its_words():
    found = _find(
        CV,
        [
            ["Completed banking training", "Abgeschlossene Bankausbildung"],
            ["Experience in advising private clients", "Erfahrung in der Beratung von Privatkunden"],
            ["Evidence of competence for investment advice", "Sachkundenachweis für die Anlageberatung"],
            ["German C1 and English B2", "Deutsch C1 und Englisch B2"],
            ["Certified Financial Planner (CFP)", "Certified Financial Planner (CFP)"],
        ],
    )

    assert {number: words for number, (words, _passage) in found.items()} == {
        1: "Abgeschlossene Bankausbildung (IHK), Note 1,9.",
        2: "I look after 240 private clients with an annual meeting each.",
        3: "Sachkundenachweis für die Anlageberatung in Vorbereitung.",
        4: "German C1, English B2.",
    }


def test_a_passage_says_why_it_is_shown():
    found = _find(CV, [["German C1 and English B2"]])

    assert found[1][1].shared == ("German", "C1", "English", "B2")


def test_two_criteria_never_share_a_passage_and_each_stands_in_the_text():
    found = _find(CV, [["private clients meeting"], ["private clients meeting"]])

    assert len({passage.start for _words, passage in found.values()}) == len(found)
    assert all(CV.count(words) == 1 for words, _passage in found.values())


def test_a_heading_is_no_evidence():
    assert _find("Professional qualifications\nNone.", [["Professional qualifications in banking"]]) == {}


def test_nothing_is_found_in_nothing():
    assert _find("", [["Banking training"]]) == {}
    assert _find("\n\n · \n", [["Banking training"]]) == {}
    assert _find(CV, []) == {}
    assert _find(CV, [[""]]) == {}


def test_german_words_are_found_inside_of_others():
    text = "Drei Jahre in der Privatkundenberatung gearbeitet."

    found = _find(text, [["Kundenberatung und Privatkunden"]])

    assert found[1][1].shared == ("Privatkundenberatung",)


@pytest.mark.parametrize(
    "line",
    [
        "Line {} about client meetings and credit",
        "{} . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .",
        "kreditanalyseberatung{}kreditanalyse",
        "a\u0301\u0316\u0301\u0316\u0301\u0316 credit analysis {}",
        "credit. analysis. of. companies. {}",
    ],
)
def test_the_way_through_the_longest_text_is_short(line):
    text = "\n".join(line.format(number) for number in range(20_000))[: extraction.MOST_TEXT]
    began = time.process_time()

    passages.find(text, [["credit analysis of companies", "Kreditanalyse und Beratung von Unternehmen"]] * 12)
    outline(text)

    assert time.process_time() - began < 5
