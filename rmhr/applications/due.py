"""What HR owes applicants: an answer after screening, a date for the interview; and what law asks for besides.

Due things are read by deputies and supervisors as well. So none that comes from a severe disability names the person.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.applications.queries.applications import BY_POSTING
from rmhr.applications.stages import OPEN, TO_SCREEN
from rmhr.applications.workflow import FLOW
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationStatus,
    Disclosure,
    DisclosureStep,
    Opinion,
    Party,
    StepKind,
)
from rmhr.models.duties import Answer, BankDuties
from rmhr.models.postings import Audience, Posting
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.system import Message, MessageStatus


def _rows(due_on: Any, since: Any) -> sa.Select[Any]:
    return (
        sa.select(
            Application.id.label("subject_id"),
            Posting.recruiter_id.label("owner_id"),
            due_on.label("due_on"),
            day_of(since).label("since_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("job"),
        )
        .select_from(BY_POSTING)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(confidential.owed_by(Posting.recruiter_id))
    )


@source(
    "applications.screen",
    label=N_("Applications to screen"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Screen %(person)s"),
    why=N_("Applied for %(job)s; the posting promises an answer in time"),
    verb=N_("Screen"),
    endpoint="applications.screening",
    icon="search",
    shared=Role.HR,
)
def to_screen() -> sa.Select[Any]:
    """Applications that nobody has shortlisted or rejected yet: the recruiter's, by the promised day."""
    return _rows(Application.screen_by, Application.received_at).where(Application.status.in_(TO_SCREEN))


@source(
    "applications.invite",
    label=N_("Interviews to plan"),
    remind_on=(0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Plan an interview with %(person)s"),
    why=N_("Shortlisted for %(job)s, and no interview is planned yet"),
    verb=N_("Plan"),
    endpoint="interviews.new",
    params={"application_id": "subject_id"},
    icon="calendar-plus",
    snooze=3,
    shared=Role.HR,
)
def to_invite() -> sa.Select[Any]:
    """People who were shortlisted and wait for a date: the recruiter's, five working days after."""
    return _rows(Application.interview_by, Application.status_since).where(
        Application.status.in_(FLOW["invite"].sources), Application.interview_by.is_not(None)
    )


def _disclosed(due_on: Any) -> sa.Select[Any]:
    """Applications of people who have told of a severe disability, with what the bank says of its bodies."""
    return (
        sa.select(
            Application.id.label("subject_id"),
            Posting.recruiter_id.label("owner_id"),
            due_on.label("due_on"),
            day_of(Disclosure.said_at).label("since_on"),
            Posting.title.label("job"),
        )
        .select_from(BY_POSTING)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Disclosure, Disclosure.application_id == Application.id)
        .join(BankDuties, BankDuties.id == 1)
        .where(Disclosure.withdrawn_at.is_(None), confidential.owed_by(Posting.recruiter_id))
    )


def _not_done(kind: StepKind, party: Party, since: Any) -> sa.ColumnElement[bool]:
    """Nothing of this kind is written down since then, or the mail by which it was done could not be sent."""
    return ~_done(kind, party, since).exists()


def _done(kind: StepKind, party: Party, since: Any) -> sa.Select[Any]:
    return (
        sa.select(DisclosureStep.id)
        .outerjoin(Message, Message.id == DisclosureStep.message_id)
        .where(
            DisclosureStep.disclosure_id == Disclosure.id,
            DisclosureStep.kind == kind,
            DisclosureStep.party == party,
            DisclosureStep.at >= since,
            sa.or_(Message.id.is_(None), Message.state != MessageStatus.FAILED),
        )
        .correlate(Disclosure, Application)
    )


#: Whether the bodies are there and take part.
_REPRESENTED = sa.and_(BankDuties.representative == Answer.YES, Disclosure.objects.is_(False))
_COUNCIL = BankDuties.works_council == Answer.YES


def _told(party: Party, there: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        _disclosed(Disclosure.tell_by)
        .add_columns(sa.literal(StepKind.TOLD.value).label("kind"), sa.literal(party.value).label("party"))
        .where(Application.status.in_(OPEN), there, _not_done(StepKind.TOLD, party, Disclosure.said_at))
    )


_STEP = {"id": "subject_id", "kind": "kind", "party": "party"}
_AT_ONCE = (ReminderStep(1, (EscalationLevel.SUPERVISOR,), Basis.WORKING),)


@source(
    "applications.tell_representative",
    label=N_("Representative bodies to tell of an application"),
    remind_on=(0, 1),
    escalation=_AT_ONCE,
    text=N_("Tell the representative body of an application for %(job)s"),
    why=N_("It has to know directly after receipt (section 164(1) SGB IX), and could not be written to"),
    verb=N_("Tell"),
    endpoint="disclosures.step",
    params=_STEP,
    icon="person-badge",
    shared=Role.HR,
)
def representative_to_tell() -> sa.Select[Any]:
    """Where the representative body has no address, or the mail to it could not be sent: today."""
    return _told(Party.REPRESENTATIVE, _REPRESENTED)


