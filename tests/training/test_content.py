"""The starter courses: loaded once, whole, in both languages, and taught by their lessons."""

from __future__ import annotations

from importlib.resources import files

import pytest

from rmhr.content import parsed, read
from rmhr.content.loading import Loaded
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.courses import VersionStatus
from rmhr.training import content, exams, queries
from tests.factories import accounts, training


def test_the_content_is_loaded_once():
    assert content.load() == Loaded(added=7)
    assert content.load() == Loaded()
    assert len(queries.courses.in_force()) == 7


def newer(monkeypatch, old: str = "interval_months: 24", new: str = "interval_months: 18") -> None:
    """The product brings another text of its courses."""
    text = (files("rmhr.content") / "courses.yaml").read_text(encoding="utf-8")
    assert old in text
    other = parsed(text.replace(old, new), "courses")
    monkeypatch.setattr(content, "read", lambda name: other if name == "courses" else read(name))
    monkeypatch.setattr(content, "finished", lambda *_names: None)


def test_a_newer_file_is_put_down_as_a_draft_and_changes_nothing_that_is_taught(monkeypatch):
    content.load()
    newer(monkeypatch)
    assert content.load() == Loaded(added=1)
    assert content.load() == Loaded()
    course = training.course("customer_service")
    assert [each.status for each in course.versions] == [VersionStatus.PUBLISHED, VersionStatus.DRAFT]
    assert (course.current.interval_months, course.versions[1].interval_months) == (24, 18)
    assert len(course.versions[1].questions) == len(course.current.questions)


def test_a_draft_of_the_product_follows_its_file_until_somebody_edits_it(monkeypatch):
    content.load()
    newer(monkeypatch)
    content.load()
    newer(monkeypatch, new="interval_months: 20")
    assert content.load() == Loaded(updated=1)
    draft = training.course("customer_service").versions[1]
    assert (draft.number, draft.interval_months) == (2, 20)

    hr = accounts.user()
    with audit.acting(SYSTEM, "tests.edit"):
        draft.edited_by = hr
    newer(monkeypatch, new="interval_months: 36")
    assert content.load() == Loaded(kept=("course customer_service: version 2",))
    assert draft.interval_months == 20


@pytest.mark.parametrize(
    ("part", "column"),
    [
        (lambda version: version, "name"),
        (lambda version: version.lessons[0], "title"),
        (lambda version: version.lessons[0].parts[0], "text"),
        (lambda version: version.questions[0], "text"),
    ],
)
def test_what_is_published_is_never_changed_nor_is_a_part_of_it(part, column):
    thing = part(training.taught())
    with pytest.raises(RuntimeError, match="never changed"), audit.acting(SYSTEM, "tests.edit"):
        setattr(thing, column, Words(en="Another", de="Anders"))


def test_every_course_has_lessons_for_everybody_and_questions_in_both_languages():
    content.load()
    for course in queries.courses.in_force():
        for rm_type in [each for each in RmType if each.value in course.rm_types]:
            assert len(exams.lessons_for(course, rm_type)) >= 3
            assert exams.length(course, rm_type) >= 4
        for text in [course.name, course.short, course.objectives]:
            assert not text.missing()
        for lesson in course.lessons:
            assert not lesson.title.missing()
            for part in lesson.parts:
                assert not part.text.missing()
                assert min(len(text) for text in part.text.values()) > 300
        for question in course.questions:
            assert not question.text.missing()
            assert not question.explanation.missing()
            ids = [option["id"] for option in question.options]
            assert set(question.correct) <= set(ids)
            for option in question.options:
                assert not Words({k: v for k, v in option.items() if k != "id"}).missing()


def test_the_objectives_of_a_course_make_one_sentence():
    assert (
        training.taught("aml")
        .objectives["en"]
        .endswith("observe sanctions, report suspicions, no tipping off")
    )
    assert "Sanktionen beachten, Verdacht melden" in training.taught("aml").objectives["de"]


def test_each_answer_says_why_and_from_where():
    why = training.taught("aml").questions[1].explanation
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
    lessons = training.taught(code).lessons
    text = (
        " ".join(part.text["en"] for lesson in lessons for part in lesson.parts)
        .replace("*", "")
        .replace("\u00a0", " ")
        .lower()
    )
    assert [each for each in taught if each.lower() not in text] == []
