"""What interviewers and recruiters owe around an interview."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core.db import this_moment
from rmhr.core.due.sources import N_, source
from rmhr.core.due.steps import ReminderStep
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role
from rmhr.models.applications import Applicant, Application
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewStatus,
    Outcome,
    PanelSeat,
    Scorecard,
    ScorecardStatus,
)
from rmhr.models.postings import Posting
from rmhr.models.reminders import Basis, EscalationLevel

STANDS = Interview.status != InterviewStatus.CANCELLED


def _of_the_panel(due_on: Any) -> sa.Select[Any]:
    return (
        sa.select(
            Interview.id.label("subject_id"),
            PanelSeat.interviewer_id.label("owner_id"),
            due_on.label("due_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .select_from(Interview)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .join(Application, Application.id == Interview.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(
            STANDS,
            Scorecard.status == ScorecardStatus.DRAFT,
            confidential.owed_by(PanelSeat.interviewer_id),
        )
    )


def _of_the_recruiter(due_on: Any) -> sa.Select[Any]:
    return (
        sa.select(
            Application.id.label("subject_id"),
            Posting.recruiter_id.label("owner_id"),
            due_on.label("due_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .select_from(Application)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(confidential.owed_by(Posting.recruiter_id))
    )


@source(
    "interviews.coming",
    label=N_("Coming interviews"),
    remind_on=(-1, 0),
    text=N_("Interview with %(person)s"),
    why=N_("You are on the panel for %(posting)s"),
    verb=N_("Prepare"),
    endpoint="interviews.show",
    icon="chat-square-text",
    must=N_("The candidate and the panel meet at this time"),
)
def coming() -> sa.Select[Any]:
    """Each interviewer's next interviews, until they begin."""
    meetings = _of_the_panel(Interview.day).add_columns(Interview.starts_at, Interview.ends_at)
    return meetings.where(Interview.status == InterviewStatus.PLANNED, Interview.starts_at > this_moment())


@source(
    "interviews.scorecard",
    label=N_("Scorecards to hand in"),
    remind_on=(0, 1, 3),
    escalation=(ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Hand in your scorecard for %(person)s"),
    why=N_("The decision about %(posting)s waits for it"),
    verb=N_("Rate"),
    endpoint="interviews.scorecard",
    icon="pencil-square",
    otherwise=N_("Nobody can decide before all scorecards are in"),
    awaited=N_("Scorecard for %(person)s"),
    personal=True,
)
def to_hand_in() -> sa.Select[Any]:
    """Scorecards of interviews that have begun: due on the next working day."""
    scorecards = _of_the_panel(Interview.score_by).add_columns(
        Interview.day.label("since_on"), confidential.awaited_by(Posting.recruiter_id).label("waits_id")
    )
    return scorecards.where(Interview.starts_at <= this_moment())


@source(
    "interviews.decide",
    label=N_("Decisions about candidates"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Decide about %(person)s"),
    why=N_("All scorecards for %(posting)s are in"),
    verb=N_("Decide"),
    endpoint="interviews.decide",
    params={"application_id": "subject_id"},
    icon="signpost-split",
    otherwise=N_("The candidate waits for an answer"),
    awaited=N_("Decision about %(person)s"),
    shared=Role.HR,
)
def to_decide() -> sa.Select[Any]:
    """Applications whose interviews are all held and judged, and not decided since: the recruiter's."""
    standing = sa.select(Interview.id).where(Interview.application_id == Application.id, STANDS)
    out = (
        sa.select(Scorecard.id)
        .join(PanelSeat, PanelSeat.id == Scorecard.seat_id)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(Interview.application_id == Application.id, STANDS, Scorecard.status == ScorecardStatus.DRAFT)
    )
    newest = (
        sa.select(sa.func.max(Scorecard.submitted_at))
        .join(PanelSeat, PanelSeat.id == Scorecard.seat_id)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(Interview.application_id == Application.id, STANDS)
        .scalar_subquery()
    )
    decided = sa.select(Decision.id).where(
        Decision.application_id == Application.id, Decision.decided_at >= newest
    )
    decide_by = (
        sa.select(sa.func.max(Interview.decide_by))
        .where(Interview.application_id == Application.id, STANDS)
        .scalar_subquery()
    )
    decisions = _of_the_recruiter(decide_by).add_columns(
        day_of(newest).label("since_on"), confidential.awaited_by(Posting.hiring_manager_id).label("waits_id")
    )
    return decisions.where(
        Application.status.in_(APPLICATIONS["approve"].sources),
        standing.exists(),
        ~standing.where(Interview.status == InterviewStatus.PLANNED).exists(),
        ~out.exists(),
        ~decided.exists(),
    )


@source(
    "interviews.tell",
    label=N_("Candidates to be told"),
    remind_on=(0, 2),
    escalation=(ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Tell %(person)s about the decision"),
    why=N_("Decided not to hire for %(posting)s, and not told yet"),
    verb=N_("Write"),
    endpoint="applications.transition",
    params={"id": "subject_id", "name": "transition"},
    icon="envelope",
    otherwise=N_("The candidate still hopes"),
    shared=Role.HR,
)
def to_tell() -> sa.Select[Any]:
    """People about whom it was decided “no”, and who have not been written to."""
    latest = (
        sa.select(sa.func.max(Decision.id))
        .where(Decision.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    return (
        _of_the_recruiter(Decision.tell_by)
        .add_columns(sa.literal("reject").label("transition"), day_of(Decision.decided_at).label("since_on"))
        .join(Decision, Decision.id == latest)
        .where(Application.status.in_(APPLICATIONS["approve"].sources), Decision.outcome == Outcome.NO)
    )
