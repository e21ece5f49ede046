"""How dates, times, money, texts and people read in a page, a mail or a file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any

import nh3
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_currency, format_decimal, get_currency_precision
from jinja2.utils import urlize
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from rmhr.core import clock
from rmhr.core.i18n import gettext, language, ngettext
from rmhr.core.patterns import Pattern

#: Babel's patterns: with weekday, long, without weekday; and with the year where it is not the present one.
SHORT = {"en": "EEE d MMM", "de": "ccc d. MMM"}
LONG = {"en": "EEEE d MMMM y", "de": "EEEE, d. MMMM y"}
BARE = {"en": "d MMM y", "de": "d. MMM y"}

#: So far ahead the minutes are counted until something begins.
SOON = timedelta(hours=1)
#: A line of a mail that is nothing but words and, behind them, where they lead.
_LINK = Pattern(r"(?P<words>.*\S): (?P<url>https?://\S+)")
#: The beginning or the end of a heading that staff wrote, and its level.
_HEADING = Pattern(r"(</?h)([34])>")
#: The same days, times and sums stand on many pages; Babel puts each together anew.
_KEPT = 8192
_as_date = lru_cache(maxsize=_KEPT)(format_date)
_as_time = lru_cache(maxsize=_KEPT)(format_time)
_as_money = lru_cache(maxsize=_KEPT)(format_currency)
_as_number = lru_cache(maxsize=_KEPT)(format_decimal)
_markdown = MarkdownIt("js-default", {"linkify": False, "html": False})
TAGS = {"p", "ul", "ol", "li", "strong", "em", "br", "a", "h3", "h4", "blockquote", "hr", "code"}


def _date(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> Markup:
    """ "Mon 30 Nov"; with the year where it is another one. The full date for screen readers and on hover."""
    on = _date(value)
    pattern = SHORT[language()] + ("" if on.year == clock.today().year else " y")
    said = _as_date(on, pattern, locale=language())
    return Markup('<time datetime="{}" title="{}">{}</time>').format(on.isoformat(), day_long(on), said)


def day_text(value: date | datetime) -> str:
    """The same without markup, for sentences, mails and files."""
    on = _date(value)
    pattern = SHORT[language()] + ("" if on.year == clock.today().year else " y")
    return _as_date(on, pattern, locale=language())


def day_long(value: date | datetime) -> str:
    """ "Monday 30 November 2026"."""
    return _as_date(_date(value), LONG[language()], locale=language())


def day_bare(value: date | datetime) -> str:
    """ "30 Nov 2026"."""
    return _as_date(_date(value), BARE[language()], locale=language())


def time_of_day(value: datetime) -> str:
    """ "14:00", on the bank's wall clock."""
    return _as_time(
        clock.local(value).replace(tzinfo=None, second=0, microsecond=0), "HH:mm", locale=language()
    )


def moment(value: datetime) -> str:
    """ "Today, 09:10" or "Sat 21 Nov, 18:24"."""
    on = _date(value)
    said = gettext("Today") if on == clock.today() else day_text(on)
    return f"{said}, {time_of_day(value)}"


def zone(value: datetime) -> str:
    """The zone of a time of day, as the reader's language calls it on that day: "CET", "MEZ", else "UTC+04"."""
    on = clock.local(value)
    for name in (get_timezone_name(on, width="short", locale=language()), on.tzname() or ""):
        if name[:1].isalpha():
            return name
    return f"UTC{on:%z}".removesuffix("00")


def time_in_zone(value: datetime) -> str:
    """ "14:00 CET": for whoever may be elsewhere, as readers of mails are."""
    return gettext("%(time)s %(zone)s", time=time_of_day(value), zone=zone(value))


def moment_in_zone(value: datetime) -> str:
    """ "Sat 21 Nov, 18:24 CET". Never "today": a mail is read another day."""
    return f"{day_text(value)}, {time_in_zone(value)}"


def meeting(starts_at: datetime, ends_at: datetime) -> str:
    """ "Monday 7 December 2026, 14:00 to 15:00, time in Berlin (CET)"."""
    return gettext(
        "%(day)s, %(start)s to %(end)s, time in %(zone)s (%(code)s)",
        day=day_long(starts_at),
        start=time_of_day(starts_at),
        end=time_of_day(ends_at),
        zone=clock.zone().key.split("/")[-1].replace("_", " "),
        code=zone(starts_at),
    )


