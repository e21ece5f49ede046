"""The matcher points at passages; it never invents, repeats or judges."""

from __future__ import annotations

from rmhr.applications.passages import find

CV = """Work
I look after 240 private clients with an annual meeting each.
Opened accounts and checked identities.

Ausbildung
Abgeschlossene Bankausbildung (IHK), Note 1,9.
Sachkundenachweis für die Anlageberatung in Vorbereitung.

German C1, English B2."""


def test_each_criterion_gets_the_passage_that_shares_its_words():
    found = find(
        CV,
        [
            ["Completed banking training", "Abgeschlossene Bankausbildung"],
            ["Experience in advising private clients", "Erfahrung in der Beratung von Privatkunden"],
            ["Evidence of competence for investment advice", "Sachkundenachweis für die Anlageberatung"],
            ["German C1 and English B2", "Deutsch C1 und Englisch B2"],
            ["Certified Financial Planner (CFP)", "Certified Financial Planner (CFP)"],
        ],
    )

    assert {number: passage.words for number, passage in found.items()} == {
        1: "Abgeschlossene Bankausbildung (IHK), Note 1,9.",
        2: "I look after 240 private clients with an annual meeting each.",
        3: "Sachkundenachweis für die Anlageberatung in Vorbereitung.",
        4: "German C1, English B2.",
    }


def test_a_passage_says_why_it_is_shown():
    found = find(CV, [["German C1 and English B2"]])

    assert found[1].shared == ("German", "C1", "English", "B2")


def test_two_criteria_never_share_a_passage_and_each_stands_in_the_text():
    found = find(CV, [["private clients meeting"], ["private clients meeting"]])

    assert len({passage.words for passage in found.values()}) == len(found)
    assert all(CV.count(passage.words) == 1 for passage in found.values())


def test_a_heading_is_no_evidence():
    assert find("Professional qualifications\nNone.", [["Professional qualifications in banking"]]) == {}


def test_nothing_is_found_in_nothing():
    assert find("", [["Banking training"]]) == {}
    assert find("\n\n · \n", [["Banking training"]]) == {}
    assert find(CV, []) == {}
    assert find(CV, [[""]]) == {}


def test_the_way_through_a_long_text_is_short():
    text = "\n".join(f"Line {number} about client meetings and credit" for number in range(3000))

    assert find(text, [["credit analysis of companies"]] * 8) is not None
