"""A second application on a database of its own, for what needs real commits on several connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread, get_ident
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import event

from config import Testing
from rmhr import create_app
from rmhr.core.db import db


@contextmanager
def elsewhere(database: str, folder: Path, **settings: Any) -> Iterator[Flask]:
    """An application with every table on that database (an `upgraded_database` has them), until the block ends."""
    app = create_app(Testing(database, folder, **settings))
    with app.app_context():
        if not sa.inspect(db.engine).has_table("alembic_version"):
            db.create_all()
            stamp()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def at_once(app: Flask, *deeds: Callable[[], Any]) -> list[Any]:
    """Do these things at the same time, each with its own session; what each gave, or the error it raised."""
    results: list[Any] = [None] * len(deeds)

    def work(number: int) -> None:
        with app.app_context():
            try:
                results[number] = deeds[number]()
            except Exception as error:
                results[number] = error

    threads = [Thread(target=work, args=[number]) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def meet_before(engine: Any, words: str, number: int = 2) -> None:
    """Let that many threads wait for each other before each sends its first statement that says these words.

    So what they looked at before is the same for all of them, and what one changes comes too late for the others.
    """
    meeting, met = Barrier(number, timeout=30), set[int]()

    @event.listens_for(engine, "before_cursor_execute")
    def wait(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if words in statement and get_ident() not in met:
            met.add(get_ident())
            meeting.wait()
