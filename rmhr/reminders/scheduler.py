"""Who keeps time (`flask scheduler`): runs each job when its pause is over, and writes down how it went.

One process leads; others wait and take over. APScheduler is only the clock: short intervals in UTC, in
memory. What is due, and on which local day, the jobs find by themselves.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

import sqlalchemy as sa
import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from rmhr.core import clock, lock
from rmhr.core.db import db
from rmhr.core.jobs import JOBS, Job
from rmhr.models.system import Heartbeat, JobRun
from rmhr.reminders.queries import SCHEDULER

#: Jobs at the same time.
HANDS = 3
#: Seconds between two tries to lead, two looks at the lock, two signs of life.
TRY_AGAIN, LOOK, BEAT = 2.0, 5.0, 30.0
#: Seconds that running jobs have to end.
GRACE = 5.0
#: Of an error, so much is kept.
LONGEST_ERROR = 2000

log = structlog.stdlib.get_logger("rmhr.scheduler")


def run(job: Job) -> JobRun | None:
    """Run a job in this app context and write down how it went; None where another process is just at it.

    A failure is logged, recorded and rolled back, never raised. Runs that found nothing to do are not
    collected: the latest replaces those before it.
    """
    with lock.holding(f"job.{job.name}") as free:
        if not free:
            return None
        record = JobRun(job=job.name)
        db.session.add(record)
        db.session.commit()
        number, done, error = record.id, 0, ""
        try:
            done = job.run()
            db.session.commit()
        except Exception as problem:
            db.session.rollback()
            log.exception("job failed", job=job.name)
            error = f"{type(problem).__name__}: {problem}"[:LONGEST_ERROR]
        return _finish(number, done, error)


def _finish(number: int, done: int, error: str) -> JobRun:
    record = db.session.get_one(JobRun, number)
    record.finished_at, record.done, record.error = clock.now(), done, error
    if not (done or error):
        idle = sa.delete(JobRun).where(
            JobRun.job == record.job,
            JobRun.id < number,
            JobRun.done == 0,
            JobRun.error == "",
            JobRun.finished_at.is_not(None),
        )
        db.session.execute(idle, execution_options={"synchronize_session": False})
    db.session.commit()
    return record


def beat() -> None:
    """Leave a sign of life for /readyz and the scheduler's page."""
    here = db.session.scalars(sa.select(Heartbeat).where(Heartbeat.name == SCHEDULER)).one_or_none()
    if here is None:
        here = Heartbeat(name=SCHEDULER, at=clock.now())
        db.session.add(here)
    here.at, here.who = clock.now(), f"{socket.gethostname()}, {os.getpid()}"
    db.session.commit()


def serve(app: Flask, stop: Event) -> bool:
    """Lead, or wait for the lead, until `stop` is set. False where a job was still running at the end."""
    with app.app_context():
        leader = lock.lock(SCHEDULER)
        waiting, quiet = False, True
        while not stop.is_set():
            if leader.acquire():
                waiting = False
                try:
                    quiet = _Lead(app, stop, leader.held).run()
                finally:
                    leader.release()
            else:
                if not waiting:
                    waiting = True
                    log.info("another scheduler leads, waiting")
                stop.wait(TRY_AGAIN)
    return quiet


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
        self._beat()
        timer = self._timer()
        timer.start()
        looked = beaten = time.monotonic()
        try:
            while not self.stop.wait(0.5):
                now = time.monotonic()
                if now - looked >= LOOK:
                    looked = now
                    if not self.held():
                        log.warning("the lock is lost, another scheduler may lead")
                        break
                if now - beaten >= BEAT:
                    beaten = now
                    self._beat()
        finally:
            self.ended.set()
            timer.shutdown(wait=False)
        return self._wait_for_jobs()

    def _timer(self) -> BackgroundScheduler:
        timer = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(HANDS)},
            # By default a job that is a second late is dropped without a word.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600},
        )
        for number, job in enumerate(JOBS.values()):
            timer.add_job(
                self._tick,
                IntervalTrigger(seconds=int(job.every.total_seconds()), timezone=UTC),
                args=[job],
                id=job.name,
                # One after the other, so that a start is no stampede.
                next_run_time=datetime.now(UTC) + timedelta(milliseconds=300 * number),
            )
        return timer

    def _tick(self, job: Job) -> None:
        if self.ended.is_set() or self.stop.is_set():
            return
        with self.counting:
            self.running += 1
        try:
            with self.app.app_context():
                if job.when(clock.now()):
                    run(job)
        except Exception:
            log.exception("a job's run could not be recorded", job=job.name)
        finally:
            with self.counting:
                self.running -= 1

    def _beat(self) -> None:
        try:
            beat()
        except SQLAlchemyError:
            db.session.rollback()
            log.exception("no sign of life could be left")

    def _wait_for_jobs(self) -> bool:
        deadline = time.monotonic() + GRACE
        while self.running and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.running
