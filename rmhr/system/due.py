"""What those who look after the system owe: that mail goes out, and that what could not be sent is not forgotten."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import current_app

from rmhr.core.db import Rows, this_moment
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.law import deadlines
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


@source(
    "system.mail_stands",
    label=N_("Mail that is not being sent"),
    remind_on=(0,),
    escalation=(ReminderStep(1, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("See to the mail server: %(count)s to be sent"),
    why=N_("It has taken no mail for hours; everything waiting is sent once it does so again"),
    verb=N_("See which"),
    endpoint="mail.index",
    params={},
    icon="envelope-exclamation",
    shared=Role.ADMIN,
)
def standing() -> Rows:
    """One thing for all mail that waits too long; none where there is no mail server, and mail is only shown."""
    waits = (
        sa.select(
            sa.func.min(Message.id).label("subject_id"),
            sa.func.min(Message.created_at, type_=Message.created_at.type).label("since"),
            sa.func.count().label("count"),
        )
        .where(
            Message.state == MessageStatus.WAITING,
            _mail_goes_out(),
            sa.or_(Message.attempts > 0, Message.next_attempt_at < this_moment()),
        )
        .having(sa.func.min(Message.created_at) < this_moment(ago=deadlines.NOTICE_MAIL_STANDS.span))
        .subquery()
    )
    since: Any = waits.c.since
    return sa.select(
        waits.c.subject_id,
        sa.func.coalesce(_first(Role.ADMIN), _first(Role.HR)).label("owner_id"),
        day_of(since).label("due_on"),
        waits.c.count,
    ).where(sa.func.coalesce(_first(Role.ADMIN), _first(Role.HR)).is_not(None))


def _mail_goes_out() -> sa.ColumnElement[bool]:
    """Whether this deployment has a mail server, asked each time."""
    return sa.bindparam(
        None, callable_=lambda: bool(current_app.config["SMTP_URL"]), type_=sa.Boolean(), unique=True
    ).is_(True)


def _first(role: Role) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.min(UserRole.user_id))
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == role, User.left_on.is_(None))
        .scalar_subquery()
    )
