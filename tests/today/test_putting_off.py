"""Putting something off: only one's own, only where it is allowed, only for a while, and back at any time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import lists, sources
from rmhr.core.due.lists import Key
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.models.system import AuditEntry
from rmhr.models.today import Snooze
from rmhr.today import operations as today_operations
from rmhr.today import queries
from tests.factories.accounts import user
from tests.support.due_things import goal, only_goals, send_due
from tests.support.html import Html, words

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch, snooze=7)
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def lena():
    return user(name="Lena Brandt")


def one(person) -> sources.Due:
    [found] = sources.for_person(person.id)
    return found


def path(thing: sources.Due, deed: str) -> str:
    return f"/today/{Key.of(thing)}/{deed}"


def rows() -> int:
    return db.session.scalar(sa.select(sa.func.count(Snooze.id)))


# The operations


@pytest.mark.parametrize("days", [1, 3, 7])
def test_ones_own_thing_is_put_off_and_keeps_its_due_date(lena, days):
    goal(lena, -2)
    thing = one(lena)

    made = today_operations.things.put_off(lena, thing, until=MONDAY + timedelta(days=days))

    assert (made.until, made.due_on) == (MONDAY + timedelta(days=days), thing.on)
    assert sources.for_person(lena.id) == []
    assert lists.find(Key.of(thing)) == thing


@pytest.mark.parametrize(
    ("days", "said"),
    [(8, "for 7 days at the most"), (400, "for 7 days at the most"), (0, "still ahead"), (-1, "still ahead")],
)
def test_a_day_that_is_too_far_or_not_ahead_is_refused(lena, days, said):
    goal(lena, 0)

    with pytest.raises(NotPossible, match=said):
        today_operations.things.put_off(lena, one(lena), until=MONDAY + timedelta(days=days))

    assert rows() == 0


def test_what_may_not_be_put_off_is_refused(lena, monkeypatch):
    only_goals(monkeypatch, snooze=0)
    goal(lena, 0)

    with pytest.raises(NotPossible, match="cannot be put off"):
        today_operations.things.put_off(lena, one(lena), until=MONDAY + timedelta(days=1))


def test_nobody_puts_off_or_takes_back_what_somebody_else_owes(lena):
    goal(lena, 0)
    thing = one(lena)

    for operation, data in (
        (today_operations.things.put_off, {"until": MONDAY + timedelta(days=1)}),
        (today_operations.things.take_back, {}),
    ):
        with pytest.raises(NotAllowed):
            operation(user(), thing, **data)


def test_putting_off_again_moves_the_day_and_is_one_row(lena):
    goal(lena, 0)
    thing = one(lena)

    for days in (1, 3, 3):
        today_operations.things.put_off(lena, thing, until=MONDAY + timedelta(days=days))
        db.session.commit()

    assert rows() == 1
    assert queries.put_off.put_off_by(lena)[0][1] == MONDAY + timedelta(days=3)


def test_what_was_put_off_comes_back_at_a_word_and_a_second_word_does_no_harm(lena):
    goal(lena, 0)
    thing = one(lena)
    today_operations.things.put_off(lena, thing, until=MONDAY + timedelta(days=1))

    today_operations.things.take_back(lena, thing)
    today_operations.things.take_back(lena, thing)

    assert rows() == 0
    assert one(lena) == thing


def test_it_stands_in_the_history_who_put_what_off(lena):
    goal(lena, 0)
    today_operations.things.put_off(lena, one(lena), until=MONDAY + timedelta(days=1))
    db.session.commit()

    entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="today.put_off")).one()

    assert (entry.actor_id, entry.changes["until"]) == (lena.id, [None, "2026-11-24"])


def test_the_owner_hears_nothing_of_it_until_it_is_back(lena, mails):
    goal(lena, 0)
    today_operations.things.put_off(lena, one(lena), until=MONDAY + timedelta(days=2))

    assert send_due(MONDAY) == 0
    with clock.at(clock.moment(MONDAY + timedelta(days=2), 9)):
        assert send_due(MONDAY + timedelta(days=2)) == 1


@pytest.mark.parametrize(
    ("today", "allowed", "offered"),
    [
        (MONDAY, 7, ["tomorrow 24", "monday 30"]),
        (MONDAY, 14, ["tomorrow 24", "monday 30"]),
        (MONDAY, 3, ["tomorrow 24"]),
        (MONDAY + timedelta(days=2), 7, ["tomorrow 26", "monday 30", "week 2"]),
        (MONDAY + timedelta(days=4), 5, ["monday 30"]),  # Friday: nobody begins on a Saturday
        (MONDAY + timedelta(days=4), 2, []),
        (MONDAY + timedelta(days=6), 3, ["tomorrow 30"]),
    ],
)
def test_the_days_that_are_offered_are_tomorrow_monday_and_in_a_week(monkeypatch, today, allowed, offered):
    source = only_goals(monkeypatch, snooze=allowed)

    with clock.at(clock.moment(today, 9)):
        found = queries.put_off.days_to_choose(source)

    assert [f"{name} {day.day}" for name, day in found.items()] == offered


# The page


def test_today_offers_days_puts_off_and_has_it_back(browser, lena):
    goal(lena, -1, "Tax details")
    thing, client = one(lena), browser(lena)

    page = client.get("/today").text
    assert page.count('name="until"') == 2
    assert 'value="2026-11-24" title="Tuesday 24 November 2026">Tomorrow<' in page

    answer = client.post(
        path(thing, "put-off"), data={"until": "2026-11-24", "next": "/today?later=1"}, follow_redirects=True
    )
    assert answer.request.full_path == "/today?later=1"
    assert "has been removed from your list until Tue 24 Nov. It stays due on Sun 22 Nov." in answer.text
    assert "Nothing due." in answer.text
    assert "Put off 1" in words(answer)
    assert "Back on Tue 24 Nov" in answer.text
    assert not Html(answer).all(".bar__count")

    back = client.post(path(thing, "take-back"), follow_redirects=True)
    assert "Back on your list" in back.text
    assert "Nothing due." not in back.text


def test_a_thing_that_may_not_be_put_off_has_no_days(browser, lena, monkeypatch):
    only_goals(monkeypatch)
    goal(lena, 0)

    assert 'name="until"' not in browser(lena).get("/today").text


@pytest.mark.parametrize("deed", ["put-off", "take-back"])
def test_somebody_elses_thing_is_not_found(browser, lena, deed):
    goal(lena, 0)

    answer = browser(user()).post(path(one(lena), deed), data={"until": "2026-11-24"})

    assert answer.status_code == 404
    assert rows() == 0


@pytest.mark.parametrize("text", ["nonsense", "20261123-1-1-no.such", "20261123-1-999999-tests.goal"])
def test_what_is_no_thing_is_not_found(browser, lena, text):
    assert browser(lena).post(f"/today/{text}/put-off", data={"until": "2026-11-24"}).status_code == 404


def test_what_is_done_meanwhile_is_said_to_be_done(browser, lena):
    made = goal(lena, 0)
    thing, client = one(lena), browser(lena)
    db.session.execute(sa.delete(type(made).__table__))

    for deed in ("put-off", "take-back"):
        answer = client.post(path(thing, deed), data={"until": "2026-11-24"}, follow_redirects=True)
        assert answer.status_code == 200
        assert "This is no longer open. Nothing was changed." in answer.text
    assert rows() == 0


@pytest.mark.parametrize("until", ["", "soon", "24.11.2026"])
def test_a_day_that_is_no_day_is_refused(browser, lena, until):
    goal(lena, 0)

    assert browser(lena).post(path(one(lena), "put-off"), data={"until": until}).status_code == 400


def test_a_day_that_is_too_far_says_how_far_it_may_be(browser, lena):
    goal(lena, 0)

    answer = browser(lena).post(path(one(lena), "put-off"), data={"until": "2026-12-24"})

    assert answer.status_code == 409
    assert "This can be put off for 7 days at the most." in answer.text


def test_nobody_is_sent_elsewhere_after_it(browser, lena):
    goal(lena, 0)
    data = {"until": "2026-11-24", "next": "//evil.example/"}

    assert browser(lena).post(path(one(lena), "put-off"), data=data).location == "/today"


def test_a_double_click_is_one_deed(browser, lena):
    goal(lena, 0)
    thing, client = one(lena), browser(lena)

    for _click in range(2):
        assert client.post(path(thing, "put-off"), data={"until": "2026-11-24"}).status_code == 303

    assert rows() == 1


def test_putting_off_speaks_german(browser):
    murat = user(language="de")
    goal(murat, -1, "Zehn Kunden")
    thing, client = one(murat), browser(murat)

    page = client.get("/today").text
    assert "Zurückstellen bis" in page
    assert ">Morgen<" in page
    answer = client.post(path(thing, "put-off"), data={"until": "2026-11-24"}, follow_redirects=True)

    assert (
        "steht bis Di 24. Nov. nicht mehr auf Ihrer Liste. Fällig bleibt die Aufgabe am So 22. Nov."
        in answer.text
    )
    assert "Zurück am Di 24. Nov." in answer.text
