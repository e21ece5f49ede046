"""What one presses on Today besides the work itself: put it off, bring it back, ask others for theirs."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.due.lists import Key
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.today import operations, queries
from rmhr.today.forms import PutOffForm
from rmhr.today.policies import SEE_TODAY
from rmhr.today.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.back import own_path
from rmhr.web.forms import require_token


@bp.post("/today/<thing>/put-off", access=SEE_TODAY)
def put_off(thing: str) -> ResponseReturnValue:
    """Off the list until a day. The due date stays."""
    form = PutOffForm.from_request()
    if not form.ready():
        abort(400)
    due = queries.put_off.own(me(), Key.read(thing))
    if due is None:
        return _gone()
    until = form.until.data
    operations.things.put_off(me(), due, until=until)
    flash(
        gettext(
            "“%(what)s” has been removed from your list until %(back)s. It stays due on %(day)s.",
            what=due.what,
            back=day_text(until),
            day=day_text(due.on),
        ),
        "good",
    )
    return _back()


@bp.post("/today/<thing>/take-back", access=SEE_TODAY)
def take_back(thing: str) -> ResponseReturnValue:
    """Back on the list at once."""
    require_token()
    due = queries.put_off.own(me(), Key.read(thing))
    if due is None:
        return _gone()
    operations.things.take_back(me(), due)
    return _done(operations.things.take_back)


@bp.post("/today/<thing>/ask", access=SEE_TODAY)
def ask(thing: str) -> ResponseReturnValue:
    """Remind a colleague of what one waits for."""
    require_token()
    key = Key.read(thing) or abort(404)
    awaited = queries.awaited.awaited(me(), key)
    if awaited is None:
        return _gone()
    operations.things.ask(me(), awaited)
    flash(gettext("%(person)s gets a mail from you.", person=awaited.owner.name), "good")
    return _back()


def _gone() -> ResponseReturnValue:
    """Done meanwhile, or never this person's to ask for: the same answer to both."""
    flash(gettext("This is no longer open. Nothing was changed."), "info")
    return _back()


def _done(operation: Any) -> ResponseReturnValue:
    flash(str(operation.done), "good")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(own_path(request.form.get("next"), url_for("today.index")), 303)
