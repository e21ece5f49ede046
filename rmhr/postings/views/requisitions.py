"""Pages about requisitions: who needs how many people, what was decided on it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core import audit
from rmhr.core.i18n import _
from rmhr.models.accounts import RmType, User
from rmhr.models.requisitions import Requisition, RequisitionStatus
from rmhr.postings import operations, policies
from rmhr.postings.forms.requisitions import RequisitionForm
from rmhr.postings.queries import requisitions as queries
from rmhr.postings.views.blueprint import requisitions as bp
from rmhr.postings.workflow import REQUISITIONS
from rmhr.web.auth import me
from rmhr.web.tables import Filter, Listing
from rmhr.web.transitions import add_transition_route


@bp.get("/", access=policies.REQUEST)
def index() -> ResponseReturnValue:
    """The requisitions that this person may see."""
    listing = Listing(
        queries.visible_to(me()),
        key=Requisition.id,
        sorts={"needed": Requisition.needed_by, "new": Requisition.created_at},
        default="-new",
        search=queries.search_columns(),
        filters=[
            Filter("status", _("All statuses"), Requisition.status, RequisitionStatus),
            Filter("type", _("All kinds"), Requisition.rm_type, RmType),
        ],
    )
    return render_template("requisitions/index.html", listing=listing)


@bp.route("/new", methods=["GET", "POST"], access=policies.REQUEST)
def new() -> ResponseReturnValue:
    """Ask for positions."""
    form = RequisitionForm.from_request()
    units, approvers = accounts.units(), queries.approvers(me())
    form.unit_id.offer(units)
    form.approver_id.offer(approvers)
    if not form.ready():
        return render_template("requisitions/new.html", form=form), form.status
    facts = form.values()
    made = operations.request(
        me(),
        _chosen(units, facts.pop("unit_id")),
        approver=_chosen(approvers, facts.pop("approver_id")),
        facts=facts,
    )
    flash(str(operations.request.done), "good")
    return redirect(url_for(".show", id=made.id))


def _chosen(rows: Any, id: int) -> Any:
    return next(row for row in rows if row.id == id)


@bp.get("/<int:id>", access=policies.REQUEST)
def show(id: int) -> ResponseReturnValue:
    """One requisition: what is asked for, what the plan has room for, what was decided."""
    it = queries.get(me(), id)
    return render_template(
        "requisitions/show.html",
        it=it,
        moves=REQUISITIONS.moves(me(), it),
        room=queries.room(it),
        postings=queries.postings_of(it),
        waits=it.status in REQUISITIONS["approve"].sources,
        may_advertise=policies.CREATE(me()) and it in queries.to_advertise(),
        timeline=audit.timeline(it),
    )


add_transition_route(
    bp,
    REQUISITIONS,
    queries.get,
    policies.REQUEST,
    about=lambda it: f"{it.rm_type.label}, {it.unit.name}",
)


def _example(viewer: User) -> dict[str, Any] | None:
    found = queries.first_visible(viewer)
    return {"id": found.id} if found else None


#: What the picture tool opens.
EXAMPLES: dict[str, Any] = {
    "requisitions.show": _example,
    "requisitions.transition": lambda viewer: (
        {**found, "name": "reject"} if (found := _example(viewer)) else None
    ),
}
