"""Severely disabled applicants: who is involved, who has been told and heard, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.applications import policies
from rmhr.core import bank
from rmhr.core.db import db
from rmhr.core.i18n import gettext
from rmhr.duties.queries import bodies
from rmhr.duties.queries.bodies import Body
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Application,
    ApplicationStatus,
    Disclosure,
    DisclosureStep,
    Opinion,
    Party,
    StepKind,
)
from rmhr.models.duties import Answer
from rmhr.models.interviews import Interview, InterviewStatus
from rmhr.models.system import Message, MessageStatus

#: By these somebody was invited: they met, or they did not come.
MET = (InterviewStatus.HELD, InterviewStatus.NO_SHOW)


def standing(application: Application) -> Disclosure | None:
    """What the applicant has told, unless they have taken it back."""
    said = application.disclosure
    return said if said is not None and said.stands else None


def as_it_stands(application: Application) -> Disclosure:
    """What there is of it, also where it was taken back; where nothing was ever told, a row that is not stored."""
    return application.disclosure or Disclosure(source="")


def seen_by(viewer: User, application: Application) -> Disclosure | None:
    """The same for whoever may know of it, with all steps; of one that was taken back, the steps alone."""
    if application.disclosure is None or not policies.SEE_DISCLOSURE(viewer, application):
        return None
    query = (
        sa.select(Disclosure)
        .where(Disclosure.application_id == application.id)
        .options(
            joinedload(Disclosure.uninvited_by),
            selectinload(Disclosure.steps).joinedload(DisclosureStep.by),
        )
    )
    return db.session.scalars(query).unique().one_or_none()


def get(viewer: User, application: Application) -> Disclosure:
    """The same, or 404."""
    return seen_by(viewer, application) or abort(404)


def involved(said: Disclosure) -> list[Body]:
    """The bodies that there are, less the representative body where the applicant does not want it.

    Their no concerns that body alone (section 164(1) sentence 10 SGB IX): the works council is told all the same.
    """
    refused = {Party.REPRESENTATIVE} if said.objects else set()
    return [each for each in bodies.bodies() if each.party not in refused]


def body(said: Disclosure, party: Party) -> Body | None:
    """One of them."""
    return next((each for each in involved(said) if each.party is party), None)


def last(said: Disclosure, kind: StepKind, party: Party) -> DisclosureStep | None:
    """The last step of this kind with them since it was said; of decisions, since it was decided last."""
    since = said.application.closed_at if kind is StepKind.DECISION else said.said_at
    if since is None:
        return None
    steps = [each for each in said.steps if each.kind is kind and each.party is party and each.at >= since]
    return steps[-1] if steps else None


def went_out(steps: Iterable[DisclosureStep]) -> set[int]:
    """The ids of those of these steps whose mail could not be sent. One query."""
    mails = [each.message_id for each in steps if each.message_id is not None]
    if not mails:
        return set()
    failed = set(
        db.session.scalars(
            sa.select(Message.id).where(Message.id.in_(mails), Message.state == MessageStatus.FAILED)
        )
    )
    return {each.id for each in steps if each.message_id in failed}


def _heard(said: Disclosure) -> bool:
    return last(said, StepKind.HEARD, Party.REPRESENTATIVE) is not None


def why_not_decide(application: Application) -> str | None:
    """Why nothing can be decided yet: the representative body has to be heard before (section 178(2) SGB IX)."""
    said = standing(application)
    if said is None or body(said, Party.REPRESENTATIVE) is None or _heard(said):
        return None
    return gettext(
        "The representative body has to be heard before the decision (section 178(2) SGB IX). Write down beside the "
        "application when it was heard and what it said."
    )


def must_be_invited(application: Application) -> bool:
    """Whether a public employer has to invite this person still (section 165 sentences 3 and 4 SGB IX).

    It does not hold where the job is open to colleagues alone. Whoever has come to an interview was invited.
    """
    said = standing(application)
    if said is None or said.uninvited is not None or not bodies.invites(application.posting):
        return False
    met = sa.select(Interview.id).where(Interview.application_id == application.id, Interview.status.in_(MET))
    return db.session.scalar(met.limit(1)) is None


def why_not_reject(application: Application) -> str | None:
    """Why this application cannot be rejected yet, in words for HR; None where it can."""
    if application.disclosure is None:
        return None
    if must_be_invited(application):
        return gettext(
            "A public employer invites this person to an interview first (section 165 SGB IX). If professional "
            "suitability is plainly lacking, record that with the evidence beside the application."
        )
    return why_not_decide(application)


@dataclass(frozen=True)
class Line:
    """How one step with one of those concerned stands."""

    kind: StepKind
    party: Party
    step: DisclosureStep | None  # done
    failed: bool = False  # the mail by which it was done could not be sent
    owed: bool = False  # has to be done now


def lines(said: Disclosure) -> list[Line]:
    """Each step that law asks for, with each of those concerned, in its order."""
    failed = went_out(said.steps)
    found = []
    for each in involved(said):
        found.append(_line(said, StepKind.TOLD, each.party, failed, owed=said.stands))
    for each in involved(said):
        needed = each.party is Party.REPRESENTATIVE
        found.append(_line(said, StepKind.HEARD, each.party, failed, owed=needed and said.stands))
    for party in concerned(said):
        owed = said.decision_by is not None
        found.append(_line(said, StepKind.DECISION, party, failed, owed=owed))
    return found


def _line(said: Disclosure, kind: StepKind, party: Party, failed: set[int], *, owed: bool) -> Line:
    step = last(said, kind, party)
    lost = step is not None and step.id in failed
    return Line(kind, party, step, lost, owed and (step is None or lost))


def must_explain(said: Disclosure) -> bool:
    """Whether a rejection may have to be explained to all concerned (section 164(1) sentences 7 to 9 SGB IX).

    That is so where the bank does not fill its quota and one of the bodies does not agree. What nobody has answered or
    written down counts as if it were so: then nobody was passed over.
    """
    duties = bank.duties()
    there = involved(said)
    if duties is None or duties.quota is Answer.YES or not there:
        return False
    opinions = [last(said, StepKind.HEARD, each.party) for each in there]
    return any(each is None or each.opinion is not Opinion.AGREES for each in opinions)


def concerned(said: Disclosure) -> list[Party]:
    """Who has to know of the decision: the representative body always, all where it has to be explained."""
    application, there = said.application, {each.party for each in involved(said)}
    if application.status not in DECIDED:
        return []
    parties: list[Party] = [party for party in (Party.REPRESENTATIVE, Party.WORKS_COUNCIL) if party in there]
    if application.status is ApplicationStatus.HIRED:
        return parties
    if must_explain(said):
        return [*parties, Party.APPLICANT]
    return [party for party in parties if party is Party.REPRESENTATIVE]


#: When those concerned hear of a decision.
DECIDED = (ApplicationStatus.REJECTED, ApplicationStatus.HIRED)


def still_to_know(said: Disclosure) -> list[Party]:
    """Those of them who have not been told yet."""
    return [each.party for each in lines(said) if each.kind is StepKind.DECISION and each.owed]
