"""The inbox: what the product has said to whoever is signed in. Looking at it changes nothing; reading is a POST."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import lists, operations, queries
from rmhr.accounts.policies import STAFF
from rmhr.accounts.views.blueprint import bp
from rmhr.core.due.kinds import kind_of
from rmhr.core.i18n import ngettext
from rmhr.core.mail import text
from rmhr.models.accounts import User
from rmhr.models.system import Message
from rmhr.web.auth import colleague, me
from rmhr.web.forms import require_token
from rmhr.web.lists import read

#: More are not counted aloud.
MOST = 99


@bp.get("/inbox", access=STAFF)
def inbox() -> ResponseReturnValue:
    """All messages, newest first."""
    return render_template("accounts/inbox.html", listing=read(lists.INBOX), kind_of=kind_of)


@bp.get("/inbox/<int:id>", access=STAFF)
def message(id: int) -> ResponseReturnValue:
    """One message as text: nothing in it can run."""
    it = queries.inbox.message(me(), id)
    return render_template(
        "accounts/message.html",
        message=it,
        kind=kind_of(it.kind),
        button=_button(it),
        others=queries.inbox.told_too(it),
        position=queries.inbox.position(it),
    )


def _button(it: Message) -> tuple[str, str] | None:
    """Where the message leads: (path, words) of its button, where that is a page of ours."""
    found = text.button(it.html)
    own = current_app.config["PUBLIC_URL"].rstrip("/")
    if found is None or not found[0].startswith(f"{own}/"):
        return None
    return found[0].removeprefix(own), found[1]


@bp.post("/inbox/<int:id>/read", access=STAFF)
def mark_read(id: int) -> ResponseReturnValue:
    """It was read. Said by the page itself where scripts run: that is answered with how many are left."""
    require_token()
    operations.inbox.mark_read(me(), queries.inbox.message(me(), id))
    if request.accept_mimetypes.best == "application/json":
        return jsonify(bell(me()))
    return redirect(url_for(".message", id=id), 303)


@bp.post("/inbox/<int:id>/unread", access=STAFF)
def mark_unread(id: int) -> ResponseReturnValue:
    """Back into the inbox as it was; the message stays closed, or it would be read at once."""
    require_token()
    operations.inbox.mark_unread(me(), queries.inbox.message(me(), id))
    flash(str(operations.inbox.mark_unread.done), "good")
    return redirect(url_for(".inbox"), 303)


@bp.post("/inbox/read", access=STAFF)
def mark_all_read() -> ResponseReturnValue:
    """Everything was read."""
    require_token()
    operations.inbox.mark_all_read(me(), me())
    flash(str(operations.inbox.mark_all_read.done), "good")
    return redirect(url_for(".inbox"), 303)


def bell(person: User) -> dict[str, Any]:
    """What the bell says: how many messages are unread, as a number that fits and in words."""
    count = g.unread if "unread" in g else queries.inbox.unread(person)
    words = ngettext("%(num)s unread message", "%(num)s unread messages", count)
    return {"count": count, "shown": f"{MOST}+" if count > MOST else str(count), "words": words}


@bp.app_context_processor
def _bell() -> dict[str, object]:
    """The bell in the bar. On a page that only reads its number has come with whoever asks."""
    person = colleague()
    if person is None or request.headers.get("X-Fragment") == "1":
        return {}
    return {"bell": bell(person)}
