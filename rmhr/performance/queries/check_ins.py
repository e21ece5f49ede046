"""When a goal is to be looked at again."""

from __future__ import annotations

from datetime import date

from rmhr.core import clock
from rmhr.law import deadlines
from rmhr.models.performance import Goal


def next_check_in(goal: Goal) -> date | None:
    """When to look at a goal again: in 30 days, at the latest when it is due; never after that."""
    today = clock.today()
    if today >= goal.due_on:
        return None
    return min(deadlines.CHECK_IN.after(today), goal.due_on)
