"""Exam questions of quality: what the hints find, and what holds for the whole bank of starter questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from rmhr.content import read
from rmhr.core import clock
from rmhr.core.i18n import LANGUAGES, Words
from rmhr.models.accounts import RmType, Role
from rmhr.models.courses import CourseVersion, ExamQuestion, QuestionType
from rmhr.training import coverage, exams, quality, queries
from tests.factories import accounts, training

REASON = "New bonds pay more, so the price of the old one gives way."
#: An author is asked whether these are meant; the bank has some of them on purpose.
MEANT = {"one_right", "all_right"}
#: In a course of ten questions chance alone gives one or two more.
TOLERANCE = 2


def same(text: str) -> Words:
    return Words(en=text, de=text)


def question(
    *options: str,
    kind: str = "single",
    right: str = "a",
    text: str = "What holds?",
    source: str = "section 1 AGG",
) -> ExamQuestion:
    reason = same(REASON)
    return ExamQuestion(
        type=QuestionType(kind),
        text=same(text),
        options=[
            {"id": id, **same(words)} for id, words in zip("abcdef", options or ("yes", "no"), strict=False)
        ],
        correct=list(right),
        explanation=quality.with_source(reason, same(source)) if source else reason,
    )


def found(made: ExamQuestion, *others: ExamQuestion) -> list[str]:
    return [hint.check for hint in quality.hints(made, [made, *others])]


def bank() -> Sequence[CourseVersion]:
    training.course()
    return queries.courses.in_force()


def asked() -> list[ExamQuestion]:
    return [question for course in bank() for question in course.questions]


@pytest.mark.once
@pytest.mark.parametrize(
    ("made", "checks"),
    [
        (question("It falls", "It rises", "It stays"), []),
        (question("It falls until its yield fits the market again", "It rises", "It stays"), ["longest"]),
        (question("It rises", "It falls until its yield fits the market again", "It stays"), []),
        (question("1,000 euros", "300 euros", "450 euros"), []),
        (question("one", "two", "three", kind="multiple", right="ab"), []),
        (question("one", "two", "three", kind="multiple", right="a"), ["one_right"]),
        (question("one", "two", "three", kind="multiple", right="abc"), ["all_right"]),
        (question(source=""), ["source"]),
    ],
)
def test_what_weakens_a_question_is_named(made: ExamQuestion, checks: list[str]) -> None:
    assert found(made) == checks


@pytest.mark.once
def test_a_reason_has_to_teach_in_both_languages() -> None:
    made = question()
    made.explanation = quality.with_source(Words(en=REASON, de="Ist so."), same("§ 1 AGG"))
    assert found(made) == ["reason"]
    made.explanation = Words(en="", de="")
    assert found(made) == ["reason", "source"]


@pytest.mark.once
def test_a_question_that_is_nearly_the_same_is_named_by_its_number() -> None:
    first = question(text="Market rates rise. What happens to the price of a bond with a fixed rate?")
    other = question(text="A client asks for the data that the bank holds about her. What holds?")
    twin = question(text="Market rates fall. What happens to the price of a bond with a fixed rate?")

    assert found(first, other) == []
    hint = quality.hints(first, [other, first, twin])[0]
    assert (hint.check, str(hint.advice)) == ("twin", "It is nearly the same as question 3.")


@pytest.mark.once
def test_the_parts_of_an_explanation_are_found_again() -> None:
    made = quality.with_source(Words(en="Because.", de="Darum."), Words(en="section 1 AGG", de="§ 1 AGG"))
    assert made == {"en": "Because. Source: section 1 AGG.", "de": "Darum. Quelle: § 1 AGG."}
    assert quality.parts(made, "de") == ("Darum.", "§ 1 AGG.")
    assert quality.parts(Words(en="Because.", de="Darum."), "en") == ("Because.", "")


@pytest.mark.once
def test_lengths_are_counted_over_the_questions_with_one_right_answer() -> None:
    made = [
        question("four words of it", "two words"),
        question("four", "six of these", "six of those", "eight"),
        question("as long", "as long"),
        question("any", "of", "them", kind="multiple", right="ab"),
    ]
    assert quality.lengths(made, "en") == quality.Lengths(longest=1, shortest=1, by_chance=1.25)


def test_no_question_of_the_bank_has_a_weakness() -> None:
    weak = {
        f"{course.course.code} {each.code}: {hint.check}"
        for course in bank()
        for each in course.questions
        for hint in quality.hints(each, course.questions)
        if hint.check not in MEANT
    }
    assert weak == set()


def test_a_course_has_at_least_twenty_questions_for_everybody_who_takes_it() -> None:
    counts = {
        (course.course.code, rm_type): len(exams.for_type(course.questions, RmType(rm_type)))
        for course in bank()
        for rm_type in course.rm_types
    }
    assert {key: count for key, count in counts.items() if count < 20} == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_right_answer_is_not_told_by_its_length(code: str) -> None:
    whole = quality.lengths(asked(), code)
    assert whole.longest <= whole.by_chance
    assert whole.shortest <= whole.by_chance
    for course in bank():
        part = quality.lengths(course.questions, code)
        assert max(part.longest, part.shortest) <= part.by_chance + TOLERANCE, (course.course.code, part)


def test_true_and_false_are_balanced() -> None:
    def apart(questions: Sequence[ExamQuestion]) -> int:
        said = Counter(each.correct[0] for each in questions if each.type is QuestionType.TRUE_FALSE)
        return abs(said["t"] - said["f"])

    for course in bank():
        assert apart(course.questions) <= TOLERANCE, course.course.code
    assert apart(asked()) <= 2 * TOLERANCE


def test_of_several_answers_one_to_all_are_right() -> None:
    for course in bank():
        several = [each for each in course.questions if each.type is QuestionType.MULTIPLE]
        wrong = Counter(len(each.options) - len(each.correct) for each in several)
        assert max(wrong.values()) <= 2 * len(several) / 3, course.course.code
    right = {len(each.correct) for each in asked() if each.type is QuestionType.MULTIPLE}
    assert right >= {1, 2, 3, 4}


def test_each_code_and_each_lesson_stands_once() -> None:
    for name, part in (("exams", "questions"), ("lessons", "lessons")):
        for course in read(name)[name if name == "exams" else "courses"]:
            ids = [each["id"] for each in course[part]]
            assert len(ids) == len(set(ids)), course["course"]


def test_each_objective_has_its_lesson_and_its_questions() -> None:
    assert coverage.gaps() == []


def test_the_table_of_a_course_names_lessons_and_questions_of_each_objective() -> None:
    table = {each.id: each for each in coverage.covered("aml")}
    assert [title["en"] for title in table["sanctions"].lessons] == [
        "Terrorist financing and sanctions",
        "Anti-money laundering with corporate clients",
    ]
    assert {"am19", "am20"} <= set(table["sanctions"].questions)
    assert coverage.covered("a course of the bank") == []


def test_what_concerns_other_clients_is_not_in_the_table_of_one_kind_of_rm() -> None:
    risks = {each.id: each for each in coverage.covered("product_knowledge", "business")}["risks"]
    assert "Business accounts and payments" in [title["en"] for title in risks.lessons]
    assert "Interest rate and currency hedging" not in [title["en"] for title in risks.lessons]
    assert "pk40" in risks.questions
    assert "pk48" not in risks.questions


def test_a_gap_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "_questions", lambda course: [])
    gaps = coverage.gaps()
    assert "aml: 0 questions ask personal about “sanctions”" in gaps
    assert "aml: no question asks about “sanctions” of the lesson “terrorism”" in gaps
    monkeypatch.setattr(coverage, "_lessons", lambda course: [])
    assert "aml: no lesson teaches “sanctions” to personal" in coverage.gaps()


def test_law_that_may_change_is_looked_at_again_in_time() -> None:
    found = coverage.to_look_at()
    assert [each.day for each in found] == sorted(each.day for each in found)
    passed = [each.place for each in found if each.day <= clock.today()]
    assert passed == [], "see whether it still holds, then set the next day"
    assert {each.place.split(",")[0] for each in found} == {
        "rmhr/content/exams.yaml",
        "rmhr/content/lessons.yaml",
    }


def test_who_looks_after_a_course_sees_hints_and_objectives(browser) -> None:
    course = training.course("aml")
    page = browser(accounts.user(Role.COMPLIANCE)).get(f"/training/courses/{course.id}")
    assert "All answers are right: is that intended?" not in page.text
    assert "Observe sanctions" in page.text
    assert "#question-1" in page.text
