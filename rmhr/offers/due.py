"""What HR owes while an offer is on its way."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role
from rmhr.models.applications import Applicant, Application
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import Posting


def _rows(due_on: Any, since: Any) -> sa.Select[Any]:
    return (
        sa.select(
            Offer.id.label("subject_id"),
            Offer.made_by_id.label("owner_id"),
            due_on.label("due_on"),
            day_of(since).label("since_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .select_from(Offer)
        .join(Application, Application.id == Offer.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(confidential.owed_by(Offer.made_by_id))
    )


@source(
    "offers.send",
    label=N_("Offers to send"),
    remind_on=(0, 2),
    text=N_("Send the offer to %(person)s"),
    why=N_("Written for %(posting)s, and not sent yet"),
    verb=N_("View"),
    endpoint="offers.show",
    icon="send",
    snooze=3,
    shared=Role.HR,
)
def to_send() -> sa.Select[Any]:
    """Drafts: whoever wrote them, two working days after."""
    return _rows(Offer.send_by, Offer.created_at).where(Offer.status == OfferStatus.DRAFT)


@source(
    "offers.answer",
    label=N_("Offers that end soon"),
    remind_on=(-1,),
    text=N_("Answer of %(person)s to our offer"),
    why=N_("Offer for %(posting)s; it ends on this day without an answer"),
    verb=N_("View"),
    endpoint="offers.show",
    icon="envelope-open",
    otherwise=N_("The offer ends on this day by itself"),
    shared=Role.HR,
)
def to_be_answered() -> sa.Select[Any]:
    """Open offers: on their last day. When it is over, HR is told that they have expired."""
    return _rows(Offer.expires_on, Offer.sent_at).where(Offer.status == OfferStatus.SENT)
