"""Scorecards: one's own, those of others as far as one may read them, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.accounts.queries import confidential
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core.db import db
from rmhr.core.i18n import gettext
from rmhr.interviews import comparison
from rmhr.interviews.queries.meetings import STANDS, of_application, visible_to
from rmhr.interviews.queries.planning import competencies_of, profiles
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewStatus,
    KitQuestion,
    PanelSeat,
    Scorecard,
    ScorecardStatus,
)

#: When it can be decided whom to hire.
DECIDABLE = APPLICATIONS["approve"].sources


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
        .options(
            selectinload(Scorecard.ratings),
            joinedload(Scorecard.seat)
            .joinedload(PanelSeat.interview)
            .selectinload(Interview.questions)
            .joinedload(KitQuestion.competency),
            joinedload(Scorecard.seat).joinedload(PanelSeat.interview).selectinload(Interview.seats),
        )
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def readable(viewer: User, interview: Interview) -> Sequence[Scorecard]:
    """The scorecards that this person may read now: handed in, and not before their own is.

    Somebody of the panel reads the others' once their own is in. Whoever is not on the panel (HR, the hiring
    manager) reads none before all are in, so that nobody can be told what the others think.
    """
    mine = sa.select(Scorecard.status).join(PanelSeat).where(PanelSeat.interview_id == interview.id)
    own = mine.where(PanelSeat.interviewer_id == viewer.id).scalar_subquery()
    still_out = sa.exists(mine.where(Scorecard.status != ScorecardStatus.SUBMITTED))
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
        .options(selectinload(Scorecard.ratings))
        .order_by(Scorecard.seat_id)
    )
    return db.session.scalars(query).unique().all()


def compared(viewer: User, interview: Interview) -> comparison.Comparison | None:
    """The scorecards of an interview side by side, as far as this person may read them, or None."""
    cards = readable(viewer, interview)
    if not cards:
        return None
    return comparison.compare(
        cards, competencies_of([interview]), profiles(interview.application.posting.rm_type)
    )


def compared_of_application(application: Application) -> comparison.Comparison | None:
    """All scorecards of an application side by side, for its decision; None while any is missing."""
    held = [each for each in of_application(application) if each.status is InterviewStatus.HELD]
    if not held or why_not_decide(application):
        return None
    cards = db.session.scalars(
        sa.select(Scorecard)
        .join(PanelSeat)
        .where(PanelSeat.interview_id.in_([each.id for each in held]))
        .options(selectinload(Scorecard.ratings))
        .order_by(Scorecard.seat_id)
    ).unique()
    return comparison.compare(cards.all(), competencies_of(held), profiles(application.posting.rm_type))


def why_not_decide(application: Application) -> str | None:
    """Who or what the decision still waits for; None when it can be made."""
    if application.status not in DECIDABLE:
        return gettext("A decision is made while the status is “%(status)s”.", status=DECIDABLE[0].label)
    standing = [each for each in of_application(application) if each.status is not InterviewStatus.CANCELLED]
    if not standing:
        return gettext("There has been no interview yet.")
    waiting = list(
        dict.fromkeys(
            seat.interviewer.name
            for each in standing
            for seat in each.seats
            if seat.scorecard is None or seat.scorecard.status is not ScorecardStatus.SUBMITTED
        )
    )
    if waiting:
        return gettext("A scorecard is missing from: %(names)s.", names=", ".join(waiting))
    if any(each.status is not InterviewStatus.HELD for each in standing):
        return gettext("An interview is still planned: hold or cancel it first.")
    return None


def decisions(application: Application) -> Sequence[Decision]:
    """What was decided about an application, the latest first; only that one is in force."""
    query = sa.select(Decision).where(Decision.application_id == application.id)
    return db.session.scalars(query.order_by(Decision.decided_at.desc(), Decision.id.desc())).unique().all()
