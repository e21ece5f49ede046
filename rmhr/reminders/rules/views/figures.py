"""Reminder rules and forecasts as the pages draw them: the days of a rule, the mails of each day, lists, totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import request

from rmhr.core import clock, registry
from rmhr.core.charts import Figure
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import ReminderStep, occurrences
from rmhr.core.i18n import gettext, language, ngettext
from rmhr.core.timecharts import around, columns
from rmhr.core.words import day_text
from rmhr.models.reminders import EscalationLevel, ForecastRun
from rmhr.reminders.rules import current, forecast_totals, forecasts, queries, wording
from rmhr.reminders.rules.forecast_totals import Totals
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


#: Gives lines of a day's list: so many, from that one on.
Listed = Callable[[date, int, int], Sequence[Row]]


def page_of(forecast: Forecast, before: Forecast | None = None) -> ForecastPage:
    """A forecast that was just worked out, as its page shows it."""

    def listed(day: date, first: int, count: int) -> Sequence[Row]:
        found = forecast_totals.on_day(forecast, day)[first : first + count]
        return [row_of(forecast, each) for each in found]

    compared = forecast_totals.totals(before) if before is not None else None
    return ForecastPage(forecast_totals.totals(forecast), listed, compared)


def page_of_run(run: ForecastRun) -> ForecastPage:
    """A forecast that was kept, as its page shows it."""
    totals = forecasts.totals(run)

    def listed(day: date, first: int, count: int) -> Sequence[Row]:
        earlier = sum(reminders for each, (_mails, reminders) in totals.days.items() if each < day)
        return [row_of_run(row) for row in forecasts.rows(run, earlier + first, count)]

    return ForecastPage(totals, listed)


class ForecastPage:
    """A forecast as its page shows it, next to another with which it is compared."""

    def __init__(self, totals: Totals, listed: Listed, before: Totals | None = None) -> None:
        self.totals = totals
        self.before = before
        self.people = totals.people
        self.mails = totals.mails
        self.things = totals.reminders
        self.capped = totals.capped
        self.most_told = totals.most_told
        self.day = self._chosen()
        self.total = totals.days[self.day][1]
        self.page = max(1, min(whole(request.args.get("page")) or 1, -(-self.total // SIZE) or 1))
        self.first_day = min(totals.days)
        self._listed = listed

    @property
    def figure(self) -> Figure:
        """Mails per day; where something is compared, beside those of today's rules."""
        before = self.before.days if self.before else {}
        rows = [
            (self._mark(day), day_text(day), mails, before[day][0] if day in before else None)
            for day, (mails, _reminders) in self.totals.days.items()
        ]
        title = gettext("Mails per day, from %(first)s to %(last)s", first=rows[0][1], last=rows[-1][1])
        names = (gettext("mails with the proposed rule"), gettext("mails as it is now"))
        return columns(rows, title, names=names if self.before else (gettext("mails"), ""))

    @property
    def levels(self) -> list[tuple[Any, int, int | None]]:
        """(as what, how often, how often as it is now) for everybody who is ever told."""
        after, before = self.totals.levels, self.before.levels if self.before else {}
        return [
            (level.label, after[level], before.get(level) if self.before else None)
            for level in EscalationLevel
            if after[level] or before.get(level)
        ]

    @property
    def rows(self) -> Sequence[Row]:
        """The chosen day's list, one page of it."""
        return self._listed(self.day, (self.page - 1) * SIZE, SIZE)

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days that can be chosen: those on which something is said."""
        return [
            (day.isoformat(), f"{day_text(day)}: {ngettext('%(num)s reminder', '%(num)s reminders', number)}")
            for day, (_mails, number) in self.totals.days.items()
            if number
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
        for day in self.totals.days:
            if day.isoformat() == wanted:
                return day
        return self.totals.next_day

    def _mark(self, day: date) -> str:
        return format_date(day, MARK[language()], locale=language()) if day.weekday() == MONDAY else ""


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


def row_of_run(row: Any) -> Row:
    """A row of a forecast that was kept, in words."""
    source = registry.SOURCES.get(row.source)
    return Row(
        who=row.told,
        as_what=row.level.label,
        about=row.about if row.owner_id != row.recipient_id else "",
        kind=gettext(source.label) if source is not None else row.source,
        due_on=row.due_on,
        when=wording.when(row.after, row.basis),
        mailed=row.mailed,
    )


def as_table(rows: Iterable[tuple[date, Row]]) -> tuple[Sequence[str], Iterator[list[Any]]]:
    """Everything as (head, rows) of a file for a spreadsheet; `rows` with their days."""
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
    return head, (_line(day, row) for day, row in rows)


def _line(day: date, row: Row) -> list[Any]:
    how = gettext("By mail") if row.mailed else gettext("Inbox only")
    return [day, row.who, row.as_what, row.about or row.who, row.kind, row.due_on, row.when, how]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
