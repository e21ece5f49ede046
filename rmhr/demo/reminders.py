"""The demo bank's own rules, its reminders of the last days, as the scheduler would have sent them, and first runs."""

from __future__ import annotations

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due.cadence import Step, plain
from rmhr.core.registry import JOBS
from rmhr.demo import preferences, system, today
from rmhr.demo.accounts import day, person
from rmhr.models.reminders import Basis, Party
from rmhr.reminders import engine
from rmhr.reminders.rules import operations as rule_operations
from rmhr.reminders.rules import queries as rule_queries

#: So many days back.
DAYS = 10
SATURDAY = 5


#: Of onboarding tasks the bank reminds in its own way …
KIND = "onboarding.own"
#: … since some weeks: their supervisor hears of it sooner than the product would tell; and soon less often.
SINCE = (
    *plain(-3, 0, 2),
    Step(3, (Party.SUPERVISOR,), Basis.WORKING),
    Step(10, (Party.HR,), Basis.WORKING),
)
SOON = (
    Step(-2),
    Step(1, every=3, times=3),
    Step(4, (Party.OWNER, Party.SUPERVISOR), Basis.WORKING),
    Step(10, (Party.HR,), Basis.WORKING),
)


def build() -> None:
    """The bank's own rules, then the reminders of the last days."""
    _rules()
    _remind()


def _rules() -> None:
    """A version in force since three weeks, and one that is coming."""
    nils, source = person("nils"), registry.SOURCES[KIND]
    decided = (
        (day(-25), day(-21), SINCE, "The sooner supervisors know, the better they can help."),
        (day(-4), day(10), SOON, "New colleagues found three mails on one task too many."),
    )
    for on, begins, steps, reason in decided:
        with clock.at(clock.moment(on, 10, 20)):
            rule_operations.put_in_force(
                nils,
                source,
                steps=steps,
                valid_from=begins,
                reason=reason,
                seen=rule_queries.edition(source),
            )


def _remind() -> None:
    """Remind of what is due now on each working day on which that would have happened."""
    for offset in range(-DAYS, 1):
        on = day(offset)
        morning = clock.moment(on, 7, 5)
        if on.weekday() < SATURDAY and morning <= clock.now():
            with clock.at(morning):
                done = engine.send_due(on)
                if done:
                    system.ran(JOBS["reminders.send"].name, clock.now(), 0.4 + done / 50, done=done)
                db.session.flush()
    preferences.build()
    today.build()
    system.build(person("nils"))
