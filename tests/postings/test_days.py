"""Opening and closing days are days in the bank's time zone, also when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rmhr.core import clock
from rmhr.models.postings import PostingStatus as S
from rmhr.postings.jobs import close_expired, open_due
from tests.factories.postings import posting

#: The day on which the clocks change, and the last minute of it and the first after it, in UTC.
CHANGES = [
    (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, tzinfo=UTC), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    (
        date(2026, 10, 25),
        datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
    ),
]
#: The last minute before it and its first one.
BEGINS = [
    (date(2026, 3, 29), datetime(2026, 3, 28, 22, 59, tzinfo=UTC), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
    (
        date(2026, 10, 25),
        datetime(2026, 10, 24, 21, 59, tzinfo=UTC),
        datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
    ),
]


@pytest.mark.parametrize(("day", "last", "after"), CHANGES, ids=["spring", "autumn"])
def test_one_can_apply_until_the_last_minute_of_the_last_day(day, last, after):
    with clock.at(last):
        row = posting(closes_on=day)
        assert close_expired() == 0
        assert row.is_open
    with clock.at(after):
        assert not row.is_open, "even before the scheduler has been there"
        assert close_expired() == 1
    assert row.status is S.CLOSED


@pytest.mark.parametrize(("day", "before", "first"), BEGINS, ids=["spring", "autumn"])
def test_it_opens_with_the_first_minute_of_its_first_day(day, before, first):
    with clock.at(before):
        row = posting(status=S.APPROVED, opens_on=day, closes_on=date(2026, 12, 1))
        assert open_due() == 0
    with clock.at(first):
        assert open_due() == 1
        assert row.is_open


def test_after_downtime_it_still_opens_on_the_next_run_and_what_is_over_stays_shut():
    with clock.at(datetime(2026, 3, 20, 12, tzinfo=UTC)):
        late = posting(status=S.APPROVED, opens_on=date(2026, 3, 28), closes_on=date(2026, 4, 20))
        over = posting(status=S.APPROVED, opens_on=date(2026, 3, 28), closes_on=date(2026, 3, 29))
    with clock.at(datetime(2026, 4, 2, 6, tzinfo=UTC)):
        assert open_due() == 1
        assert (late.status, over.status) == (S.PUBLISHED, S.APPROVED)
        assert late.is_open
