"""Every write about interviews that is not a transition: planning, moving, judging, deciding."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from rmhr.applications import operations as applications
from rmhr.applications.workflow import DISCLOSURES
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import news, outbox
from rmhr.core.mail.changes import Change, between
from rmhr.core.policy import SYSTEM, Actor
from rmhr.core.words import moment
from rmhr.duties.queries.bodies import Body
from rmhr.interviews import notifications, policies, queries, records
from rmhr.interviews.forms import too_few
from rmhr.interviews.kit import parts_of, put_in, put_in_again, rating_to_write
from rmhr.interviews.reasons import CallOff
from rmhr.interviews.workflow import FLOW, SCORECARDS, touch
from rmhr.law import deadlines, private_life
from rmhr.models.accounts import User
from rmhr.models.applications import Application, Party, PayNoticeWay
from rmhr.models.competencies import Level
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewKind,
    InterviewQuestion,
    InterviewStatus,
    KitQuestion,
    Outcome,
    PanelSeat,
    Recommendation,
    Round,
    Scenario,
    Scorecard,
    ScorecardStatus,
)

__all__ = ["SCORECARDS", "decide", "move", "plan", "save_rating", "save_summary", "why_not_then"]

#: What everybody in an interview has to know of it.
MEETS = ("kind", "place", "starts_at", "ends_at")
#: The scorecards of an interview.
OWED = asking.Owed(("interviews.scorecard",), "subject_id")


def why_not_then(
    application: Application,
    round: Round,
    *,
    starts_at: datetime,
    minutes: int,
    panel: Sequence[User],
    but: Interview | None = None,
) -> list[tuple[str, str]]:
    """What stands against this time and these people, as (field, words); nothing where it can be.

    Nobody else can plan with any of them before this transaction is over, so what is free now stays free.
    """
    ends_at, id = starts_at + timedelta(minutes=minutes), but.id if but else None
    problems = []
    queries.planning.hold_diaries({person.id for person in panel}, application)
    if starts_at <= clock.now():
        problems.append(("time", gettext("This time has passed. Choose a later one.")))
    if len({person.id for person in panel}) < round.interviewers:
        problems.append(("panel", too_few(round.interviewers)))
    for person, other in queries.planning.clashes([person.id for person in panel], starts_at, ends_at, id):
        problems.append(
            (
                "panel",
                gettext(
                    "%(name)s is in another interview then: %(when)s.",
                    name=person.name,
                    when=moment(other.starts_at),
                ),
            )
        )
    if queries.planning.double_booked(application, starts_at, ends_at, id):
        name = application.name
        problems.append(("time", gettext("%(name)s has another interview at that time.", name=name)))
    return problems


def _require_free(application: Application, round: Round, **given: Any) -> None:
    if problems := why_not_then(application, round, **given):
        raise NotPossible(" ".join(words for _field, words in problems))


@operation(allow=policies.PLAN, done=_("Interview planned, invitations on their way"))
def plan(
    actor: User,
    application: Application,
    *,
    round: Round,
    kind: InterviewKind,
    starts_at: datetime,
    minutes: int,
    place: str,
    message: str,
    panel: Sequence[User],
    questions: Sequence[InterviewQuestion],
    scenarios: Sequence[Scenario] = (),
    representative: bool = False,
) -> Interview:
    """Plan a meeting and invite everybody; `representative`: also the body of severely disabled employees.

    Its questions and scenarios are copied and stay as they are: those of earlier interviews of this posting and round,
    else `questions` and `scenarios`. Raises NotPossible where the application cannot have an interview now, for one
    without questions, and where somebody is not free.
    """
    if why_not := queries.planning.why_not_plan(application):
        raise NotPossible(why_not)
    private_life.refuse(message)
    posting = application.posting
    _require_free(application, round, starts_at=starts_at, minutes=minutes, panel=panel)
    asked_already = queries.planning.kit_of(posting, round)
    kit: Sequence[InterviewQuestion | KitQuestion] = asked_already or questions
    if not kit:
        raise NotPossible(gettext("An interview needs questions."))
    host = str(current_app.config["MAIL_FROM"]).partition("@")[2]
    interview = Interview(
        application=application,
        round=round,
        kind=kind,
        place=place,
        message=message,
        uid=f"{uuid.uuid4()}@{host}",
        planned_by=actor,
        seats=[PanelSeat(interviewer=person, scorecard=Scorecard()) for person in panel],
        questions=[
            KitQuestion(position=n, competency=each.competency, text=each.text, probe=each.probe)
            for n, each in enumerate(kit, start=1)
        ],
        scenarios=[put_in_again(each) for each in queries.planning.played_in(posting, round)]
        if asked_already
        else [put_in(each, posting.rm_type) for each in scenarios],
        **_times(application, starts_at, minutes),
    )
    db.session.add(interview)
    db.session.flush()
    if application.status in APPLICATIONS["invite"].sources:
        APPLICATIONS.perform(SYSTEM, application, "invite")
    outbox.queue(notifications.INVITED_INTERVIEWER, interview)
    outbox.queue(notifications.INVITED_CANDIDATE, interview)
    applications.tell_pay(SYSTEM, application, PayNoticeWay.INVITATION)
    if representative:
        _tell_representative(interview, _address(application))
    return interview


def _address(application: Application) -> str:
    """Where the body that may take part is written to; empty where there is none."""
    body = queries.planning.representative(application)
    return body.email if body is not None else ""


def _tell_representative(interview: Interview, address: str, changed: Sequence[Change] | None = None) -> None:
    """Invite that body, tell it what has changed, or that it takes place without it."""
    before, interview.representative_at = interview.representative_at, address
    if before and before != address:
        former = Body(Party.REPRESENTATIVE, before)
        outbox.compose(notifications.WITHOUT_REPRESENTATIVE, interview, former)
    if address and address != before:
        outbox.queue(notifications.INVITED_REPRESENTATIVE, interview)
    elif address and changed is not None:
        outbox.queue(notifications.MOVED_REPRESENTATIVE, interview, changed=changed)


@operation(allow=policies.PLAN, done=_("Interview changed, everybody told"))
def move(
    actor: User,
    interview: Interview,
    *,
    kind: InterviewKind,
    starts_at: datetime,
    minutes: int,
    place: str,
    message: str,
    panel: Sequence[User],
    representative: bool | None = None,
) -> Interview:
    """Change when, where or with whom: the same entry in every calendar, with the next sequence number.

    Who leaves the panel is told that it is off for them; who joins is invited. The questions stay. Words to the
    candidate are told to nobody else, and where nothing is different nobody is told anything. `representative` says
    whether the body of severely disabled employees has the appointment; None: as before. Raises NotPossible for an
    interview that is not planned (any more), and for leaving out who has handed in a scorecard.
    """
    if interview.status is not InterviewStatus.PLANNED:
        raise NotPossible(gettext("Only an interview that is planned can be changed."))
    private_life.refuse(message)
    application = interview.application
    _require_free(
        application, interview.round, starts_at=starts_at, minutes=minutes, panel=panel, but=interview
    )
    staying = {person.id for person in panel}
    leaving = [seat for seat in interview.seats if seat.interviewer_id not in staying]
    for seat in leaving:
        if seat.scorecard is not None and seat.scorecard.status is ScorecardStatus.SUBMITTED:
            name = seat.interviewer.name
            raise NotPossible(
                gettext("%(name)s has handed in a scorecard and stays on the panel.", name=name)
            )
    before = {seat.interviewer_id for seat in interview.seats}
    facts = {"kind": kind, "place": place, **_times(application, starts_at, minutes)}
    differs = staying != before or any(getattr(interview, name) != facts[name] for name in MEETS)
    there = interview.representative_at
    if representative is not None:
        there = _address(application) if representative else ""
    if not differs and message == interview.message and there == interview.representative_at:
        return interview
    here, outside = notifications.told_to_the_panel, notifications.told_to_the_candidate
    panel_knew, candidate_knew = here(interview), outside(interview)
    interview.sequence += 1
    for seat in leaving:
        interview.seats.remove(seat)
        outbox.compose(notifications.TAKEN_OFF, interview, seat.interviewer)
    interview.seats += [
        PanelSeat(interviewer=person, scorecard=Scorecard()) for person in panel if person.id not in before
    ]
    said_before, interview.message = interview.message, message
    for name, value in facts.items():
        setattr(interview, name, value)
    db.session.flush()
    for seat in interview.seats if differs else ():
        known = seat.interviewer_id in before
        notice = notifications.MOVED_INTERVIEWER if known else notifications.INVITED_INTERVIEWER
        outbox.compose(notice, interview, seat.interviewer, changed=between(panel_knew, here(interview)))
    if differs or message != said_before:
        outbox.queue(
            notifications.MOVED_CANDIDATE, interview, changed=between(candidate_knew, outside(interview))
        )
    _tell_representative(interview, there, between(panel_knew, here(interview)) if differs else None)
    return interview


def _times(application: Application, starts_at: datetime, minutes: int) -> dict[str, Any]:
    region = application.posting.unit.holiday_region
    day = clock.local(starts_at).date()
    score_by = deadlines.HAND_IN_SCORECARD.after(day, region)
    return {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "day": day,
        "score_by": score_by,
        "decide_by": deadlines.DECIDE_ON_CANDIDATE.after(score_by, region),
        "outcome_by": deadlines.SAY_WHETHER_HELD.after(day),
    }


@operation(allow=policies.owner_of_the_scorecard, done=_("Draft saved"))
def save_rating(
    actor: User,
    scorecard: Scorecard,
    *,
    competency_id: int,
    scenario_id: int | None = None,
    level: Level | None,
    notes: str,
    evidence: str,
) -> None:
    """Store level, notes and evidence of one competency (of one scenario), as far as they are written.

    Raises NotPossible for a competency that the interview has no question on, and for a scenario that it does not have.
    """
    _require_open(scorecard)
    if (competency_id, scenario_id) not in {part.key for part in parts_of(scorecard.seat.interview)}:
        raise NotPossible(gettext("This competency is not part of the interview."))
    rating = rating_to_write(scorecard, competency_id, scenario_id)
    rating.level, rating.notes, rating.evidence = level, notes, evidence
    touch(scorecard)


@operation(allow=policies.owner_of_the_scorecard, done=_("Draft saved"))
def save_summary(
    actor: User, scorecard: Scorecard, *, recommendation: Recommendation | None, summary: str
) -> None:
    """Keep what one advises, as far as it is written down."""
    _require_open(scorecard)
    scorecard.recommendation, scorecard.summary = recommendation, summary
    touch(scorecard)


def _require_open(scorecard: Scorecard) -> None:
    """A scorecard opens on the day of the interview, and is written on until it is handed in or excused."""
    interview = scorecard.seat.interview
    if scorecard.status is ScorecardStatus.SUBMITTED:
        raise NotPossible(gettext("This scorecard is handed in. What is wrong on it can be corrected."))
    if scorecard.status is ScorecardStatus.EXCUSED:
        raise NotPossible(gettext("This scorecard is no longer expected. HR can ask for it again."))
    if interview.status not in queries.meetings.STANDING:
        raise NotPossible(gettext("The interview is “%(status)s”.", status=interview.status.label))
    if clock.today() < interview.day:
        raise NotPossible(
            gettext(
                "The scorecard opens on the day of the interview: %(when)s.", when=moment(interview.starts_at)
            )
        )


@SCORECARDS.after("submit", order=5)
@SCORECARDS.after("correct", order=5)
def keep_as_handed_in(_actor: Actor, scorecard: Scorecard) -> None:
    """What was handed in stands as it is; a correction stands beside it."""
    records.SCORECARD.keep(scorecard)


@SCORECARDS.after("submit", order=10)
@SCORECARDS.after("excuse", order=10)
def hold_when_all_are_in(actor: Actor, scorecard: Scorecard) -> None:
    """The last scorecard shows that the interview took place, if nobody said so before."""
    interview = scorecard.seat.interview
    if interview.status is not InterviewStatus.PLANNED:
        return
    states = {seat.scorecard.status for seat in interview.seats if seat.scorecard is not None}
    if ScorecardStatus.SUBMITTED in states and ScorecardStatus.DRAFT not in states:
        FLOW.perform(SYSTEM, interview, "hold")


@SCORECARDS.after("excuse", order=20)
@FLOW.after("cancel", order=10)
@FLOW.after("miss", order=10)
def owe_another_interview(_actor: Actor, thing: Scorecard | Interview) -> None:
    """A candidate whom nobody has met or rated gets another date within the usual time."""
    application = (thing.seat.interview if isinstance(thing, Scorecard) else thing).application
    if application.status is APPLICATIONS["invite"].target:
        region = application.posting.unit.holiday_region
        application.interview_by = deadlines.PLAN_INTERVIEW.after(clock.today(), region)


@operation(allow=policies.DECIDE, done=_("Decision recorded"))
def decide(
    actor: User, application: Application, *, outcome: Outcome, reason: str, deviates: bool = False
) -> Decision:
    """Record what a person decided, and why. Going against the scorecards has to be said with `deviates`.

    A decision to hire of which nobody outside has heard can be revised: to keep open, or to no. Raises NotPossible
    where it is decided already, where scorecards are missing, and against them without `deviates`.
    """
    queries.scorecards.lock(application)
    revises = application.status in queries.scorecards.REVISABLE
    if revises and outcome is Outcome.HIRE:
        raise NotPossible(gettext("It is decided to hire already."))
    interviews = queries.meetings.of_application(application)
    if why_not := queries.scorecards.why_not_decide(application, interviews):
        raise NotPossible(why_not)
    comparison = queries.scorecards.compared_of(interviews)
    against = comparison is not None and comparison.contradicts(outcome)
    if against and not deviates:
        raise NotPossible(gettext("This goes against what the scorecards say. Confirm that you mean it."))
    decision = Decision(
        application=application,
        outcome=outcome,
        reason=reason,
        panel_mean=int(comparison.total * 100) if comparison and comparison.total is not None else None,
        deviates=against,
        tell_by=deadlines.TELL_CANDIDATE.after(clock.today(), application.posting.unit.holiday_region),
        decided_by=actor,
        decided_at=clock.now(),
    )
    db.session.add(decision)
    db.session.flush()
    records.DECISION.keep(decision)
    if outcome is Outcome.HIRE:
        APPLICATIONS.perform(SYSTEM, application, "approve")
    elif revises:
        APPLICATIONS.perform(SYSTEM, application, "reconsider", note=reason)
    else:
        touch(application)  # whoever decides from an older page sees this decision first
    news.tell(notifications.DECIDED, decision, actor)
    return decision


def _call_off(application: Application, reason: CallOff) -> None:
    for interview in queries.meetings.of_application(application):
        if interview.status is InterviewStatus.PLANNED and not FLOW["cancel"].guard(interview):
            FLOW.perform(SYSTEM, interview, "cancel", note=str(reason.label), reason=reason)


@operation(allow=policies.REMIND, done=_("Reminder sent"))
def remind(actor: User, interview: Interview, /) -> str:
    """Remind whoever owes a scorecard of this interview; their names. Raises NotPossible where nobody does."""
    return OWED.ask(actor, interview)


@APPLICATIONS.after("reject", order=10)
def call_off_after_rejection(actor: Actor, application: Application) -> None:
    """Nobody waits in a room for somebody who was turned down."""
    _call_off(application, CallOff.CLOSED)


@DISCLOSURES.after("told", "taken_back", order=10)
def leave_out_the_representative(_actor: Actor, application: Application) -> None:
    """Where the applicant does not (any longer) want that body, it has no appointment with them either."""
    if queries.planning.representative(application) is not None:
        return
    for interview in queries.meetings.of_application(application):
        if interview.status is InterviewStatus.PLANNED and interview.representative_at:
            interview.sequence += 1
            _tell_representative(interview, "")


@APPLICATIONS.after("withdraw", order=10)
def call_off_after_withdrawal(actor: Actor, application: Application) -> None:
    """Nor for somebody who has taken the application back."""
    _call_off(application, CallOff.WITHDRAWN)
