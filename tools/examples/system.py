"""What the picture tool opens of mail, webhooks and the scheduler."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.system import Message, Webhook
from tools.examples import Example, Values, by_id, first


def _mail(*conditions: Any) -> Values | None:
    return by_id(first(sa.select(Message).where(*conditions).order_by(Message.id.desc())))


def _webhook(_viewer: Any) -> Values | None:
    return by_id(first(sa.select(Webhook).order_by(Webhook.id)))


def _job(_viewer: Any) -> Values:
    return {"name": "audit.seal"}


EXAMPLES: dict[str, Example] = {
    "mail.show": lambda _viewer: _mail(),
    "mail.html": "it is seen in its frame; alone nothing may run in it, not even what takes pictures",
    "mail.calendar": lambda _viewer: _mail(Message.calendar != ""),
    "scheduler.show": _job,
    "scheduler.pause": _job,
    "webhooks.show": _webhook,
    "webhooks.edit": _webhook,
    "webhooks.rotate_secret": _webhook,
    "webhooks.delete": _webhook,
}
