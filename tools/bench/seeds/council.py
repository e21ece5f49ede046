"""Requests to the works council: one for each offer, answered where somebody was hired, under way for the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rmhr.models.applications import ApplicationStatus
from rmhr.models.council import (
    CouncilRequest,
    CouncilStatus,
    ProvisionalHiring,
    ProvisionalStatus,
    RefusalGround,
)
from tools.bench.seeds import postings
from tools.bench.seeds.applications import Life, lives
from tools.bench.seeds.offers import WITH_OFFER, sent_at
from tools.bench.seeds.people import Staff
from tools.bench.seeds.rows import add, day, mixed, moment, stamped, working_day
from tools.bench.sizes import Size

C = CouncilStatus
#: How it stands with somebody who was hired, and with somebody who has an offer.
ANSWERED = (C.DEEMED, C.DEEMED, C.DEEMED, C.CONSENTED)
UNDER_WAY = (C.TO_ASK, C.ASKED, C.ASKED, C.REFUSED)
#: Of so many who were hired one was hired provisionally, after a refusal.
PROVISIONAL = 25
WEEK = timedelta(days=7)
WORDS = "Die vorgesehene Eingruppierung entspricht nicht der Tätigkeit (§ 99 Abs. 2 Nr. 1 BetrVG)."
URGENT = "Ohne die Stelle fallen in der Filiale vereinbarte Termine aus."


def fill(size: Size) -> None:
    """One request for each offer, and a provisional hiring for some."""
    staff = Staff(size)
    with_offer = [it for it in lives(size) if it.status in WITH_OFFER]
    add(CouncilRequest, (_request(staff, it) for it in with_offer))
    add(ProvisionalHiring, _provisional(with_offer))


def status_of(it: Life) -> CouncilStatus:
    """How the request about this person stands."""
    if it.status is ApplicationStatus.HIRED:
        return C.REFUSED if _is_provisional(it) else ANSWERED[mixed(it.number, "council", len(ANSWERED))]
    return UNDER_WAY[mixed(it.number, "council", len(UNDER_WAY))]


def _is_provisional(it: Life) -> bool:
    return it.status is ApplicationStatus.HIRED and mixed(it.number, "urgent", PROVISIONAL) == 0


def _asked_on(it: Life) -> date:
    """Those about whom it is not settled were asked in the last days."""
    if it.status is ApplicationStatus.HIRED:
        return sent_at(it).date()
    return day(-mixed(it.number, "asked", 5))


def _request(staff: Staff, it: Life) -> dict[str, Any]:
    status, asked_on = status_of(it), _asked_on(it)
    asked = status is not C.TO_ASK
    refused = status is C.REFUSED
    open_ = refused and not _is_provisional(it)
    return {
        "id": it.id,
        "offer_id": it.id,
        "status": status,
        "ask_by": working_day(3) if not asked else asked_on,
        "grouping": "Tarifgruppe 8" if asked else "",
        "asked_by_id": postings.recruiter(staff, it.posting) if asked else None,
        "asked_on": asked_on if asked else None,
        "answer_by": asked_on + WEEK if asked else None,
        "answered_on": asked_on if refused or status is C.CONSENTED else None,
        "ground": RefusalGround.LAW if refused else None,
        "answer": WORDS if refused else "",
        "decide_by": working_day(2) if open_ else None,
        **stamped(moment(asked_on)),
    }


def _provisional(with_offer: list[Life]) -> Iterator[dict[str, Any]]:
    for it in filter(_is_provisional, with_offer):
        informed = _asked_on(it)
        yield {
            "id": it.id,
            "request_id": it.id,
            "status": ProvisionalStatus.STANDS,
            "reason": URGENT,
            "informed_on": informed,
            "look_by": informed + timedelta(days=3),
            **stamped(moment(informed)),
        }
