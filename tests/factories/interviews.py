"""Rounds, interviews and scorecards for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.interviews import records
from rmhr.interviews.kit import parts_of, put_in
from rmhr.models.accounts import RmType, Role, User
from rmhr.models.applications import ApplicationStatus
from rmhr.models.competencies import Competency, Level
from rmhr.models.interviews import (
    Interview,
    InterviewKind,
    InterviewQuestion,
    InterviewStatus,
    KitQuestion,
    PanelSeat,
    Rating,
    Recommendation,
    Round,
    Scenario,
    ScenarioAnchor,
    ScenarioCase,
    Scorecard,
    ScorecardStatus,
)

from . import numbers, save, together
from .accounts import user
from .applications import application
from .competencies import competency


def question(**given: Any) -> InterviewQuestion:
    """A question of the bank."""
    n = next(numbers)
    if "competency" not in given:
        given["competency"] = competency()
    defaults: dict[str, Any] = {
        "code": f"question{n}",
        "position": n,
        "text": Words.both(f"Tell us about a time {n}.", f"Erzählen Sie von einem Mal {n}."),
        "probe": Words.both("And then?", "Und dann?"),
    }
    return save(InterviewQuestion(**defaults | given))


@together
def round_(competencies: Sequence[Competency] | None = None, **given: Any) -> Round:
    """A round about two competencies, with two questions of each in the bank; proposed first."""
    n = next(numbers)
    if competencies is None:
        competencies = [competency(), competency()]
        for each in competencies:
            question(competency=each)
            question(competency=each)
    defaults: dict[str, Any] = {
        "code": "structured_interview",
        "position": n,
        "name": Words.both("Structured interview", "Strukturiertes Interview"),
        "about": Words.both("Questions about what you did", "Fragen nach Erlebtem"),
        "minutes": 60,
        "interviewers": 2,
        "competencies": [each.code for each in competencies],
        "scenarios": [],
    }
    return save(Round(**defaults | given))


def scenario(**given: Any) -> Scenario:
    """A scenario that shows a competency, with a case for private clients and words for each level."""
    n = next(numbers)
    if "competency" not in given:
        given["competency"] = competency()
    defaults: dict[str, Any] = {
        "code": f"scenario{n}",
        "minutes": 10,
        "preparation_minutes": 5,
        "text": Words.both(f"Hold conversation {n}.", f"Führen Sie Gespräch {n}."),
        "roles": Words.both("One of the panel plays the client.", "Eine Person spielt die Kundin."),
        "instead": Words.both("It may be held as a chat.", "Es kann als Chat geführt werden."),
        "cases": [
            ScenarioCase(
                rm_type=RmType.PERSONAL,
                text=Words.both("A flat.", "Eine Wohnung."),
                solution=Words.both("The sum is wrong.", "Die Summe ist falsch."),
            )
        ],
        "anchors": [
            ScenarioAnchor(level=level, text=Words.both(f"Does {level} of it.", f"Tut {level} davon."))
            for level in range(1, 6)
        ],
    }
    return save(Scenario(**defaults | given))


def interviewer(**given: Any) -> User:
    """Somebody who can be on a panel."""
    return user(Role.INTERVIEWER, **given)


@together
def interview(
    status: InterviewStatus = InterviewStatus.PLANNED,
    hours: float = 24,
    competencies: Sequence[Competency] | None = None,
    panel: Sequence[User] | None = None,
    scenarios: Sequence[Scenario] = (),
    **given: Any,
) -> Interview:
    """An interview that begins in so many hours (negative: began), with two people on its panel."""
    if "application" not in given:
        given["application"] = application(ApplicationStatus.INTERVIEWING)
    if competencies is None:
        competencies = [competency(), competency()]
    if "round" not in given:
        given["round"] = round_(competencies, code=f"round{next(numbers)}")
    if "planned_by" not in given:
        given["planned_by"] = given["application"].posting.recruiter
    starts_at = given.pop("starts_at", clock.now() + timedelta(hours=hours))
    people = [interviewer(), interviewer()] if panel is None else panel
    day = clock.local(starts_at).date()
    defaults: dict[str, Any] = {
        "status": status,
        "kind": InterviewKind.VIDEO,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=60),
        "day": day,
        "score_by": day + timedelta(days=1),
        "decide_by": day + timedelta(days=3),
        "outcome_by": day + timedelta(days=7),
        "place": "https://video.bank.example/7",
        "uid": f"interview{next(numbers)}@bank.example",
        "seats": [PanelSeat(interviewer=person, scorecard=Scorecard()) for person in people],
        "questions": [
            KitQuestion(
                position=n,
                competency=each,
                text=Words.both(f"Question about {each.code}?", f"Frage zu {each.code}?"),
                probe=Words.both("And then?", "Und dann?"),
            )
            for n, each in enumerate(competencies, start=1)
        ],
        "scenarios": [put_in(each, given["application"].posting.rm_type) for each in scenarios],
    }
    return save(Interview(**defaults | given))


def card_of(it: Interview, person: User) -> Scorecard:
    """The scorecard of one of the panel."""
    found = next(seat.scorecard for seat in it.seats if seat.interviewer_id == person.id)
    assert found is not None
    return found


def rate(
    card: Scorecard,
    levels: Mapping[Competency, Level] | Level = Level.FOUR,
    *,
    submitted: bool = True,
    recommendation: Recommendation = Recommendation.RATHER_YES,
) -> Scorecard:
    """Fill a scorecard: the same level everywhere, or one for each competency. Handed in unless said otherwise."""
    with audit.acting(SYSTEM, "tests.arrange"):
        for part in parts_of(card.seat.interview):
            level = levels if isinstance(levels, Level) else levels[part.competency]
            said = {"notes": "Said so.", "evidence": f"Did {part.competency.code} well."}
            card.ratings.append(Rating(**part.about, level=level, **said))
        card.recommendation, card.summary = recommendation, "Would fit the job."
        if submitted:
            card.status, card.submitted_at = ScorecardStatus.SUBMITTED, clock.now()
            records.SCORECARD.keep(card)
    db.session.commit()
    return card


def judged(it: Interview, *levels: Level) -> Interview:
    """The same interview held, each of its panel with one level everywhere (4 where none is given)."""
    for n, seat in enumerate(it.seats):
        assert seat.scorecard is not None
        rate(seat.scorecard, levels[n] if n < len(levels) else Level.FOUR)
    with audit.acting(SYSTEM, "tests.arrange"):
        it.status = InterviewStatus.HELD
    db.session.commit()
    return it
