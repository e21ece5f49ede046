"""The life of an interview, and of each scorecard."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from rmhr.accounts.queries import confidential
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import Actor
from rmhr.core.words import day_text, time_of_day
from rmhr.interviews import forms, notifications, policies
from rmhr.interviews.kit import parts_of, rating_to_write
from rmhr.interviews.reasons import CallOff
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.competencies import Level
from rmhr.models.interviews import (
    Interview,
    InterviewStatus,
    PanelSeat,
    Recommendation,
    Scorecard,
    ScorecardStatus,
)


def _not_begun(interview: Interview) -> str | None:
    if clock.now() < interview.starts_at:
        return gettext(
            "It begins only on %(day)s at %(time)s.",
            day=day_text(interview.starts_at),
            time=time_of_day(interview.starts_at),
        )
    return None


def _judged_already(interview: Interview) -> str | None:
    """What was judged took place; it can no longer be cancelled."""
    for seat in interview.seats:
        if seat.scorecard is not None and seat.scorecard.status is ScorecardStatus.SUBMITTED:
            return gettext(
                "%(name)s has handed in a scorecard, so the interview took place.", name=seat.interviewer.name
            )
    return None


def _nobody_was_met(interview: Interview) -> str | None:
    return _not_begun(interview) or _judged_already(interview)


def _cancel(
    _actor: Actor,
    interview: Interview,
    *,
    reason: CallOff = CallOff.OTHER,
    line: str = "",
    words: str = "",
    **_data: Any,
) -> None:
    """Tell each side in the words that are meant for it."""
    interview.sequence += 1
    outbox.queue(notifications.CANCELLED_INTERVIEWER, interview, reason=reason, words=words)
    outbox.queue(notifications.CANCELLED_CANDIDATE, interview, reason=reason, line=line)
    outbox.queue(notifications.CANCELLED_REPRESENTATIVE, interview, reason=reason)


FLOW = Workflow(
    "interviews",
    initial=InterviewStatus.PLANNED,
    transitions=[
        Transition(
            name="hold",
            sources=(InterviewStatus.PLANNED,),
            target=InterviewStatus.HELD,
            label=_("It took place"),
            done=_("Interview held"),
            allow=policies.HOLD,
            guard=_not_begun,
        ),
        Transition(
            name="cancel",
            sources=(InterviewStatus.PLANNED,),
            target=InterviewStatus.CANCELLED,
            label=_("Cancel the interview…"),
            done=_("Interview cancelled"),
            allow=policies.CANCEL,
            guard=_judged_already,
            form=forms.CancelForm,
            confirm=_("The candidate and the panel are told, and the entry leaves their calendars."),
            apply=_cancel,
            tone="danger",
        ),
        Transition(
            name="miss",
            sources=(InterviewStatus.PLANNED, InterviewStatus.HELD),
            target=InterviewStatus.NO_SHOW,
            label=_("Candidate did not come…"),
            done=_("Candidate did not come"),
            allow=policies.SAY_WHO_CAME,
            guard=_nobody_was_met,
            form=forms.MissedForm,
            confirm=_("The candidate is told at once that we waited, and how to ask for another date."),
            notify=(notifications.MISSED_CANDIDATE,),
        ),
        Transition(
            name="find",
            sources=(InterviewStatus.NO_SHOW,),
            target=InterviewStatus.HELD,
            label=_("Candidate did come…"),
            done=_("Candidate did come: the interview was held"),
            allow=policies.SAY_WHO_CAME,
            form=forms.WhyForm,
            confirm=_("The candidate is told at once that our mail was a mistake. The panel rates then."),
            notify=(notifications.FOUND_CANDIDATE,),
        ),
        Transition(
            name="unhold",
            sources=(InterviewStatus.HELD,),
            target=InterviewStatus.PLANNED,
            label=_("It did not take place…"),
            done=_("Interview not held after all"),
            allow=policies.UNHOLD,
            guard=_judged_already,
            form=forms.WhyForm,
            confirm=_(
                "It counts as planned again then: change its date, cancel it, or say that nobody came."
            ),
        ),
    ],
    next_steps={
        InterviewStatus.PLANNED: Owed("interviews.coming", "interviews.outcome"),
        InterviewStatus.HELD: Rests("What follows is owed by its scorecards, and by the application."),
        InterviewStatus.NO_SHOW: Rests("The application is owed: `interviews.again`, or its end."),
    },
)


def unfinished(scorecard: Scorecard) -> list[tuple[int, str]]:
    """What is missing on a scorecard, as (step, words): the step is where it can be added."""
    missing = []
    parts = parts_of(scorecard.seat.interview)
    for step, part in enumerate(parts, start=1):
        rating = part.rating_on(scorecard)
        if rating is None or rating.level is None:
            missing.append((step, gettext("“%(competency)s” is not rated yet.", competency=part.name)))
        elif rating.level is not Level.NOT_OBSERVED and not rating.evidence.strip():
            missing.append(
                (
                    step,
                    gettext("A sentence of evidence is missing for “%(competency)s”.", competency=part.name),
                )
            )
    if scorecard.recommendation is None:
        missing.append((len(parts) + 1, gettext("Your recommendation is missing.")))
    if not scorecard.summary.strip():
        missing.append((len(parts) + 1, gettext("Your summary is missing.")))
    return missing


def _incomplete(scorecard: Scorecard) -> str | None:
    if scorecard.seat.interview.status is InterviewStatus.CANCELLED:
        return gettext("The interview was cancelled.")
    if why_not := _not_begun(scorecard.seat.interview):
        return why_not
    missing = unfinished(scorecard)
    return " ".join(words for _step, words in missing) or None


def _submit(_actor: Actor, scorecard: Scorecard, **_data: Any) -> None:
    scorecard.submitted_at = clock.now()


def _not_to_be_excused(scorecard: Scorecard) -> str | None:
    if scorecard.seat.interview.status not in (InterviewStatus.PLANNED, InterviewStatus.HELD):
        return gettext("No scorecard is expected for this interview.")
    return _not_begun(scorecard.seat.interview)


def _excuse(_actor: Actor, scorecard: Scorecard, *, excuse: str, instead: User | None = None) -> None:
    scorecard.excuse = excuse
    if instead is not None:
        _seat(scorecard.seat.interview, instead)


def _seat(interview: Interview, person: User) -> None:
    """Let somebody else who was there rate. Raises NotPossible where they sit there, or must not know of it."""
    if any(seat.interviewer_id == person.id for seat in interview.seats):
        raise NotPossible(gettext("%(name)s is on the panel already.", name=person.name))
    if not confidential.may_know(person, interview.application):
        raise NotPossible(gettext("%(name)s cannot be asked about this application.", name=person.name))
    interview.seats.append(PanelSeat(interviewer=person, scorecard=Scorecard()))
    db.session.flush()
    outbox.compose(notifications.ASKED_TO_RATE, interview, person)


def _expect(_actor: Actor, scorecard: Scorecard, **_data: Any) -> None:
    scorecard.excuse = ""


def _not_held(scorecard: Scorecard) -> str | None:
    if scorecard.seat.interview.status is not InterviewStatus.HELD:
        return gettext("The interview is “%(status)s”.", status=scorecard.seat.interview.status.label)
    return None


def _correct(
    _actor: Actor,
    scorecard: Scorecard,
    *,
    competency_id: int | None = None,
    scenario_id: int | None = None,
    level: Level | None = None,
    notes: str = "",
    evidence: str = "",
    recommendation: Recommendation | None = None,
    summary: str = "",
) -> None:
    """Change one rating, or without a competency the advice. Raises NotPossible where something is missing then."""
    if competency_id is None:
        scorecard.recommendation, scorecard.summary = recommendation, summary
    else:
        rating = rating_to_write(scorecard, competency_id, scenario_id)
        rating.level, rating.notes, rating.evidence = level, notes, evidence
    if missing := unfinished(scorecard):
        raise NotPossible(" ".join(words for _step, words in missing))
    touch(scorecard)


def touch(thing: Scorecard | Application) -> None:
    """Count its version up: what was written about it belongs to what others have before them."""
    thing.updated_at = clock.now()
    flag_modified(thing, "updated_at")


SCORECARDS = Workflow(
    "scorecards",
    initial=ScorecardStatus.DRAFT,
    transitions=[
        Transition(
            name="submit",
            sources=(ScorecardStatus.DRAFT,),
            target=ScorecardStatus.SUBMITTED,
            label=_("Hand in"),
            done=_("Scorecard handed in"),
            allow=policies.owner_of_the_scorecard,
            guard=_incomplete,
            confirm=_(
                "Once handed in it is final: you can correct it with a reason, and what you wrote at "
                "first stays beside it. Then you see what the others rated. The applicant may ask to "
                "read it."
            ),
            apply=_submit,
            tone="primary",
        ),
        Transition(
            name="correct",
            sources=(ScorecardStatus.SUBMITTED,),
            target=ScorecardStatus.SUBMITTED,
            label=_("Correct…"),
            done=_("Scorecard corrected"),
            allow=policies.owner_of_the_scorecard,
            guard=_not_held,
            form=forms.WhyForm,
            apply=_correct,
            notify=(notifications.CORRECTED,),
        ),
        Transition(
            name="excuse",
            sources=(ScorecardStatus.DRAFT,),
            target=ScorecardStatus.EXCUSED,
            label=_("Do without it…"),
            done=_("Scorecard excused"),
            allow=policies.EXCUSE,
            guard=_not_to_be_excused,
            form=forms.ExcuseForm,
            confirm=_(
                "This scorecard is no longer expected. The others count, and this reason is shown beside "
                "them."
            ),
            apply=_excuse,
        ),
        Transition(
            name="expect",
            sources=(ScorecardStatus.EXCUSED,),
            target=ScorecardStatus.DRAFT,
            label=_("Ask for it after all…"),
            done=_("Scorecard asked for after all"),
            allow=policies.EXCUSE,
            form=forms.WhyForm,
            apply=_expect,
        ),
    ],
    next_steps={
        ScorecardStatus.DRAFT: Owed("interviews.coming", "interviews.scorecard", "interviews.seat"),
        ScorecardStatus.SUBMITTED: Rests("It is handed in. A correction keeps what it said at first."),
        ScorecardStatus.EXCUSED: Rests("HR has said why nobody waits for it."),
    },
)
