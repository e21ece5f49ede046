"""Webhooks for administrators: where reminders go besides mail, what became of each call, and their secrets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.i18n import gettext
from rmhr.core.mail import webhook
from rmhr.models.system import Webhook
from rmhr.system import lists, operations, queries
from rmhr.system import webhooks as caller
from rmhr.system.forms.webhooks import HostForm, WebhookForm
from rmhr.system.policies import LOOK_AFTER
from rmhr.system.views.blueprint import webhooks as bp
from rmhr.web.auth import me
from rmhr.web.edits import ConfirmForm
from rmhr.web.forms import TransitionForm, require_token
from rmhr.web.lists import read

#: Where the session carries a new secret to the page that shows it, once.
NEW_SECRET = "new_secret"


@bp.get("", access=LOOK_AFTER)
def index() -> ResponseReturnValue:
    """All webhooks, and how their calls are doing."""
    return render_template(
        "system/webhooks.html",
        rows=queries.webhooks.webhooks(),
        host=host,
        switch_of=queries.webhooks.Switch.of,
    )


@bp.route("/new", methods=["GET", "POST"], access=LOOK_AFTER)
def new() -> ResponseReturnValue:
    """Add one; its page then shows the secret, once."""
    form = WebhookForm.from_request()
    if form.ready():
        made = operations.webhooks.add_webhook(me(), None, **form.values())
        flash(str(operations.webhooks.add_webhook.done), "good")
        return _show_secret(made, webhook.current(made.secret))
    return render_template("system/edit_webhook.html", form=form, it=None), form.status


@bp.route("/hosts", methods=["GET", "POST"], access=LOOK_AFTER)
def hosts() -> ResponseReturnValue:
    """The hosts of the bank's own network that webhooks may call; one more."""
    form = HostForm.from_request()
    if form.ready():
        operations.webhooks.list_host(me(), None, **form.values())
        flash(str(operations.webhooks.list_host.done), "good")
        return redirect(url_for(".hosts"), 303)
    return render_template("system/webhook_hosts.html", form=form, rows=queries.webhooks.hosts()), form.status


@bp.post("/hosts/<int:id>/remove", access=LOOK_AFTER)
def remove_host(id: int) -> ResponseReturnValue:
    """Take a host from the list."""
    require_token()
    operations.webhooks.unlist_host(me(), queries.webhooks.host(id))
    flash(str(operations.webhooks.unlist_host.done), "good")
    return redirect(url_for(".hosts"), 303)


@bp.get("/<int:id>", access=LOOK_AFTER)
def show(id: int) -> ResponseReturnValue:
    """One webhook with the log of its calls, newest first."""
    it = queries.webhooks.webhook(id)
    history = audit.timeline(it)
    return render_template(
        "system/webhook.html",
        it=it,
        host=host(it),
        listing=read(lists.logs.CALLS, id=id),
        switch=queries.webhooks.Switch.of(it),
        secret=_new_secret(id),
        both_until=webhook.both_until(it.secret, clock.now()),
        off=next((entry for entry in history if not it.active and entry.action in caller.ENDS), None),
        timeline=history,
    )


@bp.route("/<int:id>/edit", methods=["GET", "POST"], access=LOOK_AFTER)
def edit(id: int) -> ResponseReturnValue:
    """Another name, or another address."""
    it = queries.webhooks.webhook(id)
    form = WebhookForm.editing(it, lambda form: setattr(form, "webhook", it))
    if form.ready():
        operations.webhooks.change_webhook(me(), it, **form.values())
        return _done(operations.webhooks.change_webhook, id)
    return render_template("system/edit_webhook.html", form=form, it=it), form.status


@bp.post("/<int:id>/on", access=LOOK_AFTER)
def switch_on(id: int) -> ResponseReturnValue:
    """Make its calls again."""
    require_token()
    operations.webhooks.switch_on(me(), queries.webhooks.webhook(id))
    return _done(operations.webhooks.switch_on, id)


@bp.post("/<int:id>/off", access=LOOK_AFTER)
def switch_off(id: int) -> ResponseReturnValue:
    """Make no calls for the time being."""
    require_token()
    operations.webhooks.switch_off(me(), queries.webhooks.webhook(id))
    return _done(operations.webhooks.switch_off, id)


@bp.post("/<int:id>/test", access=LOOK_AFTER)
def send_test(id: int) -> ResponseReturnValue:
    """Write a call that says it is a test; the scheduler makes it within seconds."""
    require_token()
    it = queries.webhooks.webhook(id)
    operations.webhooks.send_test(me(), it, body=caller.test_body(it))
    flash(gettext("The test is on its way. The answer appears below in a few seconds."), "good")
    return redirect(url_for(".show", id=id), 303)


@bp.post("/<int:id>/calls/<int:call>/again", access=LOOK_AFTER)
def send_again(id: int, call: int) -> ResponseReturnValue:
    """Make a call once more."""
    require_token()
    operations.webhooks.send_again(me(), queries.webhooks.delivery(queries.webhooks.webhook(id), call))
    return _done(operations.webhooks.send_again, id)


@bp.route("/<int:id>/secret", methods=["GET", "POST"], access=LOOK_AFTER)
def rotate_secret(id: int) -> ResponseReturnValue:
    """Ask, then make a new secret; the webhook's page shows it, once."""
    it, form = queries.webhooks.webhook(id), TransitionForm.from_request()
    if form.ready():
        secret = operations.webhooks.rotate_secret(me(), it)
        flash(str(operations.webhooks.rotate_secret.done), "good")
        return _show_secret(it, secret)
    return render_template("system/rotate_secret.html", it=it), form.status


@bp.route("/<int:id>/delete", methods=["GET", "POST"], access=LOOK_AFTER)
def delete(id: int) -> ResponseReturnValue:
    """Ask, then delete it with its log."""
    it = queries.webhooks.webhook(id)
    form = ConfirmForm.editing(it)
    if form.ready():
        operations.webhooks.delete_webhook(me(), it)
        flash(str(operations.webhooks.delete_webhook.done), "good")
        return redirect(url_for(".index"), 303)
    return render_template(
        "system/delete_webhook.html", it=it, form=form, waiting=queries.webhooks.waiting_at(it)
    ), form.status


def host(it: Webhook) -> str:
    """Where its calls go, without the rest of the address: chats put their secret there."""
    return urlsplit(it.url).netloc


def _done(deed: Any, id: int) -> ResponseReturnValue:
    flash(str(deed.done), "good")
    return redirect(url_for(".show", id=id), 303)


def _show_secret(it: Webhook, secret: str) -> ResponseReturnValue:
    session[NEW_SECRET] = {"id": it.id, "secret": secret}
    return redirect(url_for(".show", id=it.id), 303)


def _new_secret(id: int) -> str:
    """The secret that was just made for this webhook; it is shown this once."""
    carried = session.get(NEW_SECRET)
    if carried is None or carried["id"] != id:
        return ""
    del session[NEW_SECRET]
    return str(carried["secret"])
