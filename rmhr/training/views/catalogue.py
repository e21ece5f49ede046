"""The catalogue of courses: rules, lessons, questions."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType
from rmhr.models.courses import ExamQuestion
from rmhr.training import blocks, coverage, policies, quality, queries
from rmhr.training.records import texts
from rmhr.training.views.blueprint import bp
from rmhr.training.views.team import how_often
from rmhr.web.auth import me
from rmhr.web.downloads import send as send_document


def clients_of(types: list[str]) -> str:
    """ "Private clients, Corporate clients"; nothing where a thing is for all."""
    return ", ".join(str(member.label) for member in RmType if member.value in types)


@bp.get("/courses", access=policies.SEE_COURSES)
def courses() -> ResponseReturnValue:
    """All mandatory courses."""
    return render_template(
        "training/courses.html",
        rows=[(each, len(each.questions)) for each in queries.courses.in_force()],
        how_often=how_often,
        clients_of=clients_of,
        team=policies.SEE_TEAM(me()),
    )


@bp.get("/courses/<int:id>", access=policies.SEE_COURSES)
def course(id: int) -> ResponseReturnValue:
    """A course with its rules and lessons; for those who look after it the objectives, and the questions with hints."""
    found = queries.courses.get(me(), id)
    may = policies.WRITE(me(), found)
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
            for each in coverage.covered(found.course.code)
        ]
        if may
        else [],
        may=may,
        reading=[(each, [blocks.told(part) for part in each.parts]) for each in found.lessons],
        picture=lambda document_id: url_for(".course_file", id=id, document_id=document_id),
    )


@bp.get("/courses/<int:id>/files/<int:document_id>", access=STAFF)
def course_file(id: int, document_id: int) -> ResponseReturnValue:
    """A picture or an attachment of one of its lessons."""
    found = queries.courses.get(me(), id)
    return send_document(queries.versions.file_of(found, document_id), inline=True)


def _options(question: ExamQuestion) -> list[tuple[str, Words]]:
    ids = [str(option["id"]) for option in question.options]
    return list(zip(ids, texts(question, ids), strict=True))
