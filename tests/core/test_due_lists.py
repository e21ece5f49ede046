"""What people owe, as pages and counts: nothing twice, nothing left out, and by the indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import lists as owed
from rmhr.core.due import sources
from rmhr.core.due.lists import Key, Span
from rmhr.core.due.sources import N_
from rmhr.models.performance import Goal
from tests.factories.accounts import user
from tests.factories.reminders import put_off
from tests.support.due_things import NAME, awaited, goal, goals, only_goals

MONDAY = date(2026, 11, 23)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch, snooze=7)
    with clock.at(clock.moment(MONDAY, 9)):
        yield


def _more(name: str = "tests.another", **given: Any) -> None:
    """The same goals once more, as another kind of thing."""
    sources.source(
        name,
        label=N_("Others"),
        remind_on=(0,),
        text=N_("Think of “%(what)s”"),
        why=N_("Why"),
        verb=N_("Open"),
        endpoint="accounts.person",
        params={"id": "owner_id"},
        **given,
    )(lambda: goals().add_columns(Goal.supervisor_id.label("waits_id")))


# Keys


def test_a_key_says_which_thing_it_is_and_is_read_back():
    lena = user()
    thing = goal(lena, 3)
    [found] = sources.for_person(lena.id)

    key = Key.of(found)

    assert str(key) == f"20261126-{thing.id}-{lena.id}-{NAME}"
    assert Key.read(str(key)) == key
    assert owed.find(key) == found


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "20261126",
        "20261126-1-1-no.such",
        f"20261332-1-1-{NAME}",
        f"20261126-1-1-{NAME}x",
        f"20261126-9999999999-1-{NAME}",
        f"20261126-1-9999999999-{NAME}",
        f"20261126--1-1-{NAME}",
        f" 20261126-1-1-{NAME}",
        f"２０２６１１２６-1-1-{NAME}",
    ],
)
def test_what_is_no_key_is_none(text):
    assert Key.read(text) is None


# Pages


@pytest.mark.parametrize("most", [1, 3, 7, 50])
def test_pages_forth_and_back_show_everything_once_in_one_order(most):
    lena = user()
    _more()
    for days in (-2, -2, -2, 0, 0, 5):
        goal(lena, days)
    whole = [each.key for each in owed.page(lena.id).things]
    assert len(whole) == 12

    forth, start = [], None
    while True:
        page = owed.page(lena.id, after=start, most=most)
        forth += [each.key for each in page.things]
        assert page.before == (start is not None)
        if not page.after:
            break
        start = Key.of(page.things[-1])
    back, start = [], Key(date(2027, 1, 1), 1, lena.id, NAME)
    while True:
        page = owed.page(lena.id, before=start, most=most)
        back = [each.key for each in page.things] + back
        if not page.before:
            break
        start = Key.of(page.things[0])

    assert forth == back == whole


def test_a_page_goes_on_where_a_thing_was_that_is_done_by_now():
    lena = user()
    for days in range(4):
        goal(lena, days, f"Number {days}")
    first = owed.page(lena.id, most=2)
    gone = Key.of(first.things[-1])
    db.session.execute(sa.delete(Goal.__table__).where(Goal.__table__.c.id == gone.subject_id))

    page = owed.page(lena.id, after=gone, most=2)

    assert [each.words["what"] for each in page.things] == ["Number 2", "Number 3"]


def test_nobody_elses_page_has_anything_of_it():
    goal(user(), 0)

    assert owed.page(user().id).things == []


# Counts


def test_everything_is_counted_by_how_near_it_is_and_what_it_is():
    lena = user()
    _more()
    for days in (-9, -1, 0, 1, 6, 7, 30, 31, 99):
        goal(lena, days)

    counted = owed.counts(lena.id, MONDAY + timedelta(days=6), MONDAY + timedelta(days=30))

    of_goals = {span.value: counted.of(span, source=NAME) for span in Span}
    assert of_goals == {"late": 2, "today": 1, "week": 2, "later": 2, "beyond": 2}
    assert counted.of(*Span) == 18
    assert counted.of(Span.LATE, Span.TODAY) == owed.count_for(lena.id, until=MONDAY) == 6


@pytest.mark.parametrize(
    ("days", "span"),
    [(-1, "late"), (0, "today"), (1, "week"), (6, "week"), (7, "later"), (30, "later"), (31, "beyond")],
)
def test_a_date_lies_where_the_count_has_put_it(days, span):
    sunday, horizon = MONDAY + timedelta(days=6), MONDAY + timedelta(days=30)

    assert Span.at(MONDAY + timedelta(days=days), sunday, horizon) == span


# What was put off


def test_what_was_put_off_is_on_no_list_and_in_no_count_until_its_day():
    lena = user()
    thing = goal(lena, -1)
    put_off(lena, thing.id, thing.due_on, MONDAY + timedelta(days=2))

    assert owed.page(lena.id).things == sources.for_person(lena.id) == []
    assert owed.count_for(lena.id) == owed.counts(lena.id, MONDAY, MONDAY).of(*Span) == 0
    [(asleep, until)] = owed.put_off(lena.id)
    assert (asleep.subject_id, until) == (thing.id, MONDAY + timedelta(days=2))

    with clock.at(clock.moment(MONDAY + timedelta(days=2), 0)):
        assert len(owed.page(lena.id).things) == owed.count_for(lena.id) == 1
        assert owed.put_off(lena.id) == []


def test_a_new_due_date_wakes_what_was_put_off_and_others_sleep_on_nothing():
    lena, murat = user(), user()
    thing, other = goal(lena, -1), goal(murat, -1)
    put_off(lena, thing.id, MONDAY, MONDAY + timedelta(days=5))  # another due date
    put_off(lena, other.id, other.due_on, MONDAY + timedelta(days=5))  # somebody else's thing
    put_off(lena, thing.id, thing.due_on, MONDAY + timedelta(days=5), source="tests.gone")  # another kind

    assert owed.count_for(lena.id) == owed.count_for(murat.id) == 1


def test_what_may_no_longer_be_put_off_is_back(monkeypatch):
    lena = user()
    thing = goal(lena, -1)
    put_off(lena, thing.id, thing.due_on, MONDAY + timedelta(days=5))

    only_goals(monkeypatch, snooze=0)

    assert owed.count_for(lena.id) == 1
    assert owed.put_off(lena.id) == []


# Others


def test_one_waits_for_what_others_owe_and_not_for_ones_own():
    boss, lena = user(), user()
    _more()
    goal(lena, 2, supervisor=boss)
    goal(lena, -2, supervisor=boss)
    goal(lena, 0, supervisor=lena)
    goal(lena, 0)

    found = awaited(boss)

    assert [each.late for each in found] == [2, -2]
    assert {each.source.name for each in found} == {"tests.another"}
    assert awaited(lena) == []
    assert [each.late for each in awaited(boss, most=1)] == [2]


def test_every_list_is_one_query_however_many_sources_and_things_there_are(max_queries):
    lena = user()
    for number in range(40):
        _more(f"tests.more{number}", snooze=3)
    for days in range(-3, 5):
        goal(lena, days)
    db.session.commit()
    person = lena.id
    key = Key(MONDAY, 1, person, NAME)
    lists = (
        lambda: owed.page(person, after=key),
        lambda: owed.counts(person, MONDAY, MONDAY),
        lambda: owed.put_off(person),
        lambda: awaited(lena),
        lambda: owed.owed_by_any([person], MONDAY, 10),
        lambda: owed.late_of([person]),
        lambda: owed.find(key),
    )

    for each in lists:
        with max_queries(1):
            each()


def test_without_any_source_every_list_is_empty(monkeypatch):
    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))
    person = user().id

    assert owed.page(person).things == owed.put_off(person) == []
    assert owed.counts(person, MONDAY, MONDAY).of(*Span) == owed.count_for(person) == 0
    assert owed.late_of([person]) == []
    assert owed.awaited_rows(owed.sources()) is owed.late_rows(sa.select(sa.literal(1)), ()) is None


# Indexes


@contextmanager
def _explained() -> Iterator[list[str]]:
    """The plans of the statements in the block, as the database tells them."""
    asked: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip("( \n").startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", keep)
    plans: list[str] = []
    try:
        yield plans
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    connection = db.session.connection()
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        # With a handful of rows reading them all is cheaper; what matters is that the index can be used.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    for statement, parameters in asked:
        command = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        rows = connection.exec_driver_sql(command + statement, parameters)
        plans.append("\n".join(str(row[-1]) for row in rows))


@pytest.mark.parametrize(
    "ask",
    [
        lambda person: owed.page(person, MONDAY + timedelta(days=30)),
        lambda person: owed.page(person, after=Key(MONDAY, 1, person, NAME)),
        lambda person: owed.count_for(person, MONDAY),
        lambda person: owed.counts(person, MONDAY, MONDAY),
        lambda person: owed.put_off(person),
    ],
)
def test_what_one_person_owes_is_found_by_index_and_so_is_what_was_put_off(ask):
    person = user().id
    db.session.commit()

    with _explained() as plans:
        ask(person)

    [plan] = plans
    if db.engine.dialect.name == "sqlite":
        assert re.search(r"SEARCH goal USING (INDEX ix_goal_|INTEGER PRIMARY KEY)", plan), plan
        assert re.search(r"SEARCH snooze USING (COVERING )?INDEX sqlite_autoindex_snooze_1", plan), plan
        assert not re.search(r"SCAN (goal|snooze)", plan), plan
    else:
        assert re.search(r"(Index|Bitmap).*ix_goal_", plan), plan
        assert "Seq Scan on goal" not in plan, plan
        assert re.search(r"uq_snooze_", plan), plan
        assert re.search(r"(Index Cond|Filter): .*user_id = ", plan), plan
