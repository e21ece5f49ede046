"""Webhooks and their calls for tests."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.mail import webhook as standard
from rmhr.models.system import DeliveryStatus, Webhook, WebhookDelivery, WebhookHost
from rmhr.system import webhooks

from . import save


def webhook(name: str = "Chat", **given: Any) -> Webhook:
    """A webhook that is switched on, at an address where nobody listens, on a host that may be called."""
    defaults = {"url": "http://127.0.0.1:9/hook", "secret": standard.new_secret()}
    listed("127.0.0.1")
    return save(Webhook(name=name, **defaults | given))


def listed(host: str) -> WebhookHost:
    """A host of the bank's own network that webhooks may call."""
    known = db.session.scalar(sa.select(WebhookHost).where(WebhookHost.name == host))
    return known or save(WebhookHost(name=host))


def call(to: Webhook, **given: Any) -> WebhookDelivery:
    """A test call that waits to be made."""
    defaults: dict[str, Any] = {
        "webhook_id": to.id,
        "event": standard.new_event(),
        "body": json.dumps({"type": webhooks.TEST, "text": "Grüße"}),
        "state": DeliveryStatus.WAITING,
    }
    return save(WebhookDelivery(**defaults | given))
