"""Rules, wishes and absences for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.cadence import Step
from rmhr.models.accounts import Role, User
from rmhr.models.reminders import Absence, ReminderPreference, ReminderRule, ReminderStop, Snooze
from tests.factories import save
from tests.factories.accounts import user
from tests.support.owed import NAME


def rule(*steps: Step, valid_from: date, source: str = NAME, **given: Any) -> ReminderRule:
    """A rule of the bank's own."""
    defaults: dict[str, Any] = {
        "source": source,
        "valid_from": valid_from,
        "steps": [step.as_json() for step in steps],
        "reason": "We have agreed on it.",
        "made_by_id": user(Role.ADMIN).id,
    }
    return save(ReminderRule(**defaults | given))


def stop(source: str = NAME) -> ReminderStop:
    """A source that was stopped."""
    return save(ReminderStop(source=source, reason="Too much.", stopped_by_id=user(Role.ADMIN).id))


def wish(person: User, **given: Any) -> ReminderPreference:
    """How somebody wants to be told."""
    return save(ReminderPreference(user_id=person.id, **given))


def absence(person: User, deputy: User | None, starts_on: date, ends_on: date) -> Absence:
    """That somebody is away, and who stands in."""
    deputy_id = deputy.id if deputy else None
    return save(Absence(user_id=person.id, deputy_id=deputy_id, starts_on=starts_on, ends_on=ends_on))


def put_off(owner: User, subject_id: int, due_on: date, until: date, source: str = NAME) -> Snooze:
    """Something put off until a day."""
    return save(
        Snooze(
            owner_id=owner.id,
            source=source,
            subject_id=subject_id,
            due_on=due_on,
            made_on=clock.today(),
            until=until,
        )
    )
