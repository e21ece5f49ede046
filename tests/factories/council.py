"""Requests to a works council, in a bank that has one."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.council import operations
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.models.accounts import Role
from rmhr.models.council import CouncilRequest, ProvisionalHiring, RefusalGround
from rmhr.models.duties import Answer, BankDuties
from rmhr.models.offers import Offer, OfferStatus

from . import accounts, duties, offers


def there_is_one(**given: Any) -> BankDuties:
    """A bank in which a works council has to consent; what it is written at is known."""
    duties.in_place()
    said = db.session.get_one(BankDuties, 1)
    facts = {
        "works_council": Answer.YES,
        "works_council_contact": "council@bank.example",
        "works_council_email": "council@bank.example",
        "more_than_twenty": Answer.YES,
    } | given
    with audit.acting(SYSTEM, "tests.arrange"):
        for name, value in facts.items():
            setattr(said, name, value)
        db.session.flush()
    return said


def to_ask(status: OfferStatus = OfferStatus.SENT, **given: Any) -> CouncilRequest:
    """The request of an offer, not made yet."""
    there_is_one()
    offer: Offer = given.pop("offer", None) or offers.offer(status, **given)
    request = operations.prepare(SYSTEM, offer)
    assert request is not None
    db.session.flush()
    return request


def asked(status: OfferStatus = OfferStatus.SENT, on: date | None = None, **given: Any) -> CouncilRequest:
    """A request whose week runs."""
    request = to_ask(status, **given)
    REQUESTS.perform(request.offer.made_by, request, "ask", grouping="TG 7", asked_on=on or clock.today())
    return request


def refused(status: OfferStatus = OfferStatus.SENT, **given: Any) -> CouncilRequest:
    """A request that the council has refused."""
    request = asked(status, **given)
    refuse(request)
    return request


def refuse(request: CouncilRequest, on: date | None = None) -> None:
    """The council says no, in writing."""
    REQUESTS.perform(
        request.offer.made_by,
        request,
        "refuse",
        ground=RefusalGround.NOT_ADVERTISED,
        answered_on=on or clock.today(),
        answer="The job was not advertised within the bank.",
    )


def in_court(status: OfferStatus = OfferStatus.SENT) -> CouncilRequest:
    """A request that the labour court is asked about."""
    request = refused(status)
    REQUESTS.perform(request.offer.made_by, request, "go_to_court", court_on=clock.today())
    return request


def provisional(status: OfferStatus = OfferStatus.CONDITIONAL) -> ProvisionalHiring:
    """Somebody who is hired before the council has answered."""
    request = asked(status)
    REQUESTS.perform(
        request.offer.made_by,
        request,
        "hire_provisionally",
        reason="Nobody else can sign there.",
        informed_on=clock.today(),
    )
    assert request.provisional is not None
    return request.provisional


def disputed() -> ProvisionalHiring:
    """A hiring of which the council says that it was not urgent."""
    hiring = provisional()
    HIRINGS.perform(hr(), hiring, "dispute", disputed_on=clock.today())
    return hiring


def hr() -> Any:
    """Somebody in HR."""
    return accounts.user(Role.HR)
