"""Who is told of something due, as what, and at which moments: decided here, for the engine and for the simulator.

Nothing here asks the database. Whom a level of escalation means follows from the people around the thing, given as
values of any one kind: the simulator gives ids, day by day; the engine gives columns that hold ids, so that the
database works it out for all things at once, and its cost grows with what is due now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from rmhr.core.due.sources import Source
from rmhr.models.reminders import EscalationLevel, MailFrequency, ReminderPreference
from rmhr.reminders.units import UnitCalendar

#: Between these hours people are told who have not chosen any, on the wall clock of their place of work.
OPENS, CLOSES = 7, 19

Value = TypeVar("Value")


class Kind(Protocol):
    """A kind of due things or of news."""

    @property
    def name(self) -> str:
        """What it is called in what people chose."""

    @property
    def must(self) -> str:
        """Why it is always mailed; "" where nobody needs it."""


class Choice(Protocol[Value]):
    """How one chooses among values of a kind, some of which may be nobody."""

    def first(self, *values: Value) -> Value:
        """Returns the first that is somebody; nobody where none is."""

    def unless(self, value: Value, other: Value) -> Value:
        """Returns the value; nobody where it is the same as the other."""

    def given(self, somebody: Value, value: Value, other: Value) -> Value:
        """Returns the value where somebody is somebody, else the other."""


class AmongIds:
    """Chooses among ids of people, where None is nobody."""

    def first(self, *values: int | None) -> int | None:
        """Returns the first id; None where there is none."""
        return next((value for value in values if value is not None), None)

    def unless(self, value: int | None, other: int | None) -> int | None:
        """Returns the id; None where both are the same."""
        return value if value != other else None

    def given(self, somebody: int | None, value: int | None, other: int | None) -> int | None:
        """Returns the id where somebody is not None, else the other."""
        return value if somebody is not None else other


@dataclass(frozen=True)
class Around(Generic[Value]):
    """The people around something due on some day. Whoever does not work here any more is nobody."""

    owner_id: Value  # whose it is, even if they have left
    owner: Value  # the same person, while they work here
    supervisor: Value  # who leads the owner
    contact: Callable[[EscalationLevel], Value]  # who is named for the owner's unit


def meant(level: EscalationLevel, people: Around[Value], choose: Choice[Value]) -> Value:
    """Returns for whom a reminder is: one person at each level of escalation, or nobody.

    What somebody who has left still owes is for whoever led them to see to, else for HR. Without a supervisor the
    head of the unit is told in their place. Nobody is told of their own thing as somebody else.
    """
    if level is EscalationLevel.OWNER:
        return choose.first(people.owner, people.supervisor, people.contact(EscalationLevel.HR))
    if level is EscalationLevel.SUPERVISOR:
        found = choose.first(people.supervisor, people.contact(EscalationLevel.HEAD))
    else:
        found = people.contact(level)
    return choose.unless(found, people.owner_id)


def told(
    level: EscalationLevel,
    people: Around[Value],
    meant: Value,
    deputy: Value,
    choose: Choice[Value],
    *,
    personal: bool,
) -> Value:
    """Returns who is told: whoever stands in for the person who is meant, else that person.

    What is personal no deputy can do: of that the supervisor hears while its owner is away, and can move its day.
    """
    if personal and level is EscalationLevel.OWNER:
        boss = choose.given(deputy, people.supervisor, deputy)
        deputy = choose.given(people.owner, boss, deputy)
    return choose.first(deputy, meant)


def told_besides(
    levels: Sequence[EscalationLevel], level: EscalationLevel, people: Around[int | None]
) -> tuple[tuple[EscalationLevel, int], ...]:
    """Returns the levels at which somebody besides the owner, and besides `level`, is really told, with their ids.

    Who has no supervisor is not threatened with one: the head of the unit is told in their place, or nobody.
    """
    found: dict[EscalationLevel, int] = {}
    for each in levels:
        if each in (EscalationLevel.OWNER, level) or (id := meant(each, people, AmongIds())) is None:
            continue
        alone = each is EscalationLevel.SUPERVISOR and people.supervisor is None
        found.setdefault(EscalationLevel.HEAD if alone else each, id)
    return tuple(found.items())


@dataclass(frozen=True)
class Reader:
    """How and when one person is told: by the clock and the holidays of where they work, and by what they wish."""

    calendar: UnitCalendar
    wish: ReminderPreference | None

    @property
    def frequency(self) -> MailFrequency:
        """How often they want mail."""
        return self.wish.frequency if self.wish else MailFrequency.AT_ONCE

    @property
    def bundled(self) -> bool:
        """Whether they get one mail a day at most."""
        return self.frequency is not MailFrequency.AT_ONCE

    @property
    def hours(self) -> tuple[int, int]:
        """From which hour until before which hour they are told, on their wall clock."""
        if self.wish is None:
            return OPENS, CLOSES
        opens, closes = self.wish.opens, self.wish.closes
        if self.bundled:
            opens = max(opens, min(self.wish.hour, closes - 1))
        return opens, closes

    @property
    def chat(self) -> bool:
        """Whether they want it in the bank's chat, too."""
        return self.wish is not None and self.wish.chat

    def mailed(self, kind: Kind) -> bool:
        """Whether this kind of thing is mailed to them; otherwise it only stands in their inbox."""
        return bool(kind.must) or self.wish is None or kind.name not in self.wish.silent

    def wants(self, source: Source, day: date) -> bool:
        """Whether they want to hear of this kind of thing on that day, be it a working day or not.

        Who wants one mail a week still hears every day of what cannot be switched off.
        """
        return (
            self.frequency is not MailFrequency.WEEKLY
            or bool(source.must)
            or self.calendar.first_of_week(day)
        )

    def told_on(self, source: Source, day: date) -> bool:
        """Whether that is a day on which they are told of this kind of thing."""
        return self.calendar.works_on(day) and self.wants(source, day)

    def told_at(self, source: Source, moment: datetime) -> bool:
        """Whether they are told of this kind of thing at that moment."""
        wall = self.calendar.local(moment)
        opens, closes = self.hours
        return opens <= wall.hour < closes and self.told_on(source, wall.date())

    def told_after(self, source: Source, day: date, moment: datetime) -> bool:
        """Whether they are told of this kind of thing on what is left of that day after the moment."""
        wall = self.calendar.local(moment)
        over = wall.date() == day and wall.hour >= self.hours[1]
        return not over and self.told_on(source, day)
