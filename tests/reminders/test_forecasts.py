"""What is said in the next 30 days is worked out in the background: asked for, seen on its way, kept, out of date."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Event

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.accounts import Role
from rmhr.models.reminders import ForecastRow, ForecastRun
from rmhr.reminders import jobs
from rmhr.reminders.rules import forecasts, operations, queries, simulator
from tests.factories.accounts import employee, user
from tests.factories.reminders import asked, rule, stop, worked_out
from tests.support.due_things import NAME, goal, only_goals
from tests.support.html import words

SIMULATOR = "/admin/reminders/simulator"
#: A Thursday.
DAY = date(2026, 12, 10)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def bank(monkeypatch):
    """Two people with a thing each, at nine."""
    only_goals(monkeypatch)
    with clock.at(clock.moment(DAY, 9)):
        boss = user(Role.SUPERVISOR, name="Tomas Lind")
        for number, name in enumerate(("Lena Brandt", "Murat Demir")):
            goal(employee(user=user(name=name), supervisor=boss).user, DAY + timedelta(days=number))
        db.session.commit()
        yield


@pytest.fixture
def carla():
    """Carla of compliance, who asks."""
    return user(Role.COMPLIANCE, name="Carla Voss")


def lines(run) -> list[tuple]:
    """What a run has kept."""
    found = [
        (row.day, row.source, row.owner_id, row.recipient_id, row.due_on, row.after, row.basis, row.level)
        for row in forecasts.rows(run)
    ]
    db.session.rollback()
    return found


def work_off() -> int:
    """Run the job as the scheduler does."""
    done = jobs.work_out_forecast()
    db.session.commit()
    return done


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_nothing_is_worked_out_before_somebody_asks(browser, carla):
    assert work_off() == 0
    client = browser(carla)

    page = words(client.get(SIMULATOR))

    assert "Nothing has been calculated yet" in page
    assert client.get(f"{SIMULATOR}.csv").status_code == 404
    assert client.post(SIMULATOR).location == SIMULATOR
    assert count(ForecastRun) == 1


def test_who_asks_while_it_is_under_way_waits_for_the_same(browser, carla):
    browser(carla).post(SIMULATOR)
    helga = user(Role.HR)
    browser(helga).post(SIMULATOR)

    page = words(browser(helga).get(SIMULATOR))

    assert count(ForecastRun) == 1
    assert "Waiting for its turn" in page
    assert "Requested by Carla Voss: Today, 09:00." in page


def test_the_job_works_out_what_the_simulator_says(carla):
    operations.ask_forecast(carla, None)
    db.session.commit()

    assert work_off() == 1

    run = forecasts.latest()
    said = [
        (
            each.day,
            each.source.name,
            each.owner_id,
            each.recipient_id,
            each.due_on,
            each.occurrence.after,
            each.occurrence.basis,
            each.level,
        )
        for each in simulator.forecast().reminders
    ]
    assert len(said) == 5
    assert sorted(lines(run)) == sorted(said)
    assert forecasts.under_way() is None


def test_how_far_it_is_stands_on_the_page_and_it_can_be_broken_off(browser, carla, monkeypatch):
    monkeypatch.setattr(jobs, "STOPPING", Event())
    played = []
    play = simulator.Simulation.play
    monkeypatch.setattr(
        simulator.Simulation, "play", lambda self, name: (played.append(name), play(self, name))[1]
    )
    operations.ask_forecast(carla, None)
    db.session.commit()
    client = browser(carla)

    jobs.STOPPING.set()
    assert work_off() == 0
    page = client.get(SIMULATOR)
    assert "0 of 1 kinds of things" in words(page)
    assert "data-progress" in page.text
    assert played == []

    jobs.STOPPING.clear()
    assert work_off() == 1
    page = client.get(SIMULATOR)
    assert "Calculated for Carla Voss: Today, 09:00" in words(page)
    assert "data-progress" not in page.text


def test_the_newest_takes_the_place_of_the_one_before(browser, carla):
    first = worked_out().id
    client = browser(carla)
    client.post(SIMULATOR)
    assert "What would be said on" in words(client.get(SIMULATOR)), "the one before stands there meanwhile"

    assert work_off() == 1

    assert forecasts.latest().id > first
    assert count(ForecastRun) == 1
    assert count(ForecastRow) == 5


@pytest.mark.parametrize("what", ["rule", "withdrawn", "stop", "other stop"])
def test_the_page_says_when_the_rules_have_changed_since(browser, carla, what):
    coming = rule(ReminderStep(0), valid_from=DAY + timedelta(days=60))
    stopped = stop() if what == "other stop" else None
    worked_out()
    client = browser(carla)
    assert "The rules have changed" not in client.get(SIMULATOR).text

    if what == "rule":
        rule(ReminderStep(-1), valid_from=DAY + timedelta(days=90))
    elif what == "withdrawn":
        operations.withdraw(user(Role.ADMIN), coming)
    elif what == "stop":
        stop()
    else:
        assert stopped is not None
        operations.resume(user(Role.ADMIN), queries.get_source(NAME))
    db.session.commit()

    assert "The rules have changed meanwhile." in client.get(SIMULATOR).text


def test_the_page_says_when_it_is_of_an_earlier_day(browser, carla):
    worked_out()

    with clock.at(clock.moment(DAY + timedelta(days=1), 9)):
        page = words(browser(carla).get(SIMULATOR))

    assert "This is how it was on Thu 10 Dec." in page
    assert "Recalculate" in page


def test_a_supervisor_asks_for_nothing(browser):
    assert browser(user(Role.SUPERVISOR)).post(SIMULATOR).status_code == 403
    assert count(ForecastRun) == 0


def test_one_run_at_a_time_is_worked_off_in_the_order_in_which_it_was_asked_for():
    first, second = asked().id, asked().id
    db.session.commit()

    work_off()
    assert forecasts.latest().id == first
    work_off()
    assert forecasts.latest().id == second
