"""What people do with their inbox: read, and put back as unread."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.system import Message


@operation(allow=policies.OWN_MESSAGE, done=_("Marked as read"))
def mark_read(_actor: Actor, message: Message) -> None:
    """Whoever it is for has seen it. When that was stays as it was."""
    message.read_at = message.read_at or clock.now()


@operation(allow=policies.OWN_MESSAGE, done=_("Marked as unread"))
def mark_unread(_actor: Actor, message: Message) -> None:
    """As if it had not been opened."""
    message.read_at = None


@operation(allow=policies.OWN, done=_("All messages are marked as read"))
def mark_all_read(_actor: Actor, user: User) -> None:
    """Everything that is in the inbox now."""
    unread = sa.update(Message).where(Message.user_id == user.id, Message.read_at.is_(None))
    db.session.execute(unread.values(read_at=clock.now()), execution_options={"synchronize_session": False})
