"""The bank and its duties: as everybody reads it who looks after it, and as an administrator fills it in."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.history.audit import timeline
from rmhr.duties import operations, policies, queries
from rmhr.duties.forms import DutiesForm
from rmhr.duties.views.blueprint import duties as bp
from rmhr.web.auth import me


@bp.get("", access=policies.SEE)
def show() -> ResponseReturnValue:
    """What the bank has said, what is missing, who wrote it."""
    row = queries.bank.row()
    return render_template(
        "duties/show.html",
        it=queries.bank.said(),
        missing=queries.bank.gaps(),
        history=timeline(row) if row else [],
        may_change=policies.FILL_IN(me()),
    )


@bp.route("/edit", methods=["GET", "POST"], access=policies.FILL_IN)
def edit() -> ResponseReturnValue:
    """The form; it may be saved half full: what is missing is named."""
    row = queries.bank.row()
    form = DutiesForm.editing(queries.bank.said())
    if form.ready():
        operations.fill_in(me(), row, facts=form.values())
        flash(str(operations.fill_in.done), "good")
        return redirect(url_for(".show"), 303)
    page = render_template("duties/edit.html", form=form, missing=queries.bank.gaps())
    return page, form.status
