"""What is owed around postings: writing, approving and publishing them, a look before they close, the last answers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.law import deadlines
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application, ApplicationGroup, ApplicationStatus
from rmhr.models.postings import Posting, PostingGroup, PostingStatus
from rmhr.models.reminders import Basis, EscalationLevel

#: Whoever applied so waits for an answer.
UNDER_WAY = ApplicationStatus.within(ApplicationGroup.NEW, ApplicationGroup.IN_SELECTION)
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
    """Open and paused postings whose deadline is near, for their recruiter: then they close by themselves."""
    columns: list[Any] = [
        Posting.id.label("subject_id"),
        Posting.recruiter_id.label("owner_id"),
        Posting.closes_on.label("due_on"),
        Posting.title.label("what"),
        Posting.place.label("where"),
    ]
    return sa.select(*columns).where(
        Posting.status.in_(PostingStatus.within(PostingGroup.OPEN)),
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
    otherwise_by="postings.publish",
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


def _recruiters(*conditions: sa.ColumnElement[bool], due_on: Any) -> Rows:
    return sa.select(
        Posting.id.label("subject_id"),
        Posting.recruiter_id.label("owner_id"),
        due_on.label("due_on"),
        Posting.hiring_manager_id.label("waits_id"),
        Posting.title.label("what"),
        Posting.place.label("where"),
    ).where(*conditions)


@source(
    "postings.write",
    label=N_("Postings to finish"),
    remind_on=(-2, 0, 5),
    escalation=(ReminderStep(10, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Finish and submit “%(what)s”"),
    why=N_("You recruit for it in %(where)s, and it is a draft"),
    verb=N_("Write"),
    endpoint="postings.edit",
    icon="pencil",
    snooze=7,
    awaited=N_("The posting “%(what)s”"),
    shared=Role.HR,
)
def to_write() -> Rows:
    """Drafts, for their recruiter."""
    return _recruiters(
        Posting.status == PostingStatus.DRAFT,
        due_on=sa.func.coalesce(Posting.step_by, day_of(Posting.created_at)),
    )


@source(
    "postings.publish",
    label=N_("Approved postings to publish"),
    remind_on=(0, 2, 5),
    text=N_("Publish “%(what)s”"),
    why=N_("It is approved, and nobody can apply in %(where)s before it is open"),
    verb=N_("View"),
    endpoint="postings.show",
    icon="broadcast",
    snooze=5,
    awaited=N_("“%(what)s” going online"),
    shared=Role.HR,
)
def to_publish() -> Rows:
    """Approved ones that no day opens: none was said, or something was in its way on the day."""
    return _recruiters(
        Posting.status == PostingStatus.APPROVED,
        sa.or_(Posting.opens_on.is_(None), Posting.opens_on < this_day()),
        due_on=sa.func.coalesce(Posting.step_by, Posting.opens_on, day_of(Posting.updated_at)),
    )


@source(
    "postings.settle",
    label=N_("Closed postings with open applications"),
    remind_on=(-5, 0, 5),
    text=N_("Answer the last applications to “%(what)s”"),
    why=N_("The posting in %(where)s is closed, and applicants are still waiting for an answer"),
    verb=N_("View"),
    endpoint="postings.show",
    icon="envelope-check",
    snooze=5,
    awaited=N_("The last answers to applications for “%(what)s”"),
    shared=Role.HR,
)
def to_settle() -> Rows:
    """Closed ones with applications that nobody has answered, for their recruiter."""
    waiting = sa.exists().where(Application.posting_id == Posting.id, Application.status.in_(UNDER_WAY))
    return _recruiters(
        Posting.status == PostingStatus.CLOSED,
        waiting.correlate(Posting),
        due_on=sa.func.coalesce(Posting.step_by, day_of(Posting.closed_at)),
    )
