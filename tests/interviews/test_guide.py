"""The starter guide keeps its own rules: what it asks, what it never asks, and what each level describes."""

from __future__ import annotations

import re

import pytest

from rmhr.content import plain, read

GUIDE = plain(read("interview_questions"))
COMPETENCIES = plain(read("competencies"))["competencies"]
TYPES = ("personal", "business", "corporate")
SCENARIOS = {each["scenario"]["id"]: each["scenario"] for each in GUIDE["competencies"]}
QUESTIONS = [question for each in GUIDE["competencies"] for question in each["questions"]]
ANCHORS = [
    (each["id"], anchor["level"], anchor["text"]["en"])
    for each in (*COMPETENCIES, *SCENARIOS.values())
    for anchor in each["anchors"]
]
#: What an anchor rested on before: what others say or do, results over years, an opportunity that not everybody had.
NO_BEHAVIOUR = re.compile(
    r"\b(is called in|recommended unprompted|rely on|relies on|role model|for years|targets|has won back|"
    r"has turned down|has an annual plan)\b",
    re.IGNORECASE,
)
#: What asks for an example of a time in which not everybody has worked.
OF_LATE = re.compile(
    r"(last|past) (\w+ )?years?\b|letzten (\w+ )?Jahren?|letzten Jahre|im (vergangenen|letzten) Jahr"
)


def test_the_level_that_meets_the_requirement_is_the_rule_and_the_next_one_is_for_the_essential():
    profiles = [each["profile"][kind] for each in COMPETENCIES for kind in TYPES]
    assert all(each["target_level"] == (4 if each["relevance"] == "essential" else 3) for each in profiles)
    assert sum(each["target_level"] == 3 for each in profiles) > len(profiles) / 2


@pytest.mark.parametrize(("code", "level", "text"), ANCHORS)
def test_an_anchor_describes_what_somebody_does_and_no_two_opposites(code, level, text):
    assert not NO_BEHAVIOUR.search(text)
    assert not re.search(r", or (avoids|is clear|argues)\b", text)


def test_a_text_with_a_reputation_or_an_opportunity_would_be_found():
    for text in ("Is called in by others when it gets delicate.", "Exceeds targets for years."):
        assert NO_BEHAVIOUR.search(text)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each["id"])
def test_a_question_asks_for_the_most_recent_example_and_for_nothing_private(question):
    said = [question[part][code] for part in ("text", "probe") for code in ("en", "de")]
    for words in said:
        assert not OF_LATE.search(words)
        assert not re.search(r"\bill\b|krank|not in the file|nicht in der Akte", words)


def test_what_leaves_out_returners_would_be_found():
    for words in (
        "won in the last three years",
        "of the past year",
        "im letzten Jahr",
        "der letzten drei Jahre",
    ):
        assert OF_LATE.search(words)


def test_there_is_a_scenario_for_each_competency_and_each_belongs_to_one_round():
    assert len(SCENARIOS) == len(COMPETENCIES) == 12
    held = [code for each in GUIDE["interview_stages"] for code in each["scenarios"]]
    assert sorted(held) == sorted(SCENARIOS)
    about = {each["scenario"]["id"]: each["competency"] for each in GUIDE["competencies"]}
    for each in GUIDE["interview_stages"]:
        assert {about[code] for code in each["scenarios"]} <= set(each["competencies"])


@pytest.mark.parametrize("code", SCENARIOS)
def test_a_scenario_is_the_same_for_everybody_and_can_be_held_in_another_way(code):
    scenario = SCENARIOS[code]
    assert [anchor["level"] for anchor in scenario["anchors"]] == [1, 2, 3, 4, 5]
    assert set(scenario["cases"]) == set(TYPES)
    for part in ("text", "roles", "instead"):
        assert all(scenario[part][language].strip() for language in ("en", "de"))


def test_whoever_is_rated_at_level_three_does_not_tip_off():
    levels = {each["level"]: each["text"] for each in SCENARIOS["prb_s"]["anchors"]}
    assert "ban on tipping off" in levels[3]["en"]
    assert "Verbot der Informationsweitergabe" in levels[3]["de"]


def test_what_one_person_alone_rates_is_rated_by_others_in_another_round():
    rounds = GUIDE["interview_stages"]
    for alone in (each for each in rounds if each["interviewers"] == 1):
        for code in alone["competencies"]:
            assert any(code in each["competencies"] for each in rounds if each["interviewers"] > 1)


def test_nobody_asks_about_gender_nor_about_trade_unions_and_each_by_its_law():
    laws = {each["text"]["en"]: each["law"]["en"] for each in GUIDE["forbidden_topics"]}
    [gender] = [law for topic, law in laws.items() if topic.startswith("Gender")]
    assert gender == "section 1 AGG"
    assert "AGG" not in laws["Trade union membership"]
    assert "Article 9(3) of the Basic Law" in laws["Trade union membership"]


def test_no_onboarding_task_has_the_supervisor_ask_for_a_recommendation():
    for task in plain(read("onboarding"))["tasks"]:
        assert not re.search(r"recommend|0 to 10|weiterempfehl", str(task["text"]))
