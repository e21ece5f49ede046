"""Webhooks and their calls for tests."""

from __future__ import annotations

import json
from typing import Any

from rmhr.core.mail import webhook as standard
from rmhr.models.system import DeliveryStatus, Webhook, WebhookDelivery
from rmhr.system import webhooks

from . import save


def webhook(name: str = "Chat", **given: Any) -> Webhook:
    """A webhook that is switched on, at an address where nobody listens."""
    defaults = {"url": "http://127.0.0.1:9/hook", "secret": standard.new_secret()}
    return save(Webhook(name=name, **defaults | given))


def call(to: Webhook, **given: Any) -> WebhookDelivery:
    """A test call that waits to be made."""
    defaults: dict[str, Any] = {
        "webhook_id": to.id,
        "event": standard.new_event(),
        "body": json.dumps({"type": webhooks.TEST, "text": "Grüße"}),
        "state": DeliveryStatus.WAITING,
    }
    return save(WebhookDelivery(**defaults | given))
