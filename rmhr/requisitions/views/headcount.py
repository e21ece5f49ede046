"""Pages about headcount plans: what is planned, taken and free; HR's changes to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.i18n import gettext, ngettext
from rmhr.models.accounts import Unit
from rmhr.models.requisitions import HeadcountPlan
from rmhr.requisitions import operations, policies
from rmhr.requisitions.forms.headcount import HeadcountForm
from rmhr.requisitions.queries import headcount as queries
from rmhr.requisitions.queries import requisitions
from rmhr.requisitions.views.blueprint import headcount as bp
from rmhr.web.auth import me
from rmhr.web.choices import Choices
from rmhr.web.edits import ConfirmForm
from rmhr.web.numbers import whole
from rmhr.web.tabs import Row, tabs_of


@bp.get("/", access=policies.REQUEST)
def index() -> ResponseReturnValue:
    """The plans of a year by unit, and the requisitions that take their places."""
    years = queries.years()
    wanted = whole(request.args.get("year"))
    year = wanted if wanted in years else clock.today().year
    units = queries.of_year(year)
    takers = {each.id: each for part in units for planned in part.plans for each in planned.takers}
    may_open = requisitions.visible_ids(me(), list(takers))
    return render_template(
        "requisitions/headcount/index.html",
        units=units,
        year=year,
        years=years,
        beyond=sorted((each for each in takers.values() if each.over_plan), key=lambda each: each.id),
        lines={each.id: _line(each, each.id in may_open) for each in takers.values()},
        may_plan=policies.PLAN_HEADCOUNT(me()),
        parts=tabs_of(Row.RECRUITING, me(), "headcount.index"),
    )


@dataclass(frozen=True)
class Line:
    """A requisition as it stands below each plan whose places it takes."""

    called: Markup  # a link, where the reader may follow it
    positions: str
    more: str  # its state, and that it goes beyond the plan


def _line(taker: queries.Taker, may_open: bool) -> Line:
    """Written once, however many plans it stands in."""
    called = Markup("{}, {}").format(taker.rm_type.label, taker.unit)
    if may_open:
        called = Markup('<a href="{}">{}</a>').format(url_for("requisitions.show", id=taker.id), called)
    more = [str(taker.status.label), *([gettext("beyond the plan")] if taker.over_plan else [])]
    positions = ngettext("%(num)s position", "%(num)s positions", taker.positions)
    return Line(called, positions, ", ".join(more))


@bp.route("/new", methods=["GET", "POST"], access=policies.PLAN_HEADCOUNT)
def new() -> ResponseReturnValue:
    """Plan positions for a unit; `?unit=` and `?year=` say for which and when."""
    wanted = whole(request.args.get("year"))
    year = wanted if wanted in queries.years() else clock.today().year
    form = HeadcountForm.from_request(
        unit_id=whole(request.args.get("unit")),
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
    )
    _offer(form)
    if form.ready() and form.alone(_other(form, None)):
        plan = operations.headcount.add_plan(me(), _unit_of(form), **form.facts())
        flash(str(operations.headcount.add_plan.done), "good")
        return redirect(_year_of(plan), 303)
    return render_template("requisitions/headcount/edit.html", form=form, planned=None), form.status


@bp.route("/<int:id>", methods=["GET", "POST"], access=policies.PLAN_HEADCOUNT)
def edit(id: int) -> ResponseReturnValue:
    """Change a plan; the page says what counts towards it and what follows."""
    plan = queries.get(id, locked=request.method == "POST")
    form = HeadcountForm.editing(plan, _offer)
    if form.ready() and form.alone(_other(form, plan.id)):
        operations.headcount.change_plan(me(), plan, unit=_unit_of(form), **form.facts())
        flash(str(operations.headcount.change_plan.done), "good")
        return redirect(_year_of(plan), 303)
    page = render_template("requisitions/headcount/edit.html", form=form, planned=queries.planned(plan))
    return page, form.status


@bp.route("/<int:id>/delete", methods=["GET", "POST"], access=policies.PLAN_HEADCOUNT)
def delete(id: int) -> ResponseReturnValue:
    """Ask, then delete a plan."""
    plan = queries.get(id)
    form = ConfirmForm.editing(plan)
    if form.ready():
        back = _year_of(plan)
        operations.headcount.delete_plan(me(), plan)
        flash(str(operations.headcount.delete_plan.done), "good")
        return redirect(back, 303)
    page = render_template(
        "requisitions/headcount/delete.html", planned=queries.planned(plan), form=form, back=_year_of(plan)
    )
    return page, form.status


def _other(form: HeadcountForm, but_for: int | None) -> HeadcountPlan | None:
    facts = form.facts()
    return queries.overlapping(
        form.unit_id.data, facts["rm_type"], facts["starts_on"], facts["ends_on"], but_for
    )


def _offer(form: HeadcountForm) -> None:
    form.offer(Choices("units", accounts.units.UNITS))


def _unit_of(form: HeadcountForm) -> Unit:
    return accounts.units.get_unit(form.unit_id.data)


def _year_of(plan: HeadcountPlan) -> str:
    return url_for("headcount.index", year=plan.starts_on.year)
