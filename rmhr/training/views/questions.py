"""The editor of exam questions: the bank of a draft, one question with the hints of quality beside it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.models.courses import ExamQuestion, QuestionType, VersionStatus
from rmhr.training import checklist, operations, quality, queries
from rmhr.training.forms.lessons import QuestionForm
from rmhr.training.views.blueprint import bp
from rmhr.training.views.versions import frame, own, side
from rmhr.web.auth import me
from rmhr.web.autosave import autosaved
from rmhr.web.forms import require_token
from rmhr.web.numbers import whole


def _question(id: int) -> ExamQuestion:
    found = queries.versions.question(me(), id)
    own(found.taught)
    return found


@bp.route("/versions/<int:id>/exam", methods=["GET", "POST"], access=STAFF)
def exam_editor(id: int) -> ResponseReturnValue:
    """The questions of a draft with what weakens each; a POST adds one, which opens."""
    it = own(queries.versions.get(me(), id))
    if request.method == "POST":
        require_token()
        made = operations.questions.add_question(me(), it, type=_type(request.form.get("type", "")))
        return redirect(_at(made), 303)
    if it.status is not VersionStatus.DRAFT:
        return redirect(url_for(".version", id=id))
    return render_template(
        "training/versions/exam.html",
        **frame(it, "exam_editor"),
        rows=[
            (each, list(checklist.flaws(each)), quality.hints(each, it.questions)) for each in it.questions
        ],
        types=list(QuestionType),
        deleted=queries.versions.deleted_questions(it),
    )


def _type(name: str) -> QuestionType:
    try:
        return QuestionType(name)
    except ValueError:
        abort(404)


def _at(question: ExamQuestion) -> str:
    return url_for(".question_editor", id=question.id)


@bp.route("/questions/<int:id>", methods=["GET", "POST"], access=STAFF)
def question_editor(id: int) -> ResponseReturnValue:
    """One question in both languages, and what weakens it."""
    question = _question(id)
    it = question.taught
    if it.status is not VersionStatus.DRAFT and request.method == "GET":
        return redirect(url_for(".version", id=it.id))
    if question.deleted_at is not None:
        return redirect(url_for(".exam_editor", id=it.id))
    form = QuestionForm.of(question)
    if form.ready():
        _write(question, form)
        flash(str(operations.questions.write_question.done), "good")
        stays = bool(request.form.get("stay"))
        return redirect(
            url_for(".question_editor", id=id) if stays else url_for(".exam_editor", id=it.id), 303
        )
    page = render_template(
        "training/versions/question.html",
        form=form,
        question=question,
        number=it.questions.index(question) + 1,
        **frame(it, "exam_editor"),
        **_judged(question),
    )
    return page, form.status


def _judged(question: ExamQuestion) -> dict[str, Any]:
    return {
        "flaws": list(checklist.flaws(question)),
        "hints": quality.hints(question, question.taught.questions) if question.options else [],
    }


def _write(question: ExamQuestion, form: QuestionForm) -> None:
    operations.questions.write_question(me(), question.taught, question=question, **form.written(question))


@bp.post("/questions/<int:id>/draft", access=STAFF)
def question_draft(id: int) -> ResponseReturnValue:
    """Keep a question while it is typed; what weakens it comes with the answer."""
    question = _question(id)
    it, form = question.taught, QuestionForm.of(question)
    return autosaved(
        form,
        lambda: _write(question, form),
        over_url=None if it.status is VersionStatus.DRAFT else url_for(".version", id=it.id),
        parts=lambda: {
            **side(it),
            "hints": render_template("training/versions/_hints.html", **_judged(question)),
        },
    )


@bp.post("/questions/<int:id>/<any(move, delete, restore):deed>", access=STAFF)
def question_deed(id: int, deed: str) -> ResponseReturnValue:
    """Move, delete or bring back a question."""
    require_token()
    question = _question(id)
    it = question.taught
    if deed == "move":
        place = whole(request.form.get("to"))
        if place is None:
            abort(400)
        operations.questions.move_question(me(), it, question=question, to=place)
        done: Any = operations.questions.move_question
    else:
        done = getattr(operations.questions, f"{deed}_question")
        done(me(), it, question=question)
    flash(str(done.done), "good")
    return redirect(url_for(".exam_editor", id=it.id), 303)
