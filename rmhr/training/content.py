"""The mandatory courses with lessons and exam questions, from rmhr/content/{courses,lessons,exams}.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from rmhr.content import words
from rmhr.content.strict import Sheet, plain, whole
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.training import Blocked, Course, ExamQuestion, Lesson, QuestionType

registry.SENTENCES.add("training.load_content", _("Starter courses loaded"))


def load() -> int:
    """Add the courses that are missing; say how many rows."""
    known = set(db.session.scalars(sa.select(Course.code)))
    fresh = [_course(each) for each in catalogue() if each["code"] not in known]
    with audit.acting(SYSTEM, "training.load_content"):
        db.session.add_all(fresh)
    return sum(1 + len(course.lessons) + len(course.questions) for course in fresh)


@cache
def catalogue() -> tuple[dict[str, Any], ...]:
    """All that the files say, soonest due first: the columns of each course, its lessons and its questions.

    Raises ContentError for a key that nobody reads, and for a course without lessons or exam.
    """
    with whole("courses") as courses, whole("lessons") as lessons, whole("exams") as exams:
        taught = {each["course"]: each for each in lessons["courses"]}
        asked = {each["course"]: each for each in exams["exams"]}
        given = sorted(courses["courses"], key=lambda each: each["initial_due_days"])
        defaults = plain(courses["defaults"])
        for each in given:
            for of, what in ((taught, "lessons"), (asked, "exam")):
                if each["id"] not in of:
                    raise each.refuse("id", f"the course “{each['id']}” has no {what}")
        for each in (*taught.values(), *asked.values()):
            if each["course"] not in {course["id"] for course in given}:
                raise each.refuse("course", f"there is no course “{each['course']}”")
        return tuple(
            _columns(position, each, defaults, taught[each["id"]], asked[each["id"]])
            for position, each in enumerate(given, 1)
        )


def _columns(
    position: int, given: Sheet, defaults: Mapping[str, Any], taught: Sheet, asked: Sheet
) -> dict[str, Any]:
    return {
        "code": given["id"],
        "position": position,
        "name": words(given["name"]),
        "short": words(taught["short"]),
        "objectives": words(given["objectives"]),
        "rm_types": _types(given["rm_types"]),
        "due_days": given["initial_due_days"],
        "interval_months": given["interval_months"],
        "minutes": given["duration_minutes"],
        "pass_mark": given["pass_mark_percent"],
        "max_attempts": given.get("max_attempts", defaults["max_attempts"]),
        "wait_hours": given.get("wait_hours", defaults["wait_hours_between_attempts"]),
        "questions_per_exam": given.get("questions_per_exam", defaults["questions_per_exam"]),
        "blocks": [Blocked(each).value for each in given["blocking_for"]],
        "lessons": [
            {
                "position": number,
                "title": words(each["title"]),
                "text": words(each["text"]),
                "rm_types": _types(each.get("rm_types", [])),
            }
            for number, each in enumerate(taught["lessons"], 1)
        ],
        "questions": [_question(number, each) for number, each in enumerate(asked["questions"], 1)],
    }


def _question(position: int, given: Sheet) -> dict[str, Any]:
    return {
        "code": given["id"],
        "position": position,
        "type": QuestionType(given["type"]),
        "rm_types": _types(given.get("rm_types", [])),
        "text": words(given["text"]),
        "options": [{"id": each["id"], **words(each)} for each in given["options"]],
        "correct": given["correct"],
        "explanation": words(given["explanation"]),
    }


def _types(names: list[str]) -> list[str]:
    """Kinds of RM, each of which exists."""
    return [RmType(each).value for each in names]


def _course(given: Mapping[str, Any]) -> Course:
    parts = {
        "lessons": [Lesson(**each) for each in given["lessons"]],
        "questions": [ExamQuestion(**each) for each in given["questions"]],
    }
    return Course(**{**given, **parts})
