"""What the picture tool opens of interviews, scorecards and decisions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.interviews.kit import parts_of
from rmhr.interviews.queries import meetings
from rmhr.interviews.queries.meetings import STANDS
from rmhr.models.applications import Application
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewStatus,
    PanelSeat,
    Scorecard,
    ScorecardStatus,
)
from tools.examples import Example, Values, by_id, first


def _latest(status: InterviewStatus, viewer: Any = None) -> Interview | None:
    """The latest one; of those on whose panel this person sits, if there are any."""
    query = sa.select(Interview).where(Interview.status == status)
    if viewer is not None:
        sits = Interview.seats.any(PanelSeat.interviewer_id == viewer.id)
        query = query.order_by(sits.desc())
    found: Interview | None = first(query.order_by(Interview.starts_at.desc(), Interview.id))
    return found


def _planned(_viewer: Any) -> Values | None:
    return by_id(_latest(InterviewStatus.PLANNED))


def _of_each_kind(viewer: Any) -> list[Values]:
    return [{"id": found.id} for status in InterviewStatus if (found := _latest(status, viewer))]


def _moves(viewer: Any) -> list[Values]:
    planned, missed = _planned(viewer), by_id(_latest(InterviewStatus.NO_SHOW))
    return [{**found, "name": name} for found, name in ((planned, "cancel"), (missed, "find")) if found]


def _handed_in(viewer: Any) -> list[Values]:
    """An interview of which this person has handed in a scorecard, the one that was changed last."""
    query = (
        sa.select(PanelSeat.interview_id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(Scorecard.status == ScorecardStatus.SUBMITTED)
        .order_by(Scorecard.updated_at.desc(), Scorecard.id)
    )
    id = first(query if viewer is None else query.where(PanelSeat.interviewer_id == viewer.id))
    return [{"id": id, "step": step} for step in _steps(id)] if id else []


def _steps(id: int) -> list[int]:
    """The pages of a scorecard that differ: of answers, of the last part (a scenario, if there is any), of advice."""
    last = len(parts_of(db.session.get_one(Interview, id, options=meetings.KIT)))
    return list(dict.fromkeys((1, last, last + 1)))


def _missing(_viewer: Any) -> Values | None:
    """A scorecard of an interview that is over, which nobody has handed in."""
    query = (
        sa.select(Scorecard)
        .join(PanelSeat, PanelSeat.id == Scorecard.seat_id)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(STANDS, Interview.ends_at < clock.now(), Scorecard.status == ScorecardStatus.DRAFT)
    )
    return by_id(first(query.order_by(Scorecard.id)), name="excuse")


def _to_rate(_viewer: Any) -> Values | None:
    """An interview with an open scorecard, of which something is written already if there is one."""
    query = (
        sa.select(Interview)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(STANDS, Interview.day <= clock.today(), Scorecard.status == ScorecardStatus.DRAFT)
        .order_by(Scorecard.ratings.any().desc(), Interview.id)
    )
    return by_id(first(query))


def _steps_of_a_card(viewer: Any) -> list[Values]:
    found = _to_rate(viewer)
    return [{**found, "step": step} for step in _steps(found["id"])] if found else []


def _to_plan(_viewer: Any) -> list[Values]:
    """Somebody who is shortlisted: in the first round, and in one that nobody was asked in yet."""
    query = sa.select(Application.id).where(Application.status.in_(APPLICATIONS["invite"].sources))
    id = first(query.order_by(Application.id))
    return [{"application_id": id}, {"application_id": id, "round": "final"}] if id else []


def _to_decide(_viewer: Any) -> list[Values]:
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
    found = (
        first(interviewing.where(~out.exists(), held.exists())),
        first(interviewing.where(out.exists())),
        first(sa.select(Decision.application_id).order_by(Decision.id.desc())),
    )
    return [{"application_id": id} for id in found if id]


def _of_a_candidate(_viewer: Any) -> Values | None:
    """The earliest interview that stands: its candidate was written to long ago."""
    return by_id(first(sa.select(Interview).where(STANDS).order_by(Interview.starts_at, Interview.id)))


def _with_scenario(_viewer: Any) -> Values | None:
    """The latest one that has a scenario."""
    query = sa.select(Interview).where(STANDS, Interview.scenarios.any())
    return by_id(first(query.order_by(Interview.starts_at.desc(), Interview.id)))


EXAMPLES: dict[str, Example] = {
    "interviews.new": _to_plan,
    "interviews.show": _of_each_kind,
    "interviews.sheet": _with_scenario,
    "interviews.move": _planned,
    "interviews.scorecard": _steps_of_a_card,
    "interviews.hand_in": _to_rate,
    "interviews.decide": _to_decide,
    "interviews.correct": _handed_in,
    "interviews.seat": _missing,
    "interviews.transition": _moves,
    "my_interview.calendar": _of_a_candidate,
}
