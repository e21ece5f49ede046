"""Whom to tell of what now, and the one mail per person that does it. Each reminder goes out exactly once.

What is to be said is asked of the database (`unsent`), less what was said already. That somebody was told is a row
with a unique key, written before the mail and in the same transaction: whoever comes second writes nothing and
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.cadence import Beat
from rmhr.core.mail import channels, outbox
from rmhr.core.mail.channels import Told
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Digest, Party, Reminder, ReminderPreference
from rmhr.models.system import Message
from rmhr.reminders import notifications, pending, places, unsubscribe
from rmhr.reminders.letters import Letter, Nudge, others_told
from rmhr.reminders.places import Atlas, Place
from rmhr.reminders.recipients import Reader
from rmhr.reminders.rules import current

#: Values go to the database so many at a time: a statement has room for a limited number.
CHUNK = 500
#: Who is told as two things at once is told as the first of them.
ORDER = {party.value: number for number, party in enumerate(Party)}


def waiting(on: date | None = None) -> list[Nudge]:
    """All that is to be said and was not said yet, person by person, the most urgent first.

    With `on` as if it were that day everywhere, at whatever hour; without, what may be said at this moment: on a
    working day, in the hours and in the rhythm of each person. A constant number of statements.
    """
    world = places.atlas()
    now = clock.now()

    def day_in(place: Place) -> date:
        return on or place.local(now).date()

    found = list(_rows(world, day_in, on or clock.today()))
    people = _people({id for row, _cadence in found for id in (row.recipient_id, row.owner_id, row.meant_id)})
    readers = _readers({row.recipient_id for row, _cadence in found}, world)
    quiet = _had_their_digest(readers, day_in)
    nudges: dict[tuple[Any, ...], Nudge] = {}
    for row, cadence in sorted(found, key=lambda each: ORDER[each[0].party]):
        reader = readers[row.recipient_id]
        if row.recipient_id in quiet or not _may_be_told(reader, cadence.source, on, now):
            continue
        nudge = _nudge(row, cadence, reader, people, day_in(reader.place))
        # One person may be supervisor and head of the unit: told once, as what comes first on the ladder.
        nudges.setdefault((*nudge.key, row.recipient_id), nudge)
    return sorted(nudges.values(), key=lambda nudge: (nudge.recipient.id, nudge.due.on, nudge.key))


def _rows(world: Atlas, day_in: Any, day: date) -> Iterator[tuple[Any, current.Cadence]]:
    for cadence in current.sending(day):
        query = pending.statement(cadence, world, day_in, day)
        if query is not None:
            for row in db.session.execute(query):
                yield row, cadence


def _nudge(
    row: Any, cadence: current.Cadence, reader: Reader, people: Mapping[int, User], day: date
) -> Nudge:
    beat = next(beat for beat in cadence.beats if beat.key == row.nudge)
    return Nudge(
        recipient=people[row.recipient_id],
        due=sources.of(row),
        beat=beat,
        party=Party(row.party),
        owner=people[row.owner_id],
        meant=people[row.meant_id],
        next=_next(beat, cadence.beats, Party(row.party)),
        day=day,
        region=reader.place.region,
        mailed=reader.mailed(cadence.source),
        chat=reader.chat,
        digest=reader.bundled,
    )


def _next(beat: Beat, beats: Sequence[Beat], party: Party) -> Beat | None:
    """The next beat that tells somebody besides the owner and whoever is told now."""
    later = beats[beats.index(beat) + 1 :]
    return next((each for each in later if set(each.to) - {Party.OWNER, party}), None)


def _people(ids: set[int]) -> dict[int, User]:
    found: dict[int, User] = {}
    for some in _chunks(sorted(ids)):
        found |= {user.id: user for user in db.session.scalars(sa.select(User).where(User.id.in_(some)))}
    return found


def _readers(ids: set[int], world: Atlas) -> dict[int, Reader]:
    units: dict[int, int] = {}
    wishes: dict[int, ReminderPreference] = {}
    for some in _chunks(sorted(ids)):
        works = sa.select(Employee.user_id, Employee.unit_id).where(Employee.user_id.in_(some))
        units |= dict(db.session.execute(works).all())
        wanted = sa.select(ReminderPreference).where(ReminderPreference.user_id.in_(some))
        wishes |= {wish.user_id: wish for wish in db.session.scalars(wanted)}
    return {id: Reader(world.place(units.get(id)), wishes.get(id)) for id in ids}


def _had_their_digest(readers: Mapping[int, Reader], day_in: Any) -> set[int]:
    """Who has had today's one mail."""
    days = {id: day_in(reader.place) for id, reader in readers.items() if reader.bundled}
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


