"""What interviewers and recruiters owe around an interview."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts.queries import confidential
from rmhr.applications.queries.applications import BY_POSTING
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core.db import FromLeft, Rows, this_day, this_moment
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role, User
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
from rmhr.models.reminders import Absence, Basis, EscalationLevel

STANDS = Interview.status.in_((InterviewStatus.PLANNED, InterviewStatus.HELD))
AHEAD = Interview.starts_at > this_moment()
INTERVIEWER = aliased(User, name="interviewer")
#: Interviews with the scorecards of their panels: those of one application are few, those that are in many.
OF_INTERVIEWS = FromLeft(
    FromLeft(Interview.__table__, PanelSeat.__table__, PanelSeat.interview_id == Interview.id),
    Scorecard.__table__,
    Scorecard.seat_id == PanelSeat.id,
)


def _seats(owner_id: Any, due_on: Any) -> Rows:
    """Seats whose scorecard is not handed in, of interviews that take place or took place."""
    return (
        sa.select(
            owner_id.label("owner_id"),
            due_on.label("due_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .select_from(Interview)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .join(INTERVIEWER, INTERVIEWER.id == PanelSeat.interviewer_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(STANDS, Scorecard.status == ScorecardStatus.DRAFT)
    )


def _of_the_panel(due_on: Any) -> Rows:
    seats = _seats(PanelSeat.interviewer_id, due_on).where(_can_do_it())
    return seats.add_columns(Interview.id.label("subject_id"))


def _can_do_it() -> sa.ColumnElement[bool]:
    """That whoever has the seat works here, may know of the application, and is there when it matters.

    Before the interview that is its day. After it, it is until the scorecard is due: only they can write it, so
    whoever stands in for them is not asked; the recruiter is.
    """
    here = sa.or_(INTERVIEWER.left_on.is_(None), INTERVIEWER.left_on >= this_day())
    away = sa.select(Absence.id).where(
        Absence.user_id == PanelSeat.interviewer_id,
        sa.or_(
            sa.and_(AHEAD, Absence.starts_on <= Interview.day, Absence.ends_on >= Interview.day),
            sa.and_(
                ~AHEAD,
                Absence.starts_on <= this_day(),
                Absence.ends_on >= this_day(),
                Absence.ends_on >= Interview.score_by,
            ),
        ),
    )
    return sa.and_(
        here,
        confidential.owed_by(PanelSeat.interviewer_id),
        ~away.correlate(Interview, PanelSeat).exists(),
    )


def _meetings(due_on: Any) -> Rows:
    """Interviews, for their recruiters."""
    return (
        sa.select(
            Interview.id.label("subject_id"),
            Posting.recruiter_id.label("owner_id"),
            due_on.label("due_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("posting"),
        )
        .join(Application, Application.id == Interview.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(confidential.owed_by(Posting.recruiter_id))
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
        .select_from(BY_POSTING)
        .join(Applicant, Applicant.id == Application.applicant_id)
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
    return meetings.where(Interview.status == InterviewStatus.PLANNED, AHEAD)


@source(
    "interviews.scorecard",
    label=N_("Scorecards to hand in"),
    remind_on=(0, 1, 3),
    escalation=(ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Hand in your scorecard for %(person)s"),
    why=N_("The decision about %(posting)s is waiting for it"),
    verb=N_("Rate"),
    endpoint="interviews.scorecard",
    icon="pencil-square",
    otherwise=N_("Nobody can decide as long as it is missing"),
    otherwise_by="interviews.decide",
    awaited=N_("Scorecard for %(person)s"),
    personal=True,
)
def to_hand_in() -> sa.Select[Any]:
    """Scorecards of interviews that have begun: due on the next working day."""
    return (
        _of_the_panel(Interview.score_by)
        .outerjoin(confidential.WAITING, confidential.waits(Posting.recruiter_id))
        .add_columns(Interview.day.label("since_on"), confidential.WAITING.id.label("waits_id"))
        .where(~AHEAD)
    )


@source(
    "interviews.seat",
    label=N_("Seats of a panel that nobody fills"),
    remind_on=(-2, 0, 2),
    escalation=(ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("%(who)s cannot attend the interview with %(person)s"),
    why=N_(
        "Has left, is away, or must not know of it: let somebody else take the seat, or do without the scorecard"
    ),
    verb=N_("View"),
    endpoint="interviews.show",
    params={"id": "interview"},
    icon="person-dash",
    otherwise=N_("Nobody can decide as long as the scorecard is missing"),
    otherwise_by="interviews.decide",
    shared=Role.HR,
)
def to_fill() -> Rows:
    """Seats of people who have left, are away when it matters, or must not know of it: the recruiter's."""
    due_on = sa.case((AHEAD, Interview.day), else_=Interview.score_by)
    return (
        _seats(Posting.recruiter_id, due_on)
        .add_columns(
            Scorecard.id.label("subject_id"),
            Interview.id.label("interview"),
            INTERVIEWER.name.label("who"),
        )
        .where(~_can_do_it(), confidential.owed_by(Posting.recruiter_id))
    )


