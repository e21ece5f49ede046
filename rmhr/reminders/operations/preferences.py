"""How people want to be reminded: their own choice, and the one click in a mail."""

from __future__ import annotations

from collections.abc import Collection

from rmhr.accounts.policies import OWN
from rmhr.core.db import db
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.reminders import MailFrequency, ReminderPreference
from rmhr.reminders import queries, wishes


@operation(allow=OWN, done=_("Your choice is saved"))
def choose(
    _actor: Actor,
    user: User,
    *,
    frequency: MailFrequency,
    hour: int,
    opens: int,
    closes: int,
    mailed: Collection[str],
    chat: bool | None = None,
) -> None:
    """When, and of what. `mailed` are the kinds that are mailed; what cannot be switched off always is."""
    wish = _of(user)
    wish.frequency, wish.hour, wish.opens, wish.closes = frequency, hour, opens, closes
    wish.silent = [name for name in wishes.optional() if name not in mailed]
    if chat is not None:
        wish.chat = chat


@operation(allow=OWN, done=_("Mail about it is switched off"))
def silence(_actor: Actor, user: User, *, kinds: Collection[str]) -> None:
    """No mail of these kinds any more, besides those that cannot be switched off. They stay in the inbox."""
    wish = _of(user)
    wish.silent = sorted({*wish.silent, *(set(kinds) & wishes.optional().keys())})


def _of(user: User) -> ReminderPreference:
    wish = queries.preferences.preference(user)
    if wish is None:
        # What the columns begin with is known only after a flush; a form needs it now.
        wish = ReminderPreference(user_id=user.id, silent=[])
        db.session.add(wish)
    return wish
