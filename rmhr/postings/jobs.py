"""What the scheduler does for postings."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.postings import operations


@job("postings.close_expired", label=_("Close postings whose deadline has passed"), minutes=30)
def close_expired() -> int:
    """Close what can no longer be applied to; say how many there were."""
    return operations.close_expired(SYSTEM)


@job("postings.open_due", label=_("Open approved postings on their first day"), minutes=30)
def open_due() -> int:
    """Open what is approved and whose day has come; say how many there were."""
    return operations.open_due(SYSTEM)


@job("postings.free_positions", label=_("Open requisitions again of which somebody has not come"), minutes=60)
def free_positions() -> int:
    """Free the positions of whoever was hired and did not come after all; say how many requisitions there were."""
    return operations.free_positions(SYSTEM)


@job("postings.forget_referrals", label=_("Delete recommendations of which nothing came"), minutes=720)
def forget_referrals() -> int:
    """Delete what is known of people who were recommended and did not apply; say how many there were."""
    return operations.forget_unused()
