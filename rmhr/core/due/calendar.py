"""Working days and public holidays, region by region. Nothing here asks what day it is.

A region is a country, or a country and its part, as ISO 3166 writes them: "DE", "DE-HH", "US-NY". The
holidays come from the `holidays` package, whose lists are law and therefore change: pin no list in a test.

No day is too far away to reckon with: what would lie beyond the calendar (years 1 to 9999) is its first or last day.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5  # date.weekday() counts from Monday
ONE_DAY = timedelta(days=1)
#: The region of a unit until somebody says otherwise, and of what belongs to no unit.
NATIONWIDE = "DE"


def add_days(day: date, n: int) -> date:
    """The day `n` days later (earlier, if negative)."""
    return date.fromordinal(min(max(day.toordinal() + n, date.min.toordinal()), date.max.toordinal()))


def is_working_day(day: date, region: str) -> bool:
    """Neither a weekend nor a public holiday there. Raises ValueError for a region that nobody knows."""
    return day.weekday() < SATURDAY and day not in holidays_of(region, day.year)


def holiday_name(day: date, region: str) -> str | None:
    """Returns what is celebrated there on that day, in the region's own language; None on any other day.

    Raises ValueError for a region that nobody knows.
    """
    return holidays_of(region, day.year).get(day)


def next_working_day(day: date, region: str) -> date:
    """`day` itself if people work then, else the first day after it when they do."""
    while not is_working_day(day, region) and day < date.max:
        day += ONE_DAY
    return day


def last_working_day(day: date, region: str) -> date:
    """`day` itself if people work then, else the last day before it when they did."""
    return day if is_working_day(day, region) else add_working_days(day, -1, region)


def add_working_days(day: date, n: int, region: str) -> date:
    """The `n`-th working day after `day` (before it, if `n` is negative): always a working day.

    With 0 it is `next_working_day(day)`. From a Saturday, one working day on is Monday.
    """
    if n == 0:
        return next_working_day(day, region)
    step, end = (1, date.max) if n > 0 else (-1, date.min)
    for _ in range(abs(n)):
        day = add_days(day, step)
        while not is_working_day(day, region) and day != end:
            day = add_days(day, step)
    return day


def working_days_between(start: date, end: date, region: str) -> int:
    """How many working days there are after `start`, up to and with `end`; negative if `end` lies before.

    The inverse of `add_working_days`: between a day and its `n`-th working day there are `n`.
    """
    if end < start:
        day, last, sign = add_days(end, -1), add_days(start, -1), -1
    else:
        day, last, sign = start, end, 1
    count = 0
    while day < last:
        day += ONE_DAY
        count += is_working_day(day, region)
    return sign * count


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` months later (earlier, if negative).

    Where that month is shorter, its last day: 31 January and one month is 28 or 29 February.
    """
    months = day.year * 12 + day.month - 1 + n
    year, month = months // 12, months % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if n > 0 else date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@lru_cache(maxsize=512)
def holidays_of(region: str, year: int) -> dict[date, str]:
    """{day: what is celebrated} of a year there. Raises ValueError for a region that nobody knows."""
    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year)
    except NotImplementedError:
        raise ValueError(f"{region!r} is not a region whose holidays are known") from None
    return dict(found)
