"""Headings are recognised by plain rules, in English and German; the words of a text stay as they are."""

from __future__ import annotations

import pytest

from rmhr.core.files.extract_child.outline import HEADING as H
from rmhr.core.files.extract_child.outline import LIST as L
from rmhr.core.files.extract_child.outline import MOST_LINES, is_heading, outline
from rmhr.core.files.extract_child.outline import TEXT as T


def _read(text: str) -> list[tuple[str, list[str]]]:
    """The blocks of a text, with their words."""
    return [(kind, [text[start:end] for start, end in places]) for kind, places in outline(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Work",
        "Work experience:",
        "Education and training",
        "Skills & languages",
        "Education . . . . . . . . . . .",
        "BERUFSERFAHRUNG",
        "Aus- und Weiterbildung",
        "Hobbys und Interessen",
        "Außerberufliches",
        "PUBLICATIONS AND TALKS",
    ],
)
def test_usual_sections_and_words_in_capitals_are_headings(line):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Work.",
        "Work experience in three banks",
        "Client adviser, Eutin, since 2021",
        "Education, training,",
        "IHK",
        "DATEV 2024",
        "MARIA@EXAMPLE.ORG",
        "I HAVE LOOKED AFTER CLIENTS IN SEVERAL BANKS FOR YEARS",
        "• Languages",
    ],
)
def test_sentences_abbreviations_and_addresses_are_none(line):
    assert not is_heading(line)


def test_a_cv_falls_into_headings_lists_and_paragraphs():
    cv = """MAREN OLTMANNS

Work
Client adviser, Eutin
since 2021
• I look after 240 clients, documented on
the same day.
- Built the checklist.
Service adviser, Eutin

Education
Bankkauffrau (IHK)"""

    assert _read(cv) == [
        (T, ["MAREN OLTMANNS"]),
        (H, ["Work"]),
        (T, ["Client adviser, Eutin", "since 2021"]),
        (L, ["I look after 240 clients, documented on\nthe same day.", "Built the checklist."]),
        (T, ["Service adviser, Eutin"]),
        (H, ["Education"]),
        (T, ["Bankkauffrau (IHK)"]),
    ]


def test_a_text_may_begin_with_a_section_but_a_name_in_capitals_is_none():
    assert _read("Work\nAdviser")[0] == (H, ["Work"])
    assert _read("\nMAREN OLTMANNS\nAdviser") == [(T, ["MAREN OLTMANNS", "Adviser"])]


def test_nothing_has_no_blocks():
    assert outline("") == outline("\n \n") == []


def test_more_lines_than_anybody_writes_are_one_paragraph():
    text = "- a\n" * (MOST_LINES + 5)

    *_first, (kind, lines) = _read(text)

    assert (kind, lines) == (T, ["\n".join(["- a"] * 5)])
