"""The demo bank's reminder rules and the reminders of the last days, what its people wish, and who is away."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep, owner_steps
from rmhr.core.registry import JOBS
from rmhr.demo.building import at_work, day, hired, just_now, person, ran
from rmhr.models.reminders import Basis, EscalationLevel, MailFrequency
from rmhr.reminders import engine, operations
from rmhr.reminders.rules import operations as rule_operations
from rmhr.reminders.rules import queries as rule_queries
from rmhr.today import operations as today_operations

#: So many days back.
DAYS = 10
SATURDAY = 5


#: Of onboarding tasks the bank reminds in its own way …
KIND = "onboarding.own"
#: … since some weeks: their supervisor hears of it sooner than the product would tell; and soon less often.
SINCE = (
    *owner_steps(-3, 0, 2),
    ReminderStep(3, (EscalationLevel.SUPERVISOR,), Basis.WORKING),
    ReminderStep(10, (EscalationLevel.HR,), Basis.WORKING),
)
SOON = (
    ReminderStep(-2),
    ReminderStep(1, every=3, times=3),
    ReminderStep(4, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR), Basis.WORKING),
    ReminderStep(10, (EscalationLevel.HR,), Basis.WORKING),
)


def build() -> None:
    """The bank's own rules, the reminders of the last days, then what people wish and who is away."""
    _rules()
    _remind()
    with clock.at(just_now()):
        _choices()
    _absences()


def _rules() -> None:
    """A version in force since three weeks, and one that is coming."""
    nils, source = person("nils"), registry.SOURCES[KIND]
    decided = (
        (day(-25), day(-21), SINCE, "The sooner supervisors know, the better they can help."),
        (day(-4), day(10), SOON, "New colleagues found three mails on one task too many."),
    )
    for on, begins, steps, reason in decided:
        with clock.at(at_work(on, 10, 20)):
            rule_operations.put_in_force(
                nils,
                source,
                steps=steps,
                valid_from=begins,
                reason=reason,
                seen=rule_queries.last_decision(source),
            )


def _remind() -> None:
    """Remind of what is due now on each working day on which that would have happened."""
    for offset in range(-DAYS, 1):
        on = day(offset)
        morning = clock.moment(on, 7, 5)
        if on.weekday() < SATURDAY and morning <= clock.now():
            with clock.at(morning):
                done = engine.send(engine.waiting(on))
                if done:
                    ran(JOBS["reminders.send"].name, clock.now(), 0.4 + done / 50, done=done)
                db.session.flush()


def _choices() -> None:
    """Ilse wants one mail a day, and Lena has what is due in her own calendar."""
    ilse, lena = person("ilse"), hired("lena")
    kinds = [
        name for name, source in registry.SOURCES.items() if not source.must and name != "performance.item"
    ]
    operations.preferences.choose(
        ilse, ilse, frequency=MailFrequency.DAILY, hour=8, opens=7, closes=18, mailed=kinds
    )
    if lena is not None:
        today_operations.feed.make_feed(lena, lena)


def _absences() -> None:
    """Greta is away next week, Oskar since some days."""
    greta, oskar = person("greta"), person("oskar")
    monday = day(7 - clock.today().weekday())
    with clock.at(just_now()):
        operations.absence.enter_absence(
            greta, greta, starts_on=monday, ends_on=monday + timedelta(days=4), deputy_id=person("tomas").id
        )
    first, last = day(-3), day(3)
    with clock.at(at_work(day(-4), 16, 30)):
        operations.absence.enter_absence(
            oskar, oskar, starts_on=first, ends_on=last, deputy_id=person("murat").id
        )
