"""Pages about sets of questions: what is kept for many postings, and under which names."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.errors import NotPossible
from rmhr.core.i18n import gettext
from rmhr.models.criteria import QuestionSet
from rmhr.postings import operations, policies, queries
from rmhr.postings.forms.question_sets import QuestionSetForm
from rmhr.postings.queries import question_sets
from rmhr.postings.views.blueprint import question_sets as bp
from rmhr.web.auth import me
from rmhr.web.choices import number_of
from rmhr.web.edits import ConfirmForm
from rmhr.web.tabs import Row, tabs_of


@bp.get("/", access=policies.KEEP_SETS)
def index() -> ResponseReturnValue:
    """All sets."""
    return render_template(
        "postings/question_sets/index.html",
        sets=question_sets.all(),
        parts=tabs_of(Row.RECRUITING, me(), "question_sets.index"),
    )


@bp.route("/new", methods=["GET", "POST"], access=policies.KEEP_SETS)
def new() -> ResponseReturnValue:
    """A new set: empty, or with the questions of a posting (?posting=)."""
    source = number_of(request.args.get("posting"))
    posting = queries.postings.get(me(), source) if source else None
    form = QuestionSetForm.from_request(questions=posting.questions if posting else [{}])
    if not _ready(form, None):
        return _page(form, None, posting=posting)
    try:
        operations.question_sets.keep_set(me(), form["name"].data, questions=form.facts()["questions"])
    except NotPossible as no:
        form.form_errors.append(str(no))
        return _page(form, None, posting=posting)
    flash(str(operations.question_sets.keep_set.done), "good")
    return redirect(url_for(".index"))


@bp.route("/<int:id>", methods=["GET", "POST"], access=policies.KEEP_SETS)
def edit(id: int) -> ResponseReturnValue:
    """Its name and its questions."""
    it = question_sets.get(id)
    form = QuestionSetForm.editing(it)
    if not _ready(form, it):
        return _page(form, it)
    operations.question_sets.revise_set(me(), it, **form.facts())
    flash(str(operations.question_sets.revise_set.done), "good")
    return redirect(url_for(".index"))


@bp.route("/<int:id>/delete", methods=["GET", "POST"], access=policies.KEEP_SETS)
def delete(id: int) -> ResponseReturnValue:
    """Ask, then delete it; postings keep their copies."""
    it = question_sets.get(id)
    form = ConfirmForm.editing(it)
    if form.ready():
        operations.question_sets.delete_set(me(), it)
        flash(str(operations.question_sets.delete_set.done), "good")
        return redirect(url_for(".index"))
    return render_template("postings/question_sets/delete.html", it=it, form=form), form.status


def _ready(form: QuestionSetForm, it: QuestionSet | None) -> bool:
    """Whether it may be kept: valid, and under a name of its own. Another row only adds the row."""
    if request.method == "POST" and request.form.get("add"):
        form.add_row()
        return False
    if not form.ready():
        return False
    if question_sets.name_is_free(form["name"].data, it.id if it else None):
        return True
    form.refuse("name", gettext("There is a question set of this name already."))
    return False


def _page(form: QuestionSetForm, it: QuestionSet | None, **other: Any) -> ResponseReturnValue:
    page = render_template(
        "postings/question_sets/edit.html",
        **{"form": form, "it": it, "posting": None} | other,
        here=request.full_path.rstrip("?"),
    )
    return page, 200 if request.form.get("add") else form.status
