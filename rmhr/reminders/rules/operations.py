"""What administrators decide about reminders: when who is told, and that nothing is sent for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import ReminderStep, occurrences
from rmhr.core.errors import NotPossible, Stale
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.reminders import ForecastRun, ReminderRule, ReminderStop
from rmhr.reminders import policies
from rmhr.reminders.rules import current, forecasts, queries


@operation(allow=policies.CHANGE_REMINDER_RULES, done=_("The rule was put in force"))
def put_in_force(
    actor: Actor,
    source: sources.Source,
    *,
    steps: Sequence[ReminderStep],
    valid_from: date,
    reason: str,
    seen: str,
) -> ReminderRule:
    """Let a rule of the bank's own hold from a day on. `seen` is the `last_decision` that they saw.

    Raises Stale where somebody has decided something else since, NotPossible for a day that has passed and for a
    rule that changes nothing; ValueError for steps that are none.
    """
    _alone(source.name)
    if seen != queries.last_decision(source):
        raise Stale(
            gettext(
                "Somebody else has changed the rule for “%(kind)s” since you opened it. Look at it, then try again.",
                kind=gettext(source.label),
            )
        )
    if valid_from < clock.today():
        raise NotPossible(gettext("A rule cannot begin in the past."))
    made = occurrences(steps)
    if not made:
        raise ValueError("a rule without a step reminds nobody")
    if made == current.on_day(valid_from)[source.name].occurrences:
        raise NotPossible(gettext("This rule is in force already."))
    rule = ReminderRule(
        source=source.name,
        valid_from=valid_from,
        steps=[step.as_json() for step in steps],
        reason=reason,
        made_by_id=actor.id,
    )
    with audit.acting(actor, "reminders.put_in_force", reason):
        db.session.add(rule)
    return rule


@operation(allow=policies.CHANGE_REMINDER_RULES, done=_("The planned rule was withdrawn"))
def withdraw(_actor: Actor, rule: ReminderRule) -> None:
    """Take back a rule before it begins. Raises NotPossible for one that has begun, Stale for one taken back."""
    _alone(rule.source)
    db.session.refresh(rule)
    if rule.withdrawn_at is not None:
        raise Stale(gettext("Somebody else has withdrawn this rule already."))
    if rule.valid_from <= clock.today():
        raise NotPossible(gettext("This rule has begun. Put another one in force instead."))
    rule.withdrawn_at = clock.now()


@operation(allow=policies.CHANGE_REMINDER_RULES, done=_("Reminders were stopped"))
def stop(actor: Actor, source: sources.Source, *, reason: str) -> None:
    """Send nothing about this kind of due thing until it goes on. Raises Stale where it is stopped."""
    _alone(source.name)
    if (stopped := queries.stop_of(source)) is not None:
        raise Stale(
            gettext("%(person)s has stopped these reminders already.", person=stopped.stopped_by.name)
        )
    with audit.acting(actor, "reminders.stop", reason):
        db.session.add(ReminderStop(source=source.name, reason=reason, stopped_by_id=actor.id))


@operation(allow=policies.CHANGE_REMINDER_RULES, done=_("Reminders resumed"))
def resume(_actor: Actor, source: sources.Source) -> None:
    """Send again; what is overdue is told once, its latest step. Raises Stale where it is not stopped."""
    _alone(source.name)
    stopped = queries.stop_of(source)
    if stopped is None:
        raise Stale(gettext("These reminders are running already."))
    db.session.delete(stopped)


@operation(allow=policies.SEE_REMINDER_RULES, done=_("The next 30 days are being calculated"))
def ask_forecast(actor: Actor, _run: ForecastRun | None) -> None:
    """Have the rules played through for the coming days; nothing happens where that is under way."""
    _alone("forecast")
    if forecasts.under_way() is None:
        db.session.add(ForecastRun(asked_by_id=actor.id))


def _alone(what: str) -> None:
    """Let nobody else decide about this kind before this is done. (SQLite has one writer anyway.)"""
    if db.engine.dialect.name == "postgresql":
        key = sa.func.hashtext(f"rmhr.rule.{what}")
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
