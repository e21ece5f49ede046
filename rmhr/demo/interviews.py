"""The demo bank's interviews: Lena's of autumn, and those of the people who would like to join now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rmhr.applications import operations as screening
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.due.calendar import add_working_days
from rmhr.demo import interview_texts as texts
from rmhr.demo.building import REGION, application, person, working_day, working_day_back
from rmhr.interviews import operations, queries
from rmhr.interviews.kit import parts_of
from rmhr.interviews.reasons import CallOff
from rmhr.interviews.workflow import FLOW, SCORECARDS
from rmhr.models.accounts import User
from rmhr.models.applications import Application, Verdict
from rmhr.models.competencies import Level
from rmhr.models.interviews import Interview, InterviewKind, Outcome, Recommendation

ROOM = "Große Bergstraße 12, Hamburg-Altona, room Alster"
CALL = "https://video.bank.example/altona"
R = Recommendation
#: Hour and minute of the day on which an interview is planned.
PLANNED_AT = (9, 30)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One interview and what came of it. Days are counted back from today, to a working day."""

    who: str
    planned: int
    held: int
    hour: int
    minute: int = 0
    panel: tuple[str, ...] = ("tomas", "mara")
    #: Levels of each of the panel in the order of the round, then of the scenario; nothing: not handed in.
    levels: tuple[str, ...] = ()
    advice: tuple[Recommendation, ...] = ()
    decided: int | None = None
    outcome: Outcome = Outcome.HIRE
    reason: str = ""


MEETINGS = (
    Meeting(
        who="lena",
        planned=66,
        held=60,
        hour=10,
        levels=("443444", "434434"),
        advice=(R.CLEAR_YES, R.RATHER_YES),
        decided=58,
        reason="Both saw the same: knows the clients well, and says what is still to be learned.",
    ),
    Meeting(
        who="nadia",
        planned=19,
        held=17,
        hour=10,
        levels=("444434", "443444"),
        advice=(R.CLEAR_YES, R.CLEAR_YES),
        decided=16,
        reason="Explained a difficult product so that both of us would have understood it as clients.",
    ),
    Meeting(
        who="jule",
        planned=16,
        held=11,
        hour=16,
        levels=("434434", "344443"),
        advice=(R.CLEAR_YES, R.RATHER_YES),
        decided=9,
        reason="Asks before she answers, and named what she does not know yet.",
    ),
    Meeting(
        who="malte",
        planned=7,
        held=5,
        hour=10,
        panel=("greta", "mara"),
        levels=("344434", "434444"),
        advice=(R.CLEAR_YES, R.RATHER_YES),
        decided=4,
        reason="Reads a balance sheet aloud like a story, and asked for what was not in it.",
    ),
    Meeting(
        who="sofie",
        planned=17,
        held=12,
        hour=10,
        levels=("543444", "443545"),
        advice=(R.CLEAR_YES, R.CLEAR_YES),
        decided=10,
        reason="The strongest so far in relationships and integrity, with evidence for both.",
    ),
    Meeting(
        who="thore",
        planned=11,
        held=7,
        hour=11,
        minute=30,
        levels=("433434", "343443"),
        advice=(R.RATHER_YES, R.RATHER_YES),
        decided=5,
        reason="Solid in all four. Analysis can grow with the training that everybody gets.",
    ),
    Meeting(
        who="deniz",
        planned=8,
        held=6,
        hour=15,
        minute=15,
        levels=("434434", "4-4544"),
        advice=(R.CLEAR_YES, R.RATHER_YES),
        decided=4,
        reason="Wins trust quickly, and the second half of the conversation showed good judgement on risk.",
    ),
    Meeting(
        who="farida",
        planned=12,
        held=8,
        hour=14,
        levels=("423333", "244343"),
        advice=(R.RATHER_NO, R.RATHER_YES),
        decided=6,
        outcome=Outcome.HOLD,
        reason="We saw different things in relationships and sales. One more interview, other questions.",
    ),
    Meeting(
        who="inken",
        planned=4,
        held=2,
        hour=13,
        levels=("344334", "434444"),
        advice=(R.RATHER_YES, R.RATHER_YES),
    ),
    Meeting(
        who="ebru",
        planned=6,
        held=3,
        hour=16,
        minute=30,
        panel=("greta", "mara"),
        levels=("344434",),
        advice=(R.RATHER_YES,),
    ),
)


def build() -> None:
    """Plan, hold, rate and decide in the order of the days."""
    anna = person("anna")
    for key, days in (("deniz", 9), ("inken", 5), ("ebru", 7), ("henning", 6), ("svea", 2)):
        _shortlist(anna, application(key), days)
    _call_off_once(anna, application("thore"))
    for meeting in MEETINGS:
        _hold(anna, meeting)
    _correct(person("mara"), application("inken"))
    _second_round_today(anna, application("farida"))
    _tomorrow(anna, application("henning"))


def _shortlist(anna: User, it: Application, days: int) -> None:
    """Whoever is only in screening at this point of the story is judged to the end and shortlisted."""
    with clock.at(clock.moment(working_day_back(days), 9)):
        judged = {mark.criterion_id for mark in it.marks}
        rest = {c.id: (Verdict.PARTLY, "") for c in it.posting_version.criteria if c.id not in judged}
        if rest:
            screening.judge(anna, it, verdicts=rest)
        if "shortlist" in {move.transition.name for move in APPLICATIONS.moves(anna, it)}:
            APPLICATIONS.perform(anna, it, "shortlist")


