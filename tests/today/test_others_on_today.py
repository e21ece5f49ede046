"""Others on Today: for whom one stands in, who of the team is late, how the units stand."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from rmhr.core import clock, registry
from rmhr.core.due import lists
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.today import queries
from tests.factories.accounts import employee, unit, user
from tests.factories.reminders import absence
from tests.support.due_things import goal, only_goals
from tests.support.html import Html, words

MONDAY = date(2026, 11, 23)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch, shared=Role.HR)
    monkeypatch.setattr(registry, "PANELS", registry.Registry("panels"))
    with clock.at(clock.moment(MONDAY, 9)):
        yield


def day(days: int) -> date:
    return MONDAY + timedelta(days=days)


# Deputies


def test_a_deputy_sees_what_is_late_or_due_soon_and_until_when(browser):
    tomas, deputy = user(name="Tomas Lind"), user()
    absence(tomas, deputy, day(-3), day(18))
    goal(tomas, -2, "Late one")
    goal(tomas, 7, "Soon one")
    goal(tomas, 31, "Far one")
    goal(user(), 0, "Another’s")

    page = words(browser(deputy).get("/today"))

    assert "For Tomas Lind, away until Fri 11 Dec 2" in page
    assert page.index("Late one") < page.index("Soon one")
    assert "Far one" not in page
    assert "Another’s" not in page


def test_who_has_the_role_may_do_it_and_who_has_not_reads_who_can(browser):
    tomas, hr, other = user(name="Tomas Lind"), user(Role.HR), user()
    absence(tomas, hr, day(0), day(1))
    absence(tomas, other, day(0), day(1))
    goal(tomas, 0, "Tax details")

    assert "Only Tomas Lind can do this" in words(browser(other).get("/today"))
    assert f'href="/people/{tomas.id}"' not in browser(other).get("/today").text
    assert "Agreed with" in words(browser(hr).get("/today"))
    assert f'href="/people/{tomas.id}"' in browser(hr).get("/today").text


@pytest.mark.parametrize(
    ("starts", "ends", "seen"), [(0, 0, True), (-5, 0, True), (0, 9, True), (1, 9, False), (-9, -1, False)]
)
def test_a_deputy_stands_in_from_the_first_day_to_the_last(starts, ends, seen):
    tomas, deputy = user(), user()
    absence(tomas, deputy, day(starts), day(ends))
    absence(user(), None, day(-9), day(9))

    assert bool(queries.stand_in.stood_in_for(deputy, queries.today.place_of(deputy).away)) == seen


def test_where_nothing_is_due_that_is_said(browser):
    deputy = user()
    absence(user(name="Tomas Lind"), deputy, day(0), day(1))

    page = words(browser(deputy).get("/today"))

    assert "For Tomas Lind, away until Tue 24 Nov Nothing is late or due in the next days." in page


# The team


def test_a_team_is_listed_by_person_the_longest_late_first(browser):
    boss = user(Role.SUPERVISOR)
    lena = employee(user=user(name="Lena Brandt"), supervisor=boss).user
    murat = employee(user=user(name="Murat Yılmaz"), supervisor=boss).user
    for days in (-1, -2, -3, -4):
        goal(lena, days, f"Number {-days}")
    goal(murat, -9, "Oldest")
    goal(murat, 0, "Not late yet")

    answer = browser(boss).get("/today")
    page = words(answer)

    assert "Late in my team 5 Murat Yılmaz" in page
    assert re.search(
        r"Murat Yılmaz Reach “Oldest” 9 days late .*Lena Brandt Reach “Number 4”; Reach “Number 3”; 2 more 4 days late",
        page,
    )
    assert f'href="/people/{lena.id}"' in answer.text
    assert "Not late yet" not in page


def test_a_large_team_is_cut_and_the_rest_counted(browser):
    boss = user(Role.SUPERVISOR)
    for number in range(11):
        goal(employee(supervisor=boss).user, -1 - number)

    answer = browser(boss).get("/today")

    assert "Late in my team 11" in words(answer)
    assert Html(answer).texts('main a[href="/team"]') == ["and 3 more people"]


def test_who_has_left_is_nobody_to_hurry(browser):
    boss = user(Role.SUPERVISOR)
    goal(employee(user=user(left_on=day(-1)), supervisor=boss).user, -3)

    assert "Late in my team" not in words(browser(boss).get("/today"))


# Units


def test_a_head_sees_each_unit_with_those_below_in_one_line(browser):
    head = user(Role.HR)
    north = unit(name="Region North", head_id=head.id)
    altona = unit(name="Hamburg-Altona", parent=north)
    unit(name="Kiel", head_id=head.id)
    goal(employee(unit=north).user, -1)
    late = employee(unit=altona).user
    goal(late, -1)
    goal(late, -2)
    goal(employee().user, -9)

    page = words(browser(head).get("/today"))

    assert "Kiel: nothing is late Region North: 3 things are late, with 2 people" in page


def test_counting_a_large_bank_stops_somewhere(browser, monkeypatch):
    monkeypatch.setattr(lists, "MOST", 3)
    head = user(Role.HR)
    bank = unit(name="Nordhaven", head_id=head.id)
    late = employee(unit=bank).user
    for days in range(1, 6):
        goal(late, -days)

    assert "Nordhaven: more than 2 things are late" in words(browser(head).get("/today"))


def test_units_speak_german(browser):
    head = user(Role.HR, language="de")
    bank = unit(name="Kiel", head_id=head.id)
    goal(employee(unit=bank).user, -1)

    assert "Kiel: eine Aufgabe ist verspätet, bei 1 Person" in words(browser(head).get("/today"))


def test_a_loop_of_units_is_no_endless_one():
    head = user(Role.HR)
    one = unit(head_id=head.id)
    other = unit(parent=one)
    with audit.acting(SYSTEM, "tests.arrange"):
        one.parent_id = other.id

    assert [each.things for each in queries.team.late_in_units(head)] == [0]
