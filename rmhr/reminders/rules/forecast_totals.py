"""Totals of a forecast: mails and reminders per day, who is told how often as what, who would get most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rmhr.models.reminders import EscalationLevel
from rmhr.reminders.rules.simulator import Forecast, ForecastReminder

#: How many of those who get most are named.
MOST = 10


@dataclass(frozen=True)
class MostTold:
    """How much one person would get."""

    id: int
    name: str
    mails: int
    things: int


@dataclass(frozen=True)
class Totals:
    """What a forecast comes to."""

    days: Mapping[date, tuple[int, int]]  # (mails, reminders) on each
    levels: Mapping[EscalationLevel, int]  # how often somebody would be told as what
    most_told: Sequence[MostTold]
    people: int  # how many would be told of anything
    capped: int  # so many things were looked at, and there are more; 0: all were

    @property
    def mails(self) -> int:
        """How many mails would go out."""
        return sum(mails for mails, _reminders in self.days.values())

    @property
    def reminders(self) -> int:
        """How often somebody would be told of something."""
        return sum(reminders for _mails, reminders in self.days.values())

    @property
    def next_day(self) -> date:
        """The first day on which anything would be said; without any, the first of all."""
        return next((day for day, (_mails, reminders) in self.days.items() if reminders), min(self.days))


def totals(forecast: Forecast) -> Totals:
    """Returns what it comes to."""
    mailed, said = mails(forecast), Counter(each.day for each in forecast.reminders)
    return Totals(
        days={day: (mailed[day], said[day]) for day in forecast.days},
        levels=per_level(forecast),
        most_told=most_told(forecast),
        people=people(forecast),
        capped=forecast.capped,
    )


def mails(forecast: Forecast) -> dict[date, int]:
    """Returns how many mails would go out on each day: one per person, with everything in it."""
    letters = {(each.day, each.recipient_id) for each in forecast.reminders if each.mailed}
    counted = Counter(day for day, _id in letters)
    return {day: counted[day] for day in forecast.days}


def per_level(forecast: Forecast) -> dict[EscalationLevel, int]:
    """Returns how often somebody would be told of something as what they are."""
    counted = Counter(each.level for each in forecast.reminders)
    return {level: counted[level] for level in EscalationLevel}


def most_told(forecast: Forecast) -> list[MostTold]:
    """Returns who would get most: by mails, then by things."""
    letters = Counter(
        id for _day, id in {(each.day, each.recipient_id) for each in forecast.reminders if each.mailed}
    )
    things = Counter(each.recipient_id for each in forecast.reminders)
    found = [MostTold(id, forecast.people[id].name, letters[id], number) for id, number in things.items()]
    return sorted(found, key=lambda each: (-each.mails, -each.things, each.name))[:MOST]


def people(forecast: Forecast) -> int:
    """Returns how many people would be told of anything."""
    return len({each.recipient_id for each in forecast.reminders})


def on_day(forecast: Forecast, day: date) -> list[ForecastReminder]:
    """Returns what would be said on that day, person by person."""
    found = [each for each in forecast.reminders if each.day == day]
    return in_order(forecast, found)


def in_order(forecast: Forecast, reminders: Sequence[ForecastReminder]) -> list[ForecastReminder]:
    """Returns them by day, then by who is told, then by what is due first."""
    return sorted(
        reminders,
        key=lambda each: (
            each.day,
            forecast.people[each.recipient_id].name,
            each.recipient_id,
            each.due_on,
            each.source.name,
            each.subject_id,
            each.occurrence.order,
        ),
    )
