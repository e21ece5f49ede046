"""Interviews, scorecards and decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.interviews import operations, queries
from rmhr.interviews.workflow import SCORECARDS
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.competencies import Level, Relevance
from rmhr.models.interviews import Decision, Interview, InterviewStatus, Outcome, PanelSeat, Scorecard
from tests.factories import accounts, applications
from tests.factories import interviews as make
from tests.factories.postings import posting
from tests.kinds import Concluded, Edit, NextStep, Opened, Pair, RecordCase, Twice

OTHER = Words.both("Something else", "Etwas anderes")


def _judged() -> Interview:
    asked = [make.competency(Relevance.ESSENTIAL), make.competency(Relevance.ESSENTIAL)]
    return make.judged(make.interview(hours=-30, competencies=asked))


def _changed(it: Interview) -> None:
    """Everything that scorecards and decisions are made of, named otherwise."""
    with audit.acting(SYSTEM, "tests.arrange"):
        job = it.application.posting
        job.title, job.unit.name = OTHER, "Another unit"
        it.application.name = "Another Name"
        it.round.name, it.place = OTHER, "Elsewhere"
        it.starts_at, it.ends_at = it.starts_at - timedelta(days=9), it.ends_at - timedelta(days=9)
        for seat in it.seats:
            seat.interviewer.name = f"Renamed {seat.interviewer_id}"
            assert seat.scorecard is not None
            seat.scorecard.summary = "Another summary"
            for rating in seat.scorecard.ratings:
                rating.level, rating.notes, rating.evidence = Level.ONE, "Other notes", "Other evidence"
        for question in it.questions:
            question.text = OTHER
            question.competency.name = Words.both(f"C{question.position}", f"K{question.position}")
            for anchor in question.competency.anchors:
                anchor.text = OTHER
            for profile in question.competency.profiles:
                profile.relevance, profile.target_level = Relevance.USEFUL, 1
        for played in it.scenarios:
            played.text = played.scenario.text = OTHER
            for shown in played.scenario.anchors:
                shown.text = OTHER


def _scorecard() -> Concluded:
    asked = [make.competency(), make.competency()]
    it = make.interview(
        hours=-30, competencies=asked, scenarios=[make.scenario(competency=each) for each in asked]
    )
    for seat in it.seats:
        card = make.rate(seat.scorecard, submitted=False)
        SCORECARDS.perform(seat.interviewer, card, "submit")
    seat, hr = it.seats[0], accounts.user(Role.HR)
    pages = (f"/interviews/{it.id}/scorecard", f"/interviews/{it.id}")
    shown = [
        *((seat.interviewer, page) for page in pages),
        (hr, f"/interviews/{it.id}"),
        (hr, f"/applications/{it.application_id}/decision"),
    ]
    return Concluded(seat.scorecard, shown, lambda: _changed(it))


def _decision() -> Concluded:
    it, hr = _judged(), accounts.user(Role.HR)
    decision = operations.decide(hr, it.application, outcome=Outcome.HOLD, reason="One more look.")

    def change() -> None:
        _changed(it)
        with audit.acting(SYSTEM, "tests.arrange"):
            hr.name, decision.reason = "Somebody else", "Another reason"

    pages = [f"/applications/{it.application_id}{page}" for page in ("", "/decision")]
    return Concluded(decision, [(hr, page) for page in pages], change)


RECORDS = [
    RecordCase("interviews.scorecard", _scorecard),
    RecordCase("interviews.decision", _decision),
]


def _meeting(it: Interview, **given: Any) -> dict[str, Any]:
    starts = clock.local(it.starts_at)
    return {
        "kind": it.kind.value,
        "day": starts.date().isoformat(),
        "time": f"{starts:%H:%M}",
        "minutes": "60",
        "place": "What I typed",
        "panel": [seat.interviewer_id for seat in it.seats],
        "message": "",
    } | given


def _moved() -> Opened:
    it, hr = make.interview(hours=72), accounts.user(Role.HR)

    def meanwhile() -> None:
        operations.move(
            hr,
            it,
            kind=it.kind,
            starts_at=it.starts_at,
            minutes=60,
            place="Room of theirs",
            message="",
            panel=[seat.interviewer for seat in it.seats],
        )

    return Opened(
        it, hr, f"/interviews/{it.id}/move", _meeting(it), meanwhile, lambda: it.place, "Room of theirs"
    )


def _transition(
    name: str, of: Callable[[], Interview], change: Callable[[Interview], None], **sent: str
) -> Edit:
    def opened() -> Opened:
        it, hr = of(), accounts.user(Role.HR)
        return Opened(
            it,
            hr,
            f"/interviews/{it.id}/{name}",
            sent or {"note": "What I typed here"},
            lambda: change(it),
            lambda: it.status,
        )

    return Edit("interviews.transition", opened, name)


def _otherwise(it: Interview) -> None:
    with audit.acting(SYSTEM, "tests.arrange"):
        it.place = "Elsewhere"


def _rated(page: str, step: int, sent: dict[str, str], autosave: bool = False) -> Callable[[], Opened]:
    def opened() -> Opened:
        it = make.interview(hours=-2)
        seat = it.seats[0]
        card, competency = seat.scorecard, it.questions[0].competency
        assert card is not None

        def meanwhile() -> None:
            operations.save_rating(
                seat.interviewer,
                card,
                competency_id=competency.id,
                level=Level.TWO,
                notes="Notes of theirs",
                evidence="",
            )

        def stored() -> list[str]:
            return [rating.notes for rating in card.ratings]

        return Opened(
            card,
            seat.interviewer,
            f"/interviews/{it.id}/{page}?step={step}",
            sent,
            meanwhile,
            stored,
            "" if autosave else "Notes of theirs",
        )

    return opened


RATING = {"level": "4", "notes": "What I typed", "evidence": "Seen by me"}


def _handed_in() -> Opened:
    it = make.interview(hours=-2)
    seat = it.seats[0]
    card = make.rate(seat.scorecard, submitted=False)

    def meanwhile() -> None:
        operations.save_summary(
            seat.interviewer, card, recommendation=card.recommendation, summary="Another tab"
        )

    address = f"/interviews/{it.id}/scorecard/hand-in"
    return Opened(card, seat.interviewer, address, {}, meanwhile, lambda: card.status, "Another tab")


def _corrected() -> Opened:
    it = make.interview(hours=-30)
    seat = it.seats[0]
    for each in it.seats:
        SCORECARDS.perform(each.interviewer, make.rate(each.scorecard, submitted=False), "submit")
    card, competency = seat.scorecard, it.questions[0].competency
    assert card is not None

    def meanwhile() -> None:
        said = {"level": Level.TWO, "notes": "Notes of theirs", "evidence": "Of theirs"}
        SCORECARDS.perform(
            seat.interviewer, card, "correct", note="A slip", competency_id=competency.id, **said
        )

    def stored() -> str:
        return next(each.notes for each in card.ratings if each.competency_id == competency.id)

    address = f"/interviews/{it.id}/scorecard/correct?step=1"
    sent = RATING | {"note": "A slip of mine"}
    return Opened(card, seat.interviewer, address, sent, meanwhile, stored, "Notes of theirs")


def _excused() -> Opened:
    it, hr = make.interview(hours=-2), accounts.user(Role.HR)
    seat = it.seats[0]
    card = seat.scorecard
    assert card is not None

    def meanwhile() -> None:
        operations.save_summary(seat.interviewer, card, recommendation=None, summary="Begun after all")

    sent = {"note": "Was not there", "instead": ""}
    return Opened(card, hr, f"/interviews/scorecards/{card.id}/excuse", sent, meanwhile, lambda: card.status)


def _decided() -> Opened:
    it, hr = _judged(), accounts.user(Role.HR)
    application = it.application

    def meanwhile() -> None:
        other = application.posting.hiring_manager
        operations.decide(other, application, outcome=Outcome.HOLD, reason="Reason of theirs")

    def stored() -> list[str]:
        return [each.reason for each in queries.scorecards.decisions(application)]

    sent = {"outcome": "hire", "reason": "What I typed"}
    address = f"/applications/{application.id}/decision"
    return Opened(application, hr, address, sent, meanwhile, stored, "Reason of theirs")


EDITS = [
    Edit("interviews.move", _moved),
    _transition(
        "cancel",
        lambda: make.interview(hours=72),
        _otherwise,
        reason="panel",
        words="What I typed here",
    ),
    _transition("miss", lambda: make.interview(hours=-2), _otherwise),
    _transition("unhold", lambda: make.interview(InterviewStatus.HELD, hours=-2), _otherwise),
    _transition("find", lambda: make.interview(InterviewStatus.NO_SHOW, hours=-2), _otherwise),
    Edit("interviews.scorecard", _rated("scorecard", 1, RATING)),
    Edit("interviews.draft", _rated("scorecard/draft", 1, RATING, autosave=True), autosave=True),
    Edit("interviews.hand_in", _handed_in),
    Edit("interviews.correct", _corrected),
    Edit("interviews.seat", _excused, "excuse"),
    Edit("interviews.decide", _decided),
]
NO_EDIT = {
    "interviews.new": "makes a new interview",
    "interviews.bulk": "asks, then begins a run whose rows carry what was seen",
}


def _card(**given: Any) -> Scorecard:
    card = make.interview(**given).seats[0].scorecard
    assert card is not None
    return card


NEXT_STEPS = [
    NextStep("interviews", "planned", lambda: make.interview(hours=30)),
    NextStep("scorecards", "draft", lambda: _card(hours=-2)),
]


def _same_panel() -> Twice:
    hr, round_ = accounts.user(Role.HR), make.round_()
    people = [make.interviewer(), make.interviewer()]
    job = posting()
    day = clock.today() + timedelta(days=5)
    chosen = [questions[0].id for questions in queries.planning.bank(round_).values()]
    sent = {
        "kind": "video",
        "day": day.isoformat(),
        "time": "10:00",
        "minutes": "60",
        "place": "https://video.bank.example/1",
        "panel": [person.id for person in people],
        "message": "",
        "questions": chosen,
    }
    first, second = (
        applications.application(ApplicationStatus.SHORTLISTED, posting=job).id for _ in range(2)
    )
    panel = [person.id for person in people]

    def count() -> int:
        seats = sa.select(sa.func.count(PanelSeat.id)).where(PanelSeat.interviewer_id == panel[0])
        return db.session.scalar(seats) or 0

    return Twice(
        (hr, f"/applications/{first}/interview", sent),
        (hr, f"/applications/{second}/interview", sent),
        count,
    )


def _decision_twice() -> Twice:
    it, hr = _judged(), accounts.user(Role.HR)
    id = it.application_id
    sent = {"outcome": "hold", "reason": "One more look.", "seen": f"interviewing.{it.application.version}"}

    def count() -> int:
        return (
            db.session.scalar(sa.select(sa.func.count(Decision.id)).where(Decision.application_id == id)) or 0
        )

    address = f"/applications/{id}/decision"
    return Twice((hr, address, sent), (it.application.posting.hiring_manager, address, sent), count)


PAIRS = [Pair("interviews.new", _same_panel), Pair("interviews.decide", _decision_twice)]
