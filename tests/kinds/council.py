"""Requests to the works council, and hirings that did not wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.council import CouncilRequest, ProvisionalHiring
from rmhr.models.offers import OfferStatus
from tests.factories import council as make
from tests.factories import offers
from tests.kinds import Edit, NextStep, Opened

TODAY = {"asked_on", "answered_on", "court_on", "judged_on", "informed_on", "disputed_on", "ended_on"}


def _otherwise(it: CouncilRequest | ProvisionalHiring) -> None:
    with audit.acting(SYSTEM, "tests.arrange"):
        if isinstance(it, CouncilRequest):
            it.grouping = "Words of theirs"
        else:
            it.reason = "Words of theirs"


def _edit(flow: str, name: str, made: Callable[[], Any], **sent: str) -> Edit:
    def opened() -> Opened:
        it = made()
        days = {day: clock.today().isoformat() for day in TODAY}
        place = "/council/provisional" if flow == "provisional_hiring" else "/council"
        address = f"{place}/{it.id}/{name}"
        return Opened(it, make.hr(), address, days | sent, lambda: _otherwise(it), lambda: _state(it))

    return Edit(f"{flow}.transition", opened, name)


def _state(it: CouncilRequest | ProvisionalHiring) -> Any:
    hired = it.provisional is not None if isinstance(it, CouncilRequest) else None
    return it.status, hired, getattr(it, "answer_by", None)


EDITS = [
    _edit("council", "ask", make.to_ask, grouping="Pay group TG 7"),
    _edit("council", "ask_again", make.refused, note="What I typed here"),
    _edit("council", "consent", make.asked),
    _edit("council", "refuse", make.asked, ground="no_5", answer="Not advertised within the bank"),
    _edit("council", "go_to_court", make.refused),
    _edit("council", "replace", make.in_court, note="What I typed here"),
    _edit("council", "reject", make.in_court, note="What I typed here"),
    _edit("council", "hire_provisionally", make.asked, reason="Nobody else can sign there"),
    _edit("council", "withdraw", make.asked, note="What I typed here"),
    _edit("provisional_hiring", "dispute", make.provisional),
    _edit("provisional_hiring", "go_to_court", make.disputed),
    _edit("provisional_hiring", "let_stand", make.provisional),
    _edit("provisional_hiring", "end", make.disputed, note="What I typed here"),
]
NO_EDIT = {"council.documents": "gives a file and tells the history so; what is stored stays"}
NEXT_STEPS = [
    NextStep("council", "to_ask", make.to_ask),
    NextStep("council", "asked", make.asked),
    NextStep("council", "refused", make.refused),
    NextStep("provisional_hiring", "informed", make.provisional),
    NextStep("provisional_hiring", "disputed", make.disputed),
    NextStep("offers", "conditional", lambda: make.asked(OfferStatus.CONDITIONAL).offer),
    NextStep("offers", "conditional", offers.held_up),
]
