"""HR gives a review to another supervisor, or gives up a round; what somebody had written stays theirs."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core.i18n import ngettext
from rmhr.models.accounts import Role
from rmhr.models.competencies import Level
from rmhr.performance import operations, policies, queries
from rmhr.performance.forms.development import ReasonForm
from rmhr.performance.forms.reviews import HandOverForm
from rmhr.performance.views.blueprint import bp
from rmhr.web.auth import me


@bp.route("/reviews/<int:id>/hand-over", methods=["GET", "POST"], access=policies.HR)
def hand_over(id: int) -> ResponseReturnValue:
    """Choose who goes on with it; whoever leads the RM now is proposed."""
    review = queries.reviews.get(me(), id)
    policies.HAND_OVER.require(me(), review)
    people = [
        person
        for person in accounts.people.with_role(Role.SUPERVISOR)
        if person.id not in (review.supervisor_id, review.user_id)
    ]
    form = HandOverForm.of(review, people, policies.leader_of(review))
    if form.ready():
        operations.handing_over.hand_over(me(), review, supervisor=form.supervisor_id.chosen)
        flash(str(operations.handing_over.hand_over.done), "good")
        return redirect(url_for(".review", id=id))
    return render_template("performance/hand_over.html", review=review, form=form), form.status


@bp.get("/reviews/drafts/<int:id>", access=policies.WRITE)
def kept_draft(id: int) -> ResponseReturnValue:
    """What one had written in a review that is with somebody else now. Nobody else reads it."""
    draft = queries.drafts.get(me(), id)
    known = {each.id: each.name for each in queries.development.competencies()}
    return render_template(
        "performance/kept_draft.html",
        draft=draft,
        rated=[
            (
                known.get(each["competency_id"], ""),
                Level(each["level"]) if each["level"] else None,
                each["evidence"],
            )
            for each in draft.ratings
        ],
    )


@bp.route("/reviews/cycles/<int:id>/cancel", methods=["GET", "POST"], access=policies.HR)
def cancel_cycle(id: int) -> ResponseReturnValue:
    """Ask why, then cancel all reviews of a round that are open."""
    cycle = queries.reviews.cycle(id)
    found = queries.reviews.open_in(cycle)
    form = ReasonForm.from_request()
    if form.ready():
        count = operations.handing_over.cancel_cycle(me(), cycle, note=form.values()["note"])
        flash(ngettext("One review is called off.", "%(num)s reviews are called off.", count), "good")
        return redirect(url_for(".reviews", cycle=id))
    signed = len(queries.reviews.reviewed_in(cycle)) - len(found)
    page = render_template(
        "performance/cancel_cycle.html", cycle=cycle, form=form, open=len(found), closed=signed
    )
    return page, form.status
