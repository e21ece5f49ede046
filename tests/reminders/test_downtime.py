"""Reminders after a standstill and with a clock that jumps: the latest once, and never one again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.registry import JOBS
from rmhr.models.reminders import Reminder
from tests.factories.accounts import user
from tests.support.due_things import goal, only_goals

DAY = date(2026, 11, 23)
MORNING = clock.moment(DAY, 9)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _goals(monkeypatch):
    only_goals(monkeypatch, -2, 0, 1, 2, 3, 4)


@pytest.fixture
def lena():
    """Who owes something on Monday."""
    with clock.at(MORNING):
        person = user(name="Lena Brandt")
        goal(person, DAY)
    return person


def run(at: datetime) -> int:
    """What the scheduler does at that moment."""
    with clock.at(at):
        done = JOBS["reminders.send"].run()
        db.session.commit()
    return done


def occurrences() -> list[str]:
    return list(db.session.scalars(sa.select(Reminder.occurrence).order_by(Reminder.id)))


def test_a_week_without_a_scheduler_says_the_latest_once(lena, mails):
    after = MORNING + timedelta(days=7)

    assert [run(after + timedelta(minutes=5 * number)) for number in range(3)] == [1, 0, 0]

    assert occurrences() == ["+4"]
    assert mails()[0].subject.startswith("7 days late")
    assert run(after + timedelta(days=1)) == 0


def test_a_standstill_between_two_reminders_leaves_out_what_is_overtaken(lena):
    for days in (0, 4):  # Monday, and then nothing until Friday
        run(MORNING + timedelta(days=days))

    assert occurrences() == ["+0", "+4"]


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_jumps_back_and_forth_says_nothing_again(lena, jump):
    moments = [MORNING, MORNING + jump, MORNING, MORNING - jump, MORNING + jump, MORNING]

    for moment in moments:
        run(moment)

    assert len(occurrences()) == len(set(occurrences()))
    expected = ["+0"] if jump < timedelta(days=1) else ["+0", "+1"]
    assert occurrences() == expected, "going back does not bring up what is overtaken"


def test_a_clock_that_goes_mad_for_a_while_says_each_at_most_once_and_all_that_is_left(lena):
    random = Random(1)
    moment = MORNING - timedelta(days=3)
    while moment < MORNING + timedelta(days=5):
        run(moment + timedelta(minutes=random.randint(-1500, 0)))
        moment += timedelta(hours=6)
    run(MORNING + timedelta(days=4))

    assert len(occurrences()) == len(set(occurrences()))
    assert occurrences()[-1] == "+4"


def test_a_clock_that_was_a_day_ahead_does_not_keep_the_next_day_silent(lena):
    run(MORNING + timedelta(days=1))
    assert occurrences() == ["+1"]

    run(MORNING + timedelta(days=2))

    assert occurrences() == ["+1", "+2"]
