"""What somebody who was recommended can do by the link of the mail: have everything about them deleted at once."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.policy import SYSTEM, anyone
from rmhr.sourcing import operations, queries
from rmhr.sourcing.forms import EraseForm
from rmhr.sourcing.views.blueprint import recommended as bp


@bp.route("/<code>", methods=["GET", "POST"], access=anyone)
def erase(code: str) -> ResponseReturnValue:
    """What is kept of the person, and the button that deletes it."""
    referral = queries.referrals.by_code(code)
    form = EraseForm.from_request()
    if form.ready():
        operations.referrals.erase(SYSTEM, referral)
        return redirect(url_for(".erased"), 303)
    page = render_template(
        "sourcing/recommended/erase.html",
        it=referral,
        form=form,
        used=queries.referrals.is_used(referral),
        last_day=queries.referrals.last_day(referral),
    )
    return page, form.status


@bp.get("/deleted", access=anyone)
def erased() -> ResponseReturnValue:
    """It is done."""
    return render_template("sourcing/recommended/erased.html")
