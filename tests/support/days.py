"""Days that people enter, on whatever day the suite runs."""

from __future__ import annotations

from datetime import date

from rmhr.core import clock
from rmhr.core.due.calendar import NATIONWIDE, add_days, next_working_day


def working_day(ahead: int) -> date:
    """The first working day from `ahead` days on."""
    return next_working_day(add_days(clock.today(), ahead), NATIONWIDE)
