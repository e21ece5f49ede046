"""Today asks the database for what one person owes: nothing that grows with the bank is read from end to end."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.registry import JOBS, SOURCES
from rmhr.models.accounts import Role, User, UserRole
from tools.bench import reminders

#: What an administrator writes by hand, one row or a page at the most; and the roles of twenty people, of which the
#: planner knows that it is quicker to read them all.
SMALL = {
    "bank_duties",
    "bank_text",
    "career_site",
    "course",
    "course_version",
    "reminder_rule",
    "reminder_stop",
    "unit",
    "user_role",
}
#: What waits for a recruiter with one of many applications.
OF_RECRUITERS = (
    "applications.screen",
    "applications.invite",
    "interviews.again",
    "interviews.kept_open",
    "interviews.decide",
    "interviews.tell",
    "offers.make",
)

pytestmark = pytest.mark.sqlite  # its planner tells in words what it will do


@pytest.fixture
def bank():
    with clock.at(clock.moment(reminders.DAY, 9)):
        reminders.fill(20_000, 500)
        yield


def test_today_reads_no_table_from_end_to_end(bank, browser):
    person = db.session.get_one(User, 21)  # who leads nineteen others
    more = (Role.SUPERVISOR, Role.HR, Role.COMPLIANCE)
    db.session.execute(sa.insert(UserRole), [{"user_id": person.id, "role": role} for role in more])
    db.session.commit()
    client = browser(person)
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_more):
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get("/today").status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    read = set()
    connection = db.session.connection()
    tables = set(sa.inspect(connection).get_table_names())
    for statement, parameters in asked:
        if statement.startswith("SELECT"):
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                scanned = re.match(r"SCAN (\w+)", row.detail)
                if scanned and scanned[1] in tables:
                    read.add(scanned[1])
    assert len(asked) > 10
    assert read <= SMALL, read


def test_tidying_up_counts_the_tables_for_the_planner(bank):
    db.session.execute(sa.text("DELETE FROM sqlite_stat1"))
    db.session.commit()

    JOBS["scheduler.tidy"].run()

    counted = sa.text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'assignment'")
    assert db.session.scalars(counted).all()


@pytest.mark.parametrize("name", OF_RECRUITERS)
def test_what_a_recruiter_owes_is_looked_for_from_their_postings(name):
    """Most people recruit for none: whatever the bank has received, it costs them nothing. No statistics needed."""
    asked = sources.part(SOURCES[name], sources.owed_by(7, clock.today()), wanted=sources.keys)
    connection = db.session.connection()
    connection.exec_driver_sql("DROP TABLE IF EXISTS sqlite_stat1")

    said = asked.compile(connection, compile_kwargs={"literal_binds": True})
    first = next(iter(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}"))).detail

    assert re.search(r"SEARCH posting .*\(recruiter_id=\?\)", first), first
