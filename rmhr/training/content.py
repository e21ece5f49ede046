"""The mandatory courses with lessons and exam questions, from rmhr/content/{courses,lessons,exams}.yaml."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.training import Blocked, Course, ExamQuestion, Lesson, QuestionType

registry.SENTENCES.add("training.load_content", _("Starter courses loaded"))


def load() -> int:
    """Add the courses that are missing; say how many rows. Only courses that have an exam are loaded."""
    data = read("courses")
    exams = {exam["course"]: exam["questions"] for exam in read("exams")["exams"]}
    lessons = {each["course"]: each for each in read("lessons")["courses"]}
    known = set(db.session.scalars(sa.select(Course.code)))
    fresh = [
        _course(position, given, data["defaults"], lessons[given["id"]], exams[given["id"]])
        for position, given in enumerate(
            sorted(data["courses"], key=lambda each: each["initial_due_days"]), 1
        )
        if given["id"] in exams and given["id"] not in known
    ]
    with audit.acting(SYSTEM, "training.load_content"):
        db.session.add_all(fresh)
    return sum(1 + len(course.lessons) + len(course.questions) for course in fresh)


def _course(
    position: int,
    given: dict[str, Any],
    defaults: dict[str, Any],
    lessons: dict[str, Any],
    questions: list[dict[str, Any]],
) -> Course:
    return Course(
        code=given["id"],
        position=position,
        name=words(given["name"]),
        short=words(lessons["short"]),
        objectives=words(given["objectives"]),
        rm_types=given["rm_types"],
        due_days=given["initial_due_days"],
        interval_months=given["interval_months"],
        minutes=given["duration_minutes"],
        pass_mark=given.get("pass_mark_percent", defaults["pass_mark_percent"]),
        max_attempts=given.get("max_attempts", defaults["max_attempts"]),
        wait_hours=given.get("wait_hours", defaults["wait_hours_between_attempts"]),
        questions_per_exam=given.get("questions_per_exam", defaults["questions_per_exam"]),
        blocks=[Blocked(each).value for each in given["blocking_for"]],
        lessons=[
            Lesson(
                position=number,
                title=words(lesson["title"]),
                text=words(lesson["text"]),
                rm_types=lesson.get("rm_types", []),
            )
            for number, lesson in enumerate(lessons["lessons"], 1)
        ],
        questions=[_question(number, question) for number, question in enumerate(questions, 1)],
    )


def _question(position: int, given: dict[str, Any]) -> ExamQuestion:
    return ExamQuestion(
        code=given["id"],
        position=position,
        type=QuestionType(given["type"]),
        rm_types=given.get("rm_types", []),
        text=words(given["text"]),
        options=[{"id": each["id"], **words(each)} for each in given["options"]],
        correct=given["correct"],
        explanation=words(given["explanation"]),
    )
