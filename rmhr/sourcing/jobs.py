"""What the scheduler does for recommendations."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.sourcing import operations


@job("sourcing.forget_referrals", label=_("Delete referrals that led to nothing"), minutes=720)
def forget_referrals() -> int:
    """Delete what is known of people who were recommended and did not apply; say how many there were."""
    return operations.referrals.forget_unused()
