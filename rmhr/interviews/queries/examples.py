"""Things in a certain state, for the pictures of every page."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.interviews.queries.meetings import STANDS
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewStatus,
    PanelSeat,
    Scorecard,
    ScorecardStatus,
)


def example(status: InterviewStatus) -> int | None:
    """The latest interview in this state."""
    query = sa.select(Interview.id).where(Interview.status == status)
    return db.session.scalar(query.order_by(Interview.starts_at.desc(), Interview.id).limit(1))


def example_to_rate() -> int | None:
    """An interview with an open scorecard of which something is written already, if there is one."""
    query = (
        sa.select(Interview.id)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(STANDS, Interview.day <= clock.today(), Scorecard.status == ScorecardStatus.DRAFT)
        .order_by(Scorecard.ratings.any().desc(), Interview.id)
    )
    return db.session.scalar(query.limit(1))


def example_handed_in(viewer: User | None) -> int | None:
    """An interview of which this person has handed in a scorecard, one that was corrected if there is one."""
    query = (
        sa.select(PanelSeat.interview_id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(Scorecard.status == ScorecardStatus.SUBMITTED)
        .order_by(Scorecard.updated_at.desc(), Scorecard.id)
    )
    if viewer is not None:
        query = query.where(PanelSeat.interviewer_id == viewer.id)
    return db.session.scalar(query.limit(1))


def example_missing() -> int | None:
    """A scorecard of an interview that is over, which nobody has handed in."""
    query = (
        sa.select(Scorecard.id)
        .join(PanelSeat, PanelSeat.id == Scorecard.seat_id)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(STANDS, Interview.ends_at < clock.now(), Scorecard.status == ScorecardStatus.DRAFT)
    )
    return db.session.scalar(query.order_by(Scorecard.id).limit(1))


def example_to_plan() -> int | None:
    """Somebody who is shortlisted."""
    query = sa.select(Application.id).where(Application.status.in_(APPLICATIONS["invite"].sources))
    return db.session.scalar(query.order_by(Application.id).limit(1))


def examples_to_decide() -> Sequence[int]:
    """Somebody about whom can be decided, somebody about whom it cannot yet, somebody who was decided."""
    interviewing = sa.select(Application.id).where(Application.status.in_(APPLICATIONS["approve"].sources))
    out = (
        sa.select(Interview.id)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(Interview.application_id == Application.id, STANDS, Scorecard.status == ScorecardStatus.DRAFT)
    )
    held = sa.select(Interview.id).where(
        Interview.application_id == Application.id, Interview.status == InterviewStatus.HELD
    )
    decided = sa.select(Decision.application_id).order_by(Decision.id.desc())
    found = [
        db.session.scalar(interviewing.where(~out.exists(), held.exists()).limit(1)),
        db.session.scalar(interviewing.where(out.exists()).limit(1)),
        db.session.scalar(decided.limit(1)),
    ]
    return [id for id in found if id]


def example_of_a_candidate() -> int | None:
    """The earliest interview that stands: its candidate was written to long ago."""
    query = sa.select(Interview.id).where(STANDS).order_by(Interview.starts_at, Interview.id)
    return db.session.scalar(query.limit(1))
