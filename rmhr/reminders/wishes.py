"""What people may do without by mail, and how each wants to hear of news: by the same wishes as of reminders."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from rmhr.core import clock, registry
from rmhr.core.due.sources import Source
from rmhr.core.mail import news
from rmhr.core.mail.news import News, Wish
from rmhr.models.accounts import User
from rmhr.models.reminders import MailFrequency
from rmhr.reminders import queries, units, unsubscribe
from rmhr.reminders.recipients import Reader
from rmhr.reminders.units import UnitCalendar

#: Who hears of news as it comes gets what happens in this time in one mail.
GATHERED_FOR = timedelta(minutes=15)
#: The first working day of a week, and hours in which one is told, come round within so many days.
AHEAD = 15


def optional() -> dict[str, Source | News]:
    """The kinds that need not be mailed, by name: due things that no law asks for, and news."""
    due = {name: each for name, each in registry.SOURCES.items() if not each.must}
    return due | dict(registry.NEWS)


class _ByPreference:
    """Reads what people chose for their reminders."""

    def wish(self, reader: User, news: News) -> Wish:
        """In their hours, as often as they want mail, and only of what they want it. Four queries."""
        unit_id = reader.employee.unit_id if reader.employee else None
        chosen = Reader(units.directory().calendar(unit_id), queries.preferences.preference(reader))
        return Wish(
            mailed=chosen.mailed(news),
            at=_first_moment(chosen, clock.now()),
            unsubscribe=unsubscribe.address_of(reader, [news.name]),
        )


def _first_moment(reader: Reader, now: datetime) -> datetime:
    """When the mail may go: after a short wait, in the hours; to whom it comes bundled, at their hour."""
    earliest = now + GATHERED_FOR
    begins = reader.calendar.local(now if reader.bundled else earliest).date()
    for day in (begins + timedelta(days=number) for number in range(AHEAD)):
        if not _told_on(reader, day):
            continue
        opens, closes = (_at(reader.calendar, day, hour) for hour in reader.hours)
        if earliest <= opens:
            return opens
        if not reader.bundled and earliest < closes:
            return earliest
    return earliest


def _told_on(reader: Reader, day: date) -> bool:
    weekly = reader.frequency is MailFrequency.WEEKLY
    return reader.calendar.works_on(day) and (not weekly or reader.calendar.first_of_week(day))


def _at(calendar: UnitCalendar, day: date, hour: int) -> datetime:
    """A full hour of that day there; 24 is midnight after it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
    return (midnight + timedelta(hours=hour)).astimezone(clock.now().tzinfo)


news.register(_ByPreference())
