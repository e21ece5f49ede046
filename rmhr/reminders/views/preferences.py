"""What people choose about reminders, and the one click that ends mail of a kind."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.queries.people import by_id
from rmhr.core.i18n import gettext
from rmhr.core.policy import anyone
from rmhr.models.accounts import User
from rmhr.models.reminders import MailFrequency, ReminderPreference
from rmhr.reminders import operations, queries, recipients, unsubscribe, wishes
from rmhr.reminders.forms.preferences import PreferenceForm
from rmhr.reminders.policies import CHOOSE
from rmhr.reminders.views.blueprint import bp
from rmhr.web.auth import me


@bp.route("/reminders", methods=["GET", "POST"], access=CHOOSE)
def preferences() -> ResponseReturnValue:
    """When one is reminded, and of what by mail."""
    person = me()
    has_chat = queries.preferences.has_chat()
    wish = queries.preferences.preference(person) or _usual(person)
    form = PreferenceForm.editing(wish, lambda form: form.prepare(has_chat), mailed=_mailed(wish))
    if form.ready():
        operations.preferences.choose(person, person, **form.values())
        flash(str(operations.preferences.choose.done), "good")
        return redirect(url_for(".preferences"), 303)
    mine, others = queries.preferences.kinds_for(person)
    page = render_template(
        "reminders/preferences.html",
        form=form,
        mine=mine,
        others=others,
        zone=queries.calendars.zone_of(person).key.replace("_", " "),
        viewer=person,
    )
    return page, form.status


def _usual(person: User) -> ReminderPreference:
    """What holds without a choice. It is not stored."""
    return ReminderPreference(
        user_id=person.id,
        frequency=MailFrequency.AT_ONCE,
        hour=recipients.OPENS,
        opens=recipients.OPENS,
        closes=recipients.CLOSES,
        silent=[],
        chat=False,
    )


def _mailed(wish: ReminderPreference) -> list[str]:
    """The kinds that are mailed, of those that can be switched off."""
    return [name for name in wishes.optional() if name not in wish.silent]


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"], access=anyone, endpoint="unsubscribe")
def unsubscribe_page(token: str) -> ResponseReturnValue:
    """Switch off mail of some kinds: asked first by a page, done by a POST.

    Mail programs send that POST by themselves (RFC 8058): without a session, without a token of ours, and they
    follow no redirect. The signature says whose choice it is.
    """
    said = unsubscribe.read(token)
    person: User | None = by_id(said[0]) if said else None
    if said is None or person is None or not person.is_active:
        return render_template("reminders/unsubscribe_over.html"), 404
    if request.method == "POST":
        operations.preferences.silence(person, person, kinds=said[1])
    labels = [gettext(wishes.optional()[name].label) for name in said[1]]
    return render_template("reminders/unsubscribe.html", labels=labels, done=request.method == "POST")
