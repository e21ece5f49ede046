"""Today as a long list: folded, paged, with what stands below each row and what one click does."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import UTCDateTime
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.performance import Goal
from rmhr.models.reminders import Basis, EscalationLevel
from tests.factories.accounts import employee, user
from tests.factories.reminders import rule, stop
from tests.support.due_things import also_awaited, goal, goals, only_goals
from tests.support.html import Html, words

MONDAY = date(2026, 11, 23)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch)
    monkeypatch.setattr(registry, "PANELS", registry.Registry("panels"))
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def lena():
    return employee(user=user(name="Lena Brandt")).user


# More than a few things


def _kinds(number: int) -> None:
    """The goals under so many more sources, each of its own kind."""
    for kind in range(number):
        sources.source(
            f"tests.kind{kind}",
            label=f"Kind {kind}",
            remind_on=(0,),
            text="Reach “%(what)s” again",
            why="Why",
            verb="Show",
            endpoint="accounts.person",
            params={"id": "owner_id"},
        )(goals)


def test_a_long_group_of_several_kinds_is_folded_by_what_they_are(browser, lena):
    _kinds(1)
    for days in range(2, 8):
        goal(lena, MONDAY - timedelta(days=days))

    answer = browser(lena).get("/today")

    first, second = sorted(Html(answer).texts(".due__kind > summary"))
    assert first.startswith("Goals 5 "), "the next step stands above"
    assert second.startswith("Kind 0 6 ")
    assert "Late 11" in words(answer)


def test_the_only_thing_of_its_kind_stands_by_its_name_in_a_folded_group(browser, lena):
    for days in range(2, 12):
        goal(lena, MONDAY - timedelta(days=days))
    alone = goal(lena, MONDAY - timedelta(days=1)).id
    sources.source(
        "tests.alone",
        label="Alone",
        remind_on=(0,),
        text="Nothing else like “%(what)s”",
        why="Why",
        verb="Show",
        endpoint="accounts.person",
        params={"id": "owner_id"},
    )(lambda: goals().where(Goal.id == alone))

    page = Html(browser(lena).get("/today"))

    [folded] = page.texts(".due__kind > summary")
    assert folded.startswith("Goals ")
    assert any(text.startswith("Nothing else like ") for text in page.texts(".due__group > .due .due__what"))


@pytest.mark.parametrize(("kinds", "things"), [(0, 12), (1, 4)])
def test_a_group_of_one_kind_and_a_short_one_are_not_folded(browser, lena, kinds, things):
    _kinds(kinds)
    for _number in range(things):
        goal(lena, MONDAY)

    assert '<details class="due__kind">' not in browser(lena).get("/today").text


def test_a_person_with_thousands_has_pages_of_a_hundred_and_numbers_that_are_right(
    browser, lena, max_queries
):
    for days in range(-120, 0):
        goal(lena, MONDAY + timedelta(days=days), f"Number {-days}.")
    client = browser(lena)

    with max_queries(60) as asked:
        first = client.get("/today")
    assert "Late 119" in words(first)
    assert "1 to 100 of 120" in words(first)
    assert first.text.count('class="due__row') == 99
    with max_queries(len(asked) + 1):
        second = client.get(Html(first).next())

    assert "101 to 120 of 120" in words(second)
    assert "Late 119" in words(second)
    assert "Number 20." in second.text
    assert "Number 21." not in second.text
    assert "Number 120." in Html(second).words(".next__what"), "the next step stays in sight"
    back = client.get(Html(second).previous())
    assert "1 to 100 of 120" in words(back)


@pytest.mark.parametrize(
    "query", ["after=nonsense", "before=", "after=20261123-1-1-no.such&from=x", "from=-7", "done=1"]
)
def test_an_address_that_makes_no_sense_is_the_first_page(browser, lena, query):
    goal(lena, MONDAY)

    answer = browser(lena).get(f"/today?{query}")

    assert answer.status_code == 200
    assert "Next step" in answer.text


# What stands folded below a row


def test_a_row_says_since_when_and_what_happens_if_not(browser, lena, monkeypatch):
    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))
    escalation = (
        ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),
        ReminderStep(9, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING),
    )
    also_awaited(escalation=escalation, otherwise="The bank closes")
    goal(lena, MONDAY, starts_on=date(2026, 11, 2))

    page = words(browser(lena).get("/today"))

    assert "Since Mon 2 Nov If not The bank closes On Thu 26 Nov your supervisor will be told." in page
    with clock.at(clock.moment(date(2026, 11, 26), 9)):
        page = words(browser(lena).get("/today"))
    assert "On Fri 4 Dec your supervisor and the HR team will be told." in page


def test_the_rule_of_the_bank_counts_and_a_stopped_source_tells_nobody(browser, lena):
    goal(lena, MONDAY)
    rule(ReminderStep(0), ReminderStep(4, (EscalationLevel.HR,)), valid_from=MONDAY - timedelta(days=1))

    assert "On Fri 27 Nov the HR team will be told." in words(browser(lena).get("/today"))
    stop()
    assert "will be told" not in words(browser(lena).get("/today"))


def test_what_has_a_time_of_day_says_it_and_comes_first(browser, lena, monkeypatch):
    begins = clock.moment(MONDAY, 14)
    goal(lena, MONDAY - timedelta(days=1), "Above")
    goal(lena, MONDAY, "Whenever")
    sources.source(
        "tests.meeting",
        label="Meetings",
        remind_on=(0,),
        text="Meet about “%(what)s”",
        why="Why",
        verb="Prepare",
        endpoint="accounts.person",
        params={"id": "owner_id"},
    )(
        lambda: (
            goals()
            .add_columns(
                sa.literal(begins, UTCDateTime()).label("starts_at"),
                sa.literal(begins + timedelta(minutes=90), UTCDateTime()).label("ends_at"),
            )
            .where(Goal.due_on == MONDAY)
        )
    )

    page = words(browser(lena).get("/today"))

    assert re.search(
        r"Today 2 Meet about “Whenever” Why 14:00 to 15:30 .*Reach “Whenever” .* By this evening", page
    )
