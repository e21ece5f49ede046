"""What the scheduler does for reviews."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.performance import operations


@job(
    "performance.begin_without_self",
    label=_("Begin reviews whose self-assessment was not handed in"),
    minutes=60,
)
def begin_without_self() -> int:
    """Let them go on after a week; say how many there were."""
    return operations.handing_over.begin_without_self()


@job("performance.follow_leaders", label=_("Hand open reviews over to new supervisors"), minutes=15)
def follow_leaders() -> int:
    """Let reviews follow whoever leads the RM; say how many there were."""
    return operations.handing_over.follow_leaders()


@job(
    "performance.keep_missing",
    label=_("Keep copies of reviews and goals from before copies were kept"),
    minutes=30,
)
def keep_missing() -> int:
    """Keep what was signed or concluded in a former version; say how many there were."""
    return operations.keeping.keep_missing()
