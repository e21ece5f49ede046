"""Next steps: the list, one of them, the form."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.history import audit
from rmhr.models.accounts import Role
from rmhr.models.performance import ItemStatus
from rmhr.performance import lists, operations, policies, queries
from rmhr.performance.forms.development import ItemForm
from rmhr.performance.views.blueprint import bp, siblings
from rmhr.performance.views.blueprint import development as moves
from rmhr.performance.workflow.items import ITEMS
from rmhr.web.auth import me
from rmhr.web.exports import add_export
from rmhr.web.lists import read
from rmhr.web.numbers import whole
from rmhr.web.transitions import add_transition_route


@bp.get("/development/", access=policies.SEE)
def development() -> ResponseReturnValue:
    """One's own next steps, and the team's."""
    viewer = me()
    return render_template(
        "performance/development.html",
        siblings=siblings("performance.development"),
        listing=read(lists.DEVELOPMENT),
        may_add=viewer.has(Role.RM) or queries.goals.may_be_set_by(viewer),
        only_own=not lists.sees_others(viewer),
    )


add_export(bp, lists.DEVELOPMENT, "/development/export", access=policies.SEE)


@bp.get("/development/<int:id>", access=policies.SEE)
def item(id: int) -> ResponseReturnValue:
    """One next step."""
    found = queries.development.get(me(), id)
    sight = queries.reviews.sight(me(), found.review) if found.review else None
    return render_template(
        "performance/item.html",
        item=found,
        moves=ITEMS.moves(me(), found),
        timeline=audit.timeline(found),
        may_edit=policies.STEPS(me(), found) and found.status is ItemStatus.OPEN,
        review=found.review if sight and sight.reads_meeting else None,
        running=found.status is ItemStatus.OPEN,
        own=found.user_id == me().id,
    )


@bp.route("/development/new", methods=["GET", "POST"], access=policies.WRITE)
def new_item() -> ResponseReturnValue:
    """A next step between two reviews."""
    viewer = me()
    people = queries.goals.may_be_set_for(viewer)
    if not people and not viewer.has(Role.RM):
        abort(403)
    form = ItemForm.from_request(
        people=people,
        competencies=list(queries.development.competencies()),
        user_id=request.args.get("person", type=whole),
    )
    if not form.ready():
        return render_template("performance/item_form.html", form=form, item=None), form.status
    data = form.values()
    wanted = data.pop("user_id", viewer.id)
    person = next((each for each in people if each.id == wanted), viewer)
    made = operations.development.add_item(viewer, person, **data)
    flash(str(operations.development.add_item.done), "good")
    return redirect(url_for(".item", id=made.id))


@bp.route("/development/<int:id>/edit", methods=["GET", "POST"], access=policies.WRITE)
def edit_item(id: int) -> ResponseReturnValue:
    """Change an open one."""
    found = queries.development.get(me(), id)
    policies.STEPS.require(me(), found)
    form = ItemForm.editing(found, people=[], competencies=list(queries.development.competencies()))
    if not form.ready():
        return render_template("performance/item_form.html", form=form, item=found), form.status
    operations.development.change_item(me(), found, **form.values())
    flash(str(operations.development.change_item.done), "good")
    return redirect(url_for(".item", id=id))


add_transition_route(
    moves,
    ITEMS,
    queries.development.get,
    policies.WRITE,
    about=lambda found: found.aim,
    url="/development/<int:id>/<name>",
    back=lambda found: url_for("performance.item", id=found.id),
)
