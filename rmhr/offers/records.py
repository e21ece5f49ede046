"""What stood in an offer when it was sent, and to what a candidate said yes: kept as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.core.history.records import Read, record
from rmhr.council import queries as council
from rmhr.duties.queries import bank
from rmhr.models.offers import Offer, OfferStatus
from rmhr.offers import forms


def _offer(offer: Offer) -> dict[str, Any]:
    posting = offer.application.posting
    return {
        "candidate": offer.application.name,
        "posting": posting.title,
        "unit": posting.unit.name,
        "place": posting.place,
        "hours": posting.hours,
        "employment": posting.employment,
        "pay": offer.pay,
        "currency": offer.currency,
        "pay_period": offer.pay_period,
        "range": {
            "pay_min": posting.pay_min,
            "pay_max": posting.pay_max,
            "currency": posting.currency,
            "pay_period": posting.pay_period,
        },
        "inside": forms.in_range(posting, offer.pay, offer.currency, offer.pay_period),
        "range_reason": offer.range_reason,
        "starts_on": offer.starts_on,
        "expires_on": offer.expires_on,
        "supervisor": offer.supervisor.name,
        "mentor": offer.mentor.name if offer.mentor else None,
        "buddy": offer.buddy.name if offer.buddy else None,
        "message": offer.message,
        "conditions": bank.said().employment_terms,
        "reserved": council.needed() is True,
        "made_by": offer.made_by.name,
    }


def _acceptance(offer: Offer) -> dict[str, Any]:
    posting = offer.application.posting
    return {
        "terms": OFFER.read(offer).says,
        "candidate": offer.application.name,
        "answered_at": offer.answered_at,
        "posting": posting.title,
        "unit": posting.unit.name,
        "rm_type": posting.rm_type,
        "level": posting.level,
        "supervisor": offer.supervisor.name,
    }


OFFER = record("offers.offer", of=Offer)(_offer)
ACCEPTANCE = record("offers.acceptance", of=Offer)(_acceptance)


def terms(offer: Offer) -> Read:
    """The terms as they were sent; of a draft, as they stand. One query at the most."""
    return Read(OFFER.now(offer)) if offer.status is OfferStatus.DRAFT else OFFER.read(offer)


def sent(offers: Iterable[Offer]) -> dict[int, Read]:
    """The terms of those of these offers that were sent, by id. One query."""
    return OFFER.kept([each.id for each in offers if each.status is not OfferStatus.DRAFT])
