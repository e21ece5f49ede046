"""Jobs and locks: what runs by itself, in which hours, and only once at a time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from rmhr.core import lock, registry
from rmhr.core.db import db
from rmhr.core.due import jobs
from tests.support.elsewhere import elsewhere

BERLIN = ZoneInfo("Europe/Berlin")

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _own_jobs(monkeypatch):
    monkeypatch.setattr(registry, "JOBS", registry.Registry("jobs"))


def test_a_job_is_declared_with_its_pause_and_its_words():
    @jobs.job("tests.count", minutes=30, label="Count")
    def count() -> int:
        return 3

    [declared] = registry.JOBS.values()

    assert (declared.name, declared.label, declared.every.total_seconds()) == ("tests.count", "Count", 1800)
    assert declared.run() == count() == 3


def test_two_jobs_of_one_name_and_one_without_a_pause_do_not_import():
    jobs.job("tests.count", seconds=1, label="Count")(lambda: 0)

    with pytest.raises(ValueError, match="two jobs"):
        jobs.job("tests.count", seconds=1, label="Count")(lambda: 0)
    with pytest.raises(ValueError, match="needs minutes"):
        jobs.job("tests.never", label="Never")


@pytest.mark.parametrize(
    ("wall_clock", "open_"),
    [
        ("2026-11-23T06:59:59", False),
        ("2026-11-23T07:00:00", True),
        ("2026-11-23T18:59:59", True),
        ("2026-11-23T19:00:00", False),
        ("2026-11-24T00:00:00", False),
        ("2026-11-21T12:00:00", False),  # a Saturday
        # The Mondays after the clocks have changed: seven is seven.
        ("2027-03-29T07:00:00", True),
        ("2027-03-29T06:59:00", False),
        ("2027-11-01T07:00:00", True),
        ("2027-11-01T06:59:00", False),
    ],
)
def test_working_hours_are_the_bank_s_own(wall_clock, open_):
    moment = datetime.fromisoformat(wall_clock).replace(tzinfo=BERLIN)

    assert jobs.working_hours(moment) is open_


def test_a_lock_has_one_holder_and_is_free_again_after_it(app):
    one, other, elsewhere_ = lock.lock("tests"), lock.lock("tests"), lock.lock("tests.other")
    try:
        assert one.acquire()
        assert one.acquire(), "what is ours stays ours"
        assert one.held()
        assert not other.acquire()
        assert not other.held()
        assert elsewhere_.acquire(), "another name is another lock"
    finally:
        one.release()
        elsewhere_.release()
    assert not one.held()
    assert other.acquire()
    other.release()
    other.release()  # twice does no harm


def test_a_lock_is_held_for_a_block_even_where_it_fails(app):
    def fail():
        with lock.holding("tests") as got:
            assert got
            with lock.holding("tests") as again:
                assert not again
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with lock.holding("tests") as got:
        assert got


@pytest.mark.postgresql
def test_a_lock_whose_connection_was_cut_is_no_longer_held(app):
    ours = lock.lock("tests")
    assert ours.acquire()
    number = ours.connection.scalar(sa.text("SELECT pg_backend_pid()"))

    db.session.execute(sa.text("SELECT pg_terminate_backend(:number)"), {"number": number})

    assert not ours.held()
    assert ours.acquire(), "and can be had again"
    ours.release()


@pytest.mark.sqlite
def test_a_lock_whose_file_was_removed_is_no_longer_held(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app, app.app_context():
        ours = lock.lock("tests")
        assert ours.acquire()

        ours.path.unlink()

        assert not ours.held()
        ours.release()
        assert ours.acquire()
        ours.release()


@pytest.mark.postgresql
def test_a_database_that_does_not_answer_gives_no_lock():
    away = lock._AdvisoryLock(sa.make_url("postgresql+psycopg://nobody@127.0.0.1:9/none"), "tests")

    assert not away.acquire()
    assert not away.held()
