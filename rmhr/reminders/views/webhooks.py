"""Webhooks for administrators: where reminders go besides mail, what became of each call, and their secrets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import webhook
from rmhr.models.reminders import DeliveryStatus, Webhook, WebhookDelivery
from rmhr.reminders import operations, queries
from rmhr.reminders import webhooks as caller
from rmhr.reminders.forms.webhooks import WebhookForm
from rmhr.reminders.policies import LOOK_AFTER
from rmhr.reminders.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.forms import TransitionForm, require_token
from rmhr.web.tables import Filter, Listing

#: Where the session carries a new secret to the page that shows it, once.
NEW_SECRET = "new_secret"


@bp.get("/admin/webhooks", access=LOOK_AFTER)
def webhooks() -> ResponseReturnValue:
    """All webhooks, and how their calls are doing."""
    return render_template(
        "reminders/webhooks.html", rows=queries.webhooks(), host=host, switch_of=queries.Switch.of
    )


@bp.route("/admin/webhooks/new", methods=["GET", "POST"], access=LOOK_AFTER)
def add_webhook() -> ResponseReturnValue:
    """Add one; its page then shows the secret, once."""
    form = WebhookForm.from_request()
    if form.ready():
        made = operations.add_webhook(me(), None, **form.values())
        flash(str(operations.add_webhook.done), "good")
        return _show_secret(made, webhook.current(made.secret))
    return render_template("reminders/edit_webhook.html", form=form, it=None), form.status


@bp.get("/admin/webhooks/<int:id>", access=LOOK_AFTER)
def show_webhook(id: int) -> ResponseReturnValue:
    """One webhook with the log of its calls, newest first."""
    it = queries.webhook(id)
    listing = Listing(
        queries.deliveries_of(it),
        key=WebhookDelivery.id,
        sorts={"written": WebhookDelivery.created_at},
        default="-written",
        filters=(Filter("state", _("Every state"), WebhookDelivery.state, DeliveryStatus),),
        id=id,
    )
    history = audit.timeline(it)
    return render_template(
        "reminders/webhook.html",
        it=it,
        host=host(it),
        listing=listing,
        title_of=caller.title_of,
        switch=queries.Switch.of(it),
        waits=DeliveryStatus.WAITING,
        failed=DeliveryStatus.FAILED,
        secret=_new_secret(id),
        both_until=webhook.both_until(it.secret, clock.now()),
        off=next((entry for entry in history if not it.active and entry.action in caller.ENDS), None),
        timeline=history,
    )


@bp.route("/admin/webhooks/<int:id>/edit", methods=["GET", "POST"], access=LOOK_AFTER)
def edit_webhook(id: int) -> ResponseReturnValue:
    """Another name, or another address."""
    it = queries.webhook(id)
    form = WebhookForm.from_request(obj=it)
    form.webhook = it
    if form.ready():
        operations.change_webhook(me(), it, **form.values())
        return _done(operations.change_webhook, id)
    return render_template("reminders/edit_webhook.html", form=form, it=it), form.status


@bp.post("/admin/webhooks/<int:id>/on", access=LOOK_AFTER)
def switch_on(id: int) -> ResponseReturnValue:
    """Make its calls again."""
    require_token()
    operations.switch_on(me(), queries.webhook(id))
    return _done(operations.switch_on, id)


@bp.post("/admin/webhooks/<int:id>/off", access=LOOK_AFTER)
def switch_off(id: int) -> ResponseReturnValue:
    """Make no calls for the time being."""
    require_token()
    operations.switch_off(me(), queries.webhook(id))
    return _done(operations.switch_off, id)


@bp.post("/admin/webhooks/<int:id>/test", access=LOOK_AFTER)
def send_test(id: int) -> ResponseReturnValue:
    """Write a call that says it is a test; the scheduler makes it within seconds."""
    require_token()
    it = queries.webhook(id)
    operations.send_test(me(), it, body=caller.test_body(it))
    flash(gettext("The test is on its way. What is answered stands below in a few seconds."), "good")
    return redirect(url_for(".show_webhook", id=id), 303)


@bp.post("/admin/webhooks/<int:id>/calls/<int:call>/again", access=LOOK_AFTER)
def send_again(id: int, call: int) -> ResponseReturnValue:
    """Make a call once more."""
    require_token()
    operations.send_again(me(), queries.delivery(queries.webhook(id), call))
    return _done(operations.send_again, id)


@bp.route("/admin/webhooks/<int:id>/secret", methods=["GET", "POST"], access=LOOK_AFTER)
def rotate_secret(id: int) -> ResponseReturnValue:
    """Ask, then make a new secret; the webhook's page shows it, once."""
    it, form = queries.webhook(id), TransitionForm.from_request()
    if form.ready():
        secret = operations.rotate_secret(me(), it)
        flash(str(operations.rotate_secret.done), "good")
        return _show_secret(it, secret)
    return render_template("reminders/rotate_secret.html", it=it), form.status


@bp.route("/admin/webhooks/<int:id>/delete", methods=["GET", "POST"], access=LOOK_AFTER)
def delete_webhook(id: int) -> ResponseReturnValue:
    """Ask, then delete it with its log."""
    it, form = queries.webhook(id), TransitionForm.from_request()
    if form.ready():
        operations.delete_webhook(me(), it)
        flash(str(operations.delete_webhook.done), "good")
        return redirect(url_for(".webhooks"), 303)
    return render_template(
        "reminders/delete_webhook.html", it=it, waiting=queries.waiting_at(it)
    ), form.status


def host(it: Webhook) -> str:
    """Where its calls go, without the rest of the address: chats put their secret there."""
    return urlsplit(it.url).netloc


def _done(deed: Any, id: int) -> ResponseReturnValue:
    flash(str(deed.done), "good")
    return redirect(url_for(".show_webhook", id=id), 303)


def _show_secret(it: Webhook, secret: str) -> ResponseReturnValue:
    session[NEW_SECRET] = {"id": it.id, "secret": secret}
    return redirect(url_for(".show_webhook", id=it.id), 303)


def _new_secret(id: int) -> str:
    """The secret that was just made for this webhook; it is shown this once."""
    carried = session.get(NEW_SECRET)
    if carried is None or carried["id"] != id:
        return ""
    del session[NEW_SECRET]
    return str(carried["secret"])
