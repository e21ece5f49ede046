"""The scheduler: each run recorded, failures kept apart, one leader, a quick end."""

from __future__ import annotations

import ast
import inspect
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock, lock
from rmhr.core.db import db
from rmhr.core.due import jobs
from rmhr.core.due.jobs import Job, always
from rmhr.core.errors import NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import JOBS
from rmhr.models.accounts import Role
from rmhr.models.applications import AttemptKind, PublicAttempt
from rmhr.models.offers import OfferStatus
from rmhr.models.system import DeliveryStatus, Heartbeat, JobPause, JobRun, WebhookDelivery
from rmhr.postings.workflow import POSTINGS
from rmhr.system import heartbeats, queries, scheduler
from tests.factories import offers, save
from tests.factories.accounts import unit, user
from tests.factories.webhooks import call, webhook
from tests.support.elsewhere import elsewhere

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.both


def a_job(run=lambda: 0, name="tests.job", seconds=60, when=always) -> Job:
    return Job(name=name, label="A job", every=timedelta(seconds=seconds), run=run, when=when)


def runs() -> list[JobRun]:
    return list(db.session.scalars(sa.select(JobRun).order_by(JobRun.id)))


def test_a_run_is_recorded_with_what_it_did():
    record = scheduler.run(a_job(lambda: 7))

    assert (record.job, record.done, record.error) == ("tests.job", 7, "")
    assert record.finished_at >= record.started_at


def test_a_run_that_fails_keeps_nothing_but_its_error_and_the_next_goes_on():
    def half():
        db.session.add(Heartbeat(name="half", at=clock.now()))
        db.session.flush()
        raise RuntimeError("the disk is full")

    failed = scheduler.run(a_job(half))
    well = scheduler.run(a_job(lambda: 1, name="tests.other"))

    assert failed.error == "RuntimeError: the disk is full"
    assert failed.trace.splitlines()[-3:] == [
        failed.trace.splitlines()[-3],
        '    raise RuntimeError("the disk is full")',
        "RuntimeError",
    ]
    assert " in half" in failed.trace
    assert (well.error, well.done) == ("", 1)
    assert db.session.scalar(sa.select(sa.func.count(Heartbeat.id))) == 0


def test_one_thing_that_fails_is_in_the_way_of_no_other_and_is_named():
    def note(name: str) -> None:
        db.session.add(Heartbeat(name=name, at=clock.now()))
        db.session.flush()
        if name == "second":
            raise RuntimeError("no such thing")

    names = ("first", "second", "first", "third")  # the third one breaks a unique constraint
    record = scheduler.run(a_job(lambda: len(jobs.one_by_one(names, note))))

    assert record.done == 2
    second, first = record.error.splitlines()
    assert second == "RuntimeError: no such thing ('second')"
    assert first.startswith("IntegrityError: ")
    assert first.endswith(" ('first')")
    assert "in note" in record.trace
    assert set(db.session.scalars(sa.select(Heartbeat.name))) >= {"first", "third"}
    assert "second" not in set(db.session.scalars(sa.select(Heartbeat.name)))


def _named(node: ast.expr, within: dict[str, Any]) -> Any:
    """What an expression such as `operations.postings.close_expired` stands for; None for any other one."""
    if isinstance(node, ast.Name):
        return within.get(node.id)
    return getattr(_named(node.value, within), node.attr, None) if isinstance(node, ast.Attribute) else None


def _loops(work: Any, deep: int = 1) -> list[str]:
    """Where a job, or the operation that it calls, acts in a loop of its own. One thing may have several parts."""
    module = getattr(work, "__module__", None) or ""
    if not hasattr(work, "__globals__") or not module.startswith(("rmhr.", __name__)) or ".core." in module:
        return []
    tree = ast.parse(textwrap.dedent(inspect.getsource(work)))
    found = [
        f"{work.__module__}.{work.__qualname__}"
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For)
        for call in ast.walk(loop)
        if isinstance(call, ast.Call) and call.args and getattr(call.args[0], "id", "") in ("actor", "SYSTEM")
    ]
    calls = [_named(call.func, work.__globals__) for call in ast.walk(tree) if isinstance(call, ast.Call)]
    return found + [each for call in calls if deep for each in _loops(call, deep - 1)]


