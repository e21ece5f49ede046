"""Offers for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.requisitions import PayPeriod

from . import duties, save, together
from .accounts import user
from .applications import application

S = OfferStatus
#: Where the application stands while its offer does.
BESIDE = {
    S.DRAFT: ApplicationStatus.APPROVED,
    S.SENT: ApplicationStatus.OFFERED,
    S.CONDITIONAL: ApplicationStatus.OFFERED,
    S.ACCEPTED: ApplicationStatus.HIRED,
}


@together
def offer(status: OfferStatus = S.DRAFT, **given: Any) -> Offer:
    """An offer of 62,000 euros a year that starts in 60 days and is open for two weeks."""
    if "application" not in given:
        given["application"] = application(BESIDE.get(status, ApplicationStatus.APPROVED))
    if "supervisor" not in given:
        given["supervisor"] = user(Role.SUPERVISOR)
    if "made_by" not in given:
        given["made_by"] = given["application"].posting.recruiter
    today = clock.today()
    defaults: dict[str, Any] = {
        "status": status,
        "pay": 62_000_00,
        "currency": "EUR",
        "pay_period": PayPeriod.YEAR,
        "starts_on": today + timedelta(days=60),
        "expires_on": today + timedelta(days=14),
        "send_by": today + timedelta(days=2),
        "sent_at": None if status is S.DRAFT else clock.now() - timedelta(days=1),
        "answered_at": clock.now() if status in (S.CONDITIONAL, S.ACCEPTED, S.DECLINED) else None,
    }
    return save(Offer(**defaults | given))


def held_up(why: Words | None = None, **given: Any) -> Offer:
    """An accepted offer by which nobody could be hired, in a bank whose works council need not consent."""
    duties.in_place()
    why = why or Words.both("Something is in the way.", "Etwas steht im Weg.")
    return offer(S.CONDITIONAL, held_up_on=clock.today(), held_up=why, **given)
