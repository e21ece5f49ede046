"""What the scheduler does for postings."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.postings import operations


@job("postings.close_expired", label=_("Close postings whose deadline has passed"), minutes=30)
def close_expired() -> int:
    """Close what can no longer be applied to; say how many there were."""
    return operations.postings.close_expired(SYSTEM)


@job("postings.open_due", label=_("Open approved postings on their first day"), minutes=30)
def open_due() -> int:
    """Open what is approved and whose day has come; say how many there were."""
    return operations.postings.open_due(SYSTEM)
