"""Absences, preferences and the rules about reminders."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.reminders import Absence, ReminderPreference, ReminderStop
from tests.factories.accounts import user
from tests.kinds import Pair, Twice


def _two_absences() -> Twice:
    person = user(Role.RM)
    days = {
        "starts_on": (clock.today() + timedelta(days=3)).isoformat(),
        "ends_on": (clock.today() + timedelta(days=9)).isoformat(),
        "deputy_id": "",
    }
    return Twice(
        (person, "/reminders/absence", days),
        (person, "/reminders/absence", days),
        lambda: db.session.scalar(sa.select(sa.func.count(Absence.id))) or 0,
    )


def _two_choices() -> Twice:
    person = user(Role.RM)
    sent = {"frequency": "daily", "hour": "9", "opens": "8", "closes": "18", "seen": ".None"}
    return Twice(
        (person, "/reminders", sent),
        (person, "/reminders", sent),
        lambda: db.session.scalar(sa.select(sa.func.count(ReminderPreference.id))) or 0,
    )


def _two_stops() -> Twice:
    address = "/admin/reminders/training.course/stop"
    return Twice(
        (user(Role.ADMIN), address, {"reason": "The system of courses is being moved"}),
        (user(Role.ADMIN), address, {"reason": "Everybody is told twice at the moment"}),
        lambda: db.session.scalar(sa.select(sa.func.count(ReminderStop.id))) or 0,
    )


PAIRS = [
    Pair("reminders.absence", _two_absences),
    Pair("reminders.preferences", _two_choices),
    Pair("reminder_rules.stop", _two_stops),
]

NO_EDIT = {
    "reminder_rules.change": "stores nothing: what is right is tried next",
    "reminder_rules.put_in_force": "its address carries the decision that was seen; another one since is refused",
    "reminder_rules.resume": "one click; what goes on already is refused in words",
    "reminder_rules.stop": "makes a stop with its reason; a second one is refused in words",
    "reminder_rules.withdraw": "one click about one version; what was withdrawn is refused in words",
    "reminders.absence_of": "makes a new absence; days that are taken are refused in words",
    "reminders.delete_absence": "one click; what has begun is refused in words",
    "reminders.end_absence": "one click; what is over is refused in words",
    "reminders.unsubscribe": "one click that says itself which kinds are meant",
}
NO_PAIR = {
    "reminder_rules.put_in_force": "who decides about a kind is alone; the second has not seen the first",
    "reminders.absence_of": "as reminders.absence, by the same operation",
}
