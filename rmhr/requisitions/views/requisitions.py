"""Pages about requisitions: who needs how many people, what was decided on it, how far it is."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core import charts, clock
from rmhr.core.flow.workflow import Move
from rmhr.core.history import audit
from rmhr.core.i18n import gettext
from rmhr.models.requisitions import Requisition
from rmhr.requisitions import lists, operations, policies, stages
from rmhr.requisitions.forms.requisitions import RequisitionForm
from rmhr.requisitions.queries import headcount
from rmhr.requisitions.queries import requisitions as queries
from rmhr.requisitions.views.blueprint import bp
from rmhr.requisitions.workflow import REQUISITIONS
from rmhr.web.auth import me
from rmhr.web.choices import Choices
from rmhr.web.exports import add_export
from rmhr.web.lists import add_list
from rmhr.web.numbers import whole
from rmhr.web.tabs import Row, tabs_of
from rmhr.web.transitions import add_transition_route

#: While it is in one of these, whoever asks for it may change it.
OPEN = (*REQUISITIONS["approve"].sources, *REQUISITIONS["ask_again"].sources)
#: What an earlier requisition gives to a new one.
COPIED = (
    *("rm_type", "level", "unit_id", "positions", "reason", "justification"),
    *("pay_min", "pay_max", "currency", "pay_period", "approver_id"),
)


add_list(
    bp,
    lists.REQUISITIONS,
    "/",
    access=policies.REQUEST,
    template="requisitions/index.html",
    more=lambda _listing: {"siblings": tabs_of(Row.RECRUITING, me(), "requisitions.index")},
)
add_export(bp, lists.REQUISITIONS, "/export", access=policies.REQUEST)


@bp.route("/new", methods=["GET", "POST"], access=policies.REQUEST)
def new() -> ResponseReturnValue:
    """Ask for positions; `?copy=` names an earlier requisition to begin with."""
    copied = whole(request.args.get("copy"))
    earlier = queries.get(me(), copied) if copied else None
    form = RequisitionForm.from_request(**_copied(earlier))
    _offer(form)
    if not form.ready():
        page = render_template("requisitions/new.html", form=form, earlier=earlier)
        return page, form.status
    made = operations.requisitions.request(
        me(),
        accounts.units.get_unit(form.unit_id.data),
        approver=accounts.choices.chosen(form.approver_id.data),
        facts=form.facts(),
    )
    flash(str(operations.requisitions.request.done), "good")
    return redirect(url_for(".show", id=made.id))


def _copied(earlier: Requisition | None) -> dict[str, Any]:
    if earlier is None:
        return {}
    ahead = {"needed_by": earlier.needed_by} if earlier.needed_by > clock.today() else {}
    return {name: getattr(earlier, name) for name in COPIED} | ahead


def _offer(form: RequisitionForm) -> None:
    form.unit_id.offer_found(Choices("units", accounts.units.UNITS))
    form.approver_id.offer_found(Choices("approvers", queries.approvers(me())))


@bp.route("/<int:id>/edit", methods=["GET", "POST"], access=policies.REQUEST)
def edit(id: int) -> ResponseReturnValue:
    """Change what is asked for, until it is approved."""
    it = queries.get(me(), id, locked=request.method == "POST")
    policies.CHANGE_REQUISITION.require(me(), it)
    operations.requisitions.refuse_if_decided(it)
    form = RequisitionForm.editing(it, _offer)
    if form.ready():
        operations.requisitions.rework(
            me(),
            it,
            unit=accounts.units.get_unit(form.unit_id.data),
            approver=accounts.choices.chosen(form.approver_id.data),
            facts=form.facts(),
        )
        flash(str(operations.requisitions.rework.done), "good")
        return redirect(url_for(".show", id=id))
    waits = it.status in REQUISITIONS["approve"].sources
    page = render_template("requisitions/edit.html", form=form, it=it, waits=waits)
    return page, form.status


@bp.get("/<int:id>", access=policies.REQUEST)
def show(id: int) -> ResponseReturnValue:
    """One requisition: where it stands, what is asked for, what the plan has room for, what was decided."""
    it = queries.get(me(), id)
    postings = queries.postings_of(it)
    progress = queries.progress_of(postings)
    return render_template(
        "requisitions/show.html",
        it=it,
        moves=_moves(it),
        next_step=stages.next_of(it, progress),
        stations=stages.stations(it, progress),
        figures=[_figure(each) for each in headcount.room(it).plans],
        postings=postings,
        waits=it.status in REQUISITIONS["approve"].sources,
        may_edit=policies.CHANGE_REQUISITION(me(), it) and it.status in OPEN,
        may_advertise=policies.ADVERTISE(me()) and queries.waits_for_a_posting(it, postings),
        timeline=audit.timeline(it),
    )


def _moves(it: Requisition) -> list[Move]:
    """What can be done now. Approving beyond the plan is offered only where the plan has no room."""
    moves = REQUISITIONS.moves(me(), it)
    return [move for move in moves if not (move.blocked and move.transition.name == "approve_beyond_plan")]


def _figure(room: headcount.PlanRoom) -> tuple[headcount.PlanRoom, charts.Figure]:
    """A plan as a bar: what others take, what this requisition takes, what is left, what is too much."""
    inside = min(room.taken, room.plan.positions)
    own = min(room.asked, max(room.free, 0))
    over = max(room.taken + room.asked - room.plan.positions, 0)
    shares = [
        (gettext("taken by others"), inside, "ink"),
        (gettext("for this requisition"), own, "muted"),
        (gettext("free"), room.left, "pale"),
        (gettext("beyond the plan"), over, "bad"),
    ]
    title = gettext(
        "%(unit)s: %(planned)s planned, %(taken)s taken by others, %(asked)s for this requisition",
        unit=room.plan.unit.name,
        planned=room.plan.positions,
        taken=room.taken,
        asked=room.asked,
    )
    return room, charts.share(shares, title)


add_transition_route(
    bp,
    REQUISITIONS,
    queries.get,
    policies.REQUEST,
    about=lambda it: f"{it.rm_type.label}, {it.unit.name}",
)
