"""What HR owes from the decision to hire on, until the offer is answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.applications.queries.applications import BY_POSTING
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.interviews import Decision
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import Posting
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.offers import queries


def _rows(due_on: Any, since: Any) -> Rows:
    """Offers: of whoever wrote them; once they have left, of the recruiter."""
    gone = sa.select(User.id).where(User.id == Offer.made_by_id, User.left_on < this_day()).correlate(Offer)
    owner_id = sa.case((gone.exists(), Posting.recruiter_id), else_=Offer.made_by_id)
    return (
        sa.select(
            Offer.id.label("subject_id"),
            owner_id.label("owner_id"),
            due_on.label("due_on"),
            day_of(since).label("since_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .select_from(Offer)
        .join(Application, Application.id == Offer.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(confidential.owed_by(owner_id))
    )


@source(
    "offers.make",
    label=N_("Offers to make"),
    remind_on=(0, 2),
    escalation=(ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Make %(person)s an offer"),
    why=N_("Decided to hire for %(posting)s, and no offer is on its way"),
    verb=N_("Write"),
    endpoint="offers.new",
    params={"application_id": "subject_id"},
    icon="envelope-plus",
    snooze=3,
    awaited=N_("Offer for %(person)s"),
    shared=Role.HR,
)
def to_make() -> Rows:
    """People whom one has decided to hire, and who have no offer: the recruiter's.

    Due when the candidate should hear of the decision; where an offer has lapsed since, on that day.
    """
    alive = (
        sa.select(Offer.id)
        .where(Offer.application_id == Application.id, Offer.status.in_(queries.ALIVE))
        .correlate(Application)
    )
    since = day_of(Application.status_since)
    decided = (
        sa.select(sa.func.max(Decision.tell_by))
        .where(Decision.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    return (
        sa.select(
            Application.id.label("subject_id"),
            Posting.recruiter_id.label("owner_id"),
            sa.case((decided > since, decided), else_=since).label("due_on"),
            since.label("since_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
            confidential.WAITING.id.label("waits_id"),
        )
        .select_from(BY_POSTING)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .outerjoin(confidential.WAITING, confidential.waits(Posting.hiring_manager_id))
        .where(
            Application.status.in_(APPLICATIONS["offer"].sources),
            ~alive.exists(),
            confidential.owed_by(Posting.recruiter_id),
        )
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
def to_send() -> Rows:
    """Drafts: whoever wrote them, two working days after."""
    return _rows(Offer.send_by, Offer.created_at).where(Offer.status == OfferStatus.DRAFT)


@source(
    "offers.hire",
    label=N_("Accepted offers by which nobody can be hired"),
    remind_on=(0, 1, 3),
    escalation=(ReminderStep(2, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Settle why %(person)s cannot be hired"),
    why=N_("The offer for %(posting)s is accepted. %(reason)s"),
    verb=N_("View"),
    endpoint="offers.show",
    icon="person-exclamation",
    awaited=N_("Hire of %(person)s"),
    shared=Role.HR,
)
def to_hire() -> Rows:
    """Accepted offers by which nobody could be hired, since the first time that it was tried."""
    return (
        _rows(Offer.held_up_on, Offer.answered_at)
        .add_columns(Offer.held_up.label("reason"), confidential.WAITING.id.label("waits_id"))
        .outerjoin(confidential.WAITING, confidential.waits(Posting.hiring_manager_id))
        .where(Offer.status == OfferStatus.CONDITIONAL, Offer.held_up_on.is_not(None))
    )


@source(
    "offers.answer",
    label=N_("Offers that end soon"),
    remind_on=(-1,),
    text=N_("Answer of %(person)s to our offer"),
    why=N_("Offer for %(posting)s; it ends on this day without an answer"),
    verb=N_("View"),
    endpoint="offers.show",
    icon="envelope-open",
    otherwise=N_("The offer ends by itself when this day is over"),
    otherwise_by="offers.expire",
    shared=Role.HR,
)
def to_be_answered() -> Rows:
    """Open offers: on their last day. When it is over, HR is told that they have expired."""
    return _rows(Offer.expires_on, Offer.sent_at).where(Offer.status == OfferStatus.SENT)
