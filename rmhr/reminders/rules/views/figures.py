"""Rules and outlooks as the pages draw them: the ladder of a rule, the mails of each day, lists and totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import request, url_for

from rmhr.core import clock
from rmhr.core.charts import Figure
from rmhr.core.due import sources
from rmhr.core.due.cadence import Step, beats
from rmhr.core.i18n import gettext, language, ngettext
from rmhr.core.timecharts import around, columns
from rmhr.core.words import day_text
from rmhr.models.reminders import Party
from rmhr.reminders.rules import counts, current, queries, wording
from rmhr.reminders.rules.simulator import Outlook, Telling
from rmhr.web.numbers import whole

#: How many lines a page of a day's list has.
SIZE = 50
#: "14 Dec" below the first working day of each week.
MARK = {"en": "d MMM", "de": "d. MMM"}
MONDAY = 0


def ladder(steps: Iterable[Step]) -> Figure:
    """A rule as a line per party, with the due day in the middle."""
    made = beats(steps)
    told = [party for party in Party if any(party in beat.to for beat in made)]
    marks = [
        (
            beat.order,
            wording.short(beat),
            _capital(wording.when(beat.after, beat.basis)),
            [str(party.label) for party in beat.to],
        )
        for beat in made
    ]
    title = gettext(
        "%(number)s around the day on which it is due: %(rule)s",
        number=ngettext("%(num)s reminder", "%(num)s reminders", len(made)),
        rule=wording.rule_words(steps),
    )
    return around(marks, [str(party.label) for party in told], title, centre=gettext("due"))


def stored_words(source: sources.Source) -> list[tuple[str, str]]:
    """What holds now and what is coming, each as (words, the rule in words)."""
    now = current.in_force(clock.today())[source.name]
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


class Forecast:
    """An outlook as its page shows it, next to another with which it is compared."""

    def __init__(self, outlook: Outlook, before: Outlook | None = None) -> None:
        self.outlook = outlook
        self.before = before
        self.people = counts.people(outlook)
        self.mails = sum(counts.mails(outlook).values())
        self.things = len(outlook.tellings)
        self.capped = outlook.capped
        self.most_told = counts.most_told(outlook)
        self.day = self._chosen()
        self._rows = counts.on_day(outlook, self.day)
        self.total = len(self._rows)
        self.page = max(1, min(whole(request.args.get("page")) or 1, -(-self.total // SIZE) or 1))

    @property
    def figure(self) -> Figure:
        """Mails per day; where something is compared, beside those of today's rules."""
        after = counts.mails(self.outlook)
        before = counts.mails(self.before) if self.before else {}
        rows = [(self._mark(day), day_text(day), after[day], before.get(day)) for day in self.outlook.days]
        title = gettext("Mails per day, from %(first)s to %(last)s", first=rows[0][1], last=rows[-1][1])
        names = (gettext("mails with the proposed rule"), gettext("mails as it is now"))
        return columns(rows, title, names=names if self.before else (gettext("mails"), ""))

    @property
    def parties(self) -> list[tuple[Any, int, int | None]]:
        """(as what, how often, how often as it is now) for everybody who is ever told."""
        after = counts.per_party(self.outlook)
        before = counts.per_party(self.before) if self.before else {}
        return [
            (party.label, after[party], before.get(party) if self.before else None)
            for party in Party
            if after[party] or before.get(party)
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
        for each in self.outlook.tellings:
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
        values: dict[str, Any] = {**(request.view_args or {}), **self.kept, "day": self.day, "page": page}
        return url_for(str(request.endpoint), **values)

    def _chosen(self) -> date:
        wanted = request.args.get("day", "")
        for day in self.outlook.days:
            if day.isoformat() == wanted:
                return day
        return counts.next_day(self.outlook) or self.outlook.days[0]

    def _mark(self, day: date) -> str:
        return format_date(day, MARK[language()], locale=language()) if day.weekday() == MONDAY else ""

    def _row(self, each: Telling) -> Row:
        return row_of(self.outlook, each)


def row_of(outlook: Outlook, each: Telling) -> Row:
    """A telling in words."""
    people = outlook.people
    return Row(
        who=people[each.recipient_id].name,
        as_what=each.party.label,
        about=people[each.owner_id].name if each.owner_id != each.recipient_id else "",
        kind=gettext(each.source.label),
        due_on=each.due_on,
        when=wording.when(each.beat.after, each.beat.basis),
        mailed=each.mailed,
    )


def as_table(outlook: Outlook) -> tuple[Sequence[str], list[list[Any]]]:
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
    for each in counts.in_order(outlook, outlook.tellings):
        row = row_of(outlook, each)
        how = gettext("By mail") if row.mailed else gettext("Inbox only")
        day, due_on = each.day.isoformat(), row.due_on.isoformat()
        rows.append([day, row.who, row.as_what, row.about or row.who, row.kind, due_on, row.when, how])
    return head, rows


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
