"""What the reminders and Today cost at 5,000 and at 500,000 open things.

Each row is measured in a process of its own, so that its peak of memory is its own. The cost must follow what is due,
not what is open.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

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
from rmhr.models.courses import Course, CourseArea, CourseVersion, VersionStatus
from rmhr.models.performance import Goal, GoalStatus
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus
from rmhr.reminders import engine
from rmhr.web.auth import SIGNED_IN
from tools.bench.lists import peak
from tools.bench.pages import counted

#: A Tuesday without a holiday near it, at nine.
DAY = date(2027, 2, 9)
COURSES, UNITS, TEAM, GOALS = 10, 50, 20, 2
#: (open things, of which their owners are reminded today)
SIZES = ((5_000, 1_000), (500_000, 1_000), (500_000, 20_000))
#: What 500,000 open things may cost at the most, as a multiple of what 5,000 cost.
FLAT = 2.0
LOOKS = 15
CHUNK = 5_000


@dataclass(frozen=True)
class Row:
    """What the reminders and Today came to with so many open things."""

    open: int
    due: int
    told: int
    first: float  # seconds of the run that tells everybody
    statements: int
    peak: float  # MB
    again: float  # seconds of one that finds nothing new
    today: float  # seconds of Today for somebody who owes something
    asked: int  # statements of Today

    def __str__(self) -> str:
        return (
            f"{self.open:>9,}{self.due:>8,}{self.told:>8,}{self.first:>9.2f} s{self.statements:>12}"
            f"{self.peak:>6.0f} MB{self.again * 1000:>7.0f} ms{self.today * 1000:>6.0f} ms{self.asked:>12}"
        )


HEAD = (
    f"{'open':>9}{'due':>8}{'told':>8}{'first run':>11}{'statements':>12}{'peak':>9}"
    f"{'next run':>10}{'Today':>9}{'statements':>12}"
)


def grown(few: Row, many: Row) -> dict[str, float]:
    """By how much each costs more where more is open; as much is due in both."""
    return {
        "first": many.first / few.first,
        "again": many.again / few.again,
        "today": many.today / few.today,
    }


def measured(url: str, open_: int, due: int) -> Row:
    """Fill an empty database, run the reminders twice, look at Today."""
    with tempfile.TemporaryDirectory(prefix="rmhr-bench-") as folder:
        app = create_app(Testing(url, Path(folder)))
        with app.app_context(), clock.at(clock.moment(DAY, 9)):
            db.create_all()
            first = fill(open_, due)
            before = peak()
            with counted() as asked:
                began = time.perf_counter()
                told = 0
                for some in engine.batches(engine.waiting()):
                    told += engine.send(some)
                    db.session.commit()
                run = time.perf_counter() - began
            most, statements = max(peak(), before), len(asked)
            again = _median(lambda: engine.waiting(), 5)
            db.session.rollback()
            today, looked = _today(app, first)
    return Row(open_, due, told, run, statements, most, again, today, looked)


@dataclass(frozen=True)
class Run:
    """One run of the reminders of a bank."""

    told: int
    statements: int
    seconds: float
    cpu: float  # seconds of this process


def run_at(app: Flask, at: datetime) -> Run:
    """Tell everybody who is to be told at that moment, as the scheduler does."""
    with app.app_context(), clock.at(at), counted() as asked:
        began, used = time.perf_counter(), time.process_time()
        told = 0
        for some in engine.batches(engine.waiting()):
            told += engine.send(some)
            db.session.commit()
        return Run(told, len(asked), time.perf_counter() - began, time.process_time() - used)


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
    add(CourseVersion, (_version(n, stamp) for n in range(1, COURSES + 1)))
    per_person = open_ // people
    add(
        Assignment,
        (
            {
                "user_id": person,
                "course_id": number + 1,
                "course_version_id": number + 1,
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
    add(Attempt, (_attempt(n, (n - 1) % per_person + 1) for n in range(1, people * per_person + 1, 5)))
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
    words = dict.fromkeys(("specific", "measure", "unit", "achievable", "relevance"), "Texts")
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


def _attempt(assignment: int, version_id: int) -> dict[str, Any]:
    return {
        "assignment_id": assignment,
        "course_version_id": version_id,
        "number": 1,
        "status": AttemptStatus.FAILED,
        "started_at": clock.now() - timedelta(days=3),
        "submitted_at": clock.now() - timedelta(days=3),
        "hand_in_by": DAY - timedelta(days=3),
        "score": 50,
        "version": 1,
    }


def _course(number: int, stamp: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number,
        "code": f"course{number}",
        "position": number,
        "area": CourseArea.REGULATION,
        "version": 1,
        **stamp,
    }


def _version(number: int, stamp: dict[str, Any]) -> dict[str, Any]:
    words = {"en": f"Course {number}", "de": f"Schulung {number}"}
    return {
        "id": number,
        "course_id": number,
        "number": 1,
        "status": VersionStatus.PUBLISHED,
        "published_at": stamp["created_at"],
        "settled_at": stamp["created_at"],
        "version": 1,
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
        "cpd": {},
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
    with counted() as asked:
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
