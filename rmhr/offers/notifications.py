"""What candidates, HR and supervisors are told about an offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.accounts.queries import confidential
from rmhr.applications.operations import private_link
from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice, Recipient
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.offers import Offer


def _candidate(offer: Offer) -> Iterable[Recipient]:
    return [offer.application]


def _colleagues(offer: Offer) -> list[User]:
    """HR and the future supervisor, each once."""
    people = [offer.made_by, offer.application.posting.recruiter, offer.supervisor]
    return confidential.who_may_know(offer.application, {person.id: person for person in people}.values())


def _recruiters(offer: Offer) -> list[User]:
    people = [offer.made_by, offer.application.posting.recruiter]
    return confidential.who_may_know(offer.application, {person.id: person for person in people}.values())


def _told_that_it_is_withdrawn(offer: Offer) -> list[Application]:
    """Whoever never saw the offer, or has left the process themselves, need not read that it is gone."""
    if offer.sent_at is None or offer.application.status is ApplicationStatus.WITHDRAWN:
        return []
    return [offer.application]


def _values(offer: Offer, recipient: Any) -> dict[str, Any]:
    application = offer.application
    values: dict[str, Any] = {
        "offer": offer,
        "posting": application.posting,
        "person": application.name,
        "job": str(application.posting.title),
    }
    if isinstance(recipient, Application):
        values["link"] = private_link(recipient.applicant)
    return values


SENT = Notice(name="offers.sent", subject=_("Our offer to you: %(job)s"), to=_candidate, context=_values)
ACCEPTED = Notice(
    name="offers.accepted", subject=_("Welcome to us: your first day"), to=_candidate, context=_values
)
ACCEPTED_HERE = Notice(
    name="offers.accepted_here",
    subject=_("%(person)s has accepted the offer"),
    to=_colleagues,
    context=_values,
)
DECLINED = Notice(
    name="offers.declined",
    subject=_("%(person)s has declined the offer"),
    to=_colleagues,
    context=_values,
)
DECLINED_CONFIRMED = Notice(
    name="offers.declined_confirmed", subject=_("You have declined our offer"), to=_candidate, context=_values
)
EXPIRED = Notice(
    name="offers.expired", subject=_("Our offer has expired: %(job)s"), to=_candidate, context=_values
)
EXPIRED_HERE = Notice(
    name="offers.expired_here",
    subject=_("The offer to %(person)s has expired"),
    to=_recruiters,
    context=_values,
)
WITHDRAWN = Notice(
    name="offers.withdrawn",
    subject=_("We withdraw our offer: %(job)s"),
    to=_told_that_it_is_withdrawn,
    context=_values,
)
