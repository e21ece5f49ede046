"""What each status of a review means: one row of FACTS each: which part is worked on, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rmhr.models.performance import Review
from rmhr.models.performance import ReviewStatus as R


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What one status of a review means."""

    part: str  # of the desk, where whoever does not write finds what is new
    due_on: Callable[[Review], date | None]  # until when the present step is due


FACTS: dict[R, Facts] = {
    R.SELF_ASSESSMENT: Facts(part="facts", due_on=lambda review: review.self_due_on),
    R.SUPERVISOR_ASSESSMENT: Facts(part="facts", due_on=lambda review: review.supervisor_due_on),
    R.MEETING: Facts(part="meeting", due_on=lambda review: review.meeting_due_on),
    R.SIGNING: Facts(part="signatures", due_on=lambda review: review.sign_by),
    R.SIGNED: Facts(part="signatures", due_on=lambda _review: None),
    R.CANCELLED: Facts(part="facts", due_on=lambda _review: None),
}
