"""My team: how each person stands, in words, for whoever leads them and for nobody else."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock
from rmhr.models.accounts import Role
from tests.factories import accounts, training
from tests.factories.onboarding import plan
from tests.factories.performance import agreed, review, rm, supervisor_of
from tests.support.html import Html


def cells(page: Html) -> list[str]:
    """What stands in the columns about the one person of the team."""
    return page.texts("main table tbody tr:first-child td")


def test_the_team_says_how_each_person_stands(browser):
    person = rm()
    boss = supervisor_of(person)
    training.progress(person, "aml", due_on=clock.today() - timedelta(days=1))
    plan(employee=person.employee)
    agreed(person)
    review(person)
    page = Html(browser(boss).get("/team"))
    said = " | ".join(cells(page))
    assert person.name in said
    for words in ("1 to catch up on", "done", "On track", "Self-assessment"):
        assert words in said


def test_of_whom_nothing_is_to_be_said_the_team_says_that(browser):
    person = rm()
    page = Html(browser(supervisor_of(person)).get("/team"))
    said = " | ".join(cells(page))
    for words in ("No course", "No plan under way", "No goal", "No review"):
        assert words in said


def test_another_supervisor_sees_nothing_of_the_team(browser):
    person = rm()
    agreed(person)
    assert person.name not in browser(accounts.user(Role.SUPERVISOR)).get("/team").text
    assert browser(person).get("/team").status_code == 403
