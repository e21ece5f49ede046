"""HR gives a review to another supervisor: who led the RM has left, or leads others now."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.models.accounts import Role
from rmhr.performance import operations, policies, queries
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
    leads = review.user.employee.supervisor_id if review.user.employee else None
    form = HandOverForm.from_request(supervisor_id=leads)
    form.supervisor_id.offer(people)
    if form.ready():
        operations.reviews.hand_over(me(), review, supervisor=form.supervisor_id.chosen)
        flash(str(operations.reviews.hand_over.done), "good")
        return redirect(url_for(".review", id=id))
    return render_template("performance/hand_over.html", review=review, form=form), form.status
