"""What stood on a scorecard when it was handed in, and on what a decision was made: kept as it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import joinedload

from rmhr.core.history.records import record
from rmhr.interviews import queries
from rmhr.interviews.kit import Part, parts_of
from rmhr.models.applications import Application
from rmhr.models.competencies import CompetencyProfile, Relevance
from rmhr.models.interviews import Decision, Interview, PanelSeat, Scorecard
from rmhr.models.postings import Posting
from rmhr.postings.queries import profiles


def _scorecard(card: Scorecard) -> dict[str, Any]:
    interview = card.seat.interview
    posting = interview.application.posting
    return {
        **_meeting(interview),
        "interviewer": card.seat.interviewer.name,
        "recommendation": card.recommendation,
        "summary": card.summary,
        "submitted_at": card.submitted_at,
        "ratings": [_rating(part, card) for part in parts_of(interview)],
        "profile": [
            {
                "code": each.competency.code,
                "name": each.competency.name,
                "relevance": each.relevance,
                "essential": each.relevance is Relevance.ESSENTIAL,
                "target": each.target_level,
            }
            for each in profiles.of(posting, posting.rm_type)
        ],
    }


def _meeting(interview: Interview) -> dict[str, Any]:
    posting = interview.application.posting
    return {
        "candidate": interview.application.name,
        "posting": posting.title,
        "unit": posting.unit.name,
        "round": interview.round.name,
        "kind": interview.kind,
        "starts_at": interview.starts_at,
        "ends_at": interview.ends_at,
    }


def _rating(part: Part, card: Scorecard) -> dict[str, Any]:
    rating = part.rating_on(card)
    level = rating.level if rating else None
    number = level.number if level else None
    return {
        "code": part.competency.code,
        "name": part.competency.name,
        "questions": [question.text for question in part.questions],
        "scenario": part.scenario.text if part.scenario else None,
        "level": level,
        "number": number,
        "means": next((anchor.text for anchor in part.anchors if anchor.level == number), None),
        "notes": rating.notes if rating else "",
        "evidence": rating.evidence if rating else "",
    }


def _decision(decision: Decision) -> dict[str, Any]:
    posting = decision.application.posting
    interviews = queries.meetings.of_application(decision.application)
    return {
        "candidate": decision.application.name,
        "posting": posting.title,
        "unit": posting.unit.name,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "deviates": decision.deviates,
        "decided_by": decision.decided_by.name,
        "decided_at": decision.decided_at,
        "cards": [card.says for card in queries.scorecards.handed_in(interviews)],
        "excused": [
            {"interviewer": card.seat.interviewer.name, "why": card.excuse}
            for card in queries.scorecards.excused(interviews)
        ],
    }


def _of_scorecards() -> list[Any]:
    seat = joinedload(Scorecard.seat)
    interview = seat.joinedload(PanelSeat.interview)
    posting = interview.joinedload(Interview.application).joinedload(Application.posting)
    return [
        seat.joinedload(PanelSeat.interviewer),
        interview.joinedload(Interview.round),
        posting.joinedload(Posting.unit),
        posting.selectinload(Posting.profiles).joinedload(CompetencyProfile.competency),
        interview.options(*queries.meetings.KIT),
        joinedload(Scorecard.ratings),
    ]


SCORECARD = record("interviews.scorecard", of=Scorecard, loads=_of_scorecards)(_scorecard)
DECISION = record("interviews.decision", of=Decision)(_decision)
