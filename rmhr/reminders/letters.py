"""What one person is told in one message: of each thing what, until when, why them, why now, what next, who else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.due import sources as due
from rmhr.core.due.reminder_steps import Occurrence
from rmhr.core.i18n import gettext, ngettext
from rmhr.models.accounts import User
from rmhr.models.reminders import Basis, EscalationLevel, Reminder

#: Rows are looked up so many at a time.
CHUNK = 200


@dataclass(frozen=True)
class Told:
    """That somebody was told of a thing, today or before, and as what."""

    id: int
    name: str
    level: EscalationLevel


@dataclass(frozen=True)
class Following:
    """A later occurrence that tells others than the owner and the reader: as what, and whom as things stand."""

    occurrence: Occurrence
    told: tuple[tuple[EscalationLevel, int], ...]

    def news(self, told: Sequence[Told]) -> tuple[EscalationLevel, ...]:
        """As what somebody is told who has not been told before, be it by whoever stood in for them."""
        ids, levels = {each.id for each in told}, {each.level for each in told}
        return tuple(level for level, id in self.told if id not in ids and level not in levels)


@dataclass(frozen=True)
class PendingReminder:
    """That one person is to be told of one thing now."""

    recipient: User  # who is told
    due: due.Due
    occurrence: Occurrence
    level: EscalationLevel  # as what they are told
    owner: User  # whose thing it is
    meant: User  # for whom it is: the recipient, unless they stand in for somebody
    following: tuple[Following, ...]  # what tells somebody else later on, the next first
    day: date  # the day it is where the recipient works
    region: str  # whose working days count there
    mailed: bool  # by mail; otherwise in the inbox only
    chat: bool  # in the bank's chat, too
    digest: bool  # in the one mail of the day

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it this one and no other, besides the recipient; in the order of pending.KEY."""
        return (
            self.due.source.name,
            self.due.subject_id,
            self.due.owner_id,
            self.due.on,
            self.occurrence.key,
        )

    @property
    def own(self) -> bool:
        """Whether the recipient owes it."""
        return self.owner.id == self.recipient.id

    @property
    def for_somebody_away(self) -> bool:
        """Whether it is its owner's, who is away, and the recipient is told in their place."""
        return self.level is EscalationLevel.OWNER and self.owner.id == self.meant.id != self.recipient.id

    @property
    def because(self) -> str:
        """Why the recipient is told; "" where it is simply theirs."""
        if self.own:
            return ""
        if self.for_somebody_away and self.due.source.personal:
            return gettext(
                "%(person)s is away, and nobody else can do this. You lead %(person)s.",
                person=self.owner.name,
            )
        if self.meant.id != self.recipient.id:
            return gettext("You stand in for %(person)s, who is away.", person=self.meant.name)
        if self.level is EscalationLevel.OWNER:
            return gettext(
                "%(person)s has left; somebody else has to take care of it.", person=self.owner.name
            )
        said = {
            EscalationLevel.SUPERVISOR: gettext("You lead %(person)s.", person=self.owner.name),
            EscalationLevel.HR: gettext("You are HR for the unit of %(person)s.", person=self.owner.name),
            EscalationLevel.COMPLIANCE: gettext(
                "You are compliance for the unit of %(person)s.", person=self.owner.name
            ),
            EscalationLevel.HEAD: gettext("You head the unit of %(person)s.", person=self.owner.name),
        }
        return said[self.level]

    @property
    def now(self) -> str:
        """Why now, in days as they are: a reminder may come later than its rule says."""
        after, working = self.occurrence.after, self.occurrence.basis is Basis.WORKING
        if self.occurrence.day(self.due.on, self.region) != self.day:
            after, working = (self.day - self.due.on).days, False
        number = abs(after)
        if after == 0:
            return gettext("You are told on the day it is due.")
        if after < 0 and working:
            said = ngettext(
                "You are told %(num)s working day before it is due.",
                "You are told %(num)s working days before it is due.",
                number,
            )
        elif after < 0:
            said = ngettext(
                "You are told %(num)s day before it is due.",
                "You are told %(num)s days before it is due.",
                number,
            )
        elif working:
            said = ngettext(
                "You are told when it is %(num)s working day late.",
                "You are told when it is %(num)s working days late.",
                number,
            )
        else:
            said = ngettext(
                "You are told when it is %(num)s day late.",
                "You are told when it is %(num)s days late.",
                number,
            )
        return said

    def coming(self, told: Sequence[Told]) -> tuple[date, tuple[EscalationLevel, ...]] | None:
        """When others are told who have not been yet, if it is still open then, and as what; None where nobody is."""
        for each in self.following:
            day = each.occurrence.day(self.due.on, self.region)
            if day > self.day and (levels := each.news(told)):
                return day, levels
        return None


@dataclass(frozen=True)
class Letter:
    """What one person is told in one message: the most urgent first, as it is on that day."""

    reader: User
    reminders: Sequence[PendingReminder]
    told: Mapping[tuple[Any, ...], Sequence[Told]]  # by thing: who was told of it

    @property
    def on(self) -> date:
        """The day it is where the reader works."""
        return self.reminders[0].day

    def others(self, reminder: PendingReminder) -> list[str]:
        """Who else was told of this thing, by name."""
        told = self.told.get(reminder.due.key, ())
        return list(dict.fromkeys(each.name for each in told if each.id != self.reader.id))

    def coming(self, reminder: PendingReminder) -> tuple[date, tuple[EscalationLevel, ...]] | None:
        """When others will be told of this thing who were not yet, and as what; None where nobody is."""
        return reminder.coming(self.told.get(reminder.due.key, ()))

    @property
    def optional(self) -> list[str]:
        """The kinds of things in it whose mail can be switched off: the sources' names."""
        found = {reminder.due.source.name: reminder.due.source for reminder in self.reminders}
        return [name for name, source in found.items() if not source.must]


def others_told(reminders: Sequence[PendingReminder]) -> dict[tuple[Any, ...], list[Told]]:
    """Who was told of these things, today or before: by thing, in the order in which it was said."""
    columns = (Reminder.source, Reminder.subject_id, Reminder.owner_id, Reminder.due_on)
    found: dict[tuple[Any, ...], list[Told]] = defaultdict(list)
    for some in _chunks(sorted({reminder.due.key for reminder in reminders})):
        query = (
            sa.select(*columns, Reminder.level, User.id.label("told_id"), User.name.label("told_name"))
            .join(User, User.id == Reminder.recipient_id)
            .where(sa.tuple_(*columns).in_(some))
            .order_by(Reminder.id)
        )
        for row in db.session.execute(query):
            found[tuple(row[:4])].append(Told(row.told_id, row.told_name, row.level))
    return found


def told_next_words(levels: Sequence[EscalationLevel], own: bool) -> str:
    """Who is told next, in words: "your supervisor and the HR team". The owner is not named: they know."""
    supervisor = gettext("your supervisor") if own else gettext("the supervisor")
    head = gettext("the head of your unit") if own else gettext("the head of the unit")
    words = {
        EscalationLevel.SUPERVISOR: supervisor,
        EscalationLevel.HR: gettext("the HR team"),
        EscalationLevel.COMPLIANCE: gettext("the compliance team"),
        EscalationLevel.HEAD: head,
    }
    named = [words[level] for level in levels if level in words]
    if len(named) == 1:
        return named[0]
    return gettext("%(first)s and %(last)s", first=", ".join(named[:-1]), last=named[-1])


def _chunks(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]
