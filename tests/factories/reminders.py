"""Rules, wishes and absences, and what people are told, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.registry import JOBS
from rmhr.models.accounts import Role, User
from rmhr.models.reminders import (
    Absence,
    ForecastRun,
    ReminderPreference,
    ReminderRule,
    ReminderStop,
)
from rmhr.models.system import Bounce, Message, MessageStatus
from rmhr.models.today import Snooze
from tests.factories import numbers, save
from tests.factories.accounts import user
from tests.support.due_things import NAME


def rule(*steps: ReminderStep, valid_from: date, source: str = NAME, **given: Any) -> ReminderRule:
    """A rule of the bank's own."""
    defaults: dict[str, Any] = {
        "source": source,
        "valid_from": valid_from,
        "steps": [step.as_json() for step in steps],
        "reason": "We have agreed on it.",
        "made_by_id": user(Role.ADMIN).id,
    }
    return save(ReminderRule(**defaults | given))


def asked(by: User | None = None) -> ForecastRun:
    """That somebody wants the rules played through."""
    return save(ForecastRun(asked_by_id=(by or user(Role.ADMIN)).id))


def worked_out() -> ForecastRun:
    """A forecast as the scheduler has made it, of what is owed now."""
    run = asked()
    db.session.commit()
    assert JOBS["reminders.forecast"].run() == 1
    db.session.commit()
    return run


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


def bounce(address: str, **given: Any) -> Bounce:
    """An address that takes no mail."""
    return save(Bounce(address=address, **{"said": "550 5.1.1 No such mailbox"} | given))


def message(to: User | None = None, **given: Any) -> Message:
    """Something that was said to this person; to an applicant without one."""
    n = next(numbers)
    defaults: dict[str, Any] = {
        "kind": "training.assigned",
        "user_id": to.id if to else None,
        "to_address": to.email if to else "nora@example.org",
        "to_name": to.name if to else "Nora Nolte",
        "language": "en",
        "subject": f"Subject {n}",
        "text": f"Text {n}\n",
        "html": f"<!doctype html><html><head></head><body><p>Text {n}</p></body></html>",
        "message_id": f"<{n}.factory@bank.example>",
        "state": MessageStatus.KEPT,
    }
    row = Message(**defaults | given)
    if row.state is MessageStatus.SENT and row.sent_at is None:
        row.sent_at = clock.now()
    return save(row)
