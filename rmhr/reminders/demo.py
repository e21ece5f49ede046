"""The demo bank's reminders of the last days, as the scheduler would have sent them, and its first runs."""

from __future__ import annotations

from rmhr.accounts.demo import day, person
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.jobs import JOBS
from rmhr.reminders import demo_keeping, engine

#: So many days back.
DAYS = 10
SATURDAY = 5


def build() -> None:
    """Remind of what is due now on each working day on which that would have happened."""
    for offset in range(-DAYS, 1):
        on = day(offset)
        morning = clock.moment(on, 7, 5)
        if on.weekday() < SATURDAY and morning <= clock.now():
            with clock.at(morning):
                done = engine.send_due(on)
                if done:
                    demo_keeping.ran(JOBS["reminders.send"].name, clock.now(), 0.4 + done / 50, done=done)
                db.session.flush()
    demo_keeping.build(person("nils"))
