"""The demo bank's reminders of the last days, as the scheduler would have sent them; what is put off and asked for."""

from __future__ import annotations

from datetime import timedelta

from rmhr.accounts.demo import day, hired, person
from rmhr.core import audit, clock, due
from rmhr.core.db import db
from rmhr.core.i18n import _
from rmhr.core.jobs import JOBS
from rmhr.core.policy import SYSTEM
from rmhr.models.reminders import Absence
from rmhr.models.system import JobRun
from rmhr.reminders import engine, operations, queries

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
                    db.session.add(
                        JobRun(job=JOBS["reminders.send"].name, finished_at=clock.now(), done=done)
                    )
                db.session.flush()
    _today()


def _today() -> None:
    """Somebody who is away, something put off, something asked for."""
    with audit.acting(SYSTEM, "reminders.demo"):
        away = Absence(user=person("greta"), deputy=person("tomas"), starts_on=day(-2), ends_on=day(12))
        db.session.add(away)
    lena = hired("lena")
    if lena is None:
        return
    for each in due.for_person(lena.id):
        if each.source.snooze > 1 and each.late < 0:
            operations.put_off(lena, each, until=clock.today() + timedelta(days=2))
            break
    for awaited in queries.awaited_by(lena):
        if awaited.blocked is None:
            operations.ask(lena, awaited)
            break


audit.SENTENCES["reminders.demo"] = _("Demo bank opened")
