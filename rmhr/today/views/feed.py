"""The calendar that other calendars subscribe to, and its secret address."""

from __future__ import annotations

import hashlib

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import gettext
from rmhr.core.mail.outbox import public_url
from rmhr.core.policy import anyone
from rmhr.models.accounts import User
from rmhr.models.applications import AttemptKind
from rmhr.reminders import queries as reminder_queries
from rmhr.reminders.policies import CHOOSE
from rmhr.today import operations, queries
from rmhr.today.views.blueprint import bp
from rmhr.web import attempts
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.panels import Panel, Slot, panel


@bp.get("/calendar/<secret>.ics", access=anyone)
def calendar(secret: str) -> ResponseReturnValue:
    """The calendar at a secret address; 404 where there is none, 429 for whoever tries one after the other."""
    person = queries.feed.whose(secret)
    if person is None:
        abort(429 if attempts.note(AttemptKind.FEED, request.remote_addr or "") else 404)
    hour = reminder_queries.preferences.daily_hour(person)
    from rmhr.today import feed as calendars  # calendars ask for it, pages do not

    body = calendars.calendar(
        person,
        queries.feed.dates(person),
        hour,
        queries.feed.others(person),
        domain=queries.feed.domain(secret),
    )
    response = Response(body, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'inline; filename="rmhr.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(body).hexdigest())
    return response.make_conditional(request)


@bp.post("/reminders/calendar", access=CHOOSE)
def make_feed() -> ResponseReturnValue:
    """Make an address, or a new one in place of the old. It is shown in this answer, and never again."""
    require_token()
    secret = operations.feed.make_feed(me(), me())
    address = public_url("today.calendar", secret=secret)
    return render_template("today/feed.html", address=address, hints=how_to_subscribe())


@bp.get("/reminders/calendar/replace", access=CHOOSE)
def replace_feed() -> ResponseReturnValue:
    """Asked once before the old address ends."""
    return render_template("today/feed_replace.html")


@bp.route("/reminders/calendar/off", methods=["GET", "POST"], access=CHOOSE)
def switch_feed_off() -> ResponseReturnValue:
    """End the address, after asking."""
    if request.method == "GET":
        return render_template("today/feed_off.html")
    require_token()
    operations.feed.end_feed(me(), me())
    flash(str(operations.feed.end_feed.done), "good")
    return redirect(url_for("reminders.preferences"), 303)


def how_to_subscribe() -> list[tuple[str, str]]:
    """(calendar, what to do there)."""
    return [
        ("Outlook", gettext("Choose “Add calendar”, then “Subscribe from web”, and paste the address.")),
        ("Google", gettext("Next to “Other calendars” choose +, then “From URL”, and paste the address.")),
        ("Apple", gettext("In the menu choose “File”, “New Calendar Subscription”, and paste the address.")),
    ]


@panel(Slot.PREFERENCES, order=10)
def in_preferences(_viewer: User, person: User) -> Panel:
    """The way to one's calendar, below how one is reminded."""
    return Panel("today/_calendar.html", {"feed": queries.feed.feed(person)})
