"""What the scheduler does for training."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.training import operations


@job("training.open_renewals", label=_("Open the renewal of courses that are about to expire"), minutes=60)
def open_renewals() -> int:
    """Give out renewals 60 days before a course ends; say how many."""
    return operations.rounds.open_renewals(SYSTEM)


@job("training.hand_in_overdue", label=_("Mark exams that were begun and not handed in"), minutes=60)
def hand_in_overdue() -> int:
    """Mark as they stand the exams whose last day has passed; say how many."""
    return operations.exams.hand_in_all_overdue(SYSTEM)


@job(
    "training.settle_versions", label=_("Let people know whom a new version of a course concerns"), minutes=10
)
def settle_versions() -> int:
    """Give out what has changed, an hour after a version was published; say how many versions."""
    return operations.versions.settle_all(SYSTEM)