def _offender() -> int:
    for posting in ():
        POSTINGS.perform(SYSTEM, posting, "expire")
    return 0


def test_no_job_acts_on_many_things_in_a_loop_that_one_of_them_can_stop(app):
    assert _loops(_offender) != []
    assert {name: found for name, job in JOBS.items() if (found := _loops(job.run))} == {}


def test_an_offer_that_cannot_end_is_in_the_way_of_no_other(monkeypatch):
    day = clock.today() - timedelta(days=1)
    one, other = (offers.offer(OfferStatus.SENT, expires_on=day) for _n in "12")
    lapse = APPLICATIONS.perform

    def fails_for_one(actor, application, *more, **data):
        if application is one.application:
            raise NotPossible("Something else is the matter with it")
        return lapse(actor, application, *more, **data)

    monkeypatch.setattr(APPLICATIONS, "perform", fails_for_one)
    record = scheduler.run(JOBS["offers.expire"])

    assert (one.status, other.status) == (OfferStatus.SENT, OfferStatus.EXPIRED)
    assert record.done == 1
    assert record.error == f"NotPossible: Something else is the matter with it (<Offer {one.id}>)"


def test_a_job_that_breaks_the_session_is_rolled_back_too():
    there = unit()

    def twice():
        db.session.add_all([Heartbeat(name="same", at=clock.now()), Heartbeat(name="same", at=clock.now())])
        db.session.flush()
        return 2

    assert "IntegrityError" in scheduler.run(a_job(twice)).error
    assert there.name
    assert scheduler.run(a_job(lambda: 1)).done == 1


def test_runs_that_found_nothing_to_do_are_not_collected():
    for done in (0, 0, 3, 0, 0, 0):
        scheduler.run(a_job(lambda done=done: done))

    assert [run.done for run in runs()] == [3, 0]


def test_a_run_says_which_process_did_it_and_who_wanted_it():
    by_time = scheduler.run(a_job(lambda: 1))
    by_hand = scheduler.run(a_job(lambda: 0), by="Nils Ohlsen")

    here = f"{socket.gethostname()}, {os.getpid()}"
    assert (by_time.by_hand, by_time.who) == (False, here)
    assert (by_hand.by_hand, by_hand.who) == (True, f"Nils Ohlsen ({here})")


def test_what_somebody_did_by_hand_stays_although_there_was_nothing_to_do():
    scheduler.run(a_job(), by="Nils Ohlsen")
    for _time in range(3):
        scheduler.run(a_job())

    assert [run.by_hand for run in runs()] == [True, False]


def test_a_run_without_an_end_was_broken_off_once_a_newer_one_has_begun():
    cut = JobRun(id=1, job="x", started_at=clock.now())
    newer = JobRun(id=2, job="x", started_at=clock.now())

    assert queries.jobs.outcome_of(cut, newest=True) is queries.jobs.Outcome.RUNNING
    assert queries.jobs.outcome_of(cut, newest=False) is queries.jobs.Outcome.LOST
    assert queries.jobs.outcome_of(newer, newest=True) is queries.jobs.Outcome.RUNNING


def test_a_job_that_another_process_is_at_is_left_alone():
    with lock.holding("job.tests.job"):
        assert scheduler.run(a_job(lambda: 1)) is None
    assert runs() == []


def test_old_runs_and_calls_are_forgotten():
    for days in (40, 31, 29):
        db.session.add(JobRun(job="x", started_at=clock.now() - timedelta(days=days), done=1))
        for state in (DeliveryStatus.FAILED, DeliveryStatus.WAITING):
            call(webhook(f"{state} {days}"), state=state, created_at=clock.now() - timedelta(days=days))
    for hours in (23, 25):
        db.session.add(
            PublicAttempt(kind=AttemptKind.APPLY, address="x", at=clock.now() - timedelta(hours=hours))
        )
    db.session.commit()

    assert JOBS["scheduler.tidy"].run() == 2 + 2 + 1
    assert len(runs()) == 1
    waiting = sa.select(sa.func.count()).where(WebhookDelivery.state == DeliveryStatus.WAITING)
    assert db.session.scalar(waiting) == 3, "what is still to be said is kept"


