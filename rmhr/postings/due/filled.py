"""What is owed once every position of an open posting is taken: a decision whether it closes."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import Rows
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.postings import Posting, PostingGroup, PostingStatus


@source(
    "postings.filled",
    label=N_("Open postings that are filled"),
    remind_on=(1, 4),
    text=N_("Decide whether “%(what)s” closes"),
    why=N_("All its positions in %(where)s are taken, and people keep applying until it closes"),
    verb=N_("View"),
    endpoint="postings.show",
    icon="person-check",
    snooze=7,
    shared=Role.HR,
)
def filled() -> Rows:
    """Open postings that do not close by themselves, whose positions are all taken: from the last acceptance on."""
    hired = sa.and_(Application.posting_id == Posting.id, Application.status == ApplicationStatus.HIRED)
    taken = sa.select(sa.func.count(Application.id)).where(hired).correlate(Posting).scalar_subquery()
    last = sa.select(sa.func.max(Application.status_since)).where(hired).correlate(Posting).scalar_subquery()
    return sa.select(
        Posting.id.label("subject_id"),
        Posting.recruiter_id.label("owner_id"),
        day_of(last).label("due_on"),
        Posting.title.label("what"),
        Posting.place.label("where"),
    ).where(
        Posting.status.in_(PostingStatus.within(PostingGroup.OPEN)),
        Posting.closes_when_filled.is_(False),
        taken >= Posting.openings,
    )
