"""`python -m tools.bench_lists`: what the list of applications and its files cost with 50,000 rows, on both databases.

Each row is measured in a process of its own, so that its peak of memory is its own. The command fails where a file
takes longer than 30 seconds or the process that makes it more than 300 MB.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from config import Testing
from rmhr import create_app
from rmhr.accounts.operations import access
from rmhr.core.db import Base, db
from rmhr.core.garbage_collection import settle
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application, ApplicationStatus, ScreeningMark
from rmhr.models.documents import Document
from rmhr.web.auth import SIGNED_IN
from tests.factories import accounts, applications, postings
from tools.bench import CHUNK, _counted, _databases, _peak

ROWS, POSTINGS = 50_000, 40
#: What a file of so many rows may cost.
SECONDS, MEGABYTES = 30.0, 300.0
#: Looked at besides the files: the first page, a far one by its key, what is searched.
PAGES = {"page": "", "far": "?after=25000&from=25001", "search": "?q=kiel", "view": "?view=screen&sort=name"}
FORMS = {
    "csv": {"kind": "csv", "separator": "semicolon", "columns": "every"},
    "xlsx": {"kind": "xlsx", "separator": "semicolon", "columns": "every"},
}


def main() -> int:
    """Fill a database of each kind, measure, print; 1 where a file costs too much."""
    options = argparse.ArgumentParser(prog="bench_lists", description=__doc__)
    options.add_argument("--row", nargs=3, help=argparse.SUPPRESS)
    options.add_argument("--only", choices=("sqlite", "postgresql"), help="one database only")
    given = options.parse_args()
    if given.row:
        print(json.dumps(_row(*given.row)))
        return 0
    too_much = False
    print(f"{'database':<12}{'what':<10}{'rows':>8}{'seconds':>10}{'statements':>12}{'peak':>10}{'size':>10}")
    with tempfile.TemporaryDirectory(prefix="rmhr-bench-") as folder:
        for name, url in _databases(Path(folder), given.only):
            address = url(0)
            _measured(address, "fill", folder)
            for what in ("pages", *FORMS):
                for row in _measured(address, what, folder):
                    print(f"{name:<12}{_line(row)}", flush=True)
                    file = row["what"] in FORMS
                    too_much |= file and (row["seconds"] > SECONDS or row["peak"] > MEGABYTES)
    return int(too_much)


def _measured(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tools.bench_lists", "--row", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['what']:<10}{row['rows']:>8,}{row['seconds']:>8.2f} s{row['statements']:>12}"
        f"{row['peak']:>7.0f} MB{row['size'] / 1e6:>7.1f} MB"
    )


def _row(url: str, what: str, folder: str) -> list[dict[str, Any]]:
    logging.disable(logging.CRITICAL)
    app = create_app(Testing(url, Path(folder)))
    with app.app_context():
        if what == "fill":
            db.create_all()
            fill()
            return []
        user = db.session.scalars(sa.select(User).where(User.name == "HR")).one()
        secret = access.begin_session(user, device="", address="")
        cookie = {"_user_id": user.get_id(), "_fresh": True, SIGNED_IN: secret}
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(cookie)
    client.get("/applications/")
    settle()
    if what == "pages":
        return [_looked(app, client, name, address) for name, address in PAGES.items()]
    return [_taken(client, what)]


def _looked(_app: Flask, client: Any, name: str, address: str) -> dict[str, Any]:
    client.get(f"/applications/{address}")
    with _counted() as asked:
        began = time.perf_counter()
        answer = client.get(f"/applications/{address}")
        seconds = time.perf_counter() - began
    assert answer.status_code == 200
    rows = answer.text.count("table__name")
    return _told(name, rows, seconds, len(asked), len(answer.data))


def _taken(client: Any, what: str) -> dict[str, Any]:
    size = 0
    with _counted() as asked:
        began = time.perf_counter()
        with client.post("/applications/export", data=FORMS[what], buffered=False) as answer:
            assert answer.status_code == 200
            for piece in answer.response:
                size += len(piece)
        seconds = time.perf_counter() - began
    return _told(what, ROWS, seconds, len(asked), size)


def _told(what: str, rows: int, seconds: float, statements: int, size: int) -> dict[str, Any]:
    return {
        "what": what,
        "rows": rows,
        "seconds": seconds,
        "statements": statements,
        "peak": _peak(),
        "size": size,
    }


def fill() -> None:
    """One application for each posting as the tests make it, and copies of it, by plain inserts."""
    accounts.user(Role.HR, name="HR")
    places = ("Kiel", "Lübeck", "Hamburg-Altona")
    made = [
        applications.judged(
            applications.application(
                ApplicationStatus.SCREENING, posting=postings.posting(place=places[number % 3])
            )
        )
        for number in range(POSTINGS)
    ]
    patterns = [(_columns(it), _columns(it.cv), [_columns(mark) for mark in it.marks]) for it in made]
    statuses = [S for S in ApplicationStatus if S not in (ApplicationStatus.REJECTED,)]
    first = max(it.id for it in made) + 1
    numbers = range(first, ROWS + 1)

    _add(
        Applicant,
        (
            {
                **_columns(made[0].applicant),
                "id": 10**6 + n,
                "email": f"{n}@example.org",
            }
            for n in numbers
        ),
    )
    _add(Document, ({**patterns[n % POSTINGS][1], "id": 10**6 + n, "key": f"key-{n}"} for n in numbers))
    _add(
        Application,
        (
            {
                **patterns[n % POSTINGS][0],
                "id": n,
                "applicant_id": 10**6 + n,
                "name": f"Person {n}",
                "cv_id": 10**6 + n,
                "status": statuses[n % len(statuses)],
                "received_at": made[0].received_at - timedelta(minutes=n),
            }
            for n in numbers
        ),
    )
    _add(
        ScreeningMark,
        (
            {**{name: value for name, value in mark.items() if name != "id"}, "application_id": n}
            for n in numbers
            for mark in patterns[n % POSTINGS][2]
        ),
    )
    db.session.commit()
    db.session.execute(sa.text("ANALYZE"))
    db.session.commit()


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in sa.inspect(row).mapper.column_attrs}


def _add(table: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    connection, some = db.session.connection(), []
    for row in rows:
        some.append(row)
        if len(some) == CHUNK:
            connection.execute(sa.insert(table.__table__), some)
            some = []
    if some:
        connection.execute(sa.insert(table.__table__), some)


if __name__ == "__main__":
    sys.exit(main())
