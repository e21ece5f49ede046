"""Interviews of whoever came so far: two on the panel, scorecards handed in, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.history import records
from rmhr.interviews.records import SCORECARD
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.competencies import Competency, Level
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewKind,
    InterviewQuestion,
    InterviewStatus,
    KitQuestion,
    Outcome,
    PanelSeat,
    Rating,
    Recommendation,
    Round,
    Scorecard,
    ScorecardStatus,
)
from rmhr.models.system import ActorKind, Record
from tools.bench.seeds import postings
from tools.bench.seeds.applications import Life, lives
from tools.bench.seeds.people import Staff
from tools.bench.seeds.rows import FIRST, add, day, mixed, moment, stamped, working_day
from tools.bench.sizes import Size

PANEL = 2
LEVELS = (Level.TWO, Level.THREE, Level.THREE, Level.FOUR, Level.FIVE)
NOTE = "Named a client, what was difficult, what was done and what came of it."


@dataclass(frozen=True)
class Meeting:
    """One interview of one application."""

    of: Life
    on: date
    held: bool

    @property
    def id(self) -> int:
        return self.of.id

    def seats(self) -> Iterator[int]:
        """The numbers of the seats, which are those of the scorecards as well."""
        return (FIRST + self.of.number * PANEL + place for place in range(PANEL))


def fill(size: Size) -> None:
    """A structured interview for each, its kit, its panel, what the panel wrote, and what was decided."""
    staff = Staff(size)
    round_ = db.session.scalars(sa.select(Round).where(Round.code == "structured_interview")).one()
    rated = db.session.scalars(sa.select(Competency.id).where(Competency.code.in_(round_.competencies))).all()
    asked = db.session.scalars(
        sa.select(InterviewQuestion)
        .where(InterviewQuestion.competency_id.in_(rated))
        .order_by(InterviewQuestion.id)
    ).all()
    kit = [
        {"position": place, "competency_id": each.competency_id, "text": each.text, "probe": each.probe}
        for place, each in enumerate(asked[:8], 1)
    ]
    add(Interview, (_interview(staff, it, round_.id) for it in _meetings(size)))
    add(KitQuestion, ({"interview_id": it.id, **each} for it in _meetings(size) for each in kit))
    add(PanelSeat, (seat for it in _meetings(size) for seat in _panel(staff, it)))
    add(Scorecard, (_scorecard(it, seat) for it in _meetings(size) for seat in it.seats()))
    add(
        Rating,
        (
            _rating(it, seat, each)
            for it in _meetings(size)
            if it.held
            for seat in it.seats()
            for each in rated
        ),
    )
    add(Decision, (_decision(staff, it) for it in lives(size) if it.met and _decided(it)))
    add(Record, map(_kept, _compared()))


def _compared() -> Sequence[Scorecard]:
    """The scorecards of those about whom nothing is decided: their pages put them side by side, as they were kept."""
    query = (
        sa.select(Scorecard)
        .join(Scorecard.seat)
        .join(PanelSeat.interview)
        .join(Interview.application)
        .where(
            Scorecard.id >= FIRST,
            Scorecard.status == ScorecardStatus.SUBMITTED,
            Application.status == ApplicationStatus.INTERVIEWING,
        )
    )
    return db.session.scalars(query).all()


def _kept(card: Scorecard) -> dict[str, Any]:
    content = records.frozen(SCORECARD.now(card))
    return {
        "kind": SCORECARD.name,
        "subject_id": card.id,
        "edition": 1,
        "at": card.submitted_at,
        "actor_kind": ActorKind.USER,
        "actor_id": card.seat.interviewer_id,
        "actor_name": card.seat.interviewer.name,
        "content": content,
        "digest": records.digest(content),
    }


def _meetings(size: Size) -> Iterator[Meeting]:
    for it in lives(size):
        if not it.met:
            continue
        if it.status is ApplicationStatus.INTERVIEWING and it.number % 2:
            yield Meeting(it, working_day(1 + mixed(it.number, "planned", 12)), held=False)
        else:
            on = it.received_at.date() + timedelta(days=7)
            yield Meeting(it, min(on, it.closed_on or on, day(-1)), held=True)


def _interview(staff: Staff, it: Meeting, round_id: int) -> dict[str, Any]:
    begins = moment(it.on, 9 + mixed(it.id, "hour", 7))
    return {
        "id": it.id,
        "application_id": it.of.id,
        "round_id": round_id,
        "status": InterviewStatus.HELD if it.held else InterviewStatus.PLANNED,
        "kind": list(InterviewKind)[it.id % len(InterviewKind)],
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=1),
        "day": it.on,
        "score_by": it.on + timedelta(days=2),
        "decide_by": it.on + timedelta(days=7),
        "outcome_by": it.on + timedelta(days=1),
        "place": f"Room {1 + it.id % 9}",
        "uid": f"{it.id}@bench.example",
        "planned_by_id": postings.recruiter(staff, it.of.posting),
        **stamped(it.of.received_at),
    }


def _panel(staff: Staff, it: Meeting) -> Iterator[dict[str, Any]]:
    lead = postings.manager(staff, it.of.posting)
    others = staff.interviewers
    other = others[mixed(it.id, "panel", len(others))]
    if other == lead:
        other = next(each for each in others if each != lead)
    for seat, interviewer in zip(it.seats(), (lead, other), strict=True):
        yield {"id": seat, "interview_id": it.id, "interviewer_id": interviewer}


def _scorecard(it: Meeting, seat: int) -> dict[str, Any]:
    handed_in = moment(it.on, 17)
    done = {
        "status": ScorecardStatus.SUBMITTED,
        "recommendation": list(Recommendation)[mixed(seat, "advice", len(Recommendation))],
        "summary": NOTE,
        "submitted_at": handed_in,
    }
    open_ = {
        "status": ScorecardStatus.DRAFT,
        "recommendation": None,
        "summary": "",
        "submitted_at": None,
    }
    return {"id": seat, "seat_id": seat, **(done if it.held else open_), **stamped(it.of.received_at)}


def _rating(it: Meeting, scorecard: int, competency: int) -> dict[str, Any]:
    return {
        "scorecard_id": scorecard,
        "competency_id": competency,
        "level": LEVELS[mixed(scorecard * 31 + competency, "level", len(LEVELS))],
        "notes": "",
        "evidence": NOTE,
        **stamped(moment(it.on, 16), None),
    }


def _decided(it: Life) -> bool:
    return it.status is not ApplicationStatus.INTERVIEWING


def _decision(staff: Staff, it: Life) -> dict[str, Any]:
    hired = it.status in (ApplicationStatus.APPROVED, ApplicationStatus.OFFERED, ApplicationStatus.HIRED)
    on = it.closed_on or day(-1)
    return {
        "application_id": it.id,
        "outcome": Outcome.HIRE if hired else Outcome.NO,
        "reason": "The panel agrees: the evidence covers what the posting asks for."
        if hired
        else "Too little evidence for what the posting says must be met.",
        "panel_mean": 380 if hired else 240,
        "tell_by": on + timedelta(days=3),
        "decided_by_id": postings.manager(staff, it.posting),
        "decided_at": moment(on, 15),
    }
