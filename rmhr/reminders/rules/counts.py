"""An outlook in figures: mails per day, who is told how often as what, who would get most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rmhr.models.reminders import Party
from rmhr.reminders.rules.simulator import Outlook, Telling

#: How many of those who get most are named.
MOST = 10


@dataclass(frozen=True)
class Told:
    """How much one person would get."""

    name: str
    mails: int
    things: int


def mails(outlook: Outlook) -> dict[date, int]:
    """How many mails would go out on each day: one per person, with everything in it."""
    letters = {(each.day, each.recipient_id) for each in outlook.tellings if each.mailed}
    counted = Counter(day for day, _id in letters)
    return {day: counted[day] for day in outlook.days}


def per_party(outlook: Outlook) -> dict[Party, int]:
    """How often somebody would be told of something as what they are."""
    counted = Counter(each.party for each in outlook.tellings)
    return {party: counted[party] for party in Party}


def most_told(outlook: Outlook) -> list[Told]:
    """Who would get most: by mails, then by things."""
    letters = Counter(
        id for _day, id in {(each.day, each.recipient_id) for each in outlook.tellings if each.mailed}
    )
    things = Counter(each.recipient_id for each in outlook.tellings)
    found = [Told(outlook.people[id].name, letters[id], number) for id, number in things.items()]
    return sorted(found, key=lambda each: (-each.mails, -each.things, each.name))[:MOST]


def people(outlook: Outlook) -> int:
    """How many people would be told of anything."""
    return len({each.recipient_id for each in outlook.tellings})


def on_day(outlook: Outlook, day: date) -> list[Telling]:
    """What would be said on that day, person by person."""
    found = [each for each in outlook.tellings if each.day == day]
    return in_order(outlook, found)


def in_order(outlook: Outlook, tellings: Sequence[Telling]) -> list[Telling]:
    """By day, then by who is told, then by what is due first."""
    return sorted(
        tellings,
        key=lambda each: (
            each.day,
            outlook.people[each.recipient_id].name,
            each.recipient_id,
            each.due_on,
            each.source.name,
            each.subject_id,
            each.beat.order,
        ),
    )


def next_day(outlook: Outlook) -> date | None:
    """The first day on which anything would be said."""
    return min((each.day for each in outlook.tellings), default=None)
