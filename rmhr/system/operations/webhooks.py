"""What administrators do with webhooks: add, change, switch, give a new secret, try, send again, delete."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import webhook as standard
from rmhr.core.policy import Actor, the_system
from rmhr.models.accounts import User
from rmhr.models.system import DeliveryStatus, Webhook, WebhookDelivery, WebhookHost
from rmhr.system import policies


@operation(allow=policies.LOOK_AFTER, done=_("Webhook added"))
def add_webhook(_actor: Actor, _subject: None, *, name: str, url: str) -> Webhook:
    """Add one, switched on, with a secret of its own."""
    made = Webhook(name=name, url=url, secret=standard.new_secret())
    db.session.add(made)
    return made


@operation(allow=policies.LOOK_AFTER, done=_("Webhook saved"))
def change_webhook(_actor: Actor, webhook: Webhook, *, name: str, url: str) -> None:
    """Call it by another name, or another address."""
    webhook.name, webhook.url = name, url


@operation(allow=policies.LOOK_AFTER, done=_("Webhook switched on"))
def switch_on(_actor: Actor, webhook: Webhook) -> None:
    """Make its calls again; those that wait go out. Raises NotPossible where it is on."""
    if webhook.active:
        raise NotPossible(gettext("This webhook is switched on already."))
    webhook.active = True


@operation(allow=policies.LOOK_AFTER, done=_("Webhook switched off"))
def switch_off(_actor: Actor, webhook: Webhook) -> None:
    """Make no calls; what waits goes on waiting. Raises NotPossible where it is off."""
    if not webhook.active:
        raise NotPossible(gettext("This webhook is switched off already."))
    webhook.active = False


@operation(allow=the_system, done=_("Webhook switched off: the other system wants no more calls"))
def gone(_actor: Actor, webhook: Webhook) -> None:
    """The other system has answered 410 Gone."""
    webhook.active = False


@operation(allow=policies.LOOK_AFTER, done=_("Webhook has a new secret"))
def rotate_secret(_actor: Actor, webhook: Webhook) -> str:
    """A new secret, which is returned this once; the one before signs as well for a day."""
    webhook.secret = standard.rotated(webhook.secret, clock.now())
    return standard.current(webhook.secret)


@operation(allow=policies.LOOK_AFTER, done=_("Webhook deleted"))
def delete_webhook(_actor: Actor, webhook: Webhook) -> None:
    """Delete it with the log of its calls."""
    db.session.delete(webhook)


@operation(allow=policies.LOOK_AFTER, done=_("Webhooks may call this host now."))
def list_host(_actor: Actor, _subject: None, *, name: str) -> WebhookHost:
    """Let webhooks call a host of the bank's own network. Raises NotPossible where it is listed."""
    made = WebhookHost(name=name)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as error:
        raise NotPossible(gettext("This host is listed already.")) from error
    return made


@operation(allow=policies.LOOK_AFTER, done=_("Webhooks do not call this host any more."))
def unlist_host(_actor: Actor, host: WebhookHost) -> None:
    """Let no webhook call it any more, unless it lies outside."""
    db.session.delete(host)


@operation(allow=policies.LOOK_AFTER, done=_("The test is on its way"))
def send_test(actor: User, webhook: Webhook, *, body: str) -> WebhookDelivery:
    """Write a call that says it is a test, or return the one of a moment ago that waits yet.

    Raises NotPossible where it would not be made.
    """
    if not webhook.active:
        raise NotPossible(gettext("This webhook is switched off: switch it on first."))
    waits = {"webhook_id": webhook.id, "message_id": None, "state": DeliveryStatus.WAITING}
    if before := double_submit.written(actor, WebhookDelivery, **waits):
        return before
    made = WebhookDelivery(webhook_id=webhook.id, event=standard.new_event(), body=body)
    db.session.add(made)
    return made


@operation(allow=policies.LOOK_AFTER, done=_("The call will be made again"))
def send_again(_actor: Actor, call: WebhookDelivery) -> None:
    """Put a call back into the queue, with all its attempts ahead of it. Raises NotPossible for one that waits."""
    if call.state is DeliveryStatus.WAITING:
        raise NotPossible(gettext("This call is already waiting to be made."))
    call.state, call.sent_at, call.attempts = DeliveryStatus.WAITING, None, 0
    call.next_attempt_at = clock.now()
