"""Reminder rules and forecasts as the pages draw them: the days of a rule, the mails of each day, lists, totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import request

from rmhr.core import clock
from rmhr.core.charts import Figure
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import ReminderStep, occurrences
from rmhr.core.i18n import gettext, language, ngettext
from rmhr.core.timecharts import around, columns
from rmhr.core.words import day_text
from rmhr.models.reminders import EscalationLevel
from rmhr.reminders.rules import current, forecast_totals, queries, wording
from rmhr.reminders.rules.simulator import Forecast, ForecastReminder
from rmhr.web.back import with_query
from rmhr.web.numbers import whole

#: How many lines a page of a day's list has.
SIZE = 50
#: "14 Dec" below the first working day of each week.
MARK = {"en": "d MMM", "de": "d. MMM"}
MONDAY = 0


def rule_figure(steps: Iterable[ReminderStep]) -> Figure:
    """A rule as a line per level of escalation, with the due day in the middle."""
    made = occurrences(steps)
    told = [level for level in EscalationLevel if any(level in occurrence.to for occurrence in made)]
    marks = [
        (
            occurrence.order,
            wording.short(occurrence),
            _capital(wording.when(occurrence.after, occurrence.basis)),
            [str(level.label) for level in occurrence.to],
        )
        for occurrence in made
    ]
    title = gettext(
        "%(number)s around the day on which it is due: %(rule)s",
        number=ngettext("%(num)s reminder", "%(num)s reminders", len(made)),
        rule=wording.rule_words(steps),
    )
    return around(marks, [str(level.label) for level in told], title, centre=gettext("due"))


def stored_words(source: sources.Source) -> list[tuple[str, str]]:
    """What holds now and what is coming, each as (words, the rule in words)."""
    now = current.on_day(clock.today())[source.name]
    said = [(gettext("In force now"), wording.rule_words(now.steps))]
    for version in queries.versions(source):
        if version.coming:
            begins = gettext("Coming, from %(day)s", day=day_text(version.rule.valid_from))
            said.append((begins, wording.rule_words(version.steps)))
    return said


@dataclass(frozen=True)
class Row:
    """One line of a day's list."""

    who: str
    as_what: Any
    about: str  # whose thing it is; "" where it is their own
    kind: str
    due_on: date
    when: str
    mailed: bool


class ForecastPage:
    """A forecast as its page shows it, next to another with which it is compared."""

    def __init__(self, forecast: Forecast, before: Forecast | None = None) -> None:
        self.forecast = forecast
        self.before = before
        self.people = forecast_totals.people(forecast)
        self.mails = sum(forecast_totals.mails(forecast).values())
        self.things = len(forecast.reminders)
        self.capped = forecast.capped
        self.most_told = forecast_totals.most_told(forecast)
        self.day = self._chosen()
        self._rows = forecast_totals.on_day(forecast, self.day)
        self.total = len(self._rows)
        self.page = max(1, min(whole(request.args.get("page")) or 1, -(-self.total // SIZE) or 1))

    @property
    def figure(self) -> Figure:
        """Mails per day; where something is compared, beside those of today's rules."""
        after = forecast_totals.mails(self.forecast)
        before = forecast_totals.mails(self.before) if self.before else {}
        rows = [(self._mark(day), day_text(day), after[day], before.get(day)) for day in self.forecast.days]
        title = gettext("Mails per day, from %(first)s to %(last)s", first=rows[0][1], last=rows[-1][1])
        names = (gettext("mails with the proposed rule"), gettext("mails as it is now"))
        return columns(rows, title, names=names if self.before else (gettext("mails"), ""))

    @property
    def levels(self) -> list[tuple[Any, int, int | None]]:
        """(as what, how often, how often as it is now) for everybody who is ever told."""
        after = forecast_totals.per_level(self.forecast)
        before = forecast_totals.per_level(self.before) if self.before else {}
        return [
            (level.label, after[level], before.get(level) if self.before else None)
            for level in EscalationLevel
            if after[level] or before.get(level)
        ]

    @property
    def rows(self) -> list[Row]:
        """The chosen day's list, one page of it."""
        start = (self.page - 1) * SIZE
        return [self._row(each) for each in self._rows[start : start + SIZE]]

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days that can be chosen: those on which something is said."""
        counted: dict[date, int] = {}
        for each in self.forecast.reminders:
            counted[each.day] = counted.get(each.day, 0) + 1
        return [
            (day.isoformat(), f"{day_text(day)}: {ngettext('%(num)s reminder', '%(num)s reminders', number)}")
            for day, number in sorted(counted.items())
        ]

    @property
    def first(self) -> int:
        """The number of the first line on this page."""
        return (self.page - 1) * SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last line on this page."""
        return min(self.page * SIZE, self.total)

    @property
    def back_url(self) -> str | None:
        """The page before."""
        return self._url(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        """The page after."""
        return self._url(self.page + 1) if self.last < self.total else None

    @property
    def kept(self) -> dict[str, str]:
        """What else stands in the address."""
        return {name: value for name, value in request.args.items() if name not in ("day", "page")}

    def _url(self, page: int) -> str:
        query = {**self.kept, "day": self.day.isoformat(), "page": str(page)}
        return with_query(str(request.endpoint), query, **(request.view_args or {}))

    def _chosen(self) -> date:
        wanted = request.args.get("day", "")
        for day in self.forecast.days:
            if day.isoformat() == wanted:
                return day
        return forecast_totals.next_day(self.forecast) or self.forecast.days[0]

    def _mark(self, day: date) -> str:
        return format_date(day, MARK[language()], locale=language()) if day.weekday() == MONDAY else ""

    def _row(self, each: ForecastReminder) -> Row:
        return row_of(self.forecast, each)


def row_of(forecast: Forecast, each: ForecastReminder) -> Row:
    """A reminder of a forecast in words."""
    people = forecast.people
    return Row(
        who=people[each.recipient_id].name,
        as_what=each.level.label,
        about=people[each.owner_id].name if each.owner_id != each.recipient_id else "",
        kind=gettext(each.source.label),
        due_on=each.due_on,
        when=wording.when(each.occurrence.after, each.occurrence.basis),
        mailed=each.mailed,
    )


def as_table(forecast: Forecast) -> tuple[Sequence[str], list[list[Any]]]:
    """Everything as (head, rows) of a file for a spreadsheet."""
    head = [
        gettext("Day"),
        gettext("Who is told"),
        gettext("As"),
        gettext("About"),
        gettext("What kind"),
        gettext("Due"),
        gettext("Reminder"),
        gettext("How"),
    ]
    rows = []
    for each in forecast_totals.in_order(forecast, forecast.reminders):
        row = row_of(forecast, each)
        how = gettext("By mail") if row.mailed else gettext("Inbox only")
        about = row.about or row.who
        rows.append([each.day, row.who, row.as_what, about, row.kind, row.due_on, row.when, how])
    return head, rows


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
