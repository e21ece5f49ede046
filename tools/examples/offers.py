"""What the picture tool opens of offers, and of the candidate's answer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.models.applications import Application
from rmhr.models.offers import Offer, OfferStatus
from rmhr.offers.queries import ALIVE
from rmhr.offers.views import ANSWERS
from tools.examples import Example, Values, by_id, first


def _latest(status: OfferStatus) -> Values | None:
    return by_id(first(sa.select(Offer).where(Offer.status == status).order_by(Offer.id.desc())))


def _each(_viewer: Any) -> list[Values]:
    return [found for status in OfferStatus if (found := _latest(status))]


def _draft(_viewer: Any) -> Values | None:
    return _latest(OfferStatus.DRAFT)


def _to_send(_viewer: Any) -> list[Values]:
    draft, sent, accepted = map(_latest, (OfferStatus.DRAFT, OfferStatus.SENT, OfferStatus.ACCEPTED))
    moves = ((draft, "send"), (draft, "withdraw"), (sent, "rework"), (accepted, "retract_acceptance"))
    return [{**found, "name": name} for found, name in moves if found]


def _to_answer(_viewer: Any) -> list[Values]:
    found = _latest(OfferStatus.SENT)
    return [{**found, "name": name} for name in ANSWERS] if found else []


def _to_make(_viewer: Any) -> Values | None:
    """Somebody who is to be hired and has no offer yet."""
    alive = sa.select(Offer.application_id).where(Offer.status.in_(ALIVE))
    query = sa.select(Application.id).where(
        Application.status.in_(APPLICATIONS["offer"].sources), Application.id.not_in(alive)
    )
    id = first(query.order_by(Application.id))
    return {"application_id": id} if id else None


EXAMPLES: dict[str, Example] = {
    "offers.new": _to_make,
    "offers.show": _each,
    "offers.edit": _draft,
    "offers.transition": _to_send,
    "offer_answer.transition": _to_answer,
}
