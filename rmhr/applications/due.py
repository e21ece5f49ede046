"""What HR owes applicants: an answer after screening, a date for the interview."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.applications.queries.applications import BY_POSTING
from rmhr.applications.stages import TO_SCREEN
from rmhr.applications.workflow import FLOW
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role
from rmhr.models.applications import Applicant, Application
from rmhr.models.postings import Posting
from rmhr.models.reminders import Basis, EscalationLevel


def _rows(due_on: Any, since: Any) -> sa.Select[Any]:
    return (
        sa.select(
            Application.id.label("subject_id"),
            Posting.recruiter_id.label("owner_id"),
            due_on.label("due_on"),
            day_of(since).label("since_on"),
            confidential.name_in_lists().label("person"),
            Posting.title.label("job"),
        )
        .select_from(BY_POSTING)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(confidential.owed_by(Posting.recruiter_id))
    )


@source(
    "applications.screen",
    label=N_("Applications to screen"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Screen %(person)s"),
    why=N_("Applied for %(job)s; the posting promises an answer in time"),
    verb=N_("Screen"),
    endpoint="applications.screening",
    icon="search",
    shared=Role.HR,
)
def to_screen() -> sa.Select[Any]:
    """Applications that nobody has shortlisted or rejected yet: the recruiter's, by the promised day."""
    return _rows(Application.screen_by, Application.received_at).where(Application.status.in_(TO_SCREEN))


@source(
    "applications.invite",
    label=N_("Interviews to plan"),
    remind_on=(0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Plan an interview with %(person)s"),
    why=N_("Shortlisted for %(job)s, and no interview is planned yet"),
    verb=N_("Plan"),
    endpoint="interviews.new",
    params={"application_id": "subject_id"},
    icon="calendar-plus",
    snooze=3,
    shared=Role.HR,
)
def to_invite() -> sa.Select[Any]:
    """People who were shortlisted and wait for a date: the recruiter's, five working days after."""
    return _rows(Application.interview_by, Application.status_since).where(
        Application.status.in_(FLOW["invite"].sources), Application.interview_by.is_not(None)
    )
