"""Working days. No list of holidays is pinned: only days that every year has, and what must hold for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmhr.core import clock
from rmhr.core.due.calendar import (
    add_months,
    add_working_days,
    holiday_name,
    is_working_day,
    next_working_day,
    working_days_between,
)

pytestmark = pytest.mark.once
FRIDAY = date(2026, 11, 27)
CHRISTMAS_EVE = date(2026, 12, 24)  # a Thursday


def test_weekends_and_holidays_are_no_working_days():
    assert is_working_day(FRIDAY, "DE-HH")
    assert not is_working_day(FRIDAY + timedelta(days=1), "DE-HH")
    assert not is_working_day(FRIDAY + timedelta(days=2), "DE-HH")
    assert not is_working_day(date(2026, 12, 25), "DE-HH")


def test_a_holiday_is_one_only_where_it_is_celebrated():
    epiphany = date(2027, 1, 6)  # a Wednesday

    assert not is_working_day(epiphany, "DE-BY")
    assert is_working_day(epiphany, "DE-HH")
    assert is_working_day(epiphany, "DE")
    assert not is_working_day(date(2027, 7, 5), "US-NY")  # the fourth is a Sunday
    assert holiday_name(date(2027, 5, 1), "DE")
    assert holiday_name(epiphany, "DE-HH") is None


@pytest.mark.parametrize("region", ["XX", "DE-ZZ", "", "de hh"])
def test_an_unknown_region_is_named(region):
    with pytest.raises(ValueError, match="not a region"):
        is_working_day(FRIDAY, region)


def test_the_next_working_day_is_today_unless_nobody_works():
    assert next_working_day(FRIDAY, "DE") == FRIDAY
    assert next_working_day(FRIDAY + timedelta(days=1), "DE") == date(2026, 11, 30)
    assert next_working_day(date(2026, 12, 25), "DE") == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (FRIDAY, 0, FRIDAY),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (FRIDAY, 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (FRIDAY, 5, date(2026, 12, 4)),
        (date(2026, 11, 30), -1, FRIDAY),
        (date(2026, 11, 29), -1, FRIDAY),
        (CHRISTMAS_EVE, 1, date(2026, 12, 28)),
        (date(2026, 12, 28), -1, CHRISTMAS_EVE),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_working_days_are_counted_over_weekends_holidays_and_years(day, n, then):
    assert add_working_days(day, n, "DE-HH") == then


def test_counting_is_the_inverse_of_adding():
    for offset in range(0, 500, 7):
        day = date(2026, 1, 2) + timedelta(days=offset)
        for n in (-30, -5, -1, 1, 2, 10, 65):
            then = add_working_days(day, n, "DE-HH")
            assert is_working_day(then, "DE-HH")
            assert working_days_between(day, then, "DE-HH") == n
    assert working_days_between(FRIDAY, FRIDAY, "DE") == 0
    assert working_days_between(FRIDAY, date(2026, 11, 29), "DE") == 0


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
        (date(2026, 5, 31), -25, date(2024, 4, 30)),
    ],
)
def test_months_end_where_the_month_ends(day, n, then):
    assert add_months(day, n) == then


# For any day at all.

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PLACES = st.sampled_from(["DE", "DE-HH", "DE-BY", "US-NY"])


@given(DAYS, st.integers(-60, 60).filter(bool), PLACES)
def test_counting_working_days_is_the_inverse_of_adding_them(day, n, region):
    reached = add_working_days(day, n, region)

    assert is_working_day(reached, region)
    assert working_days_between(day, reached, region) == n


@given(DAYS, DAYS, st.integers(-30, 30), PLACES)
def test_who_begins_later_is_never_done_earlier(one, other, n, region):
    first, second = sorted((one, other))

    assert add_working_days(first, n, region) <= add_working_days(second, n, region)


@given(DAYS, st.integers(-240, 240))
def test_months_there_and_back_stay_in_the_month(day, n):
    there = add_months(day, n)
    back = add_months(there, -n)

    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == n
    assert (back.year, back.month) == (day.year, day.month)
    assert back.day == min(day.day, there.day)


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_day_is_on_its_day_also_when_the_clocks_change(day, hour, minute):
    assert clock.local(clock.moment(day, hour, minute)).date() == day
