"""What compliance sees of the bank on Today: late, blocked, expiring, each with the people whom it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.models.accounts import Role
from rmhr.training import grid
from tests.factories import accounts, training
from tests.support.html import Html

pytestmark = pytest.mark.both


def day(days: int):
    return clock.today() + timedelta(days=days)


@pytest.fixture
def bank():
    """Two people of a unit who are late, one of another, one whose certificate ends soon, one with nothing."""
    one, other = accounts.unit(name="Altona"), accounts.unit(name="Barmbek")
    people = [accounts.employee(unit=unit).user for unit in (one, one, other, other, other)]
    late, blocked, elsewhere, expiring, _fine = people
    training.progress(late, "ethics", due_on=day(-7))
    training.progress(late, "compliance", due_on=day(-3))
    training.progress(blocked, "aml", due_on=day(-1))
    training.progress(elsewhere, "ethics", valid_until=day(-2))
    training.progress(expiring, "aml", valid_until=day(30))
    return people


def test_each_number_leads_to_as_many_people(browser, bank):
    client = browser(accounts.user(Role.COMPLIANCE))
    found = grid.standing(accounts.user(Role.COMPLIANCE))
    assert (found.late, found.blocked, found.expiring) == (3, 1, 1)
    assert [(unit.name, unit.people, unit.duties) for unit in found.units] == [
        ("Altona", 2, 3),
        ("Barmbek", 1, 1),
    ]
    links = Html(client.get("/today")).attributes(".standing a", "href")
    for query, people in (("state=late", 3), ("state=blocked", 1), ("state=expiring", 1)):
        assert f"/training/team?{query}" in links
        assert len(Html(client.get(f"/training/team?{query}").text).all(".grid tbody tr")) == people
    altona = next(unit for unit in found.units if unit.name == "Altona")
    assert (
        len(Html(client.get(f"/training/team?state=late&unit={altona.id}").text).all(".grid tbody tr")) == 2
    )


def test_where_all_is_well_it_says_so(browser):
    text = browser(accounts.user(Role.COMPLIANCE)).get("/today").text
    assert "Mandatory training of the bank" in text
    assert "Nobody" in text


@pytest.mark.parametrize("role", [Role.HR, Role.ADMIN, Role.SUPERVISOR, Role.RM])
def test_it_is_for_compliance_alone(browser, bank, role):
    assert "Mandatory training of the bank" not in browser(accounts.user(role)).get("/today").text


def test_it_asks_as_often_for_many_people_and_units(app, bank, max_queries):
    viewer = accounts.user(Role.COMPLIANCE)
    grid.standing(viewer)
    for _each in range(30):
        training.progress(accounts.employee(unit=accounts.unit()).user, "ethics", due_on=day(-7))
    assert viewer.roles  # what was read of the viewer before does not count
    with max_queries(3):
        assert grid.standing(viewer).late == 33


def test_units_beyond_the_first_are_counted(browser, bank):
    for _each in range(6):
        training.progress(accounts.employee(unit=accounts.unit()).user, "ethics", due_on=day(-7))
    assert "and 3 more units" in browser(accounts.user(Role.COMPLIANCE)).get("/today").text
