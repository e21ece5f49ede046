"""Days that people enter, on whatever day the suite runs."""

from __future__ import annotations

from datetime import date, timedelta

from rmhr.core import clock
from rmhr.core.due.calendar import add_days, next_working_day

#: Where the people of the tests work: its holidays are those of the whole country, and one more.
REGION = "DE-HH"


def working_day(ahead: int) -> date:
    """The first working day there from `ahead` days on."""
    return next_working_day(add_days(clock.today(), ahead), REGION)


def next_change_back() -> date:
    """The next day on which the clocks go back: the last Sunday of October (Directive 2000/84/EC, Article 3)."""
    ends = (date(clock.today().year + more, 10, 31) for more in (0, 1))
    sundays = (end - timedelta(days=end.isoweekday() % 7) for end in ends)
    return next(day for day in sundays if day > clock.today())
