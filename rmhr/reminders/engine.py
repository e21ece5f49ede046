"""Finds the reminders that are due, and writes one message per person that tells of them. Each is sent exactly once.

The database is asked what is to be said (`pending`), less what was said already. That somebody was told is a row with
a unique key, written before the message and in the same transaction: whoever comes second writes nothing and says
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import Occurrence
from rmhr.core.mail import channels, outbox
from rmhr.core.mail.channels import Told
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Digest, EscalationLevel, Reminder, ReminderPreference
from rmhr.models.system import Message
from rmhr.reminders import notifications, pending, units, unsubscribe
from rmhr.reminders.letters import Following, Letter, PendingReminder, others_told
from rmhr.reminders.recipients import Around, Reader, told_besides
from rmhr.reminders.rules import current
from rmhr.reminders.units import UnitCalendar, UnitDirectory

#: Values go to the database so many at a time: a statement has room for a limited number.
CHUNK = 500
#: Who is told as two things at once is told as the first of them.
ORDER = {level.value: number for number, level in enumerate(EscalationLevel)}


def waiting(on: date | None = None) -> list[PendingReminder]:
    """Returns the reminders that are due and were not sent yet, person by person, the most urgent first.

    With `on` as if it were that day everywhere, at whatever hour; without, what may be said at this moment: on a
    working day, in the hours and as often as each person wants it. A constant number of statements.
    """
    directory = units.directory()
    now = clock.now()

    def day_in(calendar: UnitCalendar) -> date:
        return on or calendar.local(now).date()

    found = list(_rows(directory, day_in, on or clock.today()))
    people = _people(
        {id for row, _rule_in_force in found for id in (row.recipient_id, row.owner_id, row.meant_id)}
    )
    readers = _readers({row.recipient_id for row, _rule_in_force in found}, directory)
    around = _around({row.owner_id for row, _rule_in_force in found}, directory)
    quiet = _had_their_digest(readers, day_in)
    reminders: dict[tuple[Any, ...], PendingReminder] = {}
    for row, in_force in sorted(found, key=lambda each: ORDER[each[0].level]):
        reader = readers[row.recipient_id]
        if row.recipient_id in quiet or not _may_be_told(reader, in_force.source, on, now):
            continue
        reminder = _reminder(row, in_force, reader, people, around[row.owner_id], day_in(reader.calendar))
        # One person may be supervisor and head of the unit: told once, at the first level.
        reminders.setdefault((*reminder.key, row.recipient_id), reminder)
    return sorted(
        reminders.values(), key=lambda reminder: (reminder.recipient.id, reminder.due.on, reminder.key)
    )


def _rows(directory: UnitDirectory, day_in: Any, day: date) -> Iterator[tuple[Any, current.RuleInForce]]:
    for in_force in current.sending(day):
        query = pending.statement(in_force, directory, day_in, day)
        if query is not None:
            for row in db.session.execute(query):
                yield row, in_force


def _reminder(
    row: Any,
    in_force: current.RuleInForce,
    reader: Reader,
    people: Mapping[int, User],
    around: Around[int | None],
    day: date,
) -> PendingReminder:
    occurrence = next(occurrence for occurrence in in_force.occurrences if occurrence.key == row.occurrence)
    return PendingReminder(
        recipient=people[row.recipient_id],
        due=sources.of(row),
        occurrence=occurrence,
        level=EscalationLevel(row.level),
        owner=people[row.owner_id],
        meant=people[row.meant_id],
        following=_following(occurrence, in_force.occurrences, EscalationLevel(row.level), around),
        day=day,
        region=reader.calendar.region,
        mailed=reader.mailed(in_force.source),
        chat=reader.chat,
        digest=reader.bundled,
    )


def _following(
    occurrence: Occurrence,
    occurrences: Sequence[Occurrence],
    level: EscalationLevel,
    around: Around[int | None],
) -> tuple[Following, ...]:
    """The later occurrences that tell somebody besides the owner and whoever is told now."""
    later = occurrences[occurrences.index(occurrence) + 1 :]
    return tuple(Following(each, told) for each in later if (told := told_besides(each.to, level, around)))


def _around(owners: set[int], directory: UnitDirectory) -> dict[int, Around[int | None]]:
    """The people around each of these owners, today."""
    boss = aliased(User)
    found: dict[int, Around[int | None]] = {}
    for some in _chunks(sorted(owners)):
        query = (
            sa.select(User.id, User.left_on, Employee.unit_id, boss.id, boss.left_on)
            .outerjoin(Employee, Employee.user_id == User.id)
            .outerjoin(boss, boss.id == Employee.supervisor_id)
            .where(User.id.in_(some))
        )
        for id, left_on, unit_id, boss_id, boss_left_on in db.session.execute(query):
            found[id] = Around(
                owner_id=id,
                owner=id if _there(left_on) else None,
                supervisor=boss_id if _there(boss_left_on) else None,
                contact=partial(directory.contact, unit_id),
            )
    return found


def _there(left_on: date | None) -> bool:
    return left_on is None or left_on >= clock.today()


def _people(ids: set[int]) -> dict[int, User]:
    found: dict[int, User] = {}
    for some in _chunks(sorted(ids)):
        found |= {user.id: user for user in db.session.scalars(sa.select(User).where(User.id.in_(some)))}
    return found


def _readers(ids: set[int], directory: UnitDirectory) -> dict[int, Reader]:
    unit_ids: dict[int, int] = {}
    wishes: dict[int, ReminderPreference] = {}
    for some in _chunks(sorted(ids)):
        works = sa.select(Employee.user_id, Employee.unit_id).where(Employee.user_id.in_(some))
        unit_ids |= dict(db.session.execute(works).all())
        wanted = sa.select(ReminderPreference).where(ReminderPreference.user_id.in_(some))
        wishes |= {wish.user_id: wish for wish in db.session.scalars(wanted)}
    return {id: Reader(directory.calendar(unit_ids.get(id)), wishes.get(id)) for id in ids}


def _had_their_digest(readers: Mapping[int, Reader], day_in: Any) -> set[int]:
    """Who has had today's one mail."""
    days = {id: day_in(reader.calendar) for id, reader in readers.items() if reader.bundled}
    found: set[int] = set()
    for some in _chunks(sorted(days)):
        rows = db.session.execute(
            sa.select(Digest.user_id, Digest.day).where(
                Digest.user_id.in_(some), Digest.day.in_(set(days.values()))
            )
        )
        found |= {user_id for user_id, day in rows if days[user_id] == day}
    return found


