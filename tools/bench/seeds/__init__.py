"""Banks to measure on: the demo bank, and around it as many people and things as a size says, a file per stage.

Everything follows from the number of a thing: the same size on the same day gives the same bank.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from flask import Flask
from flask_migrate import stamp

from rmhr.core.db import db, take_statistics
from rmhr.core.search import index as words
from rmhr.models.accounts import User
from rmhr.models.reminders import ForecastRun
from rmhr.reminders.rules import forecasts
from tools.bench.seeds import (
    applications,
    council,
    duties,
    history,
    interviews,
    mail,
    offers,
    onboarding,
    people,
    performance,
    postings,
    shadowing,
    training,
)
from tools.bench.seeds.rows import continue_numbers
from tools.bench.sizes import Size
from tools.prepare import run

#: One after the other: each stands on those before it.
STAGES = (
    people,
    postings,
    applications,
    interviews,
    offers,
    council,
    onboarding,
    shadowing,
    training,
    performance,
    duties,
    mail,
)


@dataclass(frozen=True)
class Step:
    """A part of a bank, how many seconds it took to make, and how many of them this process has worked."""

    name: str
    seconds: float
    cpu: float


def build(app: Flask, size: Size) -> Iterator[Step]:
    """Make the tables and fill them, step by step. The history of before comes first, as it does in a real bank."""
    with app.app_context():
        db.create_all()
        stamp()
        yield from _timed("history", lambda: history.fill(size))
        db.session.remove()
    yield from _timed("content", lambda: run(app, "content", "load"))
    yield from _timed("demo", lambda: run(app, "demo", "build"))
    with app.app_context():
        for stage in STAGES:
            yield from _timed(stage.__name__.rpartition(".")[2], partial(stage.fill, size))
        yield from _timed("words", lambda: words.fill(db.session.connection()))
        yield from _timed("statistics", _settle)
        yield from _timed("forecast", _forecast)


def _forecast() -> None:
    """Play the rules through, as somebody has asked for: the page of it shows what came of it."""
    asked = ForecastRun(asked_by_id=db.session.scalars(sa.select(User.id).order_by(User.id).limit(1)).one())
    db.session.add(asked)
    db.session.commit()
    for _part in forecasts.work_out(asked):
        db.session.commit()
    db.session.commit()


def _timed(name: str, work: Callable[[], object]) -> Iterator[Step]:
    began, used = time.perf_counter(), time.process_time()
    work()
    yield Step(name, time.perf_counter() - began, time.process_time() - used)


def _settle() -> None:
    """Let the database know how much there is, as it would in a bank that has grown."""
    continue_numbers()
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
            plain.execute(sa.text("VACUUM ANALYZE"))
    else:
        take_statistics()
        db.session.commit()
