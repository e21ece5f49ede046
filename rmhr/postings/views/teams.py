"""The page of a hiring team: who helps to fill a posting."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.postings import operations, policies, queries
from rmhr.postings.forms.team import MemberForm
from rmhr.postings.views.blueprint import bp
from rmhr.postings.views.tabs import tabs
from rmhr.web.auth import me
from rmhr.web.forms import require_token


@bp.route("/<int:id>/team", methods=["GET", "POST"], access=policies.SEE)
def team(id: int) -> ResponseReturnValue:
    """Who helps to fill it, and one more."""
    posting = queries.get(me(), id)
    policies.RECRUIT.require(me(), posting)
    people = queries.could_help(posting)
    form = MemberForm.from_request()
    form.user_id.offer(people)
    if form.ready():
        user = next(person for person in people if person.id == form.user_id.data)
        operations.add_to_team(me(), posting, user=user, part=form.part.data)
        flash(str(operations.add_to_team.done), "good")
        return redirect(url_for(".team", id=posting.id))
    return render_template(
        "postings/team.html", posting=posting, form=form, siblings=tabs(me(), posting, "postings.team")
    ), form.status


@bp.post("/<int:id>/team/<int:member_id>/remove", access=policies.SEE)
def leave_team(id: int, member_id: int) -> ResponseReturnValue:
    """One fewer."""
    require_token()
    posting = queries.get(me(), id)
    operations.remove_from_team(me(), posting, member=queries.member(posting, member_id))
    flash(str(operations.remove_from_team.done), "good")
    return redirect(url_for(".team", id=posting.id))