def test_every_job_of_the_product_has_words_and_runs_on_an_empty_bank():
    for job in JOBS.values():
        assert str(job.label)
        record = scheduler.run(job)
        assert record.error == "", f"{job.name}: {record.error}"


def test_mail_is_delivered_only_where_there_is_a_server(app, monkeypatch):
    assert not JOBS["mail.deliver"].when(clock.now())

    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")

    assert JOBS["mail.deliver"].when(clock.now())


def test_the_next_run_is_after_the_pause_and_in_its_hours(monkeypatch):
    monday = clock.moment(date(2026, 11, 23), 18, 58)
    monkeypatch.setattr(clock, "now", lambda: monday)
    job = a_job(seconds=300, when=jobs.working_hours)
    state = queries.jobs.JobState(job, JobRun(job=job.name, started_at=monday))

    assert clock.local(state.next).isoformat() == "2026-11-24T07:00:00+01:00"
    assert queries.jobs.JobState(job, None).next is None
    assert queries.jobs.JobState(a_job(when=lambda _moment: False), state.last).next is None


class Process:
    """`scheduler.serve` in a thread, as a process would run it."""

    def __init__(self, app):
        self.stop, self.quiet = Event(), []
        self.thread = Thread(target=lambda: self.quiet.append(scheduler.serve(app, self.stop)))
        self.thread.start()

    def end(self) -> bool:
        self.stop.set()
        self.thread.join(timeout=20)
        assert not self.thread.is_alive()
        return self.quiet == [True]


