"""What the list of applications and its files cost: its pages, and every row of it as CSV and as a workbook."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from rmhr.core.db import db
from rmhr.core.garbage_collection import settle
from rmhr.models.applications import Application
from tools.bench.pages import client_of, counted
from tools.bench.seeds.rows import FIRST

#: Looked at besides the files: the first page, a far one by its key, what is searched, a view in another order.
PAGES = {
    "page": "",
    "far": "?after={half}&from={next}",
    "search": "?q=kiel",
    "view": "?view=screen&sort=name",
}
FORMS = {
    "csv": {"kind": "csv", "separator": "semicolon", "columns": "every"},
    "xlsx": {"kind": "xlsx", "separator": "semicolon", "columns": "every"},
}
WHAT = ("pages", *FORMS)


@dataclass(frozen=True)
class Row:
    """What one page or file came to; `peak` is the memory of the process, in MB."""

    what: str
    rows: int
    seconds: float
    statements: int
    peak: float
    size: int  # bytes

    def __str__(self) -> str:
        return (
            f"{self.what:<10}{self.rows:>8,}{self.seconds:>8.2f} s{self.statements:>12}"
            f"{self.peak:>7.0f} MB{self.size / 1e6:>7.1f} MB"
        )


HEAD = f"{'what':<10}{'rows':>8}{'seconds':>10}{'statements':>12}{'peak':>10}{'size':>10}"


def measured(app: Flask, what: str) -> Iterator[Row]:
    """The pages, or one of the files. The application takes forms without their token."""
    client = client_of(app, "hr")
    with app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(Application)) or 0
        db.session.remove()
    client.get("/applications/")
    settle()
    if what in FORMS:
        yield _taken(client, what, rows)
        return
    half = FIRST + rows // 2
    for name, address in PAGES.items():
        yield _looked(client, name, address.format(half=half, next=rows // 2 + 1))


def _looked(client: Any, name: str, address: str) -> Row:
    client.get(f"/applications/{address}")
    with counted() as asked:
        began = time.perf_counter()
        answer = client.get(f"/applications/{address}")
        seconds = time.perf_counter() - began
    assert answer.status_code == 200
    shown = answer.text.count("table__name")
    return Row(name, shown, seconds, len(asked), peak(), len(answer.data))


def _taken(client: Any, what: str, rows: int) -> Row:
    size = 0
    with counted() as asked:
        began = time.perf_counter()
        with client.post("/applications/export", data=FORMS[what], buffered=False) as answer:
            assert answer.status_code == 200
            for piece in answer.response:
                size += len(piece)
        seconds = time.perf_counter() - began
    return Row(what, rows, seconds, len(asked), peak(), size)


def peak() -> float:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
