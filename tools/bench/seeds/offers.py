"""Offers: sent to whoever was chosen, accepted by some who wait for the works council and by whoever was hired."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.requisitions import PayPeriod
from tools.bench.seeds import postings
from tools.bench.seeds.applications import Life, lives
from tools.bench.seeds.people import Staff
from tools.bench.seeds.rows import add, day, mixed, moment, stamped
from tools.bench.sizes import Size

WITH_OFFER = (ApplicationStatus.OFFERED, ApplicationStatus.HIRED)


def fill(size: Size) -> None:
    """One offer for each application that has come so far."""
    staff = Staff(size)
    add(Offer, (_offer(staff, it) for it in lives(size) if it.status in WITH_OFFER))


def sent_at(it: Life) -> datetime:
    """When the offer to this person was sent: before it was answered."""
    answered = moment(it.closed_on, 11) if it.closed_on else moment(day())
    return min(it.received_at + timedelta(days=10), answered)


def _status(it: Life) -> OfferStatus:
    """Of those who have not been hired yet, one of three has said yes and waits for the works council."""
    if it.status is ApplicationStatus.HIRED:
        return OfferStatus.ACCEPTED
    return OfferStatus.CONDITIONAL if mixed(it.number, "answer", 3) == 0 else OfferStatus.SENT


def _offer(staff: Staff, it: Life) -> dict[str, Any]:
    status, sent = _status(it), sent_at(it)
    answered = moment(it.closed_on, 11) if it.closed_on else None
    return {
        "id": it.id,
        "application_id": it.id,
        "status": status,
        "pay": 5_200_000 + 50_000 * mixed(it.number, "pay", 30),
        "currency": "EUR",
        "pay_period": PayPeriod.YEAR,
        "starts_on": (it.closed_on or day()) + timedelta(days=60),
        "expires_on": (it.closed_on or day(2 + it.number % 10)),
        "supervisor_id": postings.manager(staff, it.posting),
        "send_by": sent.date(),
        "made_by_id": postings.recruiter(staff, it.posting),
        "sent_at": sent,
        "answered_at": sent if status is OfferStatus.CONDITIONAL else answered,
        **stamped(sent),
    }
