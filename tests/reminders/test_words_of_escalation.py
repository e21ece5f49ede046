"""What a mail says will follow is what follows: whoever it names is told on that day, if nothing is done."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.accounts import Role
from rmhr.models.reminders import EscalationLevel
from rmhr.reminders import engine
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
            if not each.next_levels or each.next_day is None or each.next_day <= each.day:
                continue
            named += 1
            assert set(each.next_levels) <= {*each.next.to, P.HEAD}
            after = {
                (reminder.day, reminder.level)
                for reminder in told
                if (reminder.source.name, reminder.subject_id, reminder.owner_id, reminder.due_on)
                == each.due.key
                and reminder.day >= each.next_day
                and reminder.level is not P.OWNER
            }
            assert after, f"{each.due.key}: {each.next_levels} on {each.next_day}, and nobody is told"
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
