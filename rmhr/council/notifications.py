"""What the works council is written. It gets no more about applicants than the name and the job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rmhr.core import bank
from rmhr.core.i18n import _, gettext
from rmhr.core.mail.outbox import Notice
from rmhr.duties.queries.bodies import OF_LAW
from rmhr.models.accounts import User
from rmhr.models.council import CouncilRequest


@dataclass
class Council:
    """The works council as it is written to: outside the product, and in German, the language of its law."""

    email: str
    name: str
    language: str = "de"


def the_council(_request: CouncilRequest) -> Iterable[Council]:
    """Its address, where the bank has said one."""
    said = bank.duties()
    if said is None or not said.works_council_email:
        return []
    return [Council(said.works_council_email, gettext("Works council"))]


def _if_it_was_asked(request: CouncilRequest) -> Iterable[Council]:
    return the_council(request) if request.asked_on is not None else []


def contact(request: CouncilRequest) -> User:
    """Whom the council asks: whoever asked it, else whoever made the offer or recruits."""
    people = (request.asked_by, request.offer.made_by, request.offer.application.posting.recruiter)
    return next((each for each in people if each is not None and each.is_active), people[-1])


def _values(request: CouncilRequest, recipient: Any) -> dict[str, Any]:
    posting = request.offer.application.posting
    return {
        "person": request.offer.application.name,
        "job": str(posting.title.in_(recipient.language)),
        "unit": posting.unit.name,
        "starts_on": request.offer.starts_on,
        "grouping": request.grouping,
        "asked_on": request.asked_on,
        "answer_by": request.answer_by,
        "reason": request.provisional.reason if request.provisional else "",
        "contact": contact(request),
    }


ASKED = Notice(
    name="council.asked",
    subject=_("Consent to a hiring is asked for: %(person)s, %(job)s"),
    to=the_council,
    context=_values,
    no_letter=OF_LAW,
)
PROVISIONAL = Notice(
    name="council.provisional",
    subject=_("Provisional hiring: %(person)s, %(job)s"),
    to=the_council,
    context=_values,
    no_letter=OF_LAW,
)
WITHDRAWN = Notice(
    name="council.withdrawn",
    subject=_("Request withdrawn: %(person)s, %(job)s"),
    to=_if_it_was_asked,
    context=_values,
    no_letter=OF_LAW,
)
