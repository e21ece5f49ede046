"""Saved views of lists: kept and deleted from the menu above a list."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from rmhr.accounts import operations, queries
from rmhr.accounts.policies import STAFF
from rmhr.accounts.views.blueprint import bp
from rmhr.core.i18n import _
from rmhr.models.workspace import SavedView
from rmhr.web.auth import me
from rmhr.web.forms import Form, TextField, require_token
from rmhr.web.tables import Listing

#: What of an address makes a view: longer words are no search.
LONGEST = 200


class SaveViewForm(Form):
    """Under which name."""

    page = HiddenField()
    name = TextField(_("Name of the view"), [InputRequired(_("Enter a name.")), Length(max=60)])


@bp.post("/saved-views", access=STAFF)
def save_view() -> ResponseReturnValue:
    """Keep how a list looks now."""
    form = SaveViewForm.from_request()
    page = str(form.page.data)
    view: Any = current_app.view_functions.get(page)
    if view is None or not view.access(me()) or not _is_a_list(page):
        abort(404)
    state: dict[str, Any] = {
        name.removeprefix("state-"): value[:LONGEST]
        for name, value in request.form.items()
        if name.startswith("state-") and value
    }
    there = url_for(page, **state)
    if not form.ready():
        flash(str(next(iter(form.errors.values()))[0]), "bad")
        return redirect(there)
    operations.saved.save_view(me(), me(), page=page, name=form.name.data, state=state)
    flash(str(operations.saved.save_view.done), "good")
    return redirect(there)


def _is_a_list(page: str) -> bool:
    """A list stands at an address without values."""
    return any(
        not rule.arguments and "GET" in (rule.methods or ()) for rule in current_app.url_map.iter_rules(page)
    )


@bp.post("/saved-views/<int:id>/delete", access=STAFF)
def delete_view(id: int) -> ResponseReturnValue:
    """Forget one; the list is shown as it is without."""
    require_token()
    view = queries.saved.saved_view(me(), id)
    there = url_for(view.page)
    operations.saved.delete_view(me(), view)
    flash(str(operations.saved.delete_view.done), "good")
    return redirect(there)


def saved_views(listing: Listing) -> list[tuple[SavedView, str, bool]]:
    """What this person has saved of the list on this page: (view, its address, whether it is on). One query."""
    page = str(request.endpoint)
    return [
        (view, url_for(page, **view.state), view.state == listing.kept)
        for view in queries.saved.saved_views(me(), page)
    ]


@bp.app_context_processor
def _saved_views() -> dict[str, object]:
    return {"saved_views": saved_views}
