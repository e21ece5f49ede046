"""Work that is done without being asked: each stage declares its jobs, the scheduler only keeps time.

A job is a function that says how many things it did. It runs again and again, so it must find by itself what
is still to be done; twice in a row must be harmless. Whoever runs it gives it an app context and commits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from rmhr.core import clock, registry
from rmhr.core.db import Base, db

Work = Callable[[], int]
T = TypeVar("T")
R = TypeVar("R")

_log = logging.getLogger(__name__)
#: What could not be done in the run that is under way, in words: "<Offer 12>: NotPossible: …".
_left: ContextVar[list[tuple[str, Exception]] | None] = ContextVar("left", default=None)


@dataclass(frozen=True, kw_only=True)
class Job:
    """One kind of work: its name, its words for people, how often, and the function that does it."""

    name: str  # "postings.close_expired"
    label: Any  # lazy: "Close postings whose deadline has passed"
    every: timedelta
    run: Work
    when: Callable[[datetime], bool]  # whether that moment is an hour for it


#: Under this name the leading scheduler shows that it lives, so often that a longer silence means that it stands still.
SCHEDULER, SILENCE = "scheduler", timedelta(minutes=3)

#: Set when the process is to end: a job that does many things looks at it between two of them.
STOPPING = Event()


def one_by_one(things: Iterable[T], do: Callable[[T], R]) -> list[R]:
    """Do it with each of these things, for a job; what came of those with which it could be done.

    Each is done wholly or not at all, and one that fails is in the way of no other: it is logged, named in the record
    of the run (see `noting`), and tried again by the next one. A process that is to end stops between two of them.
    Raises what is wrong with the connection to the database, since then nothing else could be done either.
    """
    came: list[R] = []
    for thing in things:
        if STOPPING.is_set():
            break
        called = _called(thing)
        try:
            with db.session.begin_nested():
                came.append(do(thing))
        except Exception as problem:
            if isinstance(problem, DBAPIError) and problem.connection_invalidated:
                raise
            _log.warning("%s could not be done by its job", called, exc_info=problem)
            if (left := _left.get()) is not None:
                left.append((called, problem))
    return came


def _called(thing: object) -> str:
    """What a thing is called in logs and records: a row by its number, what is put together of many by its kind alone.

    What such a thing holds may be about people.
    """
    return repr(thing) if isinstance(thing, Base | str | int) else type(thing).__name__


@contextmanager
def noting() -> Iterator[list[tuple[str, Exception]]]:
    """Collect what could not be done inside this block, and why, for the record of the run."""
    left: list[tuple[str, Exception]] = []
    token = _left.set(left)
    try:
        yield left
    finally:
        _left.reset(token)


#: From when until when, on the bank's wall clock, people are written to on working days.
OPENS, CLOSES = 7, 19
SATURDAY = 5


def always(_moment: datetime) -> bool:
    """The condition of a job that runs at any hour."""
    return True


def working_hours(moment: datetime) -> bool:
    """Monday to Friday, from 7 to 19 on the bank's wall clock, whatever summer time does to it."""
    there = clock.local(moment)
    return there.weekday() < SATURDAY and OPENS <= there.hour < CLOSES


def job(
    name: str,
    *,
    label: Any,
    minutes: int = 0,
    seconds: int = 0,
    when: Callable[[datetime], bool] = always,
) -> Callable[[Work], Work]:
    """Register a function as a job that runs every so many minutes (or seconds).

    Raises ValueError for a second job of that name and for one that would run without a pause.
    """
    every = timedelta(minutes=minutes, seconds=seconds)
    if every <= timedelta(0):
        raise ValueError(f"the job {name} needs minutes= or seconds=")

    def register(run: Work) -> Work:
        registry.JOBS.add(name, Job(name=name, label=label, every=every, run=run, when=when))
        return run

    return register
