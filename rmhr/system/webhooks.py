"""What people are told, for the bank's chat: calls of webhooks, written with the message, made after the commit."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.i18n import gettext, speaking
from rmhr.core.mail import delivery, webhook
from rmhr.core.mail.channels import Thing, Told, channel
from rmhr.core.mail.outbox import public_url
from rmhr.core.policy import SYSTEM
from rmhr.models.system import DeliveryStatus, Webhook, WebhookDelivery
from rmhr.system import operations, queries

#: What a call names at the most: chats take short messages, and the rest stands on Today.
MOST_THINGS = 20
TOLD, TEST = "reminder.told", "webhook.test"
#: What the history calls the ends of a webhook's calls.
ENDS = ("system.switch_off", "system.gone")


@channel
def queue(said: Sequence[Told]) -> int:
    """Writes a call for each of these messages whose reader wants them in the chat; returns how many. One query.

    What stays in the inbox only, because its reader wanted quiet, is not said in the chat either.
    """
    chatty = [told for told in said if told.chat and told.mail]
    receiving = queries.webhooks.receiving() if chatty else []
    calls = [
        WebhookDelivery(webhook_id=one.id, message=told.message, event=webhook.new_event(), body=body)
        for told in (chatty if receiving else ())
        for body in [told_body(told)]
        for one in receiving
    ]
    db.session.add_all(calls)
    return len(calls)


def told_body(told: Told) -> str:
    """Returns what a call says of a message. `text` at the top is what common chats show."""
    reader, title = told.reader, told.message.subject
    with speaking(reader.language):
        things = told.things()
        url = things[0].url if len(things) == 1 else public_url("today.index")
        text = gettext("%(person)s: %(what)s", person=reader.name, what=title)
    return _body(
        TOLD,
        f"{text} {url}",
        {
            "person": {"name": reader.name, "email": reader.email},
            "title": title,
            "text": text,
            "url": url,
            "things": [_thing(thing) for thing in things[:MOST_THINGS]],
            "more": len(things[MOST_THINGS:]),
        },
    )


def _thing(thing: Thing) -> dict[str, str]:
    return {
        "what": thing.what,
        "when": thing.when,
        "due": thing.due_on.isoformat(),
        "why": thing.why,
        "url": thing.url,
    }


def test_body(one: Webhook) -> str:
    """What a call says that only tries whether calls arrive."""
    words = gettext("This is a test from rmhr. Reminders will arrive here.")
    return _body(TEST, words, {"webhook": {"name": one.name}})


def title_of(call: WebhookDelivery) -> tuple[str, str]:
    """What a call is about, for its log: the title, and whom it tells."""
    said = json.loads(call.body)
    if said["type"] == TEST:
        return gettext("Test"), ""
    return said["data"]["title"], said["data"]["person"]["name"]


def _body(kind: str, text: str, data: dict[str, Any]) -> str:
    said = {"type": kind, "timestamp": clock.now().isoformat(), "text": text, "data": data}
    return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True)
class _Call:
    """What it takes to make a call."""

    webhook_id: int
    url: str
    secret: str
    event: str
    body: str
    inside: bool  # its host is listed: it may lie in the bank's own network


class _Calls(delivery.Carrier[WebhookDelivery, _Call]):
    """One run of making calls. An address that does not answer is left alone and does not hold up the others."""

    model, states, log = WebhookDelivery, DeliveryStatus, "answer"

    def __init__(self) -> None:
        self.silent: set[int] = set()
        self.hosts: frozenset[str] | None = None

    def rows(self) -> Rows:
        """The calls of all webhooks that are switched on and not silent."""
        return (
            sa.select(WebhookDelivery)
            .join(WebhookDelivery.webhook)
            .where(Webhook.active, Webhook.id.not_in(self.silent))
            .options(contains_eager(WebhookDelivery.webhook))
        )

    def pack(self, row: WebhookDelivery) -> _Call:
        """Where it goes, and what it says."""
        if self.hosts is None:
            self.hosts = queries.webhooks.host_names()
        inside = queries.webhooks.host_of(row.webhook.url) in self.hosts
        return _Call(row.webhook_id, row.webhook.url, row.webhook.secret, row.event, row.body, inside)

    def hand_over(self, parcel: _Call) -> str:
        """Make the call. Raises Refused, Unreachable. Who wants no more calls, ever, is switched off."""
        headers = webhook.headers(parcel.secret, parcel.event, parcel.body, clock.now())
        answer = webhook.post(parcel.url, headers, parcel.body, inside=parcel.inside)
        if answer.gone:
            _switch_off(parcel.webhook_id)
        if not answer.well:
            raise delivery.Refused(answer.words, for_good=answer.gone)
        return answer.words

    def leave_alone(self, parcel: _Call) -> None:
        """For this run."""
        self.silent.add(parcel.webhook_id)


def deliver(limit: int = 100, go_on: Callable[[], bool] = lambda: True) -> int:
    """Makes calls that wait; returns how many were taken. Commits after each: what is said is said.

    Who gets a call twice, after a process that died, can tell by its webhook-id. `go_on` is asked before each call.
    """
    return delivery.deliver(_Calls(), limit, go_on)


def _switch_off(id: int) -> None:
    """Until an administrator says otherwise."""
    gone = db.session.get(Webhook, id)
    if gone is not None and gone.active:
        operations.webhooks.gone(SYSTEM, gone)
