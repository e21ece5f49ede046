"""Drawing and marking: what counts as right, and what chance may do."""

from __future__ import annotations

import random

import pytest

from rmhr.content import words
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType
from rmhr.models.courses import ExamQuestion, QuestionType
from rmhr.training import exams, queries
from tests.factories import training


def question(kind: str, correct: list[str]) -> ExamQuestion:
    options = [{"id": id, "en": id, "de": id} for id in "abcd"]
    return ExamQuestion(type=QuestionType(kind), options=options, correct=correct, rm_types=[])


@pytest.mark.parametrize(
    ("kind", "correct", "chosen", "right"),
    [
        ("single", ["b"], ["b"], True),
        ("single", ["b"], ["a"], False),
        ("single", ["b"], [], False),
        ("true_false", ["a"], ["a"], True),
        ("true_false", ["a"], ["b"], False),
        ("multiple", ["a", "c"], ["a", "c"], True),
        ("multiple", ["a", "c"], ["c", "a"], True),
        ("multiple", ["a", "c"], ["a"], False),
        ("multiple", ["a", "c"], ["a", "b", "c"], False),
        ("multiple", ["a", "c"], ["b", "d"], False),
        ("multiple", ["a", "c"], [], False),
    ],
)
def test_all_right_options_and_no_other_count(kind, correct, chosen, right):
    assert exams.is_right(question(kind, correct), chosen) is right


@pytest.mark.parametrize(
    ("marks", "points"),
    [([True] * 4 + [False], 80), ([True, True, False], 66), ([True] * 6, 100), ([False], 0), ([], 0)],
)
def test_the_score_is_rounded_down(marks, points):
    assert exams.score(marks) == points


def test_the_same_chance_draws_the_same_exam_and_another_one_another():
    course = training.taught("aml")

    def drawn(seed: int) -> list[tuple[str, tuple[str, ...]]]:
        made = exams.draw(course, None, random.Random(seed))
        return [(each.question.code, tuple(each.order)) for each in made]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert len({code for code, _order in drawn(3)}) == len(drawn(3)) == 8


def test_everybody_is_asked_only_what_concerns_their_clients():
    course = training.taught("product_knowledge")
    bank = exams.for_type(course.questions, RmType.CORPORATE)
    asked = {each.question for each in exams.draw(course, RmType.CORPORATE)}
    assert {"pk1", "pk5"} <= {each.code for each in bank}
    assert "pk4" not in {each.code for each in bank}
    assert asked < set(bank)


@pytest.mark.parametrize("rm_type", RmType)
def test_every_bank_holds_more_than_twice_as_many_questions_as_an_exam_asks(rm_type):
    training.course()
    asked = {}
    for course in queries.courses.in_force():
        asked[course.course.code] = exams.length(course, rm_type)
        assert len(exams.for_type(course.questions, rm_type)) > 2 * exams.length(course, rm_type), (
            course.course.code
        )
    assert asked.pop("mifid") == 12
    assert set(asked.values()) == {8}


def test_every_question_of_the_content_can_be_answered_and_says_why_in_both_languages():
    training.course()
    for each in (question for course in queries.courses.in_force() for question in course.questions):
        options = [option["id"] for option in each.options]
        assert set(each.correct) <= set(options), each.code
        assert each.correct, each.code
        assert len(each.correct) == 1 or each.type is QuestionType.MULTIPLE, each.code
        said = [
            each.text,
            each.explanation,
            *map(Words, ({"en": o["en"], "de": o["de"]} for o in each.options)),
        ]
        assert not any(text.missing() for text in said), each.code


def test_an_exam_has_at_most_as_many_questions_as_the_course_says():
    course = training.taught("aml")
    training.rewrite(course, questions_per_exam=3)
    assert len(exams.draw(course, None)) == 3


def test_right_always_stands_before_wrong():
    course = training.taught("aml")
    orders = {
        tuple(each.order)
        for _n in range(20)
        for each in exams.draw(course, None)
        if each.question.type is QuestionType.TRUE_FALSE
    }
    assert orders == {("t", "f")}


def test_a_law_and_its_number_stay_on_one_line():
    said = words({"en": "Section 46(1) GwG; no. 3", "de": "§ 46 Abs. 1 GwG"})
    assert said == {"en": "Section\u00a046(1) GwG; no.\u00a03", "de": "§\u00a046 Abs.\u00a01 GwG"}
