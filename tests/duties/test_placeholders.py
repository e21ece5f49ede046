"""What a text leaves open: filled, left out where there is nothing to say, refused where nobody knows it."""

from __future__ import annotations

import pytest

from rmhr.core.i18n import LANGUAGES, Words, speaking
from rmhr.duties import placeholders
from rmhr.duties.queries import texts
from rmhr.models.duties import Answer, TextKind, TravelCosts
from tests.factories import duties

KINDS = list(TextKind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_starter_texts_can_be_told(kind):
    assert list(placeholders.flaws(kind, texts.starter(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_leave_the_same_things_open(kind):
    text = texts.starter(kind)
    assert [set(placeholders.used(text[code])) for code in LANGUAGES] == [
        set(placeholders.used(text["en"]))
    ] * len(LANGUAGES)


def test_a_line_with_nothing_to_say_is_left_out():
    text = "Who sees it:\n\n- HR\n- {works_council}\n- {representative}\n\nYours, {bank}"
    values = {"works_council": "", "representative": "the body", "bank": ""}
    assert placeholders.filled(text, values) == "Who sees it:\n\n- HR\n- the body\n\nYours, "


def test_what_is_not_named_stays_for_the_template_to_draw():
    assert placeholders.filled("{name}\n\n{facts}", {"name": "Lena"}) == "Lena\n\n{facts}"


def test_what_a_person_wrote_is_not_filled_again():
    assert placeholders.filled("{line}", {"line": "Write to {bank}", "bank": "Us"}) == "Write to {bank}"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dear {name} {facts}\n\n{facts}\n\n{button}", "line of its own"),
        ("Dear {nmae},\n\n{facts}\n\n{button}", "{nmae} is not known"),
        ("Dear {name},\n\n{facts}", "{button} is missing"),
    ],
)
def test_what_could_not_be_told_is_named(text, wrong, session):
    with speaking("en"):
        found = [flaw.words for flaw in placeholders.flaws(TextKind.CONFIRMATION, Words(en=text))]
    assert any(wrong in words for words in found), found


def test_the_notice_names_only_who_is_there(session):
    row = duties.bank(works_council=Answer.NO, representative=Answer.NO)
    duties.text()
    with speaking("en"):
        said = texts.told(TextKind.PRIVACY_NOTICE).text
    assert row.address in said
    assert "works council, which is told" not in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("costs", "words"),
    [
        (TravelCosts.PAID, "refund your necessary travel costs"),
        (TravelCosts.NOT_PAID, "cannot refund"),
        (TravelCosts.LIMITED, "Up to a hundred."),
    ],
)
def test_an_invitation_says_what_the_bank_pays(session, costs, words):
    duties.bank(travel_costs=costs, travel_limits=Words.both("Up to a hundred.", "Bis hundert."))
    with speaking("en"):
        told = texts.letter(TextKind.INVITATION, {"name": "Lena", "job": "RM"})
    assert any(words in part for part in told["letter"])
