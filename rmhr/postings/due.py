"""What is owed around postings: a look at those that close soon."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import this_day
from rmhr.core.due import N_, source
from rmhr.models.accounts import Role
from rmhr.models.postings import Posting, PostingStatus

#: Days before the deadline from which on the recruiter should decide whether it moves.
AHEAD = 7


@source(
    "postings.closing",
    label=N_("Postings that close soon"),
    nudge=(-3, 0),
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
