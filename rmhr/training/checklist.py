"""What is missing before a version of a course can go to review, each with the page where it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.core.lists.declaration import Target
from rmhr.models.accounts import RmType
from rmhr.models.courses import (
    BlockKind,
    CourseVersion,
    ExamQuestion,
    Lesson,
    LessonBlock,
    QuestionType,
)
from rmhr.training import exams

#: So many answers a question has at least.
FEWEST_ANSWERS = 2
#: So many of what is missing are named where it cannot be sent.
NAMED = 3

NAMES = {"en": _("English"), "de": _("German")}


@dataclass(frozen=True)
class Gap:
    """What is missing, in words, and where it is put right."""

    words: Any
    at: Target


def gaps(version: CourseVersion) -> list[Gap]:
    """All that is missing, in the order of the editor."""
    return [*_facts(version), *_lessons(version), *_exam(version)]


def why_not(version: CourseVersion) -> str | None:
    """Why it cannot go to review, or be published, in words; or None."""
    found = gaps(version)
    if not found:
        return None
    said = "; ".join(str(gap.words) for gap in found[:NAMED])
    if len(found) > NAMED:
        return gettext("Still open: %(what)s; and %(more)s more.", what=said, more=len(found) - NAMED)
    return gettext("Still open: %(what)s.", what=said)


def _facts(version: CourseVersion) -> Iterator[Gap]:
    at = Target("training.facts", {"id": version.id})
    for words, label in (
        (version.name, _("Name")),
        (version.short, _("Short name")),
        (version.objectives, _("Objectives")),
    ):
        for language in missing(words):
            yield Gap(_("%(what)s: %(language)s is missing", what=label, language=NAMES[language]), at)
    if not version.rm_types:
        yield Gap(_("Who has to take it"), at)


def _lessons(version: CourseVersion) -> Iterator[Gap]:
    if not version.lessons:
        yield Gap(_("There is no lesson yet"), Target("training.lessons", {"id": version.id}))
    for number, lesson in enumerate(version.lessons, 1):
        yield from of_lesson(lesson, number)


def of_lesson(lesson: Lesson, number: int) -> Iterator[Gap]:
    """What is missing in one lesson."""
    at = Target("training.lesson_editor", {"id": lesson.id})
    for language in missing(lesson.title):
        yield Gap(_("Lesson %(number)s: %(language)s title", number=number, language=NAMES[language]), at)
    if not lesson.parts:
        yield Gap(_("Lesson %(number)s is empty", number=number), at)
    for part in lesson.parts:
        there = Target("training.lesson_editor", {"id": lesson.id, "block": part.id})
        for language in missing_of(part):
            yield Gap(
                _(
                    "Lesson %(number)s: %(kind)s, %(language)s is missing",
                    number=number,
                    kind=part.kind.label,
                    language=NAMES[language],
                ),
                there,
            )
        if flaw := flaw_of(part):
            yield Gap(_("Lesson %(number)s: %(what)s", number=number, what=flaw), there)


def missing(words: Words) -> list[str]:
    """The languages in which it is not said."""
    return [code for code in LANGUAGES if not words.get(code, "").strip()]


def missing_of(part: LessonBlock) -> list[str]:
    """The languages in which some of a block is not said: readers of these get the other one meanwhile."""
    said = [part.text, *_said_in(part.content)]
    return [code for code in LANGUAGES if any(not str(each.get(code, "")).strip() for each in said)]


def _said_in(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "options" in content:
        yield from content["options"]
        yield content["why"]
    for step in content.get("steps", []):
        yield step
        yield from step["choices"]


def flaw_of(part: LessonBlock) -> Any:
    """What makes a check or a case useless, or None."""
    if part.kind is BlockKind.CHECK:
        return _flaw_of_answers(part.content.get("options", []), part.content.get("correct", []))
    if part.kind is BlockKind.CASE and not any(step["choices"] for step in part.content.get("steps", [])):
        return _("the case has no choices")
    return None


def _flaw_of_answers(options: Sequence[Any], correct: Sequence[str]) -> Any:
    if len(options) < FEWEST_ANSWERS:
        return _("at least %(number)s answers are needed", number=FEWEST_ANSWERS)
    if not correct:
        return _("no answer is marked as right")
    return None


def _exam(version: CourseVersion) -> Iterator[Gap]:
    at = Target("training.exam_editor", {"id": version.id})
    kinds = [each for each in RmType if each.value in version.rm_types]
    fewest = min((len(exams.for_type(version.questions, each)) for each in kinds), default=0)
    if fewest < max(version.questions_per_exam, 1):
        yield Gap(
            _(
                "The exam asks %(wanted)s questions, and there are %(number)s",
                wanted=max(version.questions_per_exam, 1),
                number=fewest,
            ),
            at,
        )
    for number, question in enumerate(version.questions, 1):
        there = Target("training.question_editor", {"id": question.id})
        for flaw in flaws(question):
            yield Gap(_("Question %(number)s: %(what)s", number=number, what=flaw), there)


def flaws(question: ExamQuestion) -> Iterator[Any]:
    """What makes that a question cannot be asked, or not be marked."""
    said = [question.text, question.explanation, *question.choices.values()]
    for code in LANGUAGES:
        if any(not each.get(code, "").strip() for each in said):
            yield _("%(language)s is missing", language=NAMES[code])
    if flaw := _flaw_of_answers(question.options, question.correct):
        yield flaw
    elif len(question.correct) > 1 and question.type is not QuestionType.MULTIPLE:
        yield _("several answers are marked as right, and one can be chosen")
    if question.type is QuestionType.TRUE_FALSE and len(question.options) > FEWEST_ANSWERS:
        yield _("true or false are two answers")
