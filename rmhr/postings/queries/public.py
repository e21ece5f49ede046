"""What a stranger reads of a posting: facts in words, texts in the order of the page, pay as a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel.lists import format_list

from rmhr.core import charts
from rmhr.core.i18n import Words, gettext, language, ngettext
from rmhr.core.words import days_until, money, money_range
from rmhr.models.postings import Posting, RemoteWork, SectionKind
from rmhr.models.requisitions import PayPeriod
from rmhr.postings.queries.pieces import Pieces, pieces

#: What stands under "Who we are", above everything else.
OURSELVES = (SectionKind.CULTURE, SectionKind.VISION, SectionKind.MISSION)
#: What stands below the pay.
LAST = (
    SectionKind.BENEFITS,
    SectionKind.PROCESS,
    SectionKind.EQUAL_OPPORTUNITY,
    SectionKind.PRIVACY,
)
#: What stands between the two; the summary is the lead of the page.
MIDDLE = tuple(kind for kind in SectionKind if kind not in (*OURSELVES, *LAST, SectionKind.SUMMARY))


@dataclass(frozen=True)
class Part:
    """One section of the page: its heading, its text taken apart, and the language it is in."""

    heading: str
    text: Pieces
    language: str
    kind: SectionKind

    @property
    def numbered(self) -> bool:
        """Whether its points follow each other."""
        return self.kind is SectionKind.PROCESS

    @property
    def is_privacy(self) -> bool:
        """Whether the way to the whole notice belongs below it."""
        return self.kind is SectionKind.PRIVACY


def parts(posting: Posting, kinds: tuple[SectionKind, ...]) -> list[Part]:
    """The sections of these kinds that have a text, in the reader's language or else in the other one."""
    texts = posting.texts
    found = ((kind, texts[kind]) for kind in kinds if kind in texts)
    return [Part(str(kind.label), pieces(str(text)), text.speaks(), kind) for kind, text in found if text]


def speaks(text: Words) -> str | None:
    """The language of a text where it is not the page's: for its `lang`, so that it is read aloud rightly."""
    spoken = text.speaks()
    return spoken if text and spoken != language() else None


def pay(posting: Posting) -> str:
    """ "€58,000 to 74,000"; empty where nothing is said."""
    return pay_range(posting.pay_min, posting.pay_max, posting.currency)


def pay_range(pay_min: int | None, pay_max: int | None, currency: str) -> str:
    """The same of sums in minor units."""
    if not pay_min or not pay_max:
        return ""
    return money_range(pay_min, pay_max, currency)


def pay_said(posting: Posting) -> str:
    """The same as strangers may read it: nothing where the range is told to each applicant instead."""
    return pay(posting) if posting.pay_shown else ""


def pay_label(posting: Posting) -> str:
    """What the sum is: gross, for which time."""
    if posting.pay_period is PayPeriod.MONTH:
        return gettext("Gross pay a month, full time")
    return gettext("Gross pay a year, full time")


def pay_figure(posting: Posting) -> charts.Figure | None:
    """The range, with the part where most people begin."""
    low, high = posting.pay_min, posting.pay_max
    if not low or not high or low == high:
        return None
    usual = (posting.usual_min, posting.usual_max) if posting.usual_min != posting.usual_max else (None, None)

    def said(value: Any) -> str:
        return money(int(value), posting.currency)

    title = gettext("From %(low)s to %(high)s", low=said(low), high=said(high))
    if usual[0] is not None and usual[1] is not None:
        title = gettext(
            "From %(low)s to %(high)s, usual entry between %(from_)s and %(to)s",
            low=said(low),
            high=said(high),
            from_=said(usual[0]),
            to=said(usual[1]),
        )
    return charts.range_(low, high, *usual, title, said=said, words=gettext("usual entry"))


def days_left(posting: Posting) -> str:
    """ "18 days left", "last day today"; nothing where there is no deadline yet."""
    if posting.closes_on is None:
        return ""
    days = days_until(posting.closes_on)
    return (
        ngettext("%(num)s day left", "%(num)s days left", days)
        if days > 0
        else gettext("today is the last day")
    )


def places(posting: Posting) -> list[str]:
    """Everywhere that the job can be done, its own place first."""
    return [posting.place, *(each.place for each in posting.further_places)]


def page(posting: Posting) -> dict[str, Any]:
    """What the page of a job needs besides its addresses: the same for strangers and for a preview."""
    return {
        "summary": posting.section(SectionKind.SUMMARY),
        "ourselves": parts(posting, OURSELVES),
        "middle": parts(posting, MIDDLE),
        "last": parts(posting, LAST),
    }


def where(posting: Posting) -> str:
    """The place, or the places, and how much of the work can be done from home."""
    how_much = "" if posting.remote_work is RemoteWork.NONE else str(posting.remote_work.label)
    from_home = str(posting.remote) or how_much[:1].lower() + how_much[1:]
    return ", ".join(filter(None, [place(posting), from_home]))


def place(posting: Posting) -> str:
    """ "Kiel", or "Kiel or Lübeck" where one can choose."""
    names = [posting.place, *(other.place for other in posting.further_places)]
    return str(format_list(names, style="or", locale=language()))


def answer_within(posting: Posting) -> str:
    """By when somebody has read an application."""
    return ngettext("within %(num)s working day", "within %(num)s working days", posting.answer_days)


def offer_within(posting: Posting) -> str:
    """By when there is an offer; empty where the posting does not say it."""
    if not posting.offer_days:
        return ""
    return ngettext(
        "within %(num)s working day after the last day to apply",
        "within %(num)s working days after the last day to apply",
        posting.offer_days,
    )


def have_applied(number: int) -> str:
    """ "12 people have applied so far"; empty where nobody has: that is no news for whoever thinks of applying."""
    if not number:
        return ""
    return ngettext("%(num)s person has applied so far", "%(num)s people have applied so far", number)
