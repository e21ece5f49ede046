"""A whole leap year by two wall clocks: each reminder once, on its working day, at the hour when people begin."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.reminders import engine
from tests.factories.accounts import employee, unit
from tests.support.due_things import goal, only_goals

pytestmark = pytest.mark.sqlite  # what is tested is the calendar: one database is enough

ONE_DAY = timedelta(days=1)
#: (days after the due date, working days or not): as the rule has them, and as the naive count below reads them.
STEPS = ((-3, False), (0, False), (1, True), (5, True), (30, False))
YEAR = [date(2027, 12, 20) + ONE_DAY * n for n in range(396)]
#: Both days on which the clocks change on either side of the sea, the leap day, ends of months, feasts.
DUE = [
    *(date(2028, month, 1) - ONE_DAY for month in range(2, 13)),
    date(2028, 2, 28),
    date(2028, 3, 12),
    date(2028, 3, 26),
    date(2028, 10, 29),
    date(2028, 11, 5),
    date(2027, 12, 31),
    date(2028, 1, 1),
    date(2028, 4, 14),
    date(2028, 7, 4),
    date(2028, 11, 23),
    date(2028, 12, 24),
]


@cache
def works(day: date, country: str, part: str) -> bool:
    return day.weekday() < 5 and day not in holidays.country_holidays(country, subdiv=part, years=day.year)


@cache
def reached(due_on: date, step: tuple[int, bool], region: tuple[str, str]) -> date:
    """The day of a step, counted on the fingers."""
    after, working = step
    if not working:
        return due_on + ONE_DAY * after
    day = due_on
    for _number in range(after):
        day += ONE_DAY
        while not works(day, *region):
            day += ONE_DAY
    return day


def expected(region: tuple[str, str]) -> dict[tuple[date, str], date]:
    """{(due date, step): day on which it is told}: only the latest step reached, and only when people work."""
    told: dict[tuple[date, str], date] = {}
    for day in YEAR:
        for due_on in DUE if works(day, *region) else []:
            come = [step for step in STEPS if reached(due_on, step, region) <= day]
            if come:
                after, working = max(come, key=lambda step: reached(due_on, step, region))
                told.setdefault((due_on, f"{after:+d}{'w' if working else ''}"), day)
    return told


@pytest.mark.parametrize(
    ("zone", "region"),
    [("Europe/Berlin", "DE-HH"), ("America/New_York", "US-NY")],
)
def test_a_year_of_reminders(monkeypatch, zone, region):
    escalation = [
        ReminderStep(after, (EscalationLevel.OWNER,), Basis.WORKING if working else Basis.CALENDAR)
        for after, working in STEPS
    ]
    only_goals(monkeypatch, escalation=tuple(escalation))
    person = employee(unit=unit(timezone=zone, holiday_region=region), supervisor=None).user
    for due_on in DUE:
        goal(person, due_on)
    wanted = expected(tuple(region.split("-")))
    busy = set(wanted.values())
    told: dict[tuple[date, str], date] = {}

    def run(day: date, hour: int, minute: int) -> int:
        with clock.at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))):
            found = engine.waiting()
            for reminder in found:
                key = (reminder.due.on, reminder.occurrence.key)
                assert key not in told, f"{key} again on {day}"
                told[key] = day
            engine.send(found)
            db.session.commit()
            return len(found)

    for day in YEAR:
        if day in busy:
            assert run(day, 6, 59) == 0, day
        run(day, 7, 0)
        if day in busy:
            assert run(day, 18, 59) == 0, day

    assert {key: day for key, day in told.items() if day <= YEAR[-1]} == wanted
