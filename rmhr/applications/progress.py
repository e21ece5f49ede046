"""How far an application is and what comes next: a line for colleagues, stations for its applicant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rmhr.applications.stages import FACTS, OPEN, NextStep, Public, Station
from rmhr.core import clock
from rmhr.core.i18n import ngettext
from rmhr.law import deadlines
from rmhr.models.applications import MEETS, Application
from rmhr.models.criteria import Criterion, Importance, PostingVersion

#: Days in the same stage after which the list says so.
LONG, TOO_LONG = deadlines.WAITS_LONG.number, deadlines.WAITS_TOO_LONG.number


def next_step(application: Any) -> NextStep | None:
    """What colleagues have to do now, or nothing where it is over. Of an application, or a row of its list."""
    return FACTS[application.status].step(application)


def age_tone(application: Any) -> str:
    """Returns the tone ("", warning, bad) of an open application's days in its status, or of a row of its list."""
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
    return sum(1 for mark in judged if mark.verdict in MEETS), len(musts)


def stations(application: Application) -> list[dict[str, Any]]:
    """The way of an application for components/path.html; empty where it ended before its end."""
    facts = FACTS[application.status]
    if facts.station is None:
        return []
    way = list(Station)
    here = way.index(facts.station)
    return [
        {
            "words": station.label,
            "state": "done" if n < here or facts.arrived else "now" if n == here else "later",
            "note": "",
        }
        for n, station in enumerate(way)
    ]


def said(application: Application, day: Callable[[date], str]) -> str:
    """Where it stands and what comes next, in plain words for the applicant. `day` writes a date."""
    return str(FACTS[application.status].said) % {"day": day(application.screen_by)}


def public_state(application: Application) -> Public:
    """Tone, icon and word of where it stands, for the applicant."""
    return FACTS[application.status].public


def by_weight(version: PostingVersion) -> list[Criterion]:
    """The criteria in the order in which they are screened: the heaviest first, else as HR wrote them."""
    return sorted(version.criteria, key=lambda criterion: (-criterion.weight, criterion.position))


def left_to_judge(application: Application) -> str:
    """ "4 of 7 judged": the note beside the criteria."""
    judged, every = len(application.marks), len(application.posting_version.criteria)
    return ngettext("%(judged)s of %(num)s judged", "%(judged)s of %(num)s judged", every, judged=judged)
