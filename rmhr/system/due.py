"""What those who look after the system owe: mail that could not be sent is sent again, or put aside."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role, User, UserRole
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.system import Message, MessageStatus


@source(
    "system.undelivered",
    label=N_("Mail that could not be sent"),
    remind_on=(0,),
    escalation=(ReminderStep(2, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("See to mail that could not be sent: %(count)s"),
    why=N_("It was tried for five days; what it says did not arrive"),
    verb=N_("See which"),
    endpoint="mail.undelivered",
    params={},
    icon="envelope-exclamation",
    shared=Role.HR,
)
def undelivered() -> Rows:
    """One thing for all of it, owed by the longest-serving administrator, else by HR, since it was given up first."""
    failed = (
        sa.select(
            sa.func.min(Message.id).label("subject_id"),
            sa.func.min(Message.next_attempt_at, type_=Message.next_attempt_at.type).label("since"),
            sa.func.count().label("count"),
        )
        .where(Message.state == MessageStatus.FAILED)
        .having(sa.func.count() > 0)
        .subquery()
    )
    since: Any = failed.c.since
    return sa.select(
        failed.c.subject_id,
        sa.func.coalesce(_first(Role.ADMIN), _first(Role.HR)).label("owner_id"),
        day_of(since).label("due_on"),
        failed.c.count,
    ).where(sa.func.coalesce(_first(Role.ADMIN), _first(Role.HR)).is_not(None))


def _first(role: Role) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.min(UserRole.user_id))
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == role, User.left_on.is_(None))
        .scalar_subquery()
    )
