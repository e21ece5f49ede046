"""When things come round again."""

from __future__ import annotations

from datetime import date, timedelta

from rmhr.core import clock
from rmhr.models.performance import Goal

#: Days to answer a proposal (practice).
DAYS_TO_AGREE = 7
#: Days between two check-ins (rmhr/content/review.yaml, feedback, cadence_days).
DAYS_BETWEEN_CHECK_INS = 30
#: Days after the meeting for comment and signatures (review.yaml, timeline_days, employee_comment_until).
DAYS_TO_SIGN = 14


def next_check_in(goal: Goal) -> date | None:
    """When to look at a goal again: in 30 days, at the latest when it is due; never after that."""
    today = clock.today()
    if today >= goal.due_on:
        return None
    return min(today + timedelta(days=DAYS_BETWEEN_CHECK_INS), goal.due_on)
