"""The simulator says what the engine does: day by day, for everybody, under the rules in force and under others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.cadence import Step
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.reminders import ReminderRule
from rmhr.models.system import Basis, Party
from rmhr.reminders import engine, simulator
from tests.factories import save
from tests.factories.accounts import user
from tests.factories.reminders import rule
from tests.support import population

#: A Thursday, with Christmas, New Year and Epiphany (which not everybody has) before it is over.
DAY, DAYS = date(2026, 12, 10), 30
NEW_STEPS = (
    Step(-10),
    Step(-1, (Party.OWNER, Party.SUPERVISOR), Basis.WORKING),
    Step(1, (Party.OWNER,), Basis.WORKING, 2, 4),
    Step(6, (Party.HR, Party.HEAD), Basis.WORKING),
)
#: In force since before the window; and from within it.
SINCE = (
    Step(0),
    Step(2, (Party.OWNER, Party.HEAD), every=3, times=4),
    Step(4, (Party.SUPERVISOR,), Basis.WORKING),
)
COMING = (Step(-4), Step(2, (Party.SUPERVISOR,)))


def proposal(name: str, valid_from: date, steps=NEW_STEPS) -> ReminderRule:
    """A rule that is not in force yet."""
    return ReminderRule(
        source=name,
        valid_from=valid_from,
        steps=[step.as_json() for step in steps],
        reason="Fewer mails",
        made_by_id=user(Role.ADMIN).id,
    )


def morning(day: date):
    """Nine o’clock of that day."""
    return clock.at(clock.moment(day, 9))


def sent(day: date) -> list[tuple]:
    """Run the engine as the scheduler would at nine, and say what it said."""
    with morning(day):
        nudges = engine.waiting()
        for some in engine.batches(nudges):
            engine.send(some)
        db.session.commit()
    return [(day, *each.key, each.party, each.recipient.id, each.mailed) for each in nudges]


def said(outlook: simulator.Outlook) -> list[tuple]:
    """The same of what the simulator says."""
    return [
        (
            each.day,
            each.source.name,
            each.subject_id,
            each.owner_id,
            each.due_on,
            each.beat.key,
            each.party,
            each.recipient_id,
            each.mailed,
        )
        for each in outlook.tellings
    ]


def days() -> list[date]:
    """The window."""
    return [DAY + timedelta(days=number) for number in range(DAYS)]


@pytest.fixture
def bank(request, monkeypatch):
    """A bank by chance, in which some reminders went out in the week before."""
    population.sources(monkeypatch)
    with morning(DAY - timedelta(days=25)):
        population.populate(request.param, DAY, DAYS)
        rule(*COMING, valid_from=DAY + timedelta(days=6), source="tests.must")
        rule(*SINCE, valid_from=DAY - timedelta(days=3), source="tests.often")
    for number in range(7, 0, -1):
        sent(DAY - timedelta(days=number))


@pytest.mark.parametrize("bank", [1, 2], indirect=True)
def test_the_simulator_says_what_the_engine_will_send_under_the_rules_in_force(bank):
    with morning(DAY):
        ahead = simulator.outlook(DAYS)

    really = [each for day in days() for each in sent(day)]

    assert len(really) > 100
    assert sorted(said(ahead)) == sorted(really)


@pytest.mark.parametrize("bank", [3, 4], indirect=True)
def test_the_simulator_says_what_the_engine_would_send_under_a_new_rule(bank):
    new = proposal("tests.mixed", DAY + timedelta(days=9))
    with morning(DAY):
        as_it_is, then = simulator.compare(new, DAYS)
        save(new)
        everything = simulator.outlook(DAYS)

    really = [each for day in days() for each in sent(day)]
    mixed = [each for each in really if each[1] == "tests.mixed"]

    assert len(mixed) > 30
    assert sorted(said(then)) == sorted(mixed)
    assert sorted(said(as_it_is)) != sorted(mixed)
    assert sorted(said(everything)) == sorted(really)
