"""What one does on Today besides the work itself: put it off, bring it back, ask others for theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.sources import Due
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.mail import outbox
from rmhr.models.today import Ask, Snooze
from rmhr.reminders import queries as reminder_queries
from rmhr.today import notifications, policies, queries
from rmhr.today.queries.awaited import Awaited


@operation(allow=policies.PUT_OFF, done=_("Put off"))
def put_off(owner: Any, due: Due, *, until: date) -> Snooze:
    """Keep a thing off its owner's list until a day. Its due date stays, and others are told as before.

    Raises NotPossible for what may not be put off, for a day that is not ahead, and for one that is too far ahead.
    """
    if not due.source.snooze:
        raise NotPossible(gettext("This cannot be put off."))
    if until <= clock.today():
        raise NotPossible(gettext("Choose a day that is still ahead."))
    if until > queries.put_off.last_day(due.source):
        raise NotPossible(
            ngettext(
                "This can be put off for %(num)s day at the most.",
                "This can be put off for %(num)s days at the most.",
                due.source.snooze,
            )
        )
    reminder_queries.absence.locked(owner)
    found = queries.put_off.snooze(due)
    if found is None:
        key = {"source": due.source.name, "subject_id": due.subject_id, "due_on": due.on}
        found = Snooze(owner_id=owner.id, made_on=clock.today(), until=until, **key)
        db.session.add(found)
    found.made_on, found.until = clock.today(), until
    return found


@operation(allow=policies.PUT_OFF, done=_("Back on your list"))
def take_back(_owner: Any, due: Due) -> None:
    """Bring back at once what was put off. Twice is as good as once."""
    found = queries.put_off.snooze(due)
    if found is not None:
        db.session.delete(found)


@operation(allow=policies.ASK, done=_("Reminder sent"))
def ask(asker: Any, awaited: Awaited) -> Ask:
    """Remind a colleague of what somebody waits for, by mail, in the colleague's language.

    Raises NotPossible where that would be too early, too often, or to nobody.
    """
    due = awaited.due
    reminder_queries.absence.locked(awaited.owner)
    awaited = Awaited(due, awaited.owner, queries.awaited.asks(due))
    if why_not := awaited.blocked:
        raise NotPossible(why_not)
    key = {"source": due.source.name, "subject_id": due.subject_id, "due_on": due.on}
    asked = Ask(owner_id=due.owner_id, asker_id=asker.id, **key)
    db.session.add(asked)
    outbox.queue(notifications.ASK, awaited, asker=asker)
    return asked