@source(
    "applications.tell_works_council",
    label=N_("Works councils to tell of an application"),
    remind_on=(0, 1),
    escalation=_AT_ONCE,
    text=N_("Tell the works council of an application for %(job)s"),
    why=N_("It has to know directly after receipt (section 164(1) SGB IX), and could not be written to"),
    verb=N_("Tell"),
    endpoint="disclosures.step",
    params=_STEP,
    icon="people",
    shared=Role.HR,
)
def works_council_to_tell() -> sa.Select[Any]:
    """The same of the works council."""
    return _told(Party.WORKS_COUNCIL, _COUNCIL)


@source(
    "applications.must_invite",
    label=N_("Applicants whom a public employer invites"),
    remind_on=(0, 2),
    text=N_("Invite an applicant for %(job)s to an interview, or record why not"),
    why=N_("A public employer invites (section 165 SGB IX)"),
    verb=N_("View"),
    endpoint="applications.show",
    icon="calendar-plus",
    shared=Role.HR,
)
def to_be_invited() -> sa.Select[Any]:
    """Nobody has shortlisted them yet: by the day of screening. After it an interview is to be planned anyway."""
    return _disclosed(Application.screen_by).where(
        Application.status.in_(TO_SCREEN),
        BankDuties.public_employer == Answer.YES,
        Posting.audience != Audience.INTERNAL,
        Disclosure.uninvited.is_(None),
    )


def _agrees(party: Party) -> sa.ColumnElement[bool]:
    """The last that this body said is that it agrees."""
    opinion = (
        sa.select(DisclosureStep.opinion)
        .where(
            DisclosureStep.disclosure_id == Disclosure.id,
            DisclosureStep.kind == StepKind.HEARD,
            DisclosureStep.party == party,
            DisclosureStep.at >= Disclosure.said_at,
        )
        .order_by(DisclosureStep.id.desc())
        .limit(1)
        .correlate(Disclosure)
        .scalar_subquery()
    )
    return sa.func.coalesce(opinion, Opinion.SILENT.value) == Opinion.AGREES.value


@source(
    "applications.tell_decision",
    label=N_("Decisions to tell with their reasons"),
    remind_on=(0, 1),
    escalation=_AT_ONCE,
    text=N_("Tell a decision about an application for %(job)s"),
    why=N_("Those concerned have to know of it without delay (sections 164(1) and 178(2) SGB IX)"),
    verb=N_("Write"),
    endpoint="disclosures.decision",
    icon="signpost",
    shared=Role.HR,
)
def decision_to_tell() -> sa.Select[Any]:
    """After a rejection: the representative body, and all concerned where it may have to be explained."""
    missing = {
        party: _not_done(StepKind.DECISION, party, Application.closed_at)
        for party in (Party.REPRESENTATIVE, Party.WORKS_COUNCIL, Party.APPLICANT)
    }
    explained = sa.and_(
        BankDuties.quota != Answer.YES,
        sa.or_(
            sa.and_(_REPRESENTED, ~_agrees(Party.REPRESENTATIVE)),
            sa.and_(_COUNCIL, ~_agrees(Party.WORKS_COUNCIL)),
        ),
    )
    all_concerned = sa.or_(sa.and_(_COUNCIL, missing[Party.WORKS_COUNCIL]), missing[Party.APPLICANT])
    return _disclosed(Disclosure.decision_by).where(
        Application.status == ApplicationStatus.REJECTED,
        Disclosure.decision_by.is_not(None),
        sa.or_(sa.and_(_REPRESENTED, missing[Party.REPRESENTATIVE]), sa.and_(explained, all_concerned)),
    )


@source(
    "applications.tell_hire",
    label=N_("Representative bodies to tell of a hire"),
    remind_on=(0, 1),
    text=N_("Tell the representative body who was hired as %(job)s"),
    why=N_(
        "It has to know of the decision without delay (section 178(2) SGB IX), and could not be written to"
    ),
    verb=N_("Tell"),
    endpoint="disclosures.step",
    params=_STEP,
    icon="signpost",
    shared=Role.HR,
)
def hire_to_tell() -> sa.Select[Any]:
    """Where the representative body has no address, or the mail to it could not be sent."""
    party = Party.REPRESENTATIVE
    return (
        _disclosed(Disclosure.decision_by)
        .add_columns(
            sa.literal(StepKind.DECISION.value).label("kind"), sa.literal(party.value).label("party")
        )
        .where(
            Application.status == ApplicationStatus.HIRED,
            Disclosure.decision_by.is_not(None),
            _REPRESENTED,
            _not_done(StepKind.DECISION, party, Application.closed_at),
        )
    )
