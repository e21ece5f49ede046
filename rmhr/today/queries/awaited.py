"""What somebody waits for from others, how often they have asked for it, and whether they may ask again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.due import calendar, lists, sources
from rmhr.core.due.lists import Key
from rmhr.core.due.sources import Due
from rmhr.core.i18n import gettext
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Unit, User
from rmhr.models.today import Ask
from rmhr.reminders import queries as reminder_queries
from rmhr.today.queries.today import HORIZON

#: So much of it is listed.
MOST_AWAITED = 12
#: One may ask from so long before the due date on, so often in all, and once on a working day.
ASK_FROM = deadlines.ASK_COLLEAGUE.span
ASK_TIMES = 3


@dataclass(frozen=True)
class Awaited:
    """Something that a colleague owes and that somebody else waits for."""

    due: Due
    owner: User
    asked: Sequence[datetime]  # by whomever, in order

    @property
    def asked_on(self) -> date | None:
        """The day on which its owner was asked for it last."""
        return clock.local(self.asked[-1]).date() if self.asked else None

    @property
    def ripe(self) -> bool:
        """Whether it is due soon enough to be asked for."""
        return self.due.on - clock.today() <= ASK_FROM

    @property
    def blocked(self) -> str | None:
        """Why one may not ask for it now, or None."""
        if not self.owner.is_active:
            return gettext("%(person)s has left.", person=self.owner.name)
        if not self.ripe:
            return gettext("You can remind somebody two days before it is due, not sooner.")
        if len(self.asked) >= ASK_TIMES:
            return gettext(
                "%(person)s has been reminded of it three times. Please talk.", person=self.owner.name
            )
        if self.asked_on is not None and clock.today() < self._again_on(self.asked_on):
            return gettext(
                "%(person)s has been reminded of it already; once a day is enough.", person=self.owner.name
            )
        return None

    def _again_on(self, last: date) -> date:
        return calendar.add_working_days(last, 1, reminder_queries.calendars.region_of(self.owner.employee))


def awaited_by(person: User) -> list[Awaited]:
    """What others owe this person, soonest first. One query."""
    query = _awaited(lists.sources())
    values = {"person": person.id, "until": clock.today() + HORIZON, "most": MOST_AWAITED}
    owners: dict[Due, User] = {}
    asked: dict[Due, list[datetime]] = defaultdict(list)
    for row in db.session.execute(query, values) if query is not None else ():
        due = sources.of(row)
        owners[due] = row.User
        if row.at is not None:
            asked[due].append(row.at)
    return [Awaited(due, owner, asked[due]) for due, owner in owners.items()]


@lists.kept
def _awaited(wanted: lists.Sources) -> Rows | None:
    """What PERSON waits for, each with its owner, and once for each time that they were asked for it."""
    rows = lists.awaited_rows(wanted)
    if rows is None:
        return None
    it = (Ask.source == rows.c.source, Ask.subject_id == rows.c.subject_id, Ask.due_on == rows.c.due_on)
    return (
        sa.select(*rows.c, User, Ask.at)
        .join(User, User.id == rows.c.owner_id)
        .outerjoin(Employee, Employee.user_id == User.id)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Ask, sa.and_(Ask.owner_id == User.id, *it))
        .options(contains_eager(User.employee).contains_eager(Employee.unit))
        .order_by(rows.c.due_on, rows.c.source, rows.c.subject_id, rows.c.owner_id, Ask.at, Ask.id)
    )


def with_asks(found: Sequence[Due]) -> list[Awaited]:
    """These things with their owners, and with when those were asked for them. One query."""
    if not found:
        return []
    query = (
        sa.select(User, Ask)
        .outerjoin(Ask, sa.and_(Ask.owner_id == User.id, Ask.due_on.in_({due.on for due in found})))
        .where(User.id.in_({due.owner_id for due in found}))
        .options(joinedload(User.employee).joinedload(Employee.unit))
        .order_by(Ask.at, Ask.id)
    )
    owners: dict[int, User] = {}
    asked: dict[tuple[str, int, int, date], list[datetime]] = defaultdict(list)
    for owner, ask in db.session.execute(query):
        owners[owner.id] = owner
        if ask is not None:
            asked[(ask.source, ask.subject_id, ask.owner_id, ask.due_on)].append(ask.at)
    return [Awaited(due, owners[due.owner_id], asked[due.key]) for due in found]


def awaited(person: User, key: Key) -> Awaited | None:
    """One thing that this person waits for; None where it is done, or was never theirs to wait for."""
    due = lists.find(key)
    if due is None or due.waits_id != person.id or due.owner_id == person.id:
        return None
    return Awaited(due, _people({due.owner_id})[0], asks(due))


def asks(due: Due) -> list[datetime]:
    """When its owner was asked for this thing."""
    query = sa.select(Ask.at).where(
        Ask.source == due.source.name,
        Ask.subject_id == due.subject_id,
        Ask.owner_id == due.owner_id,
        Ask.due_on == due.on,
    )
    return list(db.session.scalars(query.order_by(Ask.at, Ask.id)))


def _people(ids: set[int]) -> Sequence[User]:
    query = sa.select(User).where(User.id.in_(ids)).options(joinedload(User.employee))
    return db.session.scalars(query).unique().all()
