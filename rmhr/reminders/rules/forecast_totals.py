"""Totals of a forecast: mails per day, who is told how often as what, who would get most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rmhr.models.reminders import EscalationLevel
from rmhr.reminders.rules.simulator import Forecast, ForecastReminder

#: How many of those who get most are named.
MOST = 10


@dataclass(frozen=True)
class MostTold:
    """How much one person would get."""

    name: str
    mails: int
    things: int


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
    found = [MostTold(forecast.people[id].name, letters[id], number) for id, number in things.items()]
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


def next_day(forecast: Forecast) -> date | None:
    """Returns the first day on which anything would be said."""
    return min((each.day for each in forecast.reminders), default=None)