@source(
    "interviews.outcome",
    label=N_("Interviews whose outcome is not recorded"),
    remind_on=(0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Did the interview with %(person)s take place?"),
    why=N_("For %(posting)s; say whether it took place, was cancelled, or the candidate did not come"),
    verb=N_("View"),
    endpoint="interviews.show",
    icon="question-circle",
    otherwise=N_("Nobody can decide before that is said"),
    otherwise_by="interviews.decide",
    shared=Role.HR,
)
def to_say_whether_held() -> Rows:
    """Interviews that are over and still planned: the recruiter's, a week after."""
    since = day_of(Interview.ends_at).label("since_on")
    return (
        _meetings(Interview.outcome_by)
        .add_columns(since)
        .where(Interview.status == InterviewStatus.PLANNED, Interview.ends_at <= this_moment())
    )


@source(
    "interviews.again",
    label=N_("Candidates who need another interview"),
    remind_on=(0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Plan another interview with %(person)s"),
    why=N_("For %(posting)s; the last one did not take place, or nobody rated it"),
    verb=N_("Plan"),
    endpoint="interviews.new",
    params={"application_id": "subject_id"},
    icon="calendar-plus",
    snooze=3,
    shared=Role.HR,
)
def to_meet_again() -> Rows:
    """People in interviews of whom no interview is planned, and none was held and rated: the recruiter's."""
    since = day_of(Application.status_since)
    due_on = sa.func.coalesce(Application.interview_by, since)
    return (
        _of_the_recruiter(due_on)
        .add_columns(since.label("since_on"))
        .where(
            Application.status.in_(APPLICATIONS["approve"].sources),
            ~_standing_seats().where(Scorecard.status != ScorecardStatus.EXCUSED).exists(),
            ~_standing().where(Interview.status == InterviewStatus.PLANNED).exists(),
            ~_in_force(Outcome.NO).exists(),
        )
    )


@source(
    "interviews.kept_open",
    label=N_("Decisions that were left open"),
    remind_on=(0, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Go on with %(person)s"),
    why=N_("Kept open for %(posting)s: tell the candidate, plan another interview, or decide"),
    verb=N_("View"),
    endpoint="applications.show",
    icon="pause-circle",
    snooze=10,
    shared=Role.HR,
)
def to_go_on() -> Rows:
    """People about whom the last decision was to keep it open, while nothing is planned: the recruiter's."""
    return (
        _of_the_recruiter(Decision.tell_by)
        .add_columns(day_of(Decision.decided_at).label("since_on"))
        .join(Decision, Decision.id == _latest())
        .where(
            Application.status.in_(APPLICATIONS["approve"].sources),
            Decision.outcome == Outcome.HOLD,
            ~_standing().where(Interview.status == InterviewStatus.PLANNED).exists(),
            ~_standing_seats().where(Scorecard.status == ScorecardStatus.DRAFT).exists(),
            sa.func.coalesce(Decision.decided_at >= _newest(), sa.true()),
        )
    )


# What is asked about an application: each of these stands inside a SELECT over Application, and says so.


def _standing() -> Rows:
    """Its interviews that take place or took place."""
    return (
        sa.select(Interview.id)
        .where(Interview.application_id == Application.id, STANDS)
        .correlate(Application)
    )


def _standing_seats() -> Rows:
    """The scorecards of those."""
    return (
        sa.select(Scorecard.id)
        .select_from(OF_INTERVIEWS)
        .where(Interview.application_id == Application.id, STANDS)
        .correlate(Application)
    )


def _newest() -> sa.ScalarSelect[Any]:
    """When the last of those was handed in."""
    return _standing_seats().with_only_columns(sa.func.max(Scorecard.submitted_at)).scalar_subquery()


def _latest() -> sa.ScalarSelect[Any]:
    """The decision that is in force."""
    decision = aliased(Decision)
    return (
        sa.select(sa.func.max(decision.id))
        .where(decision.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )


def _in_force(outcome: Outcome) -> Rows:
    """That decision, if it is this one."""
    decision = aliased(Decision)
    return (
        sa.select(decision.id)
        .where(decision.id == _latest(), decision.outcome == outcome)
        .correlate(Application)
    )


@source(
    "interviews.decide",
    label=N_("Decisions about candidates"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Decide about %(person)s"),
    why=N_("All scorecards for %(posting)s are in, and the candidate is waiting for an answer"),
    verb=N_("Decide"),
    endpoint="interviews.decide",
    params={"application_id": "subject_id"},
    icon="signpost-split",
    awaited=N_("Decision about %(person)s"),
    shared=Role.HR,
)
def to_decide() -> sa.Select[Any]:
    """Applications whose interviews are all held and judged, and not decided since: the recruiter's."""
    # The newest scorecard is that of this application: a subquery in a subquery does not find that out by itself.
    decided = (
        sa.select(Decision.id)
        .where(Decision.application_id == Application.id, Decision.decided_at >= _newest())
        .correlate(Application)
    )
    decide_by = _standing().with_only_columns(sa.func.max(Interview.decide_by)).scalar_subquery()
    decisions = _of_the_recruiter(decide_by).add_columns(
        day_of(_newest()).label("since_on"), confidential.WAITING.id.label("waits_id")
    )
    decisions = decisions.outerjoin(confidential.WAITING, confidential.waits(Posting.hiring_manager_id))
    return decisions.where(
        Application.status.in_(APPLICATIONS["approve"].sources),
        _standing_seats().where(Scorecard.status == ScorecardStatus.SUBMITTED).exists(),
        ~_standing().where(Interview.status == InterviewStatus.PLANNED).exists(),
        ~_standing_seats().where(Scorecard.status == ScorecardStatus.DRAFT).exists(),
        ~decided.exists(),
    )


@source(
    "interviews.tell",
    label=N_("Candidates to be told of a rejection"),
    remind_on=(0, 2),
    escalation=(ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Tell %(person)s about the decision"),
    why=N_("Decided not to hire for %(posting)s, and not told yet: the candidate still hopes"),
    verb=N_("Write"),
    endpoint="applications.transition",
    params={"id": "subject_id", "name": "transition"},
    icon="envelope",
    shared=Role.HR,
)
def to_tell() -> sa.Select[Any]:
    """People about whom it was decided “no”, and who have not been written to."""
    return (
        _of_the_recruiter(Decision.tell_by)
        .add_columns(sa.literal("reject").label("transition"), day_of(Decision.decided_at).label("since_on"))
        .join(Decision, Decision.id == _latest())
        .where(Application.status.in_(APPLICATIONS["approve"].sources), Decision.outcome == Outcome.NO)
    )
