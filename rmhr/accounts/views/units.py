"""The tree of units."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import operations, policies, queries
from rmhr.accounts.forms import Named, UnitForm
from rmhr.accounts.regions import REGIONS
from rmhr.accounts.views.blueprint import bp
from rmhr.core.errors import NotPossible
from rmhr.models.accounts import Role
from rmhr.web.auth import me
from rmhr.web.choices import Choices
from rmhr.web.numbers import whole


@bp.get("/units", access=policies.UNITS)
def units() -> ResponseReturnValue:
    """All units in their places, with how many people work there."""
    return render_template("accounts/units.html", branches=queries.units.unit_tree(), regions=REGIONS)


def _named(unit_id: int | None = None) -> Named:
    people, has_role = queries.choices.people, queries.people.has_role
    return Named(
        above=Choices("above", queries.choices.above(unit_id)),
        heads=Choices("heads", people(has_role(Role.SUPERVISOR, Role.HR))),
        hr=Choices("hr", people(has_role(Role.HR))),
        compliance=Choices("compliance", people(has_role(Role.COMPLIANCE))),
    )


@bp.route("/units/new", methods=["GET", "POST"], access=policies.UNITS)
def add_unit() -> ResponseReturnValue:
    """Add a unit; `?below=` names the one it belongs to."""
    below = request.args.get("below", type=whole)
    above = queries.units.get_unit(below) if below else None
    form = UnitForm.from_request(parent_id=below, holiday_region=above.holiday_region if above else "DE")
    form.prepare(_named())
    if form.ready():
        try:
            operations.units.add_unit(me(), None, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(str(operations.units.add_unit.done), "good")
            return redirect(url_for(".units"), 303)
    return render_template("accounts/unit.html", form=form, unit=None), form.status


@bp.route("/units/<int:id>", methods=["GET", "POST"], access=policies.UNITS)
def unit(id: int) -> ResponseReturnValue:
    """Rename or move a unit, or name others for it."""
    found = queries.units.get_unit(id)
    named = _named(id)
    form = UnitForm.editing(found, lambda made: made.prepare(named, id))
    if form.ready():
        try:
            operations.units.change_unit(me(), found, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(str(operations.units.change_unit.done), "good")
            return redirect(url_for(".units"), 303)
    return render_template("accounts/unit.html", form=form, unit=found), form.status
