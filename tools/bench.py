"""`make bench`: what the reminders and Today cost at 5,000 and at 500,000 open things, on both databases.

Each row is measured in a process of its own, so that its peak of memory is its own. The cost must follow what is
due, not what is open: the command fails where 500,000 open things cost more than twice what 5,000 do.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from config import Testing
from rmhr import create_app
from rmhr.accounts.operations import access
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import (
    AccessLink,
    Employee,
    LinkPurpose,
    RmLevel,
    RmType,
    Role,
    Unit,
    UnitKind,
    User,
    UserRole,
)
from rmhr.models.performance import Goal, GoalStatus
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus, Course
from rmhr.reminders import engine
from rmhr.web.auth import SIGNED_IN
from tests.support import postgres

#: A Tuesday without a holiday near it, at nine.
DAY = date(2027, 2, 9)
COURSES, UNITS, TEAM, GOALS = 10, 50, 20, 2
#: (open things, of which their owners are reminded today)
SIZES = ((5_000, 1_000), (500_000, 1_000), (500_000, 20_000))
#: What 500,000 open things may cost at the most, as a multiple of what 5,000 cost.
FLAT = 2.0
LOOKS = 15
CHUNK = 5_000


def main() -> int:
    """Measure everything, print a table; 1 where the cost grows with what is open."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--row", nargs=3, help=argparse.SUPPRESS)
    options.add_argument("--only", choices=("sqlite", "postgresql"), help="one database only")
    given = options.parse_args()
    if given.row:
        print(json.dumps(_row(given.row[0], int(given.row[1]), int(given.row[2]))))
        return 0
    grew = False
    print(
        f"{'database':<12}{'open':>9}{'due':>8}{'told':>8}{'first run':>11}{'statements':>12}{'peak':>9}",
        end="",
    )
    print(f"{'next run':>10}{'Today':>9}{'statements':>12}")
    with tempfile.TemporaryDirectory(prefix="rmhr-bench-") as folder:
        for name, url in _databases(Path(folder), given.only):
            rows = [_measured(url(number), open_, due) for number, (open_, due) in enumerate(SIZES)]
            for row in rows:
                print(_line(name, row), flush=True)
            for what in ("first", "again", "today"):
                ratio = rows[1][what] / rows[0][what]
                grew |= ratio > FLAT
                print(f"  {what}: 500,000 open cost {ratio:.2f} times what 5,000 cost")
    return int(grew)


def _databases(folder: Path, only: str | None) -> Iterator[tuple[str, Callable[[int], str]]]:
    if only != "postgresql":
        yield "sqlite", lambda number: f"sqlite:///{folder / f'{number}.db'}"
    if only == "sqlite":
        return
    try:
        server = postgres.start()
    except (postgres.Unavailable, postgres.Unreachable) as error:
        print(f"Left out: PostgreSQL ({error})")
        return
    try:
        yield "postgresql", lambda number: postgres.create(server.url, f"rmhr_bench_{number}")
    finally:
        server.stop()


