"""The register: all rules, one with where it is used and its checks, the form of a check, who looks after it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core.history.audit import timeline
from rmhr.rulebook import bulk, lists, operations, policies, queries, standing, uses
from rmhr.rulebook.forms import CheckForm, OwnerForm
from rmhr.rulebook.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.bulk import add_bulk_page
from rmhr.web.choices import Choices
from rmhr.web.exports import add_export
from rmhr.web.lists import add_list, matching

add_list(bp, lists.RULES, "", access=policies.SEE)
add_export(bp, lists.RULES, "/export", access=policies.SEE)
add_bulk_page(bp, (bulk.CONFIRM,), policies.SEE, matching=lambda most: matching(lists.RULES, most))


@bp.get("/<int:id>", access=policies.SEE)
def show(id: int) -> ResponseReturnValue:
    """One rule: what it says, why, where it is used, who has checked it and what they found."""
    rule = queries.get(me(), id)
    return render_template(
        "rulebook/show.html",
        rule=rule,
        state=standing.of(rule),
        declared=queries.declared(rule),
        uses=uses.of(rule.name),
        checks=queries.checks(rule),
        earlier=queries.earlier(rule),
        history=timeline(rule),
        may_check=policies.CHECK(me(), rule) and rule.retired_on is None,
        may_name=policies.NAME_OWNER(me()) and rule.retired_on is None,
    )


@bp.route("/<int:id>/check", methods=["GET", "POST"], access=policies.SEE)
def check(id: int) -> ResponseReturnValue:
    """Record a check: what was found, from which source, when somebody looks again.

    Sent once more, from another tab or by the back button, the same is recorded once; anything else is asked again
    beside the check that there is by now.
    """
    rule = queries.get(me(), id, lock=request.method == "POST")
    policies.CHECK.require(me(), rule)
    form = CheckForm.editing(rule, lambda form: form.about(rule))
    if form.ready() or (
        form.overtaken and not form.errors and operations.is_recorded(me(), rule, **form.values())
    ):
        operations.record(me(), rule, **form.values())
        flash(str(operations.record.done), "good")
        return redirect(url_for(".show", id=rule.id), 303)
    return render_template(
        "rulebook/check.html",
        rule=rule,
        form=form,
        declared=queries.declared(rule),
        last=next(iter(queries.checks(rule)), None),
    ), form.status


@bp.route("/<int:id>/owner", methods=["GET", "POST"], access=policies.NAME_OWNER)
def owner(id: int) -> ResponseReturnValue:
    """Name who looks after a rule."""
    rule = queries.get(me(), id)
    choices = Choices("people", queries.COULD_LOOK_AFTER)
    form = OwnerForm.editing(rule, lambda form: form.owner_id.offer_found(choices))
    if form.ready():
        chosen = form.owner_id.data
        operations.name_owner(me(), rule, owner=accounts.choices.chosen(chosen) if chosen else None)
        flash(str(operations.name_owner.done), "good")
        return redirect(url_for(".show", id=rule.id), 303)
    return render_template("rulebook/owner.html", rule=rule, form=form), form.status
