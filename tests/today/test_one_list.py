"""Who is told of something by mail finds it on Today and in the calendar; the simulator had said so before."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from rmhr.core.due import sources as due
from rmhr.models.accounts import Role, User
from rmhr.models.reminders import EscalationLevel
from rmhr.reminders import engine
from rmhr.reminders.rules import simulator
from rmhr.today import queries
from tests.factories.accounts import employee, user
from tests.factories.reminders import absence
from tests.reminders.test_simulator import morning
from tests.support import population
from tests.support.due_things import goal, only_goals, send_due

FIRST, DAYS = date(2027, 3, 1), 14

pytestmark = pytest.mark.both


def told_of_theirs(day: date) -> list[Any]:
    """What is mailed that morning to those who owe it, or who are told in their place."""
    return [each for each in engine.waiting() if each.level is EscalationLevel.OWNER]


def on_today(person: User) -> set[tuple[Any, ...]]:
    own = {each.key for each in due.for_person(person.id)}
    away = queries.stand_in.stood_in_for(person, queries.today.place_of(person).away)
    return own | {thing.key for each in away for thing in each.things}


def in_calendar(person: User) -> set[tuple[Any, ...]]:
    own = {each.key for each, _day in queries.feed.dates(person)}
    return own | {each.key for each, _person in queries.feed.others(person)}


@pytest.mark.parametrize("number", [0, 2])
def test_page_mail_calendar_and_simulator_are_one_list(monkeypatch, number):
    population.sources(monkeypatch)
    with morning(FIRST - timedelta(days=25)):
        population.populate(random.Random(number), FIRST, DAYS, people=10, things=60)
    seen = instead = 0
    for ahead in range(DAYS):
        day = FIRST + timedelta(days=ahead)
        with morning(day):
            foreseen = {
                (each.source.name, each.subject_id, each.owner_id, each.due_on, each.recipient_id)
                for each in simulator.forecast(1).reminders
                if each.level is EscalationLevel.OWNER
            }
            mailed = told_of_theirs(day)
            said = {(*each.due.key, each.recipient.id) for each in mailed}
            assert said == foreseen, day
            for each in mailed:
                gone = each.owner.left_on is not None and each.owner.left_on < day
                if gone:  # it is for whoever led them: they hand it on
                    continue
                assert each.due.key in on_today(each.recipient), (day, each.due.key, each.because)
                assert each.due.key in in_calendar(each.recipient), (day, each.due.key, each.because)
                seen += 1
                instead += each.for_somebody_away
            send_due()
    assert seen > 20
    assert instead, "nobody was told in somebody else's place: no test"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> dict[str, User]:
    """Lena is away; Murat stands in; her supervisor is there. She owes what only she can do."""
    only_goals(monkeypatch, 0, personal=True)
    boss, murat = user(Role.SUPERVISOR, name="Tomas Lind"), user(name="Murat Ince")
    lena = employee(user=user(name="Lena Brandt"), supervisor=boss).user
    return {"boss": boss, "murat": murat, "lena": lena}


def test_what_only_somebody_can_do_goes_to_their_supervisor_and_to_no_deputy(away, mails, browser):
    with morning(FIRST):
        absence(away["lena"], away["murat"], FIRST, FIRST + timedelta(days=3))
        goal(away["lena"], FIRST)
        send_due()
        [mail] = [each for each in mails() if each.kind == "reminders.reminder"]
        assert mail.to_address == away["boss"].email
        assert "Lena Brandt is away, and nobody else can do this. You lead Lena Brandt." in mail.text
        assert "You stand in" not in mail.text
        assert "Only Lena Brandt can do this" in browser(away["boss"]).get("/today").text
        assert "Ten new clients" not in browser(away["murat"]).get("/today").text


@pytest.mark.parametrize("who", ["nobody stands in", "nobody leads"])
def test_otherwise_it_goes_to_themselves(away, mails, who):
    with morning(FIRST):
        lena = away["lena"] if who == "nobody stands in" else user(name="Ada")
        deputy = None if who == "nobody stands in" else away["murat"]
        absence(lena, deputy, FIRST, FIRST + timedelta(days=3))
        goal(lena, FIRST)
        send_due()
        assert [each.to_address for each in mails() if each.kind == "reminders.reminder"] == [lena.email]
