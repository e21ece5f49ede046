"""The mail page of administrators: who was written what, when, and what became of it."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import registry
from rmhr.core.due.kinds import kind_of
from rmhr.models.system import Message, MessageStatus
from rmhr.system import lists, operations, queries
from rmhr.system.policies import LOOK_AFTER
from rmhr.system.views import secrets as letters
from rmhr.system.views.blueprint import mail as bp
from rmhr.web.auth import me
from rmhr.web.downloads import send_made
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import read

#: A mail may look as it looks, and do nothing. Only pages of ours may show it inside them.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
#: What a click in it may do where its links are meant to be followed: open that page instead of ours.
FOLLOW = "allow-top-navigation-by-user-activation"
VIEWS = ("html", "text", "calendar")
#: Of a mail whose words are for its reader alone.
CLOSED_VIEW = "closed"


@bp.get("/admin/mail", access=LOOK_AFTER)
def index() -> ResponseReturnValue:
    """All mails, newest first."""
    return render_template("system/mail.html", listing=read(lists.mail.MAIL), sends=letters.hides_links())


add_export(bp, lists.mail.MAIL, "/admin/mail/export", access=LOOK_AFTER)


@bp.get("/admin/mail/<int:id>", access=LOOK_AFTER)
def show(id: int) -> ResponseReturnValue:
    """One mail: what it says, to whom, and each attempt to send it. `?view=` html, text or calendar.

    What is for its reader alone is not shown.
    """
    it = queries.mail.mail(id)
    view = request.args.get("view", VIEWS[0])
    if view not in VIEWS or (view == "calendar" and not it.calendar):
        view = VIEWS[0]
    return render_template(
        "system/message.html",
        it=it,
        view=CLOSED_VIEW if it.kind in registry.CLOSED else view,
        kind=kind_of(it.kind),
        told_by=queries.mail.told_by(it),
        text=letters.shown(it.text),
        hidden=letters.hides_links(),
        follow="" if letters.hides_links() else FOLLOW,
        failed=it.state is MessageStatus.FAILED,
        waiting=it.state is MessageStatus.WAITING,
    )


@bp.get("/admin/mail/<int:id>/html", access=LOOK_AFTER)
def html(id: int) -> ResponseReturnValue:
    """A mail as it looks, for the frame on its page: nothing in it runs, nothing in it loads."""
    html = letters.shown(_open_to_see(id).html)
    policy = MAIL_POLICY
    if not letters.hides_links():
        html = html.replace("<head>", '<head><base target="_top">', 1)
        policy = f"{MAIL_POLICY} {FOLLOW}"
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/admin/mail/<int:id>/invite.ics", access=LOOK_AFTER)
def calendar(id: int) -> ResponseReturnValue:
    """The calendar entry that goes with a mail, as a file."""
    it = _open_to_see(id)
    if not it.calendar:
        abort(404)
    return send_made(it.calendar.encode(), "invite.ics", "text/calendar")


def _open_to_see(id: int) -> Message:
    """A mail whose words are not for its reader alone, or 404."""
    it = queries.mail.mail(id)
    if it.kind in registry.CLOSED:
        abort(404)
    return it


@bp.post("/admin/mail/<int:id>/resend", access=LOOK_AFTER)
def resend(id: int) -> ResponseReturnValue:
    """Try a mail that could not be sent once more."""
    require_token()
    operations.mail.resend(me(), queries.mail.mail(id))
    flash(str(operations.mail.resend.done), "good")
    return redirect(url_for("mail.show", id=id))
