"""Which webhooks there are, and what became of their calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import abort

from rmhr.core.db import Rows, db
from rmhr.core.enums import LabelEnum
from rmhr.core.folding import by_name
from rmhr.core.i18n import _
from rmhr.core.mail import network
from rmhr.models.system import DeliveryStatus, Webhook, WebhookDelivery, WebhookHost


class Switch(LabelEnum):
    """Whether calls are made."""

    ON = "on", _("Switched on"), "good", "check-circle-fill"
    OFF = "off", _("Switched off"), "warning", "pause-circle-fill"

    @classmethod
    def of(cls, webhook: Webhook) -> Switch:
        """Of this webhook."""
        return cls.ON if webhook.active else cls.OFF


def webhooks() -> Sequence[Any]:
    """Each webhook by its name, how many of its calls wait and have failed, and when the last was taken. One query."""

    def count(state: DeliveryStatus) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((WebhookDelivery.state == state, 1)))

    query = (
        sa.select(
            Webhook,
            count(DeliveryStatus.WAITING).label("waiting"),
            count(DeliveryStatus.FAILED).label("failed"),
            sa.func.max(WebhookDelivery.sent_at).label("last"),
        )
        .outerjoin(WebhookDelivery, WebhookDelivery.webhook_id == Webhook.id)
        .group_by(Webhook.id)
        .order_by(by_name(Webhook.name), Webhook.id)
    )
    return db.session.execute(query).all()


def webhook(id: int) -> Webhook:
    """One webhook, or 404."""
    return db.session.get(Webhook, id) or abort(404)


def webhook_called(name: str) -> Webhook | None:
    """The webhook of that name."""
    return db.session.scalars(sa.select(Webhook).where(Webhook.name == name)).first()


def hosts() -> Sequence[WebhookHost]:
    """The hosts of the bank's own network that may be called, by name."""
    return db.session.scalars(sa.select(WebhookHost).order_by(WebhookHost.name)).all()


def host_names() -> frozenset[str]:
    """Their names. One query."""
    return frozenset(db.session.scalars(sa.select(WebhookHost.name)))


def host(id: int) -> WebhookHost:
    """One of them, or 404."""
    return db.session.get(WebhookHost, id) or abort(404)


def host_of(url: str) -> str:
    """The host of a webhook's address, as hosts are compared."""
    return network.plain(urlsplit(url).hostname or "")


def receiving() -> Sequence[Webhook]:
    """The webhooks that are switched on. One query."""
    return db.session.scalars(sa.select(Webhook).where(Webhook.active).order_by(Webhook.id)).all()


def deliveries_of(webhook: Webhook) -> Rows:
    """All calls of a webhook."""
    return sa.select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)


def calls_listed(id: int) -> Rows:
    """The calls of the webhook with this id for their list: (call, whether it is switched on)."""
    return (
        sa.select(WebhookDelivery, Webhook.active)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(WebhookDelivery.webhook_id == id)
    )


def waiting_at(webhook: Webhook) -> int:
    """How many calls of a webhook wait to be made."""
    waits = deliveries_of(webhook).where(WebhookDelivery.state == DeliveryStatus.WAITING)
    return db.session.scalar(sa.select(sa.func.count()).select_from(waits.subquery())) or 0


def delivery(webhook: Webhook, id: int) -> WebhookDelivery:
    """One call of that webhook, or 404."""
    found = deliveries_of(webhook).where(WebhookDelivery.id == id)
    one: WebhookDelivery | None = db.session.scalars(found).one_or_none()
    return one or abort(404)
