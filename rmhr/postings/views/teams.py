"""The page of a hiring team: who helps to fill a posting."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.postings import operations, policies, queries
from rmhr.postings.forms.team import MemberForm
from rmhr.postings.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.choices import Choices
from rmhr.web.forms import require_token
from rmhr.web.tabs import Row, tabs_of


@bp.route("/<int:id>/team", methods=["GET", "POST"], access=policies.SEE)
def team(id: int) -> ResponseReturnValue:
    """Who helps to fill it, and one more."""
    posting = queries.postings.get(me(), id, lock=request.method == "POST")
    policies.RECRUIT.require(me(), posting)
    form = MemberForm.from_request()
    form.user_id.offer_found(Choices("people", queries.teams.could_help(posting)))
    if form.ready():
        user = accounts.choices.chosen(form.user_id.data)
        operations.team.add_to_team(me(), posting, user=user, part=form.part.data)
        flash(str(operations.team.add_to_team.done), "good")
        return redirect(url_for(".team", id=posting.id))
    return render_template(
        "postings/team.html",
        posting=posting,
        form=form,
        siblings=tabs_of(Row.POSTING, me(), "postings.team", posting),
    ), form.status


@bp.post("/<int:id>/team/<int:member_id>/remove", access=policies.SEE)
def leave_team(id: int, member_id: int) -> ResponseReturnValue:
    """One fewer."""
    require_token()
    posting = queries.postings.get(me(), id)
    operations.team.remove_from_team(me(), posting, member=queries.teams.member(posting, member_id))
    flash(str(operations.team.remove_from_team.done), "good")
    return redirect(url_for(".team", id=posting.id))