def _may_be_told(reader: Reader, source: sources.Source, on: date | None, now: datetime) -> bool:
    """Whether this is the moment; with `on`, whether they want it on that day, at whatever hour."""
    return reader.told_at(source, now) if on is None else reader.wants(source, on)


def _who(reminder: PendingReminder) -> Any:
    """Whose it is, without asking the database again after a commit."""
    return sa.inspect(reminder.recipient).identity


def batches(reminders: Sequence[PendingReminder], most: int = CHUNK) -> Iterator[list[PendingReminder]]:
    """Returns the reminders of at most `most` people at a time; never half of one person's."""
    some: list[PendingReminder] = []
    for number, (_id, mine) in enumerate(groupby(reminders, key=_who), 1):
        some += mine
        if number % most == 0:
            yield some
            some = []
    if some:
        yield some


def send(reminders: Sequence[PendingReminder]) -> int:
    """Sends these, less what another run has sent meanwhile; returns their number. The caller commits."""
    # A commit since they were looked for has made everybody stale: one statement, not one for each.
    users = (user for reminder in reminders for user in (reminder.recipient, reminder.owner, reminder.meant))
    _people({state.identity[0] for user in users if (state := sa.inspect(user)).identity})
    reminders = _without_second_digests(reminders)
    written = _write_down(reminders)
    ours = [reminder for reminder in reminders if (*reminder.key, reminder.recipient.id) in written]
    told = others_told(ours)
    mails: dict[int, Message] = {}
    said: list[Told] = []
    for _key, group in groupby(ours, key=lambda reminder: (reminder.recipient.id, not reminder.mailed)):
        mine = list(group)
        letter = Letter(mine[0].recipient, mine, told)
        message = outbox.compose(
            notifications.REMINDER,
            letter,
            letter.reader,
            mailed=False,
            unsubscribe=unsubscribe.address_for(letter),
        )
        say = partial(notifications.things, letter)
        said.append(Told(message, letter.reader, say, mail=mine[0].mailed, chat=mine[0].chat))
        mails |= {written[(*reminder.key, reminder.recipient.id)]: message for reminder in mine}
    channels.tell(said)
    _tie(mails)
    return len(mails)


def _without_second_digests(reminders: Sequence[PendingReminder]) -> list[PendingReminder]:
    """Write down who has their one mail now, and leave out whom another run has just written to."""
    days = {reminder.recipient.id: reminder.day for reminder in reminders if reminder.digest}
    had: set[int] = set()
    for some in _chunks(sorted(days)):
        rows = [{"user_id": id, "day": days[id], "created_at": clock.now()} for id in some]
        statement = _insert(Digest).values(rows).on_conflict_do_nothing().returning(Digest.user_id)
        had |= set(some) - set(db.session.scalars(statement))
    left = [reminder for reminder in reminders if reminder.recipient.id not in had]
    return sorted(
        left, key=lambda reminder: (reminder.recipient.id, not reminder.mailed, reminder.due.on, reminder.key)
    )


def _write_down(reminders: Sequence[PendingReminder]) -> dict[tuple[Any, ...], int]:
    """Insert the reminders that nobody has inserted yet: their keys with the recipient, and ids."""
    written: dict[tuple[Any, ...], int] = {}
    columns = [*(getattr(Reminder, name) for name in pending.KEY), Reminder.recipient_id]
    for some in _chunks(reminders):
        rows = [
            {
                **dict(zip(pending.KEY, reminder.key, strict=True)),
                "recipient_id": reminder.recipient.id,
                "level": reminder.level,
                "created_at": clock.now(),
            }
            for reminder in some
        ]
        statement = _insert(Reminder).values(rows).on_conflict_do_nothing().returning(Reminder.id, *columns)
        written |= {tuple(row[1:]): row[0] for row in db.session.execute(statement)}
    return written


def _insert(table: Any) -> Any:
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name](table)


def _tie(mails: Mapping[int, Message]) -> None:
    """Keep with each reminder (by id) which message it was that told."""
    if mails:
        db.session.flush()
        tie = (
            sa.update(Reminder.__table__)
            .where(Reminder.__table__.c.id == sa.bindparam("reminder"))
            .values(message_id=sa.bindparam("mail"))
        )
        db.session.execute(tie, [{"reminder": id, "mail": mail.id} for id, mail in mails.items()])


def _chunks(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]
