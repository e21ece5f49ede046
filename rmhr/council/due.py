"""What HR owes around the works council: asking, what follows a refusal, the court within three days."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.council.queries import ALIVE
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.council import CouncilRequest, CouncilStatus, ProvisionalHiring, ProvisionalStatus
from rmhr.models.duties import Answer, BankDuties
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import Posting
from rmhr.models.reminders import Basis, EscalationLevel

SUPERVISOR_NEXT = (ReminderStep(1, (EscalationLevel.SUPERVISOR,), Basis.WORKING),)


def _rows(due_on: Any, *only: sa.ColumnElement[bool]) -> Rows:
    """Requests: of whoever wrote the offer; once they have left, of the recruiter. Of a bank whose council consents."""
    gone = sa.select(User.id).where(User.id == Offer.made_by_id, User.left_on < this_day()).correlate(Offer)
    owner_id = sa.case((gone.exists(), Posting.recruiter_id), else_=Offer.made_by_id)
    consents = sa.select(BankDuties.id).where(
        BankDuties.works_council == Answer.YES, BankDuties.more_than_twenty != Answer.NO
    )
    return (
        sa.select(
            CouncilRequest.id.label("subject_id"),
            owner_id.label("owner_id"),
            due_on.label("due_on"),
            day_of(CouncilRequest.created_at).label("since_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .select_from(CouncilRequest)
        .join(Offer, Offer.id == CouncilRequest.offer_id)
        .join(Application, Application.id == Offer.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(consents.exists(), confidential.owed_by(owner_id), *only)
    )


def _hirings(due_on: Any, *only: sa.ColumnElement[bool]) -> Rows:
    return (
        _rows(due_on, *only)
        .join(ProvisionalHiring, ProvisionalHiring.request_id == CouncilRequest.id)
        .where(Offer.status.in_((*ALIVE, OfferStatus.ACCEPTED)))
    )


@source(
    "council.ask",
    label=N_("Works council to ask"),
    remind_on=(-1, 0, 2),
    escalation=SUPERVISOR_NEXT,
    text=N_("Ask the works council about %(person)s"),
    why=N_("Offer for %(posting)s: nobody is hired without its consent, and it has a week"),
    verb=N_("View"),
    endpoint="council.show",
    icon="people",
    otherwise=N_("The offer can be accepted, but nobody is hired until then"),
    otherwise_by="offers.take_effect",
    shared=Role.HR,
)
def to_ask() -> Rows:
    """Requests that were not made yet: a week before the offer has to be answered, at once where it is accepted."""
    return _rows(
        CouncilRequest.ask_by, CouncilRequest.status == CouncilStatus.TO_ASK, Offer.status.in_(ALIVE)
    )


@source(
    "council.answer",
    label=N_("Answers of the works council to record"),
    remind_on=(0,),
    text=N_("Record the works council’s answer about %(person)s"),
    why=N_("Its week about %(posting)s ends on this day; a refusal that has come in has to be entered"),
    verb=N_("View"),
    endpoint="council.show",
    icon="people",
    otherwise=N_("Consent is deemed given when this day is over"),
    otherwise_by="council.deem",
    shared=Role.HR,
)
def to_record() -> Rows:
    """Requests whose week runs: on its last day."""
    return _rows(CouncilRequest.answer_by, CouncilRequest.status == CouncilStatus.ASKED)


@source(
    "council.follow",
    label=N_("Refusals of the works council"),
    remind_on=(0, 2),
    escalation=SUPERVISOR_NEXT,
    text=N_("Decide what follows the works council’s refusal about %(person)s"),
    why=N_("%(posting)s: ask again, go to court, hire provisionally, or withdraw the offer"),
    verb=N_("View"),
    endpoint="council.show",
    icon="people",
    shared=Role.HR,
)
def to_follow() -> Rows:
    """Consents that were refused, or not replaced by the court, as long as the offer stands."""
    return _rows(
        CouncilRequest.decide_by,
        CouncilRequest.decide_by.is_not(None),
        CouncilRequest.status.in_((CouncilStatus.REFUSED, CouncilStatus.REJECTED)),
        Offer.status.in_((*ALIVE, OfferStatus.ACCEPTED)),
    )


@source(
    "council.disputed",
    label=N_("Provisional hirings to look after"),
    remind_on=(0, 2),
    text=N_("Say whether the works council disputes the provisional hiring of %(person)s"),
    why=N_("%(posting)s: if it does, the bank has three days to go to court"),
    verb=N_("View"),
    endpoint="council.show",
    icon="people",
    shared=Role.HR,
)
def to_say() -> Rows:
    """Provisional hirings of which nobody has said whether the council disputes them."""
    return _hirings(ProvisionalHiring.look_by, ProvisionalHiring.status == ProvisionalStatus.INFORMED)


@source(
    "council.court",
    label=N_("Three days to go to court"),
    remind_on=(-2, -1, 0, 1),
    escalation=(ReminderStep(-1, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Go to the labour court about the provisional hiring of %(person)s"),
    why=N_("The works council disputes that it was urgent (section 100(2) BetrVG)"),
    verb=N_("View"),
    endpoint="council.show",
    icon="bank",
    otherwise=N_("The provisional hiring may not be kept up"),
    otherwise_by="provisional_hiring.end",
    must=N_("Law gives three days, and nobody else knows of them"),
    shared=Role.HR,
)
def to_court() -> Rows:
    """Provisional hirings whose urgency the council disputes."""
    return _hirings(ProvisionalHiring.court_by, ProvisionalHiring.status == ProvisionalStatus.DISPUTED)


@source(
    "council.end",
    label=N_("Provisional hirings that have to end"),
    remind_on=(-7, -1, 0, 1),
    escalation=SUPERVISOR_NEXT,
    text=N_("End the provisional hiring of %(person)s"),
    why=N_("%(posting)s: without consent nobody may work longer; record the last day on the person’s page"),
    verb=N_("View"),
    endpoint="council.show",
    icon="door-closed",
    shared=Role.HR,
)
def to_end() -> Rows:
    """People who were hired provisionally, may not stay, and of whom no last day is known."""
    going = (
        sa.select(Employee.id)
        .join(User, User.id == Employee.user_id)
        .where(
            Employee.application_id == Application.id,
            sa.or_(User.left_on.is_not(None), Employee.left_on.is_not(None)),
        )
        .correlate(Application)
        .exists()
    )
    return _hirings(
        ProvisionalHiring.end_by, ProvisionalHiring.status == ProvisionalStatus.ENDED, ~going
    ).where(Offer.status == OfferStatus.ACCEPTED)
