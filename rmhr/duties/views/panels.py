"""On Today, for those who set the product up: what is missing before the first job goes public."""

from __future__ import annotations

from rmhr.duties import policies, queries
from rmhr.models.accounts import User
from rmhr.models.postings import Posting, PostingStatus
from rmhr.web.panels import Panel, Slot, panel


@panel(Slot.TODAY_SIDE, order=2)
def before_the_first_job(viewer: User, _subject: User) -> Panel | None:
    """What is still to be done, step by step; nothing once a job may go public."""
    return _what_is_missing(viewer)


@panel(Slot.POSTING_SIDE, order=5)
def before_it_goes_public(viewer: User, posting: Posting) -> Panel | None:
    """The same beside a posting that is to be published next."""
    return _what_is_missing(viewer) if posting.status is PostingStatus.APPROVED else None


def _what_is_missing(viewer: User) -> Panel | None:
    if not policies.WRITE(viewer) or queries.bank.why_not_public() is None:
        return None
    missing = queries.bank.gaps()
    return Panel(
        "duties/_first_start.html",
        {
            "blocking": [gap for gap in missing if gap.blocks],
            "others": [gap for gap in missing if not gap.blocks],
            "texts": [line for line in queries.texts.overview() if line.waits],
            "may_fill_in": policies.FILL_IN(viewer),
        },
    )
