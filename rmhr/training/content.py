"""The mandatory courses with lessons and exam questions, from rmhr/content/{courses,lessons,exams}.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from rmhr.content import ContentError, Entry, read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.training import (
    Attempt,
    AttemptAnswer,
    AttemptStatus,
    Blocked,
    Course,
    ExamQuestion,
    Lesson,
    QuestionType,
)
from rmhr.training.quality import with_source

registry.SENTENCES.add("training.load_content", _("Starter courses loaded"))


def load() -> Loaded:
    """Bring courses, lessons and questions in step with their files; what somebody has edited stays.

    A question of an exam that is under way follows once that is handed in. Raises ContentError for a course without
    lessons or exam, and for a lesson or question of an objective that the course has not.
    """
    given = sorted(read("courses")["courses"], key=lambda each: each["initial_due_days"])
    codes = [each["id"] for each in given]
    taught = {each.among("course", codes): each for each in read("lessons")["courses"]}
    asked = {each.among("course", codes): each for each in read("exams")["exams"]}
    for each in given:
        for parts, what in ((taught, "lessons"), (asked, "exam")):
            if each["id"] not in parts:
                raise ContentError(f"{each.place('id')}: the course “{each['id']}” has no {what}")
    defaults = read("courses")["defaults"]
    courses = {
        each["id"]: _course(position, each, taught[each["id"]], defaults)
        for position, each in enumerate(given, 1)
    }
    aims = {each["id"]: [aim["id"] for aim in each["objectives"]] for each in given}
    lessons = {
        (code, position): _lesson(each, aims[code])
        for code in codes
        for position, each in enumerate(taught[code]["lessons"], 1)
    }
    by_id = {code: {each["id"]: each for each in taught[code]["lessons"]} for code in codes}
    questions = {
        (code, each["id"]): _question(position, each, by_id[code])
        for code in codes
        for position, each in enumerate(asked[code]["questions"], 1)
    }
    finished("courses", "lessons", "exams")
    with audit.acting(SYSTEM, "training.load_content"):
        return (
            in_step(Course, courses)
            + in_step(Lesson, lessons, of=Course, key=("course", "position"))
            + in_step(ExamQuestion, questions, of=Course, key=("course", "code"), in_use=_under_way())
        )


def _course(position: int, given: Entry, taught: Entry, defaults: Entry) -> dict[str, Any]:
    return {
        "position": position,
        "name": words(given["name"]),
        "short": words(taught["short"]),
        "objectives": _sentence(given["objectives"]),
        "rm_types": given.among("rm_types", RmType),
        "due_days": given["initial_due_days"],
        "interval_months": given["interval_months"],
        "minutes": given["duration_minutes"],
        "pass_mark": given["pass_mark_percent"],
        "max_attempts": given.get("max_attempts", defaults["max_attempts"]),
        "wait_hours": given.get("wait_hours", defaults["wait_hours_between_attempts"]),
        "questions_per_exam": given.get("questions_per_exam", defaults["questions_per_exam"]),
        "blocks": given.among("blocking_for", Blocked),
    }


def _sentence(aims: Sequence[Entry]) -> Words:
    """The objectives of a course, one after the other."""
    said = [words(each) for each in aims]
    return Words({code: ", ".join(each[code] for each in said) for code in LANGUAGES})


def _lesson(given: Entry, aims: Collection[str]) -> dict[str, Any]:
    given.among("covers", aims)
    _looked_at_again(given)
    return {
        "title": words(given["title"]),
        "text": words(given["text"]),
        "rm_types": given.among("rm_types", RmType, []),
    }


def _question(position: int, given: Entry, lessons: Mapping[str, Entry]) -> dict[str, Any]:
    options = [{"id": each["id"], **words(each)} for each in given["options"]]
    rm_types = given.among("rm_types", RmType, [])
    lesson = lessons[given.among("lesson", [id for id, each in lessons.items() if _taught(each, rm_types)])]
    given.among("objective", lesson["covers"])
    _looked_at_again(given)
    return {
        "position": position,
        "type": QuestionType(given.among("type", QuestionType)),
        "rm_types": rm_types,
        "text": words(given["text"]),
        "options": options,
        "correct": given.among("correct", [each["id"] for each in options]),
        "explanation": with_source(words(given["explanation"]), words(given["source"])),
    }


def _taught(lesson: Entry, rm_types: Collection[str]) -> bool:
    """Whether everybody who is asked reads the lesson: none of the kinds of RM means all of them."""
    readers = lesson.get("rm_types", [])
    return not readers or (bool(rm_types) and set(rm_types) <= set(readers))


def _looked_at_again(given: Entry) -> None:
    """Raises ContentError where the day on which somebody looks again is none."""
    if not isinstance(given.get("review_by", date.max), date):
        raise ContentError(f"{given.place('review_by')}: “review_by” is a day")


def _under_way() -> Sequence[ExamQuestion]:
    """The questions that somebody is answering now."""
    asked = sa.select(AttemptAnswer.question_id).join(Attempt).where(Attempt.status == AttemptStatus.RUNNING)
    return db.session.scalars(sa.select(ExamQuestion).where(ExamQuestion.id.in_(asked))).all()
