"""The simulator says what the engine does: day by day, for everybody, under the rules in force and under others."""

from __future__ import annotations

import io
from datetime import date, timedelta
from random import Random

import openpyxl
import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.accounts import Role
from rmhr.models.reminders import Basis, EscalationLevel, ReminderRule
from rmhr.reminders import engine
from rmhr.reminders.rules import forecast_totals, forecasts, simulator
from rmhr.reminders.rules.views import figures
from tests.factories import save
from tests.factories.accounts import employee, user
from tests.factories.reminders import rule, worked_out
from tests.support import population
from tests.support.due_things import goal, only_goals

#: A Thursday, with Christmas, New Year and Epiphany (which not everybody has) before it is over.
DAY, DAYS = date(2026, 12, 10), 30
NEW_STEPS = (
    ReminderStep(-10),
    ReminderStep(-1, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR), Basis.WORKING),
    ReminderStep(1, (EscalationLevel.OWNER,), Basis.WORKING, 2, 4),
    ReminderStep(6, (EscalationLevel.HR, EscalationLevel.HEAD), Basis.WORKING),
)
#: In force since before the window; and from within it.
SINCE = (
    ReminderStep(0),
    ReminderStep(2, (EscalationLevel.OWNER, EscalationLevel.HEAD), every=3, times=4),
    ReminderStep(4, (EscalationLevel.SUPERVISOR,), Basis.WORKING),
)
COMING = (ReminderStep(-4), ReminderStep(2, (EscalationLevel.SUPERVISOR,)))

pytestmark = pytest.mark.both


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
        found = engine.waiting()
        for some in engine.batches(found):
            engine.send(some)
        db.session.commit()
    return [(day, *each.key, each.level, each.recipient.id, each.mailed) for each in found]


def said(forecast: simulator.Forecast) -> list[tuple]:
    """The same of what the simulator says."""
    return [
        (
            each.day,
            each.source.name,
            each.subject_id,
            each.owner_id,
            each.due_on,
            each.occurrence.key,
            each.level,
            each.recipient_id,
            each.mailed,
        )
        for each in forecast.reminders
    ]


def days() -> list[date]:
    """The window."""
    return [DAY + timedelta(days=number) for number in range(DAYS)]


@pytest.fixture
def bank(request, monkeypatch):
    """A bank by chance, in which some reminders went out in the week before."""
    population.sources(monkeypatch)
    with morning(DAY - timedelta(days=25)):
        population.populate(Random(request.param), DAY, DAYS)
        rule(*COMING, valid_from=DAY + timedelta(days=6), source="tests.must")
        rule(*SINCE, valid_from=DAY - timedelta(days=3), source="tests.often")
    for number in range(7, 0, -1):
        sent(DAY - timedelta(days=number))


@pytest.mark.parametrize("bank", [1, 2], indirect=True)
def test_the_simulator_says_what_the_engine_will_send_under_the_rules_in_force(bank):
    with morning(DAY):
        ahead = simulator.forecast(DAYS)

    really = [each for day in days() for each in sent(day)]

    assert len(really) > 100
    assert sorted(said(ahead)) == sorted(really)


@pytest.mark.parametrize("bank", [3, 4], indirect=True)
def test_the_simulator_says_what_the_engine_would_send_under_a_new_rule(bank):
    new = proposal("tests.mixed", DAY + timedelta(days=9))
    with morning(DAY):
        as_it_is, then = simulator.compare(new, days=DAYS)
        save(new)
        everything = simulator.forecast(DAYS)

    really = [each for day in days() for each in sent(day)]
    mixed = [each for each in really if each[1] == "tests.mixed"]

    assert len(mixed) > 30
    assert sorted(said(then)) == sorted(mixed)
    assert sorted(said(as_it_is)) != sorted(mixed)
    assert sorted(said(everything)) == sorted(really)


# What the pages show of it


@pytest.fixture
def small(monkeypatch):
    """Two people with a thing each, a boss, and a rule for tomorrow."""
    source = only_goals(monkeypatch)
    with morning(DAY):
        boss = user(Role.SUPERVISOR, name="=Tomas Lind")
        for number, name in enumerate(("Lena Brandt", "Murat Yılmaz")):
            person = employee(user=user(name=name), supervisor=boss).user
            goal(person, DAY + timedelta(days=number), supervisor=boss)
        yield source


