"""What is owed: one list of many sources, in the reader's words, at the price of one query."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import lists, sources
from rmhr.core.due.sources import N_
from rmhr.core.i18n import Words, speaking
from rmhr.models.accounts import Employee, RmType
from rmhr.models.competencies import Competency
from tests.factories import save
from tests.factories.accounts import employee, user
from tests.support.due_things import NAME, goal, goals, only_goals

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def _sources(monkeypatch: pytest.MonkeyPatch) -> None:
    only_goals(monkeypatch)


def _wordy() -> None:
    """A source with every kind of word: an enumeration, a text in two languages, a date, a number."""
    sources.source(
        "tests.wordy",
        label=N_("Wordy things"),
        remind_on=(0,),
        text=N_("%(kind)s: %(competency)s since %(since)s, no. %(number)s"),
        why=N_("Why"),
        verb=N_("Open"),
        endpoint="accounts.person",
        params={"id": "owner_id", "n": "number"},
    )(
        lambda: sa.select(
            Employee.id.label("subject_id"),
            Employee.user_id.label("owner_id"),
            Employee.started_on.label("due_on"),
            Employee.rm_type.label("kind"),
            Competency.name.label("competency"),
            Employee.started_on.label("since"),
            sa.literal(7).label("number"),
        ).join(Competency, sa.true())
    )


def test_everything_owed_is_one_list_soonest_first():
    lena = user()
    goal(lena, 5, "Second")
    goal(lena, -3, "First")
    goal(user(), 0, "Somebody else's")

    found = sources.for_person(lena.id)

    assert [each.what for each in found] == ["Reach “First”", "Reach “Second”"]
    assert [each.late for each in found] == [3, -5]
    assert found[0].why == "Agreed with Tomas Lind"
    assert (found[0].endpoint, found[0].values) == ("accounts.person", {"id": lena.id})


def test_the_list_ends_where_it_is_told_to():
    lena = user()
    for days in (-1, 0, 1, 30, 31):
        goal(lena, days)
    today = clock.today()

    assert len(sources.for_person(lena.id, until=today + timedelta(days=30))) == 4
    assert lists.count_for(lena.id, until=today) == 2
    assert lists.count_for(lena.id) == 5


def test_words_of_every_kind_are_said_in_the_reader_s_language(session):
    _wordy()
    save(
        Competency(
            code="x", position=1, name=Words.both("Advice", "Beratung"), definition=Words.both("a", "b")
        )
    )
    anna = employee(rm_type=RmType.BUSINESS, started_on=date(2026, 11, 2))

    [found] = sources.for_person(anna.user_id)

    assert found.what == "Business clients: Advice since 2 Nov, no. 7"
    with speaking("de"):
        assert found.what == f"{RmType.BUSINESS.label}: Beratung since 2. Nov., no. 7"
    assert found.values == {"id": anna.user_id, "n": 7}
    assert found.on == date(2026, 11, 2)


def test_a_word_that_is_missing_is_left_out_and_a_percent_sign_does_no_harm():
    lena = user()
    goal(lena, 0, "100 % of %(person)s, “quoted” \\ and 'single' — 日本 🙂")
    _wordy()

    [found] = sources.for_person(lena.id)

    assert found.what == "Reach “100 % of %(person)s, “quoted” \\ and 'single' — 日本 🙂”"
    assert registry.SOURCES["tests.wordy"].said("kind", None) == ""


def test_a_hundred_sources_are_one_query(max_queries):
    lena = user()
    goal(lena, -1)
    for number in range(100):
        sources.source(
            f"tests.more{number}",
            label=N_("More"),
            remind_on=(0,),
            text=N_("Reach “%(what)s”"),
            why=N_("Why"),
            verb=N_("Open"),
            endpoint="accounts.person",
        )(goals)
    db.session.commit()
    person = lena.id

    with max_queries(1):
        assert len(sources.for_person(person)) == 101
    with max_queries(1):
        assert lists.count_for(person, until=clock.today()) == 101


def test_what_a_team_is_late_with_is_one_query_and_has_an_end(max_queries):
    boss = user()
    team = [employee(supervisor=boss).user for _ in range(3)]
    for person in team:
        goal(person, -2)
        goal(person, 0)
    goal(user(), -9)
    people = [person.id for person in team]

    with max_queries(1):
        found = lists.late_of(people, most=2)

    assert len(found) == 2
    assert {each.owner_id for each in found} <= {person.id for person in team}
    assert all(each.late == 2 for each in found)


def _plan(query) -> str:
    compiled = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    command = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    if db.engine.dialect.name == "postgresql":
        # With a handful of rows reading them all is cheaper; what matters is that the index can be used.
        db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    asked = sa.text(command + compiled.replace(":", r"\:"))
    return "\n".join(str(row[-1]) for row in db.session.execute(asked))


def test_a_person_s_condition_reaches_the_index_of_a_source():
    lena = user()
    query = sources.everything(lambda row: [row.owner_id == lena.id, row.due_on <= clock.today()])

    plan = _plan(query)

    if db.engine.dialect.name == "sqlite":
        assert "ix_goal_user_id_status_due_on" in plan, plan
    else:
        # Which index is the cheapest for a handful of rows may differ; that it is one of the table's own, with
        # the condition at its scan and not above the union, may not.
        assert re.search(r"Index Scan using ix_goal_", plan), plan
        assert re.search(r"(Index Cond|Filter): .*user_id = ", plan), plan


def test_two_sources_of_one_name_and_one_without_a_reminder_do_not_import():
    with pytest.raises(ValueError, match="two due sources"):
        sources.source(NAME, label="", remind_on=(0,), text="", why="", verb="", endpoint="x")(goals)
    with pytest.raises(ValueError, match="never reminds"):
        sources.source("tests.new", label="", remind_on=(), text="", why="", verb="", endpoint="x")


@pytest.mark.parametrize(
    ("wall_clock", "late"),
    [
        # Midnight, in winter and in summer.
        ("2026-11-30T23:59:59", 0),
        ("2026-12-01T00:00:00", 1),
        # The days on which the clocks change: the local day is what counts.
        ("2027-03-28T00:30:00", 118),
        ("2027-03-28T23:59:00", 118),
        ("2027-10-31T00:00:00", 335),
        ("2027-10-31T23:59:00", 335),
    ],
)
def test_late_is_counted_in_days_of_the_bank_s_calendar(wall_clock, late):
    lena = user()
    goal(lena, date(2026, 11, 30))

    with clock.at(datetime.fromisoformat(wall_clock).replace(tzinfo=BERLIN)):
        [found] = sources.for_person(lena.id)
        assert found.late == late
        assert lists.count_for(lena.id, until=clock.today()) == 1


def test_people_without_anything_owe_nothing_and_no_source_is_no_error(monkeypatch):
    lena = user()
    assert sources.for_person(lena.id) == []

    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))

    assert sources.for_person(lena.id) == []
    assert lists.count_for(lena.id) == 0
    assert lists.late_of([lena.id]) == []