def begins_in(value: datetime) -> str:
    """ "Begins in 25 minutes"; empty for what has begun, and for what is more than SOON away."""
    ahead = value - clock.now()
    if not timedelta() < ahead <= SOON:
        return ""
    minutes = ceil(ahead / timedelta(minutes=1))
    return ngettext("Begins in %(num)s minute", "Begins in %(num)s minutes", minutes)


def in_days(value: date | datetime) -> str:
    """How long there is until something due: "in 7 days", "tomorrow", "today", "3 days late"."""
    days = (_date(value) - clock.today()).days
    if days < 0:
        return ngettext("%(num)s day late", "%(num)s days late", -days)
    if days == 0:
        return gettext("today")
    return gettext("tomorrow") if days == 1 else ngettext("in %(num)s day", "in %(num)s days", days)


def days_until(value: date | datetime) -> int:
    """How many days there are until then; negative when it is past."""
    return (_date(value) - clock.today()).days


def ago(value: date | datetime) -> str:
    """How long something has been: "today", "yesterday", "3 days ago"."""
    days = (clock.today() - _date(value)).days
    if days <= 0:
        return gettext("today")
    return gettext("yesterday") if days == 1 else ngettext("%(num)s day ago", "%(num)s days ago", days)


def days_since(value: date | datetime) -> str:
    """How long something has lasted: "today", "1 day", "9 days"."""
    days = (clock.today() - _date(value)).days
    return gettext("today") if days <= 0 else ngettext("%(num)s day", "%(num)s days", days)


def major(minor: int, currency: str) -> Decimal:
    """Minor units as the sum that people write: 62.50 of 6250 cents."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def money(minor: int, currency: str = "EUR") -> str:
    """Minor units as people write them, without ".00" where it is whole: "€58,000" or "58.000 €"."""
    exponent = get_currency_precision(currency)
    amount = Decimal(minor) / 10**exponent
    digits = "#,##0" if amount == amount.to_integral_value() else "#,##0." + "0" * exponent
    pattern = f"¤{digits}" if language() == "en" else f"{digits}\u00a0¤"
    return _as_money(amount, currency, format=pattern, locale=language(), currency_digits=False)


def money_range(low: int, high: int, currency: str = "EUR") -> str:
    """ "€58,000 to 74,000": the currency once, before the first sum in English, after the second in German."""
    least, most = money(low, currency), money(high, currency)
    if low == high:
        return least
    if language() == "de":
        least = least.rsplit("\xa0", 1)[0]
    else:
        most = most.lstrip("€£$").removeprefix(currency).strip()
    return gettext("%(low)s to %(high)s", low=least, high=most)


def number(value: Decimal | float | int) -> str:
    """A number as people write it, with at most two decimals."""
    return _as_number(value, format="#,##0.##", locale=language())


def markdown(text: Any, below: int = 2) -> Markup:
    """What staff wrote, as HTML: lists, emphasis, links; no script, no raw HTML, nothing from elsewhere.

    Its headings, "###" and "####", come next below a heading of the level `below`, from 1 to 4.
    """
    return Markup(_HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + below - 2}>", _rendered(str(text))))


@lru_cache(maxsize=2000)
def _rendered(text: str) -> str:
    """The parts of postings are much alike, and feeds show all of them each time that they are asked for."""
    return nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
    )


def paragraphs(text: Any) -> Markup:
    """Plain text of a person, its line breaks kept."""
    blocks = [block.strip() for block in str(text).replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n")))
        for block in blocks
    )


def sentence(words: str) -> str:
    """ "yearly, blocks …" where a line begins with it: "Yearly, blocks …"."""
    return words[:1].upper() + words[1:]


def linked(text: Any) -> Markup:
    """A mail as text: what stands before an address at the end of a line becomes the link to it."""
    return Markup("\n").join(
        Markup('<a href="{}" rel="noopener">{}</a>').format(found["url"], found["words"])
        if (found := _LINK.fullmatch(line))
        else Markup(urlize(line, rel="noopener"))
        for line in str(text).splitlines()
    )


def initials(name: str) -> str:
    """ "LB" for Lena Brandt: first and last word."""
    words = [word for word in name.split() if word[0].isalpha()]
    chosen = words if len(words) < 3 else [words[0], words[-1]]
    return "".join(word[0].upper() for word in chosen) or "?"