def test_the_forecast_counts_mails_people_and_levels(small):
    ahead = simulator.forecast(DAYS)

    # Due on Thursday and Friday: told now or on the day, and three days after, which is Sunday and Monday.
    assert {day: number for day, number in forecast_totals.mails(ahead).items() if number} == {
        DAY: 2,
        DAY + timedelta(days=1): 1,
        DAY + timedelta(days=4): 2,
    }
    assert forecast_totals.per_level(ahead)[EscalationLevel.OWNER] == 5
    assert [(told.name, told.mails) for told in forecast_totals.most_told(ahead)] == [
        ("Murat Yılmaz", 3),
        ("Lena Brandt", 2),
    ]


def test_what_comes_first_on_a_closed_day_waits_and_the_later_one_wins(small):
    ahead, then = simulator.compare(
        proposal(
            "tests.goal",
            DAY,
            [ReminderStep(2), ReminderStep(3, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR))],
        ),
        days=DAYS,
    )

    # Saturday's and Sunday's reminders of Lena's thing fall together on Monday: only the later one is said.
    lena = [each for each in then.reminders if each.due_on == DAY]
    assert {(each.day, each.occurrence.key) for each in lena} == {(DAY + timedelta(days=4), "+3")}
    assert {each.level for each in lena} == {EscalationLevel.OWNER, EscalationLevel.SUPERVISOR}
    assert len(ahead.reminders) == 5


def test_too_much_is_cut_off_and_that_is_said(small, browser, monkeypatch):
    monkeypatch.setattr(forecasts, "MOST", 1)

    assert simulator.of_everything(DAYS, most=1).played()[0].capped == 1
    worked_out()
    page = browser(user(Role.ADMIN)).get("/admin/reminders/simulator").text
    assert "only what is due first of each kind, 1 in all" in page


def test_the_simulator_asks_the_same_however_much_is_owed(small, max_queries):
    simulator.forecast(DAYS)
    with max_queries(20) as few:
        simulator.forecast(DAYS)
    for _number in range(20):
        goal(employee().user, DAY)

    with max_queries(len(few)):
        simulator.forecast(DAYS)


def test_a_day_s_list_is_chosen_and_turned_over(small, browser, monkeypatch):
    monkeypatch.setattr(figures, "SIZE", 1)
    worked_out()
    client = browser(user(Role.HR))

    first = client.get("/admin/reminders/simulator?day=2026-12-14").text
    second = client.get("/admin/reminders/simulator?day=2026-12-14&page=2").text

    assert "1 to 1 of 2" in first
    assert "day=2026-12-14&amp;page=2" in first
    assert "2 to 2 of 2" in second
    assert "What would be said on Mon 14 Dec" in second


def test_the_file_has_everything_and_no_formula(small, browser):
    rule(ReminderStep(0, (EscalationLevel.SUPERVISOR,)), valid_from=DAY, source="tests.goal")
    worked_out()

    client = browser(user(Role.ADMIN))
    answer = client.get("/admin/reminders/simulator.csv")

    lines = answer.data.decode("utf-8-sig").splitlines()
    assert answer.mimetype == "text/csv"
    assert lines[:2] == [
        "Day,Who is told,As,About,What kind,Due,Reminder,How",
        "2026-12-10,'=Tomas Lind,Supervisor,Lena Brandt,Goals,2026-12-10,on the day,By mail",
    ]
    assert "reminders-of-the-next-30-days.csv" in answer.headers["Content-Disposition"]
    book = client.get("/admin/reminders/simulator.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert sheet.title == "Reminders of the next 30 days"
    told = [str(cell.value) for cell in next(sheet.iter_rows(min_row=2))]
    assert told[:5] == ["2026-12-10 00:00:00", "=Tomas Lind", "Supervisor", "Lena Brandt", "Goals"]


def test_the_command_says_the_same(small, app):
    db.session.commit()

    result = app.test_cli_runner().invoke(args=["reminders", "simulate", "--days", "30"])

    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "2026-12-10 Thu       2 mails"
    assert "The person: 5 reminders" in lines
    assert lines[-2:] == ["5 reminders to 2 people in 30 days.", "Nothing was changed."]
