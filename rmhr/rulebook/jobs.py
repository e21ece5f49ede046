"""What the scheduler does for the register of rules."""

from __future__ import annotations

from rmhr.core.due.jobs import job
from rmhr.core.i18n import _
from rmhr.rulebook import content


@job(
    "rulebook.keep_in_step",
    label=_("Bring the register of rules in step with the product and the bank"),
    minutes=360,
)
def keep_in_step() -> int:
    """Enter new rules, follow changed ones, retire those that nobody declares any more; how many."""
    became = content.load()
    return became.added + became.updated
