"""The decision: what the panel saw, side by side, and what a person makes of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import queries as applications
from rmhr.core.errors import NotAllowed
from rmhr.core.i18n import gettext
from rmhr.interviews import forms, operations, policies, queries
from rmhr.interviews.views.blueprint import bp
from rmhr.models.interviews import Outcome
from rmhr.web.auth import me
from rmhr.web.sensitive import sensitive, shown


@bp.route("/applications/<int:application_id>/decision", methods=["GET", "POST"], access=policies.ENTER)
@sensitive
def decide(application_id: int) -> ResponseReturnValue:
    """Compare, then decide. Says who is missing while a scorecard is out (409 where it is tried all the same).

    Raises NotAllowed for anybody but HR and the hiring manager.
    """
    application = applications.applications.get(me(), application_id)
    if request.method == "POST":
        queries.scorecards.lock(application)
    if not policies.DECIDE(me(), application):
        raise NotAllowed(gettext("HR and the hiring manager decide."))
    interviews = queries.meetings.of_application(application)
    blocked = queries.scorecards.why_not_decide(application, interviews)
    comparison = None if blocked else queries.scorecards.compared_of(interviews)
    revises = application.status in queries.scorecards.REVISABLE
    outcomes = [each for each in Outcome if not (revises and each is Outcome.HIRE)]
    decisions = queries.scorecards.as_decided(queries.scorecards.decisions(application))
    form = forms.DecisionForm.of(application, outcomes, decisions[0].says if decisions else None)
    against = comparison is not None and any(comparison.contradicts(outcome) for outcome in outcomes)
    if not blocked and form.ready():
        if comparison and comparison.contradicts(form.outcome.data) and not form.deviates.data:
            form.refuse(
                "deviates",
                gettext("This goes against what the scorecards say. Confirm that you mean it."),
            )
        else:
            operations.decide(me(), application, **form.values())
            flash(str(operations.decide.done), "good")
            if form.outcome.data is Outcome.NO and policies.HR(me()):
                return redirect(url_for("applications.transition", id=application_id, name="reject"))
            return redirect(url_for("applications.show", id=application_id))
    if comparison:
        shown(application)
    page = render_template(
        "interviews/decide.html",
        application=application,
        comparison=comparison,
        blocked=blocked,
        form=form,
        outcomes=outcomes,
        against=against,
        revises=revises,
        decisions=decisions,
        interviews=interviews,
    )
    return page, 409 if blocked and request.method == "POST" else form.status
