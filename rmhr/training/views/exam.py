"""The exam: its rules, one question per page, the check before it is handed in, the result."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core.errors import Stale
from rmhr.core.flow.seen import is_stale
from rmhr.core.i18n import gettext
from rmhr.law import deadlines
from rmhr.models.training import Assignment, Attempt, AttemptAnswer, AttemptStatus
from rmhr.training import operations, queries, records
from rmhr.training.entry import entry_of
from rmhr.training.forms.assignments import QuestionForm
from rmhr.training.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.autosave import answer as said
from rmhr.web.autosave import autosaved


@bp.get("/<int:id>/exam", access=STAFF)
def exam(id: int) -> ResponseReturnValue:
    """What to know before it begins."""
    assignment = queries.assignments.own(me(), id)
    return render_template(
        "training/exam.html",
        assignment=assignment,
        entry=entry_of(assignment),
        days=deadlines.HAND_IN_EXAM.number,
    )


@bp.post("/<int:id>/exam", access=STAFF)
def start(id: int) -> ResponseReturnValue:
    """Begin, or go on where one was."""
    attempt = operations.exams.start_exam(me(), queries.assignments.own(me(), id))
    unanswered = next((each.position for each in attempt.answers if not each.chosen), None)
    if unanswered is None:
        return redirect(url_for(".check", id=id))
    return redirect(url_for(".question", id=id, number=unanswered))


def _running(assignment: Assignment) -> Attempt | None:
    return next((each for each in assignment.attempts if each.status is AttemptStatus.RUNNING), None)


def _still(assignment: Assignment, number: str | None) -> Attempt | None:
    """The attempt that the page was opened for, if it is still under way; nobody else changes it meanwhile."""
    attempt = _running(assignment)
    if attempt is None or str(attempt.number) != number:
        return None
    attempt = queries.attempts.locked_attempt(attempt)
    return attempt if attempt.status is AttemptStatus.RUNNING else None


def _over(assignment: Assignment, number: str | None) -> Stale:
    """Another tab has handed it in: what came of it is a click away."""
    done = [each for each in assignment.attempts if each.submitted_at is not None]
    shown = next((each for each in done if str(each.number) == number), done[-1] if done else None)
    if shown is None:
        return Stale(gettext("This exam has been handed in already."))
    url = url_for(".result", id=assignment.id, number=shown.number)
    return Stale(gettext("This exam has been handed in already."), url=url, verb=gettext("See the result"))


@bp.get("/<int:id>/exam/<int:number>", access=STAFF)
def question(id: int, number: int) -> ResponseReturnValue:
    """One question of the exam that is under way."""
    assignment = queries.assignments.own(me(), id)
    attempt = _running(assignment)
    if attempt is None:
        return redirect(url_for(".exam", id=id))
    answer = _answer(attempt, number)
    return _page(assignment, attempt, answer, QuestionForm.of(answer))


@bp.post("/<int:id>/exam/<int:number>", access=STAFF, endpoint="answer")
def save_answer(id: int, number: int) -> ResponseReturnValue:
    """Keep the answer and go on: to another question, to the check, or away. Raises Stale once it is handed in."""
    assignment = queries.assignments.own(me(), id)
    attempt = _still(assignment, request.form.get("attempt"))
    if attempt is None:
        raise _over(assignment, request.form.get("attempt"))
    answer = _answer(attempt, number)
    form = QuestionForm.of(answer)
    if not form.ready():
        return _page(assignment, attempt, answer, form)
    operations.exams.answer_question(me(), attempt, position=number, chosen=form.chosen)
    go = request.form.get("go", "next")
    if go == "leave":
        flash(gettext("Your answers are saved. You can continue where you were."), "good")
        return redirect(url_for(".show", id=id))
    if go == "check":
        return redirect(url_for(".check", id=id))
    return redirect(_place(attempt, number, go))


def _place(attempt: Attempt, number: int, go: str) -> str:
    """Where a button of a question leads: to the one that it names, the one before, or the next; then to the check."""
    wanted = number - 1 if go == "back" else number + 1
    if go in {str(each.position) for each in attempt.answers}:
        wanted = int(go)
    if wanted > len(attempt.answers):
        return url_for(".check", id=attempt.assignment_id)
    return url_for(".question", id=attempt.assignment_id, number=max(wanted, 1))


@bp.post("/<int:id>/exam/<int:number>/choice", access=STAFF)
def choice(id: int, number: int) -> ResponseReturnValue:
    """Keep an answer as soon as it is chosen; the page stays."""
    assignment = queries.assignments.own(me(), id)
    attempt = _still(assignment, request.form.get("attempt"))
    if attempt is None:
        return said(409, over=True, url=url_for(".show", id=id))
    form = QuestionForm.of(_answer(attempt, number))
    return autosaved(
        form,
        lambda: operations.exams.answer_question(me(), attempt, position=number, chosen=form.chosen),
    )


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
        attempt=attempt,
        form=form,
        question=answer.question,
        number=answer.position,
        rows=[(each.position, bool(each.chosen)) for each in attempt.answers],
    )
    return page, form.status


@bp.get("/<int:id>/exam/check", access=STAFF)
def check(id: int) -> ResponseReturnValue:
    """All answers at a glance, before they are handed in."""
    assignment = queries.assignments.own(me(), id)
    attempt = _running(assignment)
    if attempt is None:
        return redirect(url_for(".exam", id=id))
    return _check(assignment, attempt)


def _check(assignment: Assignment, attempt: Attempt, overtaken: bool = False) -> str:
    return render_template(
        "training/check.html",
        assignment=assignment,
        attempt=attempt,
        overtaken=overtaken,
        rows=[
            {
                "name": f"{each.position}. {each.question.text}",
                "value": _one_or_all([str(words) for words in records.texts(each.question, each.chosen)]),
                "url": url_for(".question", id=assignment.id, number=each.position),
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
    """Hand in what was seen; the result follows at once. Where another tab has changed an answer, it is asked again.

    Raises Stale where it was handed in already.
    """
    assignment = queries.assignments.own(me(), id)
    attempt = _still(assignment, request.form.get("attempt"))
    if attempt is None:
        raise _over(assignment, request.form.get("attempt"))
    if is_stale(attempt, request.form.get("seen")):
        return _check(assignment, attempt, overtaken=True), 409
    operations.exams.hand_in(me(), attempt)
    flash(str(operations.exams.hand_in.done), "good")
    return redirect(url_for(".result", id=id, number=attempt.number))


@bp.get("/<int:id>/attempts/<int:number>", access=STAFF)
def result(id: int, number: int) -> ResponseReturnValue:
    """What came of an attempt: each question with one's own answer, the right one, and why."""
    assignment = queries.assignments.own(me(), id)
    attempt = queries.attempts.attempt(assignment, number)
    read = records.EXAM.read(attempt)
    return render_template(
        "training/result.html",
        assignment=assignment,
        attempt=attempt,
        read=read,
        says=read.says,
        entry=entry_of(assignment),
        right=sum(each.right for each in read.says.questions),
        passed=attempt.status is AttemptStatus.PASSED,
    )
