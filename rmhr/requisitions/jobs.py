"""What the scheduler does for requisitions."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.requisitions import operations


@job(
    "requisitions.free_positions",
    label=_("Open requisitions again when somebody did not start"),
    minutes=60,
)
def free_positions() -> int:
    """Free the positions of whoever was hired and did not come after all; say how many requisitions there were."""
    return operations.requisitions.free_positions(SYSTEM)
