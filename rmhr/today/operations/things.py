"""What one does on Today besides the work itself: put it off, bring it back, ask others for theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking
from rmhr.core.due.sources import Due
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.mail import outbox
from rmhr.models.accounts import User
from rmhr.models.today import Ask, Snooze
from rmhr.reminders import queries as reminder_queries
from rmhr.today import notifications, policies, queries
from rmhr.today.queries.awaited import Awaited


@operation(allow=policies.PUT_OFF, done=_("Put off"))
def put_off(owner: User, due: Due, *, until: date) -> Snooze:
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
def take_back(_owner: User, due: Due) -> None:
    """Bring back at once what was put off; nothing happens where it is back already."""
    found = queries.put_off.snooze(due)
    if found is not None:
        db.session.delete(found)


@operation(allow=policies.ASK, done=_("Reminder sent"))
def ask(asker: User, awaited: Awaited) -> Ask:
    """Remind a colleague of what somebody waits for, by mail, in the colleague's language.

    Raises NotPossible where that would be too early, too often, or to nobody.
    """
    [asked] = _write(asker, awaited.owner, [awaited.due])
    return asked


def _write(asker: User, owner: User, things: Sequence[Due]) -> list[Ask]:
    """Ask for those of one person's things that may be asked for, in one mail. Raises NotPossible where none may."""
    reminder_queries.absence.locked(owner)
    found = queries.awaited.with_asks(things)
    may = [each for each in found if each.blocked is None]
    if not may:
        raise NotPossible(str(found[0].blocked))
    asked = [
        Ask(
            owner_id=owner.id,
            asker_id=asker.id,
            source=each.due.source.name,
            subject_id=each.due.subject_id,
            due_on=each.due.on,
        )
        for each in may
    ]
    db.session.add_all(asked)
    outbox.queue(notifications.ASK, may, asker=asker)
    return asked


class _ByHand:
    """What stages offer for many of their things at once, within the limits of `ask` (see core.asking)."""

    def refusals(self, asker: User, things: Sequence[Due]) -> list[str | None]:
        """Why nobody may be reminded of each of these now."""
        return [
            gettext("It is yours to do.") if each.owner.id == asker.id else each.blocked
            for each in queries.awaited.with_asks(things)
        ]

    def ask(self, asker: User, things: Sequence[Due]) -> list[str]:
        """Remind their owners; the operation that runs has asked who may."""
        owed_by: dict[User, list[Due]] = defaultdict(list)
        for each in queries.awaited.with_asks(things):
            owed_by[each.owner].append(each.due)
        for owner, theirs in sorted(owed_by.items(), key=lambda it: it[0].id):
            _write(asker, owner, theirs)
        return [owner.name for owner in owed_by]


asking.register(_ByHand())
