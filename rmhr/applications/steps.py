"""What happens next with an application: for colleagues in a line, for applicants as a way with stations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.criteria import Criterion, Importance, PostingVersion
from rmhr.models.documents import TextState

S = ApplicationStatus
#: Days in the same stage after which the list says so.
LONG, TOO_LONG = 7, 14
OPEN = (S.RECEIVED, S.SCREENING, S.SHORTLISTED, S.INTERVIEWING, S.APPROVED, S.OFFERED)


@dataclass(frozen=True)
class Step:
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


def next_step(application: Application) -> Step | None:
    """What colleagues have to do now, or nothing where it is over."""
    match application.status:
        case S.RECEIVED if application.cv.text_state is not TextState.FOUND:
            return Step(_("Screen, the CV is a scan"), application.screen_by)
        case S.RECEIVED:
            return Step(_("Screen"), application.screen_by)
        case S.SCREENING:
            return Step(_("Shortlist or reject"), application.screen_by)
        case S.SHORTLISTED:
            return Step(_("Plan the interview"), application.interview_by)
        case S.INTERVIEWING:
            return Step(_("Interview, then decide"))
        case S.APPROVED:
            return Step(_("Make the offer"))
        case S.OFFERED:
            return Step(_("Wait for the answer"))
    return None


def age_tone(application: Application) -> str:
    """How an open application's time in its stage is drawn."""
    if application.status not in OPEN:
        return ""
    days = (clock.today() - clock.local(application.status_since).date()).days
    return "bad" if days >= TOO_LONG else "warning" if days >= LONG else ""


def musts_met(application: Application) -> tuple[int, int] | None:
    """(met, all) of the criteria that must be met; nothing before the first is judged."""
    musts = {c.id for c in application.posting_version.criteria if c.importance is Importance.MUST}
    judged = [mark for mark in application.marks if mark.criterion_id in musts]
    if not judged:
        return None
    return sum(1 for mark in judged if mark.verdict.tone == "good"), len(musts)


#: The stations that an applicant sees, each with the statuses that lie in it.
STATIONS: tuple[tuple[Any, tuple[ApplicationStatus, ...]], ...] = (
    (_("Received"), (S.RECEIVED,)),
    (_("Screening"), (S.SCREENING,)),
    # Whoever has been decided on learns it with the offer, not from a word on a page.
    (_("Interview and decision"), (S.SHORTLISTED, S.INTERVIEWING, S.APPROVED)),
    (_("Offer"), (S.OFFERED, S.HIRED)),
)


def stations(application: Application) -> list[dict[str, Any]]:
    """The way of an application for components/path.html; empty where it ended before its end."""
    if application.status in (S.REJECTED, S.WITHDRAWN):
        return []
    here = next(n for n, (_words, statuses) in enumerate(STATIONS) if application.status in statuses)
    finished = application.status is S.HIRED
    return [
        {
            "words": words,
            "state": "done" if n < here or finished else "now" if n == here else "later",
            "note": "",
        }
        for n, (words, _statuses) in enumerate(STATIONS)
    ]


def said(application: Application, day: Any) -> str:
    """Where it stands and what comes next, in plain words for the applicant. `day` writes a date."""
    match application.status:
        case S.RECEIVED:
            return gettext(
                "Your application is here. Somebody from HR reads it against what the posting asks for, "
                "by %(day)s at the latest.",
                day=day(application.screen_by),
            )
        case S.SCREENING:
            return gettext(
                "Somebody from HR is reading your application against what the posting asks for. You hear "
                "from us by e-mail when that is decided."
            )
        case S.SHORTLISTED:
            return gettext("We would like to meet you. You get a date for the interview by e-mail.")
        case S.INTERVIEWING | S.APPROVED:
            return gettext(
                "Your interview is planned or has taken place. After it we decide, and write to you."
            )
        case S.OFFERED:
            return gettext("We have made you an offer. You find it on this page and can answer it here.")
        case S.HIRED:
            return gettext("You have accepted our offer. We look forward to you.")
        case S.REJECTED:
            return gettext(
                "We have decided not to go on with this application. We have written to you about it."
            )
        case _:
            return gettext("You have withdrawn this application. We have stopped looking at it.")


def public_state(application: Application) -> tuple[str, str, Any]:
    """Tone, icon and word of where it stands, for the applicant."""
    match application.status:
        case S.REJECTED:
            return "neutral", "x-circle", _("Ended")
        case S.WITHDRAWN | S.HIRED | S.RECEIVED | S.SCREENING as status:
            return status.tone, status.icon, _("Received") if status is S.RECEIVED else status.label
        case S.OFFERED:
            return "good", "envelope-open", _("Offer")
        case _:
            return "info", "chat-square-text", _("Interview")


def by_weight(version: PostingVersion) -> list[Criterion]:
    """The criteria in the order in which they are screened: the heaviest first, else as HR wrote them."""
    return sorted(version.criteria, key=lambda criterion: (-criterion.weight, criterion.position))


def left_to_judge(application: Application) -> str:
    """ "4 of 7 judged": the note beside the criteria."""
    judged, every = len(application.marks), len(application.posting_version.criteria)
    return ngettext("%(judged)s of %(num)s judged", "%(judged)s of %(num)s judged", every, judged=judged)
