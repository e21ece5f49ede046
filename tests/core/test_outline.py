"""Headings are recognised by plain rules, in English and German; the words of a text stay as they are."""

from __future__ import annotations

import pytest

from rmhr.core.files.outline import Block, Kind, is_heading, outline

H, L, T = Kind.HEADING, Kind.LIST, Kind.TEXT


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

    assert outline(cv) == [
        Block(T, ("MAREN OLTMANNS",)),
        Block(H, ("Work",)),
        Block(T, ("Client adviser, Eutin", "since 2021")),
        Block(L, ("I look after 240 clients, documented on\nthe same day.", "Built the checklist.")),
        Block(T, ("Service adviser, Eutin",)),
        Block(H, ("Education",)),
        Block(T, ("Bankkauffrau (IHK)",)),
    ]


def test_a_text_may_begin_with_a_section_but_a_name_in_capitals_is_none():
    assert outline("Work\nAdviser")[0] == Block(H, ("Work",))
    assert outline("MAREN OLTMANNS\nAdviser") == [Block(T, ("MAREN OLTMANNS", "Adviser"))]


def test_nothing_has_no_blocks():
    assert outline("") == outline("\n \n") == []
