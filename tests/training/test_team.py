"""The team's grid: whom one sees, what is counted, the file, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.models.accounts import Role
from tests.factories import accounts, training
from tests.support.exports import exported


def day(days: int):
    return clock.today() + timedelta(days=days)


def team(boss, size=3):
    return [accounts.employee(supervisor=boss).user for _n in range(size)]


def test_a_supervisor_sees_the_team_and_nobody_else(browser):
    boss = accounts.user(Role.SUPERVISOR)
    mine, other = team(boss, 1)[0], accounts.employee().user
    text = browser(boss).get("/training/team").text
    assert mine.name in text
    assert f">{other.name}<" not in text


@pytest.mark.parametrize("role", [Role.HR, Role.COMPLIANCE])
def test_hr_and_compliance_see_all_and_can_choose_a_unit(browser, role):
    one, other = accounts.employee(), accounts.employee()
    client = browser(accounts.user(role))
    text = client.get("/training/team").text
    assert one.user.name in text
    assert other.user.name in text
    text = client.get(f"/training/team?unit={one.unit_id}").text
    assert f">{one.user.name}<" in text
    assert f">{other.user.name}<" not in text


def test_cells_say_state_and_day(browser):
    boss = accounts.user(Role.SUPERVISOR)
    (lena,) = team(boss, 1)
    training.progress(lena, "aml", due_on=day(-7))
    training.progress(lena, "ethics", valid_until=day(300))
    training.progress(lena, "compliance", due_on=day(3), failed=True)
    text = browser(boss).get("/training/team").text
    for words in ("Overdue", ", 7 days<", "Valid", "Not passed", "1 of 3 attempts"):
        assert words in text
    assert "One person may not meet clients on their own" in text


def test_filters_narrow_people_and_courses(browser):
    boss = accounts.user(Role.SUPERVISOR)
    late, fine = team(boss, 2)
    training.progress(late, "aml", due_on=day(-7))
    training.progress(fine, "aml", valid_until=day(300))
    training.progress(fine, "ethics", due_on=day(20))
    client = browser(boss)
    rows = client.get("/training/team?state=late").text.split("<tbody>")[-1]
    assert f'">{late.name}</a>' in rows
    assert f'">{fine.name}</a>' not in rows
    course = training.course("ethics")
    text = client.get(f"/training/team?course={course.id}").text
    assert "<b>Ethics</b>" in text
    assert "<b>Anti-money laundering</b>" not in text
    assert "No results" in client.get("/training/team?q=nobody-at-all").text


def test_the_file_cannot_act_as_a_formula(browser):
    boss = accounts.user(Role.SUPERVISOR)
    evil = accounts.user(name='=HYPERLINK("http://evil.example")')
    accounts.employee(user=evil, supervisor=boss)
    training.progress(evil, "aml", valid_until=day(300))
    (cells,) = exported(browser(boss), "/training/team/export")
    assert cells["Person"].startswith("'=HYPERLINK")
    assert cells["Anti-money laundering"] == "Valid"
    assert cells["Anti-money laundering, day"] == day(300).isoformat()


def test_the_grid_speaks_german(browser):
    boss = accounts.user(Role.SUPERVISOR, language="de")
    (lena,) = team(boss, 1)
    training.progress(lena, "aml", due_on=day(-7))
    text = browser(boss).get("/training/team").text
    for words in ("Schulungen im Team", "Überfällig", "jährlich", "Kundenkontakt"):
        assert words in text


def test_only_hr_and_compliance_read_the_right_answers(browser):
    course = training.course("aml")
    readers = {Role.HR: True, Role.COMPLIANCE: True, Role.SUPERVISOR: False, Role.ADMIN: False}
    for role, sees in readers.items():
        client = browser(accounts.user(role))
        assert "Anti-money laundering" in client.get("/training/catalogue").text
        text = client.get(f"/training/courses/{course.id}").text
        assert ("Neither whether nor why" in text) is sees, role
        assert "80%" in text
    assert "Anti-money laundering" not in browser(accounts.user()).get("/training/catalogue").text
    assert browser(accounts.user()).get(f"/training/courses/{course.id}").status_code == 404
    assert browser(accounts.user(Role.HR)).get("/training/courses/999").status_code == 404


def test_the_persons_page_shows_the_courses(browser):
    boss = accounts.user(Role.SUPERVISOR)
    (lena,) = team(boss, 1)
    training.progress(lena, "aml", due_on=day(-7))
    assert "Mandatory training" in browser(boss).get(f"/people/{lena.id}").text
