"""Scorecards: one's own, those of others as far as one may read them, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.accounts.queries import confidential
from rmhr.applications.queries import disclosures
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core.db import db
from rmhr.core.history.records import Read
from rmhr.core.i18n import gettext
from rmhr.interviews import comparison, records
from rmhr.interviews.queries.meetings import ABOUT, KIT, STANDING, STANDS, visible_to
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewStatus,
    Outcome,
    PanelSeat,
    Scorecard,
    ScorecardStatus,
)
from rmhr.models.postings import Posting
from rmhr.postings.queries import lists as posting_lists

#: Who sits beside somebody.
_OTHERS = selectinload(Interview.seats).joinedload(PanelSeat.interviewer, innerjoin=True)
#: When it can be decided whom to hire.
DECIDABLE = APPLICATIONS["approve"].sources
#: When a decision to hire can be revised: nobody outside has heard of it yet.
REVISABLE = APPLICATIONS["reconsider"].sources


def decided_since(viewer: User, first: Decision) -> Sequence[Decision]:
    """What others decided from that decision on about candidates for postings that this person fills or leads."""
    query = (
        sa.select(Decision)
        .join(Decision.application)
        .join(Application.posting)
        .where(
            Decision.id >= first.id,
            Decision.decided_by_id != viewer.id,
            sa.or_(
                Posting.hiring_manager_id == viewer.id,
                sa.and_(Decision.outcome != Outcome.HIRE, posting_lists.recruited_by(viewer)),
            ),
            confidential.known_to(viewer),
        )
        .options(
            contains_eager(Decision.application).options(
                contains_eager(Application.posting), joinedload(Application.applicant, innerjoin=True)
            )
        )
        .order_by(Decision.id)
    )
    return db.session.scalars(query).unique().all()


def own_scorecard(viewer: User, interview_id: int) -> Scorecard:
    """The viewer's own scorecard with all that belongs on it; 404 for everybody else, whatever their role."""
    query = (
        sa.select(Scorecard)
        .join(PanelSeat, PanelSeat.id == Scorecard.seat_id)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(
            PanelSeat.interview_id == interview_id,
            PanelSeat.interviewer_id == viewer.id,
            STANDS,
            Interview.application_id.not_in(confidential.hidden_from(viewer)),
        )
        .options(selectinload(Scorecard.ratings), _meeting(*KIT, _OTHERS))
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def _meeting(*more: Any) -> Any:
    """The interview of a scorecard, with whom it is about, and what else is named of it."""
    interview = joinedload(Scorecard.seat, innerjoin=True).joinedload(PanelSeat.interview, innerjoin=True)
    return interview.options(*ABOUT, *more)


def readable(viewer: User, interview: Interview) -> Sequence[Scorecard]:
    """The scorecards that this person may read now: handed in, and not before their own is.

    Somebody of the panel reads the others' once their own is in. Whoever is not on the panel (HR, the hiring
    manager) reads none before all are in, so that nobody can be told what the others think.
    """
    its = sa.select(Scorecard.status).join(PanelSeat).where(PanelSeat.interview_id == interview.id)
    mine = its.where(PanelSeat.interviewer_id == viewer.id, Scorecard.status != ScorecardStatus.EXCUSED)
    own = mine.correlate(None).scalar_subquery()
    still_out = its.where(Scorecard.status == ScorecardStatus.DRAFT).correlate(None).exists()
    query = (
        sa.select(Scorecard)
        .join(PanelSeat)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(
            PanelSeat.interview_id.in_(
                visible_to(viewer).where(Interview.id == interview.id).with_only_columns(Interview.id)
            ),
            Scorecard.status == ScorecardStatus.SUBMITTED,
            sa.or_(own == ScorecardStatus.SUBMITTED, sa.and_(own.is_(None), ~still_out)),
        )
        .order_by(Scorecard.seat_id)
    )
    return db.session.scalars(query).unique().all()


def compared(viewer: User, interview: Interview) -> comparison.Comparison | None:
    """The scorecards of an interview side by side, as far as this person may read them, or None."""
    cards = readable(viewer, interview)
    return comparison.compare(as_handed_in(cards)) if cards else None


def compared_of(interviews: Iterable[Interview]) -> comparison.Comparison | None:
    """All scorecards of an application side by side, for its decision; None where none is in."""
    cards = handed_in(interviews)
    return comparison.compare(cards) if cards else None


def as_handed_in(cards: Iterable[Scorecard]) -> list[comparison.Card]:
    """These scorecards as they were handed in, and how they were at first. One query, one more per corrected one."""
    cards = list(cards)
    read = records.SCORECARD.read_all(cards)
    return [
        comparison.Card(
            read[card.id].says,
            read[card.id].at or card.submitted_at,
            records.SCORECARD.editions(card)[0].says if read[card.id].edition > 1 else None,
        )
        for card in cards
    ]


def handed_in(interviews: Iterable[Interview]) -> list[comparison.Card]:
    """The scorecards of those of an application's interviews that were held, as they were handed in."""
    return as_handed_in(_of_held(interviews, ScorecardStatus.SUBMITTED))


def excused(interviews: Iterable[Interview]) -> list[Scorecard]:
    """Those for which nobody waits."""
    return _of_held(interviews, ScorecardStatus.EXCUSED)


def _of_held(interviews: Iterable[Interview], status: ScorecardStatus) -> list[Scorecard]:
    held = sorted((it for it in interviews if it.status is InterviewStatus.HELD), key=lambda it: it.id)
    cards = [seat.scorecard for interview in held for seat in interview.seats]
    return [card for card in cards if card is not None and card.status is status]


def of_seat(viewer: User, id: int) -> Scorecard:
    """A scorecard, to say of it that nobody waits for it; 404 where the viewer may not know of its interview."""
    query = (
        sa.select(Scorecard)
        .join(PanelSeat, PanelSeat.id == Scorecard.seat_id)
        .where(
            Scorecard.id == id,
            PanelSeat.interview_id.in_(visible_to(viewer).where(STANDS).with_only_columns(Interview.id)),
        )
        .options(_meeting(_OTHERS))
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def why_not_decide(application: Application, interviews: Sequence[Interview]) -> str | None:
    """Who or what the decision about these interviews still waits for; None when it can be made, or revised."""
    if application.status in REVISABLE:
        return None
    if application.status not in DECIDABLE:
        return gettext("A decision is made while the status is “%(status)s”.", status=DECIDABLE[0].label)
    standing = [each for each in interviews if each.status in STANDING]
    if not standing:
        return gettext("There has been no interview yet.")
    waiting = list(
        dict.fromkeys(
            seat.interviewer.name
            for each in standing
            for seat in each.seats
            if seat.scorecard is not None and seat.scorecard.status is ScorecardStatus.DRAFT
        )
    )
    if waiting:
        return gettext("A scorecard is missing from: %(names)s.", names=", ".join(waiting))
    if any(each.status is not InterviewStatus.HELD for each in standing):
        return gettext("An interview is still planned: hold or cancel it first.")
    if not any(_is_in(seat) for each in standing for seat in each.seats):
        return gettext(
            "No scorecard was handed in. Ask somebody who was there to rate, or plan another interview."
        )
    return disclosures.why_not_decide(application)


def _is_in(seat: PanelSeat) -> bool:
    return seat.scorecard is not None and seat.scorecard.status is ScorecardStatus.SUBMITTED


def decisions(application: Application) -> Sequence[Decision]:
    """What was decided about an application, the latest first; only that one is in force."""
    query = sa.select(Decision).where(Decision.application_id == application.id)
    query = query.options(joinedload(Decision.decided_by, innerjoin=True))
    return db.session.scalars(query.order_by(Decision.decided_at.desc(), Decision.id.desc())).unique().all()


def as_decided(found: Sequence[Decision]) -> list[Read]:
    """Decisions as they were made. One query, none where there is none."""
    read = records.DECISION.read_all(found) if found else {}
    return [read[each.id] for each in found]


def lock(application: Application) -> None:
    """Look at an application as it is now, and keep it so until this transaction is over: two decide one by one."""
    query = sa.select(Application).where(Application.id == application.id).with_for_update(of=Application)
    db.session.scalars(query.execution_options(populate_existing=True)).unique().one()
