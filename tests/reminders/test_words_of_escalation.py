"""What a mail says will follow is what follows: whoever it names is told on that day, if nothing is done."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from rmhr.core.due.calendar import working_days_between
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.accounts import Role
from rmhr.models.reminders import EscalationLevel
from rmhr.reminders import engine
from rmhr.reminders.letters import others_told
from rmhr.reminders.rules import simulator
from tests.factories.accounts import employee, unit, user
from tests.reminders.test_simulator import morning
from tests.support import population
from tests.support.due_things import goal, only_goals, send_due

FIRST = date(2027, 3, 1)
P = EscalationLevel

pytestmark = pytest.mark.both


def test_whoever_is_named_is_told_on_that_day_or_as_soon_as_they_work(monkeypatch):
    population.sources(monkeypatch, "tests.mixed")
    with morning(FIRST - timedelta(days=25)):
        population.populate(random.Random(4), FIRST, 14, people=10, things=60)
    named = 0
    with morning(FIRST):
        told = simulator.forecast(40).reminders
        for each in engine.waiting():
            if (coming := each.coming(())) is None:
                continue
            next_day, levels = coming
            named += 1
            after = {
                (reminder.day, reminder.level)
                for reminder in told
                if (reminder.source.name, reminder.subject_id, reminder.owner_id, reminder.due_on)
                == each.due.key
                and reminder.day >= next_day
                and reminder.level is not P.OWNER
            }
            assert after, f"{each.due.key}: {levels} on {next_day}, and nobody is told"
    assert named > 3


@pytest.mark.parametrize(
    ("supervisor", "head", "says"),
    [
        (True, True, "your supervisor will be told"),
        (False, True, "the head of your unit will be told"),
        (False, False, ""),
    ],
)
def test_nobody_is_threatened_with_somebody_who_is_not_there(monkeypatch, mails, supervisor, head, says):
    only_goals(monkeypatch, escalation=(ReminderStep(0), ReminderStep(3, (P.SUPERVISOR,))))
    boss = user(Role.SUPERVISOR)
    place = unit(head_id=boss.id if head else None)
    lena = employee(user=user(), unit=place, supervisor=boss if supervisor else None).user
    with morning(FIRST):
        goal(lena, FIRST)
        send_due()
    [mail] = [each for each in mails() if each.kind == "reminders.reminder"]
    assert (says in mail.text) if says else ("will be told" not in mail.text)


#: Days on which the product ran, from the first on: every day, over weekends, and after a week of downtime.
RAN = (0, 1, 2, 3, 4, 7, 8, 9, 16, 17, 18, 21, 30)


def test_no_letter_contradicts_itself_whatever_the_rule_and_the_day(monkeypatch):
    population.sources(monkeypatch, "tests.mixed")
    with morning(FIRST - timedelta(days=25)):
        population.populate(random.Random(7), FIRST, 20, people=10, things=60)
    said = announced = late = 0
    for days in RAN:
        with morning(FIRST + timedelta(days=days)):
            waiting = engine.waiting()
            told = others_told(waiting)
            for each in waiting:
                said += 1
                late += each.occurrence.day(each.due.on, each.region) != each.day
                _says_the_days_there_are(each)
                already = told.get(each.due.key, ())
                if (coming := each.coming(already)) is None:
                    continue
                announced += 1
                day, levels = coming
                assert day > each.day
                assert not {*levels} & {one.level for one in already}
                named = {id for one in each.following for level, id in one.told if level in levels}
                assert not named & {one.id for one in already}
            send_due()
    assert said > 60
    assert announced > 3
    assert late > 3


def _says_the_days_there_are(each):
    words, days = each.now, (each.day - each.due.on).days
    expected = "on the day" if days == 0 else "late" if days > 0 else "before it is due"
    assert expected in words
    number = next((int(word) for word in words.split() if word.isdigit()), 0)
    if "working" in words:
        days = working_days_between(each.due.on, each.day, each.region)
    assert number == abs(days), f"{words} {days}"


def test_who_was_told_by_name_is_not_announced_as_well(monkeypatch, mails):
    again = ReminderStep(0, (P.OWNER, P.SUPERVISOR), every=3, times=3)
    only_goals(monkeypatch, escalation=(again, ReminderStep(5, (P.HR,))))
    boss, hr = user(Role.SUPERVISOR, name="Tomas Lind"), user(Role.HR)
    lena = employee(user=user(), unit=unit(hr_id=hr.id), supervisor=boss).user
    with morning(FIRST):
        goal(lena, FIRST)
        send_due()
    [mail] = [each for each in mails() if each.user_id == lena.id]
    assert "Also told: Tomas Lind." in mail.text
    assert "your supervisor" not in mail.text
    assert "the HR team will be told" in " ".join(mail.text.split())


def test_a_thing_that_came_late_says_how_late_it_is(monkeypatch, mails):
    only_goals(monkeypatch, -30)
    lena = employee().user
    with morning(FIRST):
        goal(lena, FIRST + timedelta(days=20))
        send_due()
    [mail] = [each for each in mails() if each.user_id == lena.id]
    assert "In 20 days" in mail.text
    assert "You are told 20 days before it is due." in mail.text
    assert "30 days" not in mail.text