def until(condition, seconds=15.0):
    """Wait for something that another thread does."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


@pytest.fixture
def quick(monkeypatch):
    """A product with jobs of a second, one of which always fails."""
    count = {"good": 0}

    def good():
        count["good"] += 1
        return 1

    def bad():
        raise RuntimeError("no")

    monkeypatch.setattr(scheduler, "TRY_AGAIN", 0.2)
    monkeypatch.setattr(scheduler, "LOOK", 0.3)
    monkeypatch.setattr(
        scheduler,
        "JOBS",
        {job.name: job for job in (a_job(bad, "tests.bad", 1), a_job(good, "tests.good", 1))},
    )
    return count


def test_one_leads_the_other_waits_and_takes_over(upgraded_database, tmp_path, quick, monkeypatch):
    with elsewhere(upgraded_database, tmp_path) as app, app.app_context():
        leading = []
        lead = scheduler._Lead.run
        monkeypatch.setattr(scheduler._Lead, "run", lambda self: leading.append(self) or lead(self))
        first = Process(app)
        until(lambda: leading)
        second = Process(app)
        try:
            until(lambda: quick["good"] >= 3)
            assert len(leading) == 1
            assert first.end()
            until(lambda: len(leading) == 2)
            before = quick["good"]
            until(lambda: quick["good"] > before)
        finally:
            first.end()
            assert second.end()

        found = runs()
        assert {run.error for run in found if run.job == "tests.bad"} == {"RuntimeError: no"}
        assert {run.error for run in found if run.job == "tests.good"} == {""}
        occurrences = {occurrence.name: occurrence for occurrence in db.session.scalars(sa.select(Heartbeat))}
        assert set(occurrences) == {"scheduler", "scheduler.lead"}, "nobody waits any more"
        assert clock.now() - occurrences["scheduler"].at < timedelta(minutes=1)


def test_a_job_that_is_paused_is_left_alone_until_it_goes_on(upgraded_database, tmp_path, quick):
    with elsewhere(upgraded_database, tmp_path) as app, app.app_context():
        pause = save(JobPause(job="tests.good", reason="A look at it", paused_by=user(Role.ADMIN)))
        process = Process(app)
        try:
            time.sleep(2.5)
            assert {run.job for run in runs()} == {"tests.bad"}
            db.session.rollback()
            assert quick["good"] == 0
            with audit.acting(SYSTEM, "tests.arrange"):
                db.session.delete(db.session.merge(pause))
            db.session.commit()
            until(lambda: quick["good"])
        finally:
            assert process.end()


def test_one_that_waits_shows_itself_and_those_that_are_gone_are_cleared_away(monkeypatch):
    heartbeats.leading()
    monkeypatch.setattr(heartbeats, "process", lambda: "elsewhere, 2")
    heartbeats.waiting()
    monkeypatch.setattr(heartbeats, "process", lambda: "elsewhere, 3")
    with clock.at(clock.now() - queries.schedulers.SILENCE - timedelta(seconds=1)):
        heartbeats.waiting()
    db.session.commit()

    assert [occurrence.who for occurrence in queries.schedulers.schedulers().waiting] == ["elsewhere, 2"]

    monkeypatch.undo()
    heartbeats.leads()
    heartbeats.leading()
    db.session.commit()

    found = queries.schedulers.schedulers()
    assert [occurrence.who for occurrence in found.waiting] == ["elsewhere, 2"]
    assert found.since is not None
    assert not found.silent
    assert db.session.scalar(sa.select(sa.func.count(Heartbeat.id))) == 3


def test_since_when_an_older_leader_led_is_not_said_of_a_newer_one(monkeypatch):
    heartbeats.leads()
    monkeypatch.setattr(heartbeats, "process", lambda: "elsewhere, 2")
    heartbeats.leading()

    assert queries.schedulers.schedulers().since is None


def test_a_leader_that_lost_its_lock_stops_leading(upgraded_database, tmp_path, quick, monkeypatch):
    with elsewhere(upgraded_database, tmp_path) as app, app.app_context():
        leading, lost = [], Event()
        lead = scheduler._Lead.run

        def run(self):
            if not leading:
                self.held = lambda: not lost.is_set()
            leading.append(self)
            return lead(self)

        monkeypatch.setattr(scheduler._Lead, "run", run)
        process = Process(app)
        try:
            until(lambda: quick["good"])
            lost.set()
            until(lambda: len(leading) == 2)
            assert leading[0].ended.is_set()
        finally:
            assert process.end()


def test_a_job_that_hangs_does_not_keep_the_process_from_ending(
    upgraded_database, tmp_path, quick, monkeypatch
):
    release, began = Event(), Event()

    def hang():
        began.set()
        release.wait(30)
        return 0

    monkeypatch.setattr(scheduler, "GRACE", 0.3)
    monkeypatch.setattr(scheduler, "JOBS", {"tests.hang": a_job(hang, "tests.hang", 1)})
    with elsewhere(upgraded_database, tmp_path) as app:
        process = Process(app)
        until(began.is_set)
        asked = time.monotonic()
        assert not process.end(), "it says that something still runs"
        assert time.monotonic() - asked < 5
        release.set()
        time.sleep(0.3)


@pytest.mark.sqlite
def test_the_command_runs_and_ends_within_seconds_when_told_to(tmp_path):
    database = tmp_path / "rmhr.db"
    with elsewhere(f"sqlite:///{database}", tmp_path):
        pass
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RMHR_")}
    environment |= {
        "RMHR_DATABASE_URL": f"sqlite:///{database}",
        "RMHR_DATA_DIR": str(tmp_path / "files"),
        "PYTHONWARNINGS": "default",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "scheduler"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        engine = sa.create_engine(f"sqlite:///{database}")
        try:

            def seen():
                assert process.poll() is None, process.stderr.read()
                with engine.connect() as connection:
                    return connection.scalar(sa.select(Heartbeat.who))

            who = until(seen, 30)
            assert str(process.pid) in who
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=15)[1]
            assert time.monotonic() - asked < 8
        finally:
            engine.dispose()
            process.kill()
    assert process.returncode == 0, said
    assert "Traceback" not in said
