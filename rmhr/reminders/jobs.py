"""What the scheduler does for reminders."""

from __future__ import annotations

import logging

from rmhr.core.db import db
from rmhr.core.due.jobs import STOPPING, job, one_by_one
from rmhr.core.i18n import _
from rmhr.reminders import engine
from rmhr.reminders.letters import PendingReminder
from rmhr.reminders.rules import forecasts

_log = logging.getLogger(__name__)
#: So many people are reminded in one transaction.
PEOPLE = engine.CHUNK


@job("reminders.send", minutes=5, label=_("Remind people of what is due"))
def send_reminders() -> int:
    """Queue the reminders that may be said at this moment, so many people at a time.

    Where that fails, person by person: whoever cannot be reminded is in the way of nobody else.
    """
    done = 0
    for some in engine.batches(engine.waiting(), PEOPLE):
        if STOPPING.is_set():
            break
        done += _send(some)
        db.session.commit()
    return done


def _send(some: list[PendingReminder]) -> int:
    try:
        with db.session.begin_nested():
            return engine.send(some)
    except Exception as problem:
        _log.warning("reminders could not be sent together", exc_info=problem)
    return sum(one_by_one(engine.batches(some, 1), engine.send))


@job("reminders.forecast", seconds=5, label=_("Calculate the reminders of the next 30 days"))
def work_out_forecast() -> int:
    """Play the rules through where somebody has asked for it."""
    run = forecasts.under_way()
    if run is None:
        return 0
    for _step in forecasts.work_out(run):
        db.session.commit()
        if STOPPING.is_set():
            return 0
    return 1
