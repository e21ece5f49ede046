"""Offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmLevel, RmType, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import Employment
from rmhr.offers.workflow import FLOW
from tests.factories import accounts, applications
from tests.factories import offers as make
from tests.kinds import Concluded, Edit, NextStep, Opened, Pair, RecordCase, Twice
from tests.support.days import working_day

S = OfferStatus
OTHER = Words.both("Something else", "Etwas anderes")


def _sent() -> Offer:
    offer = make.offer(
        mentor=accounts.user(Role.MENTOR), buddy=accounts.user(Role.RM), message="We look forward to you."
    )
    FLOW.perform(offer.made_by, offer, "send")
    return offer


def _changed(offer: Offer) -> None:
    """Everything that an offer is made of, named otherwise."""
    with audit.acting(SYSTEM, "tests.arrange"):
        job = offer.application.posting
        job.title, job.place, job.hours, job.employment = OTHER, "Elsewhere", OTHER, Employment.PART_TIME
        job.unit.name, job.pay_min, job.pay_max = "Another unit", 1_00, 2_00
        job.rm_type, job.level = RmType.CORPORATE, RmLevel.SENIOR
        offer.application.name = "Another Name"
        for number, person in enumerate((offer.supervisor, offer.mentor, offer.buddy, offer.made_by)):
            if person is not None:
                person.name = f"Renamed {number}"
        offer.pay, offer.message = 1_00, "Other words"
        offer.starts_on += timedelta(days=9)
        offer.expires_on += timedelta(days=9)


def _offer() -> Concluded:
    offer, hr = _sent(), accounts.user(Role.HR)
    shown = [
        (hr, f"/offers/{offer.id}"),
        (hr, "/offers/export"),
        (offer.application.applicant, "/careers/my-application"),
    ]
    return Concluded(offer, shown, lambda: _changed(offer))


def _acceptance() -> Concluded:
    offer, hr = _sent(), accounts.user(Role.HR)
    FLOW.perform(offer.application.applicant, offer, "accept")
    shown = [(hr, f"/offers/{offer.id}"), (offer.application.applicant, "/careers/my-application")]
    return Concluded(offer, shown, lambda: _changed(offer))


RECORDS = [RecordCase("offers.offer", _offer), RecordCase("offers.acceptance", _acceptance)]


def _typed(**given: Any) -> dict[str, Any]:
    return {
        "pay": "62,500",
        "currency": "EUR",
        "pay_period": "year",
        "starts_on": working_day(60).isoformat(),
        "expires_on": (clock.today() + timedelta(days=14)).isoformat(),
        "mentor_id": "",
        "buddy_id": "",
        "range_reason": "",
        "message": "What I typed",
    } | given


def _otherwise(offer: Offer, words: str = "Words of theirs") -> None:
    with audit.acting(SYSTEM, "tests.arrange"):
        offer.message = words


def _edited() -> Opened:
    offer, hr = make.offer(), accounts.user(Role.HR)
    sent = _typed(supervisor_id=str(offer.supervisor_id))
    address = f"/offers/{offer.id}/edit"
    return Opened(
        offer, hr, address, sent, lambda: _otherwise(offer), lambda: offer.message, "Words of theirs"
    )


def _transition(name: str, status: OfferStatus, **sent: str) -> Edit:
    def opened() -> Opened:
        offer, hr = make.offer(status), accounts.user(Role.HR)
        address = f"/offers/{offer.id}/{name}"
        return Opened(offer, hr, address, sent, lambda: _otherwise(offer), lambda: offer.status)

    return Edit("offers.transition", opened, name)


def _tried_again() -> Opened:
    offer = make.held_up()
    address = f"/offers/{offer.id}/take_effect"
    return Opened(offer, accounts.user(Role.HR), address, {}, lambda: _otherwise(offer), lambda: offer.status)


def _answer(name: str, **sent: str) -> Edit:
    def opened() -> Opened:
        offer = make.offer(S.SENT)
        address = f"/careers/my-application/offer/{offer.id}/{name}"
        who = offer.application.applicant
        return Opened(offer, who, address, sent, lambda: _otherwise(offer), lambda: offer.status)

    return Edit("offer_answer.transition", opened, name)


EDITS = [
    Edit("offers.edit", _edited),
    _transition("send", S.DRAFT),
    _transition("withdraw", S.SENT, note="What I typed here"),
    _transition("rework", S.SENT, note="What I typed here"),
    _transition("retract_acceptance", S.ACCEPTED, note="What I typed here", becomes="ended"),
    Edit("offers.transition", _tried_again, "take_effect"),
    _answer("accept"),
    _answer("decline", reason="What I typed here"),
]
NO_EDIT = {
    "offer_answer.mail_link": "mails a new link; what is stored stays",
    "offers.new": "makes a new offer",
}


def _in(status: OfferStatus) -> Callable[[], Offer]:
    return lambda: make.offer(status)


NEXT_STEPS = [NextStep("offers", status.value, _in(status)) for status in (S.DRAFT, S.SENT)]


def _identical() -> Twice:
    application, hr = applications.application(ApplicationStatus.APPROVED), accounts.user(Role.HR)
    sent = _typed(supervisor_id=str(application.posting.hiring_manager_id))
    id, address = application.id, f"/applications/{application.id}/offer"

    def count() -> int:
        return db.session.scalar(sa.select(sa.func.count(Offer.id)).where(Offer.application_id == id)) or 0

    return Twice((hr, address, sent), (hr, address, sent), count)


PAIRS = [Pair("offers.new", _identical)]