def _measured(url: str, open_: int, due: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tools.bench", "--row", url, str(open_), str(due)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _line(name: str, row: dict[str, Any]) -> str:
    return (
        f"{name:<12}{row['open']:>9,}{row['due']:>8,}{row['told']:>8,}{row['first']:>9.2f} s{row['statements']:>12}"
        f"{row['peak']:>6.0f} MB{row['again'] * 1000:>7.0f} ms{row['today'] * 1000:>6.0f} ms{row['asked']:>12}"
    )


def _row(url: str, open_: int, due: int) -> dict[str, Any]:
    """Fill a database, run the reminders twice, look at Today."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="rmhr-bench-") as folder:
        app = create_app(Testing(url, Path(folder)))
        with app.app_context(), clock.at(clock.moment(DAY, 9)):
            db.create_all()
            first = fill(open_, due)
            before = _peak()
            with _counted() as asked:
                began = time.perf_counter()
                told = 0
                for some in engine.batches(engine.waiting()):
                    told += engine.send(some)
                    db.session.commit()
                run = time.perf_counter() - began
            peak, statements = _peak(), len(asked)
            again = _median(lambda: engine.waiting(), 5)
            db.session.rollback()
            today, looked = _today(app, first)
    found = {"open": open_, "due": due, "told": told, "first": run, "statements": statements}
    return {**found, "peak": max(peak, before), "again": again, "today": today, "asked": looked}


def fill(open_: int, due: int) -> int:
    """People with their teams and courses, by plain inserts. Gives the id of somebody who owes something."""
    connection = db.session.connection()

    def add(table: Any, rows: Iterator[dict[str, Any]]) -> None:
        some: list[dict[str, Any]] = []
        for row in rows:
            some.append(row)
            if len(some) == CHUNK:
                connection.execute(sa.insert(table.__table__), some)
                some = []
        if some:
            connection.execute(sa.insert(table.__table__), some)

    people = max(open_ // COURSES, due)
    stamp = {"created_at": clock.now(), "updated_at": clock.now()}
    add(
        Unit,
        (
            {
                "id": n,
                "name": f"Unit {n}",
                "kind": UnitKind.BRANCH,
                "holiday_region": "DE-HH",
                "version": 1,
                **stamp,
            }
            for n in range(1, UNITS + 1)
        ),
    )
    add(
        User,
        (
            {
                "id": n,
                "email": f"p{n}@bank.example",
                "name": f"Person {n}",
                "language": ("en", "de")[n % 2],
                "session_key": "key",
                "version": 1,
                **stamp,
            }
            for n in range(1, people + 1)
        ),
    )
    add(UserRole, ({"user_id": n, "role": Role.RM} for n in range(1, people + 1)))
    add(
        Employee,
        (
            {
                "user_id": n,
                "unit_id": n % UNITS + 1,
                "supervisor_id": (n - 1) // TEAM * TEAM + 1 if (n - 1) % TEAM else None,
                "rm_type": RmType.PERSONAL,
                "level": RmLevel.RM,
                "started_on": DAY - timedelta(days=400),
                "version": 1,
                **stamp,
            }
            for n in range(1, people + 1)
        ),
    )
    add(Course, (_course(n, stamp) for n in range(1, COURSES + 1)))
    per_person = open_ // people
    add(
        Assignment,
        (
            {
                "user_id": person,
                "course_id": number + 1,
                "status": AssignmentStatus.OPEN,
                "reason": {"en": "Because", "de": "Deshalb"},
                "assigned_on": DAY - timedelta(days=20),
                # One thing of each of the first people has its last reminder today; all else is far away.
                "due_on": DAY + timedelta(days=1 if number == 0 and person <= due else 60 + number),
                "version": 1,
                **stamp,
            }
            for person in range(1, people + 1)
            for number in range(per_person)
        ),
    )
    add(AccessLink, (_invitation(n) for n in range(1, people + 1)))
    add(Goal, (_goal(person, number, stamp) for person in range(1, people + 1) for number in range(GOALS)))
    # Of every fifth duty an exam was tried and failed.
    add(Attempt, (_attempt(n) for n in range(1, people * per_person + 1, 5)))
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
            plain.execute(sa.text("VACUUM ANALYZE"))
    else:
        db.session.execute(sa.text("ANALYZE"))
        db.session.commit()
    return 2


def _invitation(person: int) -> dict[str, Any]:
    """Taken up long ago."""
    long_ago = clock.now() - timedelta(days=400)
    return {
        "user_id": person,
        "purpose": LinkPurpose.INVITATION,
        "digest": str(person),
        "expires_at": long_ago + timedelta(days=7),
        "used_at": long_ago,
        "ask_on": DAY - timedelta(days=393),
        "created_at": long_ago,
    }


def _goal(person: int, number: int, stamp: dict[str, Any]) -> dict[str, Any]:
    """Agreed, and far from its end."""
    words = dict.fromkeys(("specific", "measure", "unit", "achievable", "relevance"), "Words")
    return {
        "user_id": person,
        "supervisor_id": (person - 1) // TEAM * TEAM + 1,
        "proposed_by_id": person,
        "status": GoalStatus.AGREED,
        "title": f"Goal {number}",
        "baseline": 0,
        "target": 1,
        "starts_on": DAY - timedelta(days=30),
        "due_on": DAY + timedelta(days=300),
        "check_in_by": DAY + timedelta(days=60),
        "agreed_at": clock.now(),
        "version": 1,
        **words,
        **stamp,
    }


def _attempt(assignment: int) -> dict[str, Any]:
    return {
        "assignment_id": assignment,
        "number": 1,
        "status": AttemptStatus.FAILED,
        "started_at": clock.now() - timedelta(days=3),
        "submitted_at": clock.now() - timedelta(days=3),
        "hand_in_by": DAY - timedelta(days=3),
        "score": 50,
        "version": 1,
    }


def _course(number: int, stamp: dict[str, Any]) -> dict[str, Any]:
    words = {"en": f"Course {number}", "de": f"Schulung {number}"}
    return {
        "id": number,
        "code": f"course{number}",
        "position": number,
        "name": words,
        "short": words,
        "objectives": words,
        "rm_types": ["personal"],
        "due_days": 30,
        "interval_months": 12,
        "minutes": 30,
        "pass_mark": 80,
        "max_attempts": 3,
        "wait_hours": 24,
        "questions_per_exam": 5,
        "blocks": [],
        **stamp,
    }


def _today(app: Flask, person: int) -> tuple[float, int]:
    """How long Today takes for somebody, and how many statements."""
    with db.session.no_autoflush:
        user = db.session.get_one(User, person)
        secret = access.begin_session(user, device="", address="")
        cookie = {"_user_id": user.get_id(), "_fresh": True, SIGNED_IN: secret}
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(cookie)
    assert client.get("/today").status_code == 200
    with _counted() as asked:
        client.get("/today")
    count = len(asked)
    return _median(lambda: client.get("/today"), LOOKS), count


def _median(work: Callable[[], Any], times: int) -> float:
    taken = []
    for _turn in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


@contextmanager
def _counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
