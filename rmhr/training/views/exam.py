"""The exam: its rules, one question per page, the check before it is handed in, the result."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core.errors import Stale
from rmhr.core.i18n import gettext
from rmhr.models.training import Assignment, Attempt, AttemptAnswer, AttemptStatus, ExamQuestion
from rmhr.training import operations, queries
from rmhr.training.entry import entry_of
from rmhr.training.forms import QuestionForm
from rmhr.training.views.blueprint import bp
from rmhr.web.auth import me


@bp.get("/<int:id>/exam", access=STAFF)
def exam(id: int) -> ResponseReturnValue:
    """What to know before it begins."""
    assignment = queries.own(me(), id)
    return render_template("training/exam.html", assignment=assignment, entry=entry_of(assignment))


@bp.post("/<int:id>/exam", access=STAFF)
def start(id: int) -> ResponseReturnValue:
    """Begin, or go on where one was."""
    attempt = operations.start_exam(me(), queries.own(me(), id))
    unanswered = next((each.position for each in attempt.answers if not each.chosen), None)
    if unanswered is None:
        return redirect(url_for(".check", id=id))
    return redirect(url_for(".question", id=id, number=unanswered))


def _running(assignment: Assignment) -> Attempt | None:
    return next((each for each in assignment.attempts if each.status is AttemptStatus.RUNNING), None)


def _still(assignment: Assignment, number: str | None) -> Attempt:
    """The attempt that the page was opened for, if it is still under way."""
    attempt = _running(assignment)
    if attempt is None or str(attempt.number) != number:
        raise Stale(gettext("This exam has been handed in already."))
    return attempt


@bp.get("/<int:id>/exam/<int:number>", access=STAFF)
def question(id: int, number: int) -> ResponseReturnValue:
    """One question of the exam that is under way."""
    assignment = queries.own(me(), id)
    attempt = _running(assignment)
    if attempt is None:
        return redirect(url_for(".exam", id=id))
    answer = _answer(attempt, number)
    form = QuestionForm.from_request(answer=answer)
    form.attempt.data = str(attempt.number)
    form.fill()
    return _page(assignment, attempt, answer, form)


@bp.post("/<int:id>/exam/<int:number>", access=STAFF, endpoint="answer")
def save_answer(id: int, number: int) -> ResponseReturnValue:
    """Keep the answer and go on: to the next question, back, or to the check."""
    assignment = queries.own(me(), id)
    attempt = _still(assignment, request.form.get("attempt"))
    answer = _answer(attempt, number)
    form = QuestionForm.from_request(answer=answer)
    if not form.ready():
        return _page(assignment, attempt, answer, form)
    operations.answer_question(me(), attempt, position=number, chosen=form.chosen)
    go = request.form.get("go", "next")
    if go == "back" and number > 1:
        return redirect(url_for(".question", id=id, number=number - 1))
    if go == "check" or number == len(attempt.answers):
        return redirect(url_for(".check", id=id))
    return redirect(url_for(".question", id=id, number=number + 1))


def _answer(attempt: Attempt, number: int) -> AttemptAnswer:
    found = next((each for each in attempt.answers if each.position == number), None)
    if found is None:
        abort(404)
    return found


def _page(
    assignment: Assignment, attempt: Attempt, answer: AttemptAnswer, form: QuestionForm
) -> ResponseReturnValue:
    page = render_template(
        "training/question.html",
        assignment=assignment,
        form=form,
        question=answer.question,
        number=answer.position,
        total=len(attempt.answers),
        answered=sum(bool(each.chosen) for each in attempt.answers),
    )
    return page, form.status


@bp.get("/<int:id>/exam/check", access=STAFF)
def check(id: int) -> ResponseReturnValue:
    """All answers at a glance, before they are handed in."""
    assignment = queries.own(me(), id)
    attempt = _running(assignment)
    if attempt is None:
        return redirect(url_for(".exam", id=id))
    return render_template(
        "training/check.html",
        assignment=assignment,
        attempt=attempt,
        rows=[
            {
                "name": f"{each.position}. {each.question.text}",
                "value": _one_or_all(texts(each.question, each.chosen)),
                "url": url_for(".question", id=id, number=each.position),
                "wrong": not each.chosen,
            }
            for each in attempt.answers
        ],
        missing=sum(not each.chosen for each in attempt.answers),
    )


def _one_or_all(words: list[str]) -> str | list[str]:
    return words[0] if len(words) == 1 else words


@bp.post("/<int:id>/exam/check", access=STAFF)
def hand_in(id: int) -> ResponseReturnValue:
    """Hand in; the result follows at once."""
    assignment = queries.own(me(), id)
    attempt = operations.hand_in(me(), _still(assignment, request.form.get("attempt")))
    flash(str(operations.hand_in.done), "good")
    return redirect(url_for(".result", id=id, number=attempt.number))


@bp.get("/<int:id>/attempts/<int:number>", access=STAFF)
def result(id: int, number: int) -> ResponseReturnValue:
    """What came of an attempt: each question with one's own answer, the right one, and why."""
    assignment = queries.own(me(), id)
    attempt = queries.attempt(assignment, number)
    return render_template(
        "training/result.html",
        assignment=assignment,
        attempt=attempt,
        entry=entry_of(assignment),
        rows=[_marked(each) for each in attempt.answers],
        right=sum(bool(each.right) for each in attempt.answers),
        passed=attempt.status is AttemptStatus.PASSED,
    )


def _marked(answer: AttemptAnswer) -> dict[str, Any]:
    question = answer.question
    return {
        "text": question.text,
        "right": bool(answer.right),
        "chosen": texts(question, answer.chosen),
        "correct": texts(question, [id for id in answer.order if id in question.correct]),
        "explanation": question.explanation,
    }


def texts(question: ExamQuestion, ids: list[str]) -> list[str]:
    """The words of some options, in the reader's language."""
    return [str(question.choices[id]) for id in ids]
