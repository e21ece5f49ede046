"""Lists as one likes to see them: views that are kept and deleted, columns that are chosen, above the list."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from rmhr.accounts import operations
from rmhr.accounts.policies import STAFF
from rmhr.accounts.views.blueprint import bp
from rmhr.core.i18n import _
from rmhr.core.lists import saved
from rmhr.core.lists.declaration import List
from rmhr.core.registry import LISTS
from rmhr.web.auth import me
from rmhr.web.back import own_path, with_query
from rmhr.web.forms import Form, TextField, require_token

#: What of an address makes a view: longer words are no search.
LONGEST = 500


class SaveViewForm(Form):
    """Under which name."""

    page = HiddenField()
    name = TextField(_("Name of the view"), [InputRequired(_("Enter a name.")), Length(max=60)])


@bp.post("/saved-views", access=STAFF)
def save_view() -> ResponseReturnValue:
    """Keep how a list looks now."""
    form = SaveViewForm.from_request()
    page = _list(str(form.page.data)).name
    state = _state()
    there = with_query(page, state)
    if not form.ready():
        flash(str(next(iter(form.errors.values()))[0]), "bad")
        return redirect(there)
    operations.saved.save_view(me(), me(), page=page, name=form.name.data, state=state)
    flash(str(operations.saved.save_view.done), "good")
    return redirect(there)


@bp.post("/saved-views/columns", access=STAFF)
def choose_columns() -> ResponseReturnValue:
    """Show other columns of a list, or those that everybody has; it stays narrowed and ordered as it is."""
    require_token()
    declared = _list(request.form.get("page", ""))
    wanted = set(request.form.getlist("column")) if not request.form.get("usual") else set()
    columns = [column.name for column in declared.offered(me()) if column.name in wanted]
    operations.saved.choose_columns(me(), me(), page=declared.name, columns=columns)
    return redirect(own_path(request.form.get("next"), url_for(declared.name)))


def _list(page: str) -> List[Any]:
    """The list of that page, or 404 where there is none that this person keeps views of."""
    declared = LISTS.get(page)
    view: Any = current_app.view_functions.get(page)
    if declared is None or not declared.kept or view is None or not view.access(me()):
        abort(404)
    return declared


def _state() -> dict[str, Any]:
    """What the form says that is set in the list."""
    return {
        name.removeprefix("state-"): value[:LONGEST]
        for name, value in request.form.items()
        if name.startswith("state-") and not name.startswith("state-_") and value
    }


@bp.post("/saved-views/<int:id>/delete", access=STAFF)
def delete_view(id: int) -> ResponseReturnValue:
    """Forget one; the list is shown as it is without."""
    require_token()
    view = saved.saved_view(me(), id)
    there = url_for(view.page)
    operations.saved.delete_view(me(), view)
    flash(str(operations.saved.delete_view.done), "good")
    return redirect(there)
