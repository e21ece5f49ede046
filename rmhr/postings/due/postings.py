"""What is owed around postings: an approval, a look at those that close soon."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.law import deadlines
from rmhr.models.accounts import Role, User
from rmhr.models.postings import Posting, PostingStatus
from rmhr.models.reminders import Basis, EscalationLevel

#: Days before the deadline from which on the recruiter should decide whether it moves.
AHEAD = deadlines.LOOK_AT_POSTING_THAT_CLOSES.number


@source(
    "postings.closing",
    label=N_("Postings that close soon"),
    remind_on=(-3, 0),
    text=N_("Look at “%(what)s” before it closes"),
    why=N_("You recruit for it in %(where)s: extend the deadline, or let it close"),
    verb=N_("View"),
    endpoint="postings.show",
    icon="megaphone",
    snooze=3,
    shared=Role.HR,
)
def closing_soon() -> sa.Select[Any]:
    """Open postings whose deadline is near, for their recruiter."""
    columns: list[Any] = [
        Posting.id.label("subject_id"),
        Posting.recruiter_id.label("owner_id"),
        Posting.closes_on.label("due_on"),
        Posting.title.label("what"),
        Posting.place.label("where"),
    ]
    return sa.select(*columns).where(
        Posting.status == PostingStatus.PUBLISHED,
        Posting.closes_on >= this_day(),
        Posting.closes_on <= this_day(AHEAD),
    )


@source(
    "postings.approve",
    label=N_("Postings to approve"),
    remind_on=(-1, 0, 3),
    escalation=(ReminderStep(3, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("Read and approve “%(what)s”"),
    why=N_("%(person)s has submitted it; you approve it or send it back"),
    verb=N_("Read"),
    endpoint="postings.show",
    icon="check2-circle",
    otherwise=N_("It cannot go online until then"),
    snooze=2,
    awaited=N_("Approval of “%(what)s”"),
)
def to_approve() -> Rows:
    """What the other side has submitted: owed by the hiring manager, or to them by the recruiter."""
    own = Posting.submitted_by_id == Posting.hiring_manager_id
    return (
        sa.select(
            Posting.id.label("subject_id"),
            sa.case((own, Posting.recruiter_id), else_=Posting.hiring_manager_id).label("owner_id"),
            Posting.approve_by.label("due_on"),
            Posting.submitted_by_id.label("waits_id"),
            Posting.title.label("what"),
            User.name.label("person"),
        )
        .join(User, User.id == Posting.submitted_by_id)
        .where(Posting.status == PostingStatus.IN_APPROVAL, Posting.approve_by.is_not(None))
    )
