"""Mail that did not arrive, for those who know the people; and addresses that take none."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import gettext, ngettext
from rmhr.models.accounts import User
from rmhr.system import lists, operations, queries
from rmhr.system.policies import LOOK_AFTER, UNDELIVERED
from rmhr.system.views.blueprint import mail as bp
from rmhr.system.views.secrets import hides_links
from rmhr.web.auth import me
from rmhr.web.back import came_from
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import read
from rmhr.web.panels import Panel, Slot, panel


@bp.get("/mail/undelivered", access=UNDELIVERED)
def undelivered() -> ResponseReturnValue:
    """To whom, about what, when, what the server said. What a mail says is between the bank and its reader."""
    return render_template(
        "system/undelivered.html",
        listing=read(lists.mail.UNDELIVERED),
        sends=hides_links(),
        admin=LOOK_AFTER(me()),
    )


add_export(bp, lists.mail.UNDELIVERED, "/mail/undelivered/export", access=UNDELIVERED)


@bp.post("/mail/undelivered/<int:id>/resend", access=UNDELIVERED)
def resend_one(id: int) -> ResponseReturnValue:
    """Send one of them again."""
    require_token()
    operations.mail.resend(me(), queries.undelivered.undelivered_mail(id))
    flash(str(operations.mail.resend.done), "good")
    return redirect(url_for(".undelivered"), 303)


@bp.route("/mail/undelivered/resend", methods=["GET", "POST"], access=UNDELIVERED)
def resend_all() -> ResponseReturnValue:
    """Send all of them again, after asking."""
    ids = queries.undelivered.undelivered_ids()
    if request.method == "GET":
        return render_template("system/resend_all.html", count=len(ids))
    require_token()
    operations.mail.resend_all(me(), ids)
    said = ngettext(
        "%(num)s mail is waiting to be sent again", "%(num)s mails are waiting to be sent again", len(ids)
    )
    flash(said, "good")
    return redirect(url_for(".undelivered"), 303)


@bp.post("/mail/undelivered/<int:id>/aside", access=UNDELIVERED)
def put_aside(id: int) -> ResponseReturnValue:
    """Take one of them off the list."""
    require_token()
    operations.mail.put_aside(me(), queries.undelivered.undelivered_mail(id))
    flash(str(operations.mail.put_aside.done), "good")
    return redirect(url_for(".undelivered"), 303)


@bp.post("/mail/bounced/<int:id>/works", access=UNDELIVERED)
def address_works(id: int) -> ResponseReturnValue:
    """The address takes mail again; back to where that was said."""
    require_token()
    operations.mail.address_works(me(), queries.undelivered.bounce(id))
    flash(str(operations.mail.address_works.done), "good")
    return redirect(came_from(url_for(".undelivered")), 303)


@panel(Slot.TODAY_HEAD, order=5)
def undelivered_today(viewer: User, _subject: object) -> Panel | None:
    """HR is told on Today that mail did not arrive."""
    if not UNDELIVERED(viewer):
        return None
    count = queries.undelivered.undelivered_count()
    if not count:
        return None
    said = ngettext("%(num)s mail could not be delivered.", "%(num)s mails could not be delivered.", count)
    return Panel("system/_undelivered.html", {"said": said, "verb": gettext("See which")})
