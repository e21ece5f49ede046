"""A bank in miniature by chance, the same for the same chance: for tests that compare two ways to one answer."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from rmhr.core import registry
from rmhr.core.due import sources as due
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_
from rmhr.models.accounts import Role, UnitKind, User
from rmhr.models.performance import Goal
from rmhr.models.reminders import Basis, EscalationLevel, MailFrequency
from tests.factories.accounts import employee, unit, user
from tests.factories.reminders import absence, put_off, wish
from tests.support.due_things import goal, goals

P, WORKING = EscalationLevel, Basis.WORKING
#: Three kinds of things, told apart by what is measured: the steps of each, and whether its mail must go out.
KINDS: dict[str, tuple[tuple[ReminderStep, ...], str]] = {
    "tests.mixed": (
        (
            *(ReminderStep(day) for day in (-14, -7, -1, 0, 3)),
            ReminderStep(3, (P.SUPERVISOR,), WORKING),
            ReminderStep(5, (P.OWNER, P.SUPERVISOR, P.HR), WORKING),
            ReminderStep(12, (P.COMPLIANCE, P.HEAD)),
        ),
        "",
    ),
    "tests.must": (
        (ReminderStep(-3), ReminderStep(0, (P.OWNER, P.SUPERVISOR)), ReminderStep(7, (P.HR,))),
        "The law asks for it",
    ),
    "tests.often": (
        (ReminderStep(-2, (P.OWNER,), WORKING, 2, 6), ReminderStep(4, (P.OWNER, P.HEAD), WORKING, 3, 3)),
        "",
    ),
}

#: What only its owner can do.
PERSONAL = ("tests.must",)


def sources(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Make these kinds of goals (all of them, where none is named) the only things that anybody owes."""
    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))
    for name in names or KINDS:
        steps, must = KINDS[name]
        due.source(
            name,
            label=N_("Goals"),
            escalation=steps,
            text=N_("Reach “%(what)s”"),
            why=N_("Agreed with %(person)s"),
            verb=N_("Show"),
            endpoint="accounts.person",
            params={"id": "owner_id"},
            must=must,
            personal=name in PERSONAL,
            snooze=7,
        )(lambda name=name: goals().where(Goal.measure == name))


def populate(chance: random.Random, first: date, days: int, people: int = 14, things: int = 70) -> None:
    """People in two regions with bosses, deputies, wishes; what they owe in and around these days."""

    def some_day(early: int = -20, late: int | None = None) -> date:
        return first + timedelta(days=chance.randint(early, days if late is None else late))

    bosses = [user(Role.SUPERVISOR) for _number in range(3)]
    contacts = {
        "head_id": user(left_on=some_day(3)).id,
        "hr_id": user(Role.HR).id,
        "compliance_id": user(Role.COMPLIANCE, left_on=some_day(3)).id,
    }
    user(Role.COMPLIANCE)
    user(Role.HR)
    bank = unit(kind=UnitKind.BANK, holiday_region="DE-HH", head_id=bosses[1].id)
    units = [
        unit(holiday_region="DE-HH", parent=bank, **contacts),
        unit(holiday_region="DE-BY", parent=bank, hr_id=bosses[0].id),
        unit(holiday_region="DE-BY", parent=bank),
    ]
    for boss in bosses:
        employee(user=boss, unit=chance.choice(units), supervisor=chance.choice([None, user()]))
    staff = [_person(chance, bosses, units, some_day) for _number in range(people)]
    for person in [*staff, *bosses]:
        _wish(chance, person)
        if chance.random() < 0.4:
            _away(chance, person, [*staff, *bosses], some_day)
    for number in range(things):
        _owe(chance, chance.choice([*staff, *bosses]), f"No. {number}", some_day)


def _person(chance: random.Random, bosses: list[User], units: list[Any], some_day: Any) -> User:
    person = user(left_on=some_day() if chance.random() < 0.25 else None)
    if chance.random() < 0.85:
        employee(user=person, unit=chance.choice(units), supervisor=chance.choice([*bosses, None]))
    return person


def _wish(chance: random.Random, person: User) -> None:
    if chance.random() < 0.6:
        silent = chance.sample(sorted(KINDS), chance.randint(0, 2))
        wish(person, frequency=chance.choice(list(MailFrequency)), silent=silent)


def _away(chance: random.Random, person: User, others: list[User], some_day: Any) -> None:
    starts = some_day()
    deputy = chance.choice([each for each in others if each is not person])
    absence(person, deputy, starts, starts + timedelta(days=chance.randint(0, 12)))


def _owe(chance: random.Random, person: User, what: str, some_day: Any) -> None:
    name = chance.choice(sorted(registry.SOURCES))
    thing = goal(person, some_day(), what, supervisor=person, measure=name)
    if chance.random() < 0.2:
        put_off(person, thing.id, thing.due_on, some_day(-3), source=name)
