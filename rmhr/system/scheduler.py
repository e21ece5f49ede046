"""Who keeps time (`flask scheduler`): runs each job when its pause is over, and writes down how it went.

One process leads; others wait and take over. APScheduler is only the clock: short intervals in UTC, in
memory. What is due, and on which local day, the jobs find by themselves.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from rmhr.core import clock, lock
from rmhr.core.db import db
from rmhr.core.due.jobs import SCHEDULER, Job, noting
from rmhr.core.registry import JOBS
from rmhr.models.system import JobRun
from rmhr.system import heartbeats, queries
from rmhr.system.tracebacks import trace_of

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

#: Jobs at the same time.
HANDS = 3
#: Seconds between two tries to lead, two looks at the lock, two signs of life.
TRY_AGAIN, LOOK, BEAT = 2.0, 5.0, 30.0
#: Seconds between the first runs of two jobs, so that a start is no stampede.
STAGGER = 0.3
#: Seconds that running jobs have to end.
GRACE = 5.0
#: Of an error, so much is kept.
LONGEST_ERROR = 2000

log = structlog.stdlib.get_logger("rmhr.scheduler")


def run(job: Job, by: str = "") -> JobRun | None:
    """Run a job in this app context and write down how it went; None where another process is just at it.

    `by` is the person who wanted it now. A failure is logged, recorded and rolled back, never raised. Where some of the
    things could not be done, the others are committed, and the run counts as failed. Runs that found nothing to do are
    not collected: the latest replaces those before it.
    """
    with lock.holding(f"job.{job.name}") as free:
        if not free:
            return None
        who = f"{by} ({heartbeats.process()})" if by else heartbeats.process()
        record = JobRun(job=job.name, who=who, by_hand=bool(by))
        db.session.add(record)
        db.session.commit()
        number, done, error, trace = record.id, 0, "", ""
        try:
            with noting() as left:
                done = job.run()
            db.session.commit()
            lines = [f"{type(why).__name__}: {_first_line(why)} ({what})" for what, why in left]
            error = "\n".join(lines)[:LONGEST_ERROR]
            trace = trace_of(left[0][1]) if left else ""
        except Exception as problem:
            db.session.rollback()
            log.exception("job failed", job=job.name)
            error = f"{type(problem).__name__}: {problem}"[:LONGEST_ERROR]
            trace = trace_of(problem)
        return _finish(number, done, error, trace)


def _first_line(problem: Exception) -> str:
    return next(iter(str(problem).splitlines()), "")


def _finish(number: int, done: int, error: str, trace: str) -> JobRun:
    record = db.session.get_one(JobRun, number)
    record.finished_at, record.done, record.error, record.trace = clock.now(), done, error, trace
    if not (done or error):
        idle = sa.delete(JobRun).where(
            JobRun.job == record.job,
            JobRun.id < number,
            JobRun.done == 0,
            JobRun.error == "",
            JobRun.by_hand.is_(False),
            JobRun.finished_at.is_not(None),
        )
        db.session.execute(idle, execution_options={"synchronize_session": False})
    db.session.commit()
    return record


def serve(app: Flask, stop: Event) -> bool:
    """Lead, or wait for the lead, until `stop` is set. False where a job was still running at the end."""
    with app.app_context():
        leader = lock.lock(SCHEDULER)
        waited, quiet = _Pulse(heartbeats.waiting), True
        while not stop.is_set():
            if leader.acquire():
                try:
                    quiet = _Lead(app, stop, leader.held).run()
                finally:
                    leader.release()
                waited = _Pulse(heartbeats.waiting)
            else:
                if waited.never:
                    log.info("another scheduler leads, waiting")
                waited.beat()
                stop.wait(TRY_AGAIN)
        if not waited.never:
            _sign(heartbeats.stops_waiting)
    return quiet


class _Pulse:
    """A sign of life, again and again while it is asked for."""

    def __init__(self, sign: Callable[[], None]) -> None:
        self.sign = sign
        self.last: float | None = None

    @property
    def never(self) -> bool:
        """Whether there was none yet."""
        return self.last is None

    def beat(self) -> None:
        """Leave one, if it is time."""
        now = time.monotonic()
        if self.last is None or now - self.last >= BEAT:
            self.last = now
            _sign(self.sign)


def _sign(sign: Callable[[], None]) -> None:
    """Write it down. A database that does not answer must not end a scheduler."""
    try:
        sign()
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()
        log.exception("no sign of life could be left")


class _Lead:
    """The time of one process as the leader."""

    def __init__(self, app: Flask, stop: Event, held: Callable[[], bool]) -> None:
        self.app, self.stop, self.held = app, stop, held
        self.ended = Event()
        self.running = 0
        self.counting = Lock()

    def run(self) -> bool:
        """Keep time until asked to stop, or until somebody else may lead. True where every job has ended."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        log.info("leading", jobs=len(JOBS))
        _sign(heartbeats.leads)
        pulse = _Pulse(heartbeats.leading)
        pulse.beat()
        timer = self._timer()
        timer.start()
        looked = time.monotonic()
        try:
            while not self.stop.wait(0.5):
                now = time.monotonic()
                if now - looked >= LOOK:
                    looked = now
                    if not self.held():
                        log.warning("the lock is lost, another scheduler may lead")
                        break
                pulse.beat()
        finally:
            self.ended.set()
            timer.shutdown(wait=False)
        return self._wait_for_jobs()

    def _timer(self) -> BackgroundScheduler:
        # Of all processes that show the scheduler's pages, one keeps time.
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler
        from apscheduler.triggers.interval import IntervalTrigger

        timer = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(HANDS)},
            # By default a job that is a second late is dropped without a word.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600},
        )
        for number, job in enumerate(JOBS.values()):
            timer.add_job(
                self._tick,
                IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
                args=[job],
                id=job.name,
                next_run_time=datetime.now(UTC) + timedelta(seconds=STAGGER * number),
            )
        return timer

    def _tick(self, job: Job) -> None:
        if self.ended.is_set() or self.stop.is_set():
            return
        with self.counting:
            self.running += 1
        try:
            with self.app.app_context():
                if job.when(clock.now()) and not queries.jobs.is_paused(job.name):
                    run(job)
        except Exception:
            log.exception("a job's run could not be recorded", job=job.name)
        finally:
            with self.counting:
                self.running -= 1

    def _wait_for_jobs(self) -> bool:
        deadline = time.monotonic() + GRACE
        while self.running and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.running
