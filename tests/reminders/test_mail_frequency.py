"""How people want to be told: at once, one mail a day or a week, in their hours, some kinds in the inbox only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.reminders import Digest, MailFrequency
from rmhr.models.system import MessageStatus
from rmhr.reminders import engine
from tests.factories import reminders
from tests.factories.accounts import user
from tests.support.due_things import NAME, goal, only_goals, send_due

DAY = date(2026, 11, 23)  # a Monday

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _goals(monkeypatch):
    only_goals(monkeypatch, 0)


@pytest.fixture
def lena():
    with clock.at(clock.moment(DAY, 9)):
        yield user(name="Lena Brandt")


def told(day, hour) -> int:
    with clock.at(clock.moment(day, hour)):
        count = send_due()
        db.session.commit()
        return count


def test_one_mail_a_day_comes_at_its_hour_and_brings_everything(lena, mails):
    reminders.wish(lena, frequency=MailFrequency.DAILY, hour=10)
    goal(lena, DAY, "One")
    assert told(DAY, 9) == 0
    goal(lena, DAY, "Two")

    assert told(DAY, 10) == 2
    goal(lena, DAY, "Three")
    assert [told(DAY, hour) for hour in (11, 15, 18)] == [0, 0, 0]
    assert told(DAY + timedelta(days=1), 10) == 1

    assert len(mails()) == 2
    assert [row.day for row in db.session.query(Digest).order_by(Digest.day)] == [
        DAY,
        DAY + timedelta(days=1),
    ]


def test_a_second_run_at_the_same_moment_writes_no_second_daily_mail(lena, mails):
    reminders.wish(lena, frequency=MailFrequency.DAILY)
    goal(lena, DAY)
    with clock.at(clock.moment(DAY, 9)):
        first, second = engine.waiting(), engine.waiting()
        assert engine.send(first) == 1
        goal(lena, DAY, "Another")
        assert engine.send([*second, *engine.waiting()]) == 0

    assert len(mails()) == 1


def test_one_mail_a_week_comes_on_its_first_working_day(lena):
    reminders.wish(lena, frequency=MailFrequency.WEEKLY)
    tuesday = DAY + timedelta(days=1)
    goal(lena, tuesday)

    assert [told(tuesday + timedelta(days=n), 9) for n in range(6)] == [0] * 6
    assert told(DAY + timedelta(days=7), 9) == 1


def test_what_cannot_be_switched_off_comes_the_same_day_all_the_same(monkeypatch, lena):
    only_goals(monkeypatch, 0, must="It is the law")
    reminders.wish(lena, frequency=MailFrequency.WEEKLY, silent=[NAME])
    goal(lena, DAY + timedelta(days=2))

    assert told(DAY + timedelta(days=2), 9) == 1


def test_nothing_comes_outside_of_the_hours_that_somebody_chose(lena):
    reminders.wish(lena, opens=9, closes=12)
    goal(lena, DAY)

    assert [told(DAY, hour) for hour in (8, 12, 18)] == [0, 0, 0]
    assert told(DAY, 11) == 1


def test_a_kind_that_is_not_mailed_stands_in_the_inbox(lena, mails):
    reminders.wish(lena, silent=[NAME])
    goal(lena, DAY)

    assert told(DAY, 9) == 1

    [message] = mails()
    assert message.state is MessageStatus.INBOX
    assert message.user_id == lena.id


def test_what_cannot_be_switched_off_is_mailed_whatever_somebody_chose(monkeypatch, lena, mails):
    only_goals(monkeypatch, 0, must="It is the law")
    reminders.wish(lena, silent=[NAME])
    goal(lena, DAY)

    told(DAY, 9)

    assert mails()[0].state is not MessageStatus.INBOX


def test_an_hour_of_the_daily_mail_outside_of_ones_hours_is_moved_into_them(lena):
    reminders.wish(lena, frequency=MailFrequency.DAILY, hour=22, opens=8, closes=17)
    goal(lena, DAY)

    assert told(DAY, 15) == 0
    assert told(DAY, 16) == 1
