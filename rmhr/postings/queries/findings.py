"""What the coach says about a posting, with the answers that were given to it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.core.db import db
from rmhr.models.postings import FindingNote, Posting, PostingGroup, PostingStatus
from rmhr.postings.coach import advice

#: Nobody outside has read it: what is missing can still stop it.
UNREADY = PostingStatus.within(PostingGroup.UNREAD)


def notes(posting: Posting) -> Sequence[FindingNote]:
    """The answers to what the coach says about this posting, the oldest first."""
    query = (
        sa.select(FindingNote)
        .where(FindingNote.posting_id == posting.id)
        .options(joinedload(FindingNote.written_by))
        .order_by(FindingNote.id)
    )
    return db.session.scalars(query).unique().all()


def report(posting: Posting) -> advice.Report:
    """All findings about a posting as it is stored. Two queries: the answers, and the requisition with its budget."""
    return advice.report(posting, notes(posting), unready=posting.status in UNREADY)
