"""The catalogue of courses: rules, lessons, questions."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType
from rmhr.models.training import Course, ExamQuestion
from rmhr.training import coverage, policies, quality, queries
from rmhr.training.records import texts
from rmhr.training.views.blueprint import bp
from rmhr.training.views.team import how_often
from rmhr.web.auth import me


def clients_of(types: list[str]) -> str:
    """ "Private clients, Corporate clients"; nothing where a thing is for all."""
    return ", ".join(str(member.label) for member in RmType if member.value in types)


@bp.get("/courses", access=policies.SEE_COURSES)
def courses() -> ResponseReturnValue:
    """All mandatory courses."""
    return render_template(
        "training/courses.html",
        rows=queries.course_list(),
        how_often=how_often,
        clients_of=clients_of,
        team=policies.SEE_TEAM(me()),
    )


@bp.get("/courses/<int:id>", access=policies.SEE_COURSES)
def course(id: int) -> ResponseReturnValue:
    """A course with its rules and lessons; for those who look after it the objectives, and the questions with hints."""
    found: Course = queries.course(id)
    may = policies.SEE_ANSWERS(me())
    numbers = {question.code: number for number, question in enumerate(found.questions, 1)}
    return render_template(
        "training/course.html",
        course=found,
        how_often=how_often,
        clients_of=clients_of,
        questions=[
            (
                question,
                [(words, id in question.correct) for id, words in _options(question)],
                quality.hints(question, found.questions),
            )
            for question in found.questions
        ]
        if may
        else [],
        objectives=[
            (each, [numbers[code] for code in each.questions if code in numbers])
            for each in coverage.covered(found.code)
        ]
        if may
        else [],
        may=may,
    )


def _options(question: ExamQuestion) -> list[tuple[str, Words]]:
    ids = [str(option["id"]) for option in question.options]
    return list(zip(ids, texts(question, ids), strict=True))
