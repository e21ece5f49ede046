"""Real schedulers as real processes: when the one that leads is killed, another one leads within seconds."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.system import Heartbeat
from rmhr.system import queries
from tests.support.elsewhere import elsewhere
from tests.support.keepers import keepers

#: Seconds.
AT_MOST = 5.0

pytestmark = pytest.mark.both


def number_of(occurrence: Heartbeat | None) -> int:
    """The process whose sign of life that is."""
    return int(occurrence.who.rpartition(", ")[2]) if occurrence else 0


def leads() -> int:
    """The process that has taken the lead last."""
    lead = db.session.scalars(
        sa.select(Heartbeat).where(Heartbeat.name == queries.schedulers.LEAD)
    ).one_or_none()
    number = number_of(lead)
    # No transaction may be open while one waits for others.
    db.session.rollback()
    return number


def waits() -> list[int]:
    """The processes that wait."""
    numbers = [number_of(occurrence) for occurrence in queries.schedulers.schedulers().waiting]
    db.session.rollback()
    return numbers


def until(number, find, seconds=60.0):
    """Wait until another process has done something; how long it took."""
    began = time.monotonic()
    while number not in find():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.02)
    return time.monotonic() - began


def test_when_the_leader_is_killed_the_next_one_leads_within_five_seconds(upgraded_database, tmp_path):
    with (
        elsewhere(upgraded_database, tmp_path) as app,
        app.app_context(),
        keepers(upgraded_database, tmp_path) as some,
    ):
        first = some.start()
        until(first, lambda: [leads()])
        second = some.start()
        took = []
        for _time in range(2):
            until(second, waits)
            some.kill(first)
            took.append(until(second, lambda: [leads()]))
            assert second not in waits(), "who leads waits no longer"
            first, second = second, some.start()

        assert max(took) < AT_MOST, took
        until(second, waits)
        some.end()
        assert not waits(), "who ends in order says so"
        assert "Traceback" not in some.said()