def _plan(
    anna: User, it: Application, round: str, starts_at: datetime, panel: tuple[str, ...], message: str = ""
) -> Interview:
    chosen = next(each for each in queries.planning.rounds() if each.code == round)
    return operations.plan(
        anna,
        it,
        round=chosen,
        kind=InterviewKind.VIDEO if it.posting.place == "Kiel" else InterviewKind.IN_PERSON,
        starts_at=starts_at,
        minutes=chosen.minutes,
        place=CALL if it.posting.place == "Kiel" else ROOM,
        message=message,
        panel=[person(key) for key in panel],
        questions=[questions[0] for questions in queries.planning.bank(chosen).values()],
        scenarios=queries.planning.scenarios(chosen)[:1],
        representative=True,
    )


def _hold(anna: User, meeting: Meeting) -> None:
    it = application(meeting.who)
    starts_at = clock.moment(working_day_back(meeting.held), meeting.hour, meeting.minute)
    with clock.at(clock.moment(working_day_back(meeting.planned), *PLANNED_AT)):
        interview = _plan(anna, it, "structured_interview", starts_at, meeting.panel)
    for n, key in enumerate(meeting.panel):
        with clock.at(interview.ends_at + timedelta(minutes=25 * (n + 1))):
            levels = meeting.levels[n] if n < len(meeting.levels) else "4"
            advice = meeting.advice[n] if n < len(meeting.advice) else None
            _rate(interview, key, levels, advice)
    if any(seat.scorecard.status.tone != "good" for seat in interview.seats if seat.scorecard):
        with clock.at(interview.ends_at + timedelta(hours=2)):
            FLOW.perform(anna, interview, "hold")
    if meeting.decided is not None:
        with clock.at(clock.moment(working_day_back(meeting.decided), 16, 10)):
            operations.decide(anna, it, outcome=meeting.outcome, reason=meeting.reason)


def _rate(interview: Interview, key: str, levels: str, advice: Recommendation | None) -> None:
    """Fill in a scorecard, a part for each level; handed in where there is an advice."""
    owner = person(key)
    card = queries.scorecards.own_scorecard(owner, interview.id)
    for part, figure in zip(parts_of(interview), levels, strict=False):
        level = Level.NOT_OBSERVED if figure == "-" else Level(figure)
        seen = texts.PLAYED if part.scenario else texts.SEEN
        evidence = seen[key][part.competency.code].get(figure, "")
        operations.save_rating(
            owner,
            card,
            **part.about,
            level=level,
            notes=texts.NOTES[key] if evidence else "",
            evidence=evidence,
        )
    if advice is not None:
        operations.save_summary(owner, card, recommendation=advice, summary=texts.SUMMARIES[key][advice])
        SCORECARDS.perform(owner, card, "submit")


def _call_off_once(anna: User, it: Application) -> None:
    """The first date was called off; the second took place."""
    starts_at = clock.moment(working_day_back(9), 11, 30)
    with clock.at(clock.moment(working_day_back(14), 10)):
        interview = _plan(anna, it, "structured_interview", starts_at, ("tomas", "mara"))
    with clock.at(clock.moment(working_day_back(12), 8, 5)):
        FLOW.perform(
            anna,
            interview,
            "cancel",
            note="Tomas Lind is ill.",
            reason=CallOff.PANEL,
            line="We will write with another date.",
            words="Tomas Lind is ill.",
        )


def _correct(mara: User, it: Application) -> None:
    """Mara has looked at her notes again: one level was hers of another candidate."""
    interview = queries.meetings.of_application(it)[-1]
    card = queries.scorecards.own_scorecard(mara, interview.id)
    [first, *_others] = parts_of(interview)
    seen = texts.SEEN["mara"][first.competency.code]["3"]
    given = {"level": Level.THREE, "notes": texts.NOTES["mara"], "evidence": seen}
    why = "The level was that of another candidate: I had two sheets before me."
    with clock.at(interview.ends_at + timedelta(hours=3)):
        SCORECARDS.perform(mara, card, "correct", note=why, **first.about, **given)


def _second_round_today(anna: User, it: Application) -> None:
    """A second conversation, this afternoon (on a weekend: on Monday), moved once for a better room."""
    starts_at = clock.moment(working_day(clock.today()), 15)
    with clock.at(clock.moment(working_day_back(5), 11)):
        interview = _plan(anna, it, "panel", starts_at, ("tomas", "ilse"), "Please ask at the desk.")
    with clock.at(clock.moment(working_day_back(3), 12)):
        _move(anna, interview, "Große Bergstraße 12, Hamburg-Altona, room Elbe")


def _move(anna: User, interview: Interview, place: str) -> None:
    minutes = int((interview.ends_at - interview.starts_at).total_seconds() // 60)
    given: dict[str, Any] = {"kind": interview.kind, "starts_at": interview.starts_at, "minutes": minutes}
    panel = [seat.interviewer for seat in interview.seats]
    operations.move(anna, interview, **given, place=place, message=interview.message, panel=panel)


def _tomorrow(anna: User, it: Application) -> None:
    """The next working day, in Kiel by video."""
    starts_at = clock.moment(add_working_days(clock.today(), 1, REGION), 10)
    with clock.at(clock.moment(working_day_back(5), 14)):
        _plan(anna, it, "structured_interview", starts_at, ("greta", "mara"))
