"""What each status of an application means: one row of FACTS each, from which pages, lists and counts are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.models.applications import Application, ApplicationGroup, ApplicationStatus
from rmhr.models.documents import TextState

S, Group = ApplicationStatus, ApplicationGroup
#: Still with the people who screen.
TO_SCREEN = S.within(Group.NEW)
#: Everything that is not decided or taken back.
OPEN = S.within(Group.NEW, Group.IN_SELECTION)

#: Reasons for a rejection, by code, that fit only while an application stands so: what documents lack is said before
#: anybody has met, and that it was decided after an interview where there was one. All others fit always.
FITS = {
    "requirements": frozenset({*TO_SCREEN, S.SHORTLISTED}),
    "interview": frozenset({S.INTERVIEWING, S.APPROVED}),
}


def fits(reason: str, status: ApplicationStatus) -> bool:
    """Whether somebody in this status can be refused for the reason with this code."""
    return status in FITS.get(reason, OPEN)


class View(LabelEnum):
    """The tabs of the list, in their order; the value stands in its address."""

    SCREEN = "screen", _("To screen")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INTERVIEW = "interview", _("Interview")
    DECIDED = "decided", _("Decided and offered")
    ENDED = "ended", _("Ended")


class Station(LabelEnum):
    """The stations of the way as an applicant sees them."""

    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("Screening")
    # Whoever has been decided on learns it with the offer, not from a word on a page.
    INTERVIEW = "interview", _("Interview and decision")
    OFFER = "offer", _("Offer")


@dataclass(frozen=True)
class NextStep:
    """What is to be done: words, until when, and its tone where that is near or past."""

    words: Any
    on: date | None = None

    @property
    def tone(self) -> str:
        """Late is bad, today is warning."""
        if self.on is None or self.on > clock.today():
            return ""
        return "warning" if self.on == clock.today() else "bad"

    @property
    def icon(self) -> str:
        """Beside the words, never the colour alone."""
        return "clock-fill" if self.tone == "warning" else "exclamation-circle-fill"


@dataclass(frozen=True)
class Public:
    """Where an application stands, as its applicant sees it: tone, icon and word."""

    tone: str
    icon: str
    words: Any


def _nothing(_application: Application) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What one status means, for colleagues and for the applicant."""

    view: View
    said: Any  # what the applicant reads; it may name the day by which it is read, %(day)s
    public: Public
    step: Callable[[Any], NextStep | None] = _nothing  # what colleagues have to do now
    station: Station | None = None  # None where the way ended before its end
    arrived: bool = False  # the way is done

    def __post_init__(self) -> None:
        if self.arrived and self.station is None:
            raise ValueError("whoever has arrived stands at a station")


def _first_look(application: Application) -> NextStep:
    scan = application.text_state in (TextState.NONE, TextState.LITTLE)
    return NextStep(_("Screen a scanned CV") if scan else _("Screen"), application.screen_by)


_INTERVIEW = Public("info", "chat-square-text", _("Interview"))
_MEETING = _("Your interview is planned or has taken place. After it we decide, and write to you.")

FACTS: dict[ApplicationStatus, Facts] = {
    S.RECEIVED: Facts(
        view=View.SCREEN,
        step=_first_look,
        station=Station.RECEIVED,
        public=Public("neutral", "inbox", _("Received")),
        said=_(
            "We have received your application. Somebody from HR reads it and compares it with what the "
            "posting asks for, by %(day)s at the latest."
        ),
    ),
    S.SCREENING: Facts(
        view=View.SCREEN,
        step=lambda it: NextStep(_("Shortlist or reject"), it.screen_by),
        station=Station.SCREENING,
        public=Public("info", "search", _("In screening")),
        said=_(
            "Somebody from HR is comparing your application with what the posting asks for. You will "
            "hear from us by e-mail when that is decided."
        ),
    ),
    S.SHORTLISTED: Facts(
        view=View.SHORTLISTED,
        step=lambda it: NextStep(_("Plan the interview"), it.interview_by),
        station=Station.INTERVIEW,
        public=_INTERVIEW,
        said=_("We would like to meet you. You will receive a date for the interview by e-mail."),
    ),
    S.INTERVIEWING: Facts(
        view=View.INTERVIEW,
        step=lambda _it: NextStep(_("Interview, then decide")),
        station=Station.INTERVIEW,
        public=_INTERVIEW,
        said=_MEETING,
    ),
    S.APPROVED: Facts(
        view=View.DECIDED,
        step=lambda _it: NextStep(_("Make the offer")),
        station=Station.INTERVIEW,
        public=_INTERVIEW,
        said=_MEETING,
    ),
    S.OFFERED: Facts(
        view=View.DECIDED,
        step=lambda _it: NextStep(_("Wait for the answer")),
        station=Station.OFFER,
        public=Public("good", "envelope-open", _("Offer")),
        said=_("We have made you an offer. You find it on this page, with your answer and what comes next."),
    ),
    S.HIRED: Facts(
        view=View.ENDED,
        station=Station.OFFER,
        arrived=True,
        public=Public("good", "check-circle-fill", _("Hired")),
        said=_("You have accepted our offer. We look forward to working with you."),
    ),
    S.REJECTED: Facts(
        view=View.ENDED,
        public=Public("neutral", "x-circle", _("Ended")),
        said=_("We have decided not to take this application further and have written to you about it."),
    ),
    S.WITHDRAWN: Facts(
        view=View.ENDED,
        public=Public("neutral", "arrow-return-left", _("Withdrawn")),
        said=_("You have withdrawn this application. We have stopped looking at it."),
    ),
    S.REPLACED: Facts(
        view=View.ENDED,
        public=Public("neutral", "arrow-repeat", _("Replaced")),
        said=_(
            "You have sent another application for this position. That one counts; this one is set aside."
        ),
    ),
}


def in_view(view: View) -> tuple[ApplicationStatus, ...]:
    """The statuses that stand in a tab of the list."""
    return tuple(status for status, facts in FACTS.items() if facts.view is view)
