"""Reminders for the bank's chat: calls of webhooks, written with the message, made after the commit, with retries.

They go the way of mail (core.outbox): a call is claimed for a while, made outside of any transaction, and what became
of it is committed at once. Who gets one twice can tell by its webhook-id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import gettext, speaking
from rmhr.core.mail import webhook
from rmhr.core.mail.channels import channel
from rmhr.core.mail.claims import Claim
from rmhr.core.mail.outbox import public_url
from rmhr.core.policy import SYSTEM
from rmhr.models.system import DeliveryStatus, Message, MessageStatus, Webhook, WebhookDelivery
from rmhr.reminders import notifications
from rmhr.reminders.letters import Letter
from rmhr.system import operations, queries

#: Minutes to wait after the first, second … failed attempt; after the last one the call has failed.
BACK_OFF = (1, 5, 15, 60, 240, 720)
#: How long a process that died may hold a call. Longer than any call takes.
LEASE = timedelta(minutes=5)
#: What a call names at the most: chats take short messages, and the rest stands on Today.
MOST_THINGS = 20
TOLD, TEST = "reminder.told", "webhook.test"
#: What the history calls the ends of a webhook's calls.
ENDS = ("system.switch_off", "system.gone")


@channel
def queue(told: Sequence[tuple[Message, Letter]]) -> int:
    """Write a call for each of these messages whose reader wants them in the chat; say how many. Two queries.

    What stays in the inbox only, because its reader wanted quiet, is not said in the chat either.
    """
    said = {letter.reader.id: letter.reader for message, letter in told if _is_said(message)}
    receiving = queries.webhooks.receiving() if said else []
    wanted = queries.webhooks.chatters(sorted(said)) if receiving else set()
    calls = [
        WebhookDelivery(webhook_id=one.id, message=message, event=webhook.new_event(), body=body)
        for message, letter in told
        if letter.reader.id in wanted and _is_said(message)
        for body in [told_body(message, letter)]
        for one in receiving
    ]
    db.session.add_all(calls)
    return len(calls)


def _is_said(message: Message) -> bool:
    return message.state is not MessageStatus.INBOX


def told_body(message: Message, letter: Letter) -> str:
    """What a call says of a reminder. `text` at the top is what common chats show."""
    reader = letter.reader
    with speaking(reader.language):
        items = notifications.REMINDER.context(letter, reader)["items"]
        url = items[0]["url"] if len(items) == 1 else public_url("today.index")
        text = gettext("%(person)s: %(what)s", person=reader.name, what=message.subject)
    things = [
        {
            "what": item["what"],
            "when": item["when"],
            "due": nudge.due.on.isoformat(),
            "why": item["why"],
            "url": item["url"],
        }
        for item, nudge in zip(items, letter.nudges, strict=True)
    ]
    return _body(
        TOLD,
        f"{text} {url}",
        {
            "person": {"name": reader.name, "email": reader.email},
            "title": message.subject,
            "text": text,
            "url": url,
            "things": things[:MOST_THINGS],
            "more": len(things[MOST_THINGS:]),
        },
    )


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
class _Claimed:
    """A call that is ours for LEASE: what it takes to make it, free of the database."""

    claim: Claim
    webhook_id: int
    url: str
    secret: str
    event: str
    body: str


def deliver(limit: int = 100, go_on: Callable[[], bool] = lambda: True) -> int:
    """Make the calls that wait; say how many were taken. Commits after each: what is said is said.

    A call that fails waits longer each time (BACK_OFF) and then counts as failed. An address that does not answer
    is left alone for this run, so that it does not hold up the others. `go_on` is asked before each call.
    """
    taken, silent = 0, set[int]()
    for _turn in range(limit):
        claimed = _claim(silent) if go_on() else None
        if claimed is None:
            break
        headers = webhook.headers(claimed.secret, claimed.event, claimed.body, clock.now())
        try:
            answer = webhook.post(claimed.url, headers, claimed.body)
        except webhook.Unreachable as trouble:
            silent.add(claimed.webhook_id)
            _failed(claimed, str(trouble), for_good=False)
            continue
        if answer.well:
            claimed.claim.mark(state=DeliveryStatus.SENT, sent_at=clock.now(), answer=answer.words)
            taken += 1
        else:
            _failed(claimed, answer.words, for_good=answer.gone)
            if answer.gone:
                _switch_off(claimed)
    return taken


def _claim(silent: set[int]) -> _Claimed | None:
    waiting = (
        sa.select(WebhookDelivery, Webhook.url, Webhook.secret)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(
            Webhook.active,
            WebhookDelivery.state == DeliveryStatus.WAITING,
            WebhookDelivery.next_attempt_at <= clock.now(),
            WebhookDelivery.webhook_id.not_in(silent),
        )
        .order_by(WebhookDelivery.next_attempt_at, WebhookDelivery.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    )
    row = db.session.execute(waiting).first()
    if row is None:
        db.session.rollback()
        return None
    call, url, secret = row
    claimed = _Claimed(Claim.of(call, LEASE), call.webhook_id, url, secret, call.event, call.body)
    db.session.commit()
    return claimed


def _failed(claimed: _Claimed, answer: str, *, for_good: bool) -> None:
    claimed.claim.fail(DeliveryStatus.FAILED, BACK_OFF, for_good=for_good, answer=answer)


def _switch_off(claimed: _Claimed) -> None:
    """The other system wants no more calls: none is made until an administrator says otherwise."""
    gone = db.session.get(Webhook, claimed.webhook_id)
    if gone is not None and gone.active:
        operations.webhooks.gone(SYSTEM, gone)
        db.session.commit()
