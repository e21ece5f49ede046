"""The coach of a posting: everything it says, side by side in both languages, and the answers to it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.models.postings import Posting
from rmhr.postings import operations, policies, queries
from rmhr.postings.forms.findings import AnswerForm
from rmhr.postings.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.tabs import Row, tabs_of


@bp.route("/<int:id>/coach", methods=["GET", "POST"], access=policies.SEE)
def coach(id: int) -> ResponseReturnValue:
    """All findings; sent, the answer to one of them."""
    posting = queries.postings.get(me(), id, lock=request.method == "POST")
    policies.RECRUIT.require(me(), posting)
    form = AnswerForm.editing(posting)
    if form.ready():
        operations.findings.answer(me(), posting, finding=form.finding.data, note=form.note.data)
        flash(str(operations.findings.answer.done), "good")
        return redirect(url_for(".coach", id=id))
    return _page(posting, form), form.status


def _page(posting: Posting, form: AnswerForm) -> str:
    may_edit = policies.EDIT(me(), posting)
    return render_template(
        "postings/coach.html",
        posting=posting,
        siblings=tabs_of(Row.POSTING, me(), "postings.coach", posting),
        report=queries.findings.report(posting),
        form=form,
        may_answer=may_edit,
        edit_url=url_for(".edit", id=posting.id)
        if may_edit and posting.status in operations.agreed.WRITTEN
        else None,
    )


@bp.post("/<int:id>/coach/take-back", access=policies.SEE)
def take_back_answer(id: int) -> ResponseReturnValue:
    """Let what was answered be open again."""
    require_token()
    posting = queries.postings.get(me(), id)
    operations.findings.take_back(me(), posting, finding=request.form.get("finding", ""))
    flash(str(operations.findings.take_back.done), "good")
    return redirect(url_for(".coach", id=id))
