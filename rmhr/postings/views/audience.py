"""The page that shows an open posting to other readers."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.models.postings import Audience
from rmhr.postings import operations, policies, queries
from rmhr.postings.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.forms import TransitionForm


@bp.route("/<int:id>/audience", methods=["GET", "POST"], access=policies.SEE)
def audience(id: int) -> ResponseReturnValue:
    """Show an open posting to other readers, after saying what that means."""
    posting = queries.postings.get(me(), id)
    policies.PUBLISH.require(me(), posting)
    other = Audience.INTERNAL if posting.audience is Audience.PUBLIC else Audience.PUBLIC
    form = TransitionForm.from_request(seen=posting.audience.value)
    if form.ready() and form.seen.data == posting.audience.value:
        operations.audience.switch_audience(me(), posting, audience=other)
        flash(str(operations.audience.switch_audience.done), "good")
        return redirect(url_for(".show", id=posting.id))
    return render_template("postings/audience.html", posting=posting, other=other, form=form), form.status
