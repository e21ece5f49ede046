"""The life of an interview, and of each scorecard."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.core.words import moment
from rmhr.interviews import forms, notifications, policies
from rmhr.models.competencies import Level
from rmhr.models.interviews import Interview, InterviewStatus, Scorecard, ScorecardStatus


def _not_begun(interview: Interview) -> str | None:
    if clock.now() < interview.starts_at:
        return gettext("It begins only on %(when)s.", when=moment(interview.starts_at))
    return None


def _judged_already(interview: Interview) -> str | None:
    """What was judged took place; it can no longer be cancelled."""
    for seat in interview.seats:
        if seat.scorecard is not None and seat.scorecard.status is ScorecardStatus.SUBMITTED:
            return gettext(
                "%(name)s has handed in a scorecard, so the interview took place.", name=seat.interviewer.name
            )
    return None


def _cancel(_actor: Actor, interview: Interview, **_data: Any) -> None:
    interview.sequence += 1


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
            label=_("Call off…"),
            done=_("Interview cancelled"),
            allow=policies.CANCEL,
            guard=_judged_already,
            form=forms.CancelForm,
            confirm=_("The candidate and the panel are told, and the entry leaves their calendars."),
            apply=_cancel,
            notify=(notifications.CANCELLED_INTERVIEWER, notifications.CANCELLED_CANDIDATE),
            tone="danger",
        ),
    ],
)


def unfinished(scorecard: Scorecard) -> list[tuple[int, str]]:
    """What is missing on a scorecard, as (step, words): the step is where it can be added."""
    rated = {rating.competency_id: rating for rating in scorecard.ratings}
    missing = []
    asked = dict.fromkeys(question.competency for question in scorecard.seat.interview.questions)
    for step, competency in enumerate(asked, start=1):
        rating = rated.get(competency.id)
        if rating is None or rating.level is None:
            missing.append((step, gettext("“%(competency)s” is not rated yet.", competency=competency.name)))
        elif rating.level is not Level.NOT_OBSERVED and not rating.evidence.strip():
            missing.append(
                (
                    step,
                    gettext(
                        "A sentence of evidence is missing for “%(competency)s”.", competency=competency.name
                    ),
                )
            )
    if scorecard.recommendation is None:
        missing.append((len(asked) + 1, gettext("Your recommendation is missing.")))
    if not scorecard.summary.strip():
        missing.append((len(asked) + 1, gettext("Your summary is missing.")))
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
            apply=_submit,
            tone="primary",
        ),
    ],
)
