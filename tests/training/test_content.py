"""The starter courses: loaded once, whole, in both languages, and taught by their lessons."""

from __future__ import annotations

import pytest

from rmhr.content.loading import Loaded
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.training import content, exams, operations, queries
from tests.factories import training


def test_the_content_is_loaded_once():
    assert content.load().added > 60
    assert content.load() == Loaded()
    assert len(queries.courses()) == 7


def test_a_question_of_an_exam_that_is_under_way_follows_its_file_once_that_is_handed_in():
    attempt = training.running()
    question = attempt.answers[0].question
    says, older = question.explanation, Words(en="As it was", de="Wie es war")
    with audit.acting(SYSTEM, "training.load_content"):
        question.explanation = older

    assert content.load() == Loaded(kept=(f"exam question aml {question.code}: explanation",))
    assert question.explanation == older

    operations.hand_in(attempt.assignment.user, attempt)
    assert content.load() == Loaded(updated=1)
    assert question.explanation == says


def test_every_course_has_lessons_for_everybody_and_questions_in_both_languages():
    content.load()
    for course in queries.courses():
        for rm_type in [each for each in RmType if each.value in course.rm_types]:
            assert len(exams.lessons_for(course, rm_type)) >= 3
            assert exams.length(course, rm_type) >= 4
        for text in [course.name, course.short, course.objectives]:
            assert not text.missing()
        for lesson in course.lessons:
            assert not lesson.title.missing()
            assert not lesson.text.missing()
            assert min(len(text) for text in lesson.text.values()) > 300
        for question in course.questions:
            assert not question.text.missing()
            assert not question.explanation.missing()
            ids = [option["id"] for option in question.options]
            assert set(question.correct) <= set(ids)
            for option in question.options:
                assert not Words({k: v for k, v in option.items() if k != "id"}).missing()


def test_the_objectives_of_a_course_make_one_sentence():
    assert (
        training.course("aml")
        .objectives["en"]
        .endswith("observe sanctions, report suspicions, no tipping off")
    )
    assert "Sanktionen beachten, Verdacht melden" in training.course("aml").objectives["de"]


def test_each_answer_says_why_and_from_where():
    why = training.course("aml").questions[1].explanation
    assert why["en"].endswith("Source: Section\u00a047(1) GwG.")
    assert why["de"].endswith("Quelle: §\u00a047 Abs.\u00a01 GwG.")


@pytest.mark.parametrize(
    ("code", "taught"),
    [
        ("aml", ["25 percent", "placement", "tipping off", "third working day", "origin of the assets"]),
        ("aml", ["money mules", "trade-based", "often from legal sources", "half or more", "freezing"]),
        ("data_protection", ["72 hours", "one month", "6(1)(b)", "Article 9", "purpose limitation"]),
        ("mifid", ["before the transaction", "four years", "appropriateness", "in euros and in percent"]),
        (
            "mifid",
            ["negative target market", "private telephones", "five years", "sustainability preferences"],
        ),
        ("compliance", ["last resort", "complaints management", "inside information", "best interest"]),
        ("customer_service", ["15 business days", "promoters", "acknowledge", "counter"]),
        ("ethics", ["gifts policy", "hand the case over", "sexual identity", "reporting channel"]),
        ("product_knowledge", ["100,000 euros", "falls", "matching maturities", "sells it forward"]),
        (
            "product_knowledge",
            ["20 november 2026", "text form", "buy now, pay later", "verification of payee"],
        ),
    ],
)
def test_the_lessons_teach_what_the_exam_asks(code, taught):
    lessons = training.course(code).lessons
    text = " ".join(lesson.text["en"] for lesson in lessons).replace("*", "").replace("\u00a0", " ").lower()
    assert [each for each in taught if each.lower() not in text] == []