def _who(nudge: Nudge) -> Any:
    """Whose it is, without asking the database again after a commit."""
    return sa.inspect(nudge.recipient).identity


def batches(nudges: Sequence[Nudge], most: int = CHUNK) -> Iterator[list[Nudge]]:
    """The nudges of so many people at a time; never half of one person's."""
    some: list[Nudge] = []
    for number, (_id, mine) in enumerate(groupby(nudges, key=_who), 1):
        some += mine
        if number % most == 0:
            yield some
            some = []
    if some:
        yield some


def send_due(on: date | None = None, most: int = CHUNK) -> int:
    """Tell at most `most` people what is due; say of how many things. The caller commits."""
    return send(next(batches(waiting(on), most), []))


def send(nudges: Sequence[Nudge]) -> int:
    """Tell these, less what somebody else has said meanwhile; say of how many things. The caller commits."""
    # A commit since they were looked for has made everybody stale: one statement, not one for each.
    users = (user for nudge in nudges for user in (nudge.recipient, nudge.owner, nudge.meant))
    _people({state.identity[0] for user in users if (state := sa.inspect(user)).identity})
    nudges = _without_second_digests(nudges)
    written = _write_down(nudges)
    ours = [nudge for nudge in nudges if (*nudge.key, nudge.recipient.id) in written]
    told = others_told(ours)
    mails: dict[int, Message] = {}
    said: list[Told] = []
    for _key, group in groupby(ours, key=lambda nudge: (nudge.recipient.id, not nudge.mailed)):
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
        mails |= {written[(*nudge.key, nudge.recipient.id)]: message for nudge in mine}
    channels.tell(said)
    _tie(mails)
    return len(mails)


def _without_second_digests(nudges: Sequence[Nudge]) -> list[Nudge]:
    """Write down who has their one mail now, and leave out whom another run has just written to."""
    days = {nudge.recipient.id: nudge.day for nudge in nudges if nudge.digest}
    had: set[int] = set()
    for some in _chunks(sorted(days)):
        rows = [{"user_id": id, "day": days[id], "created_at": clock.now()} for id in some]
        statement = _insert(Digest).values(rows).on_conflict_do_nothing().returning(Digest.user_id)
        had |= set(some) - set(db.session.scalars(statement))
    left = [nudge for nudge in nudges if nudge.recipient.id not in had]
    return sorted(left, key=lambda nudge: (nudge.recipient.id, not nudge.mailed, nudge.due.on, nudge.key))


def _write_down(nudges: Sequence[Nudge]) -> dict[tuple[Any, ...], int]:
    """Insert the reminders that nobody has inserted yet: their keys with the recipient, and ids."""
    written: dict[tuple[Any, ...], int] = {}
    columns = [*(getattr(Reminder, name) for name in pending.KEY), Reminder.recipient_id]
    for some in _chunks(nudges):
        rows = [
            {
                **dict(zip(pending.KEY, nudge.key, strict=True)),
                "recipient_id": nudge.recipient.id,
                "party": nudge.party,
                "created_at": clock.now(),
            }
            for nudge in some
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
