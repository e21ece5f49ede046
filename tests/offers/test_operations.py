"""Writing and changing an offer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import OfferStatus
from rmhr.models.requisitions import PayPeriod
from rmhr.offers import operations
from tests.factories import accounts, applications
from tests.factories import offers as make


def terms(**given):
    today = clock.today()
    return {
        "pay": 62_000_00,
        "currency": "EUR",
        "pay_period": PayPeriod.YEAR,
        "starts_on": today + timedelta(days=60),
        "expires_on": today + timedelta(days=14),
        "supervisor_id": accounts.user(Role.SUPERVISOR).id,
    } | given


def write(application=None, **given):
    application = application or applications.application(ApplicationStatus.APPROVED)
    return operations.make(application.posting.recruiter, application, **terms(**given))


def test_an_offer_begins_as_a_draft():
    offer = write()
    assert (offer.status, offer.pay, offer.sent_at) == (OfferStatus.DRAFT, 62_000_00, None)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INTERVIEWER, Role.ADMIN, Role.RM])
def test_only_hr_writes_one(role):
    application = applications.application(ApplicationStatus.APPROVED)
    with pytest.raises(NotAllowed):
        operations.make(accounts.user(role), application, **terms())


@pytest.mark.parametrize("status", sorted(set(ApplicationStatus) - {ApplicationStatus.APPROVED}))
def test_only_for_somebody_who_is_to_be_hired(status):
    with pytest.raises(NotPossible, match="decided to hire"):
        write(applications.application(status))


def test_there_is_one_offer_at_a_time():
    offer = write()
    with pytest.raises(NotPossible, match="an offer already"):
        write(offer.application)


def test_after_a_no_there_can_be_another_one():
    offer = make.offer(OfferStatus.DECLINED)
    assert write(offer.application).status is OfferStatus.DRAFT


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"pay": 0}, "Enter the pay"),
        ({"pay": 74_000_01}, "outside the posted range"),
        ({"pay": 57_999_99}, "outside the posted range"),
        ({"currency": "CHF"}, "outside the posted range"),
        ({"pay_period": PayPeriod.MONTH}, "outside the posted range"),
        ({"starts_on": clock.today()}, "lies in the future"),
        ({"expires_on": clock.today() - timedelta(days=1)}, "before the first working day"),
        ({"expires_on": clock.today() + timedelta(days=60)}, "before the first working day"),
    ],
)
def test_terms_that_no_offer_can_have(given, why):
    with pytest.raises(NotPossible, match=why):
        write(**given)


def test_outside_the_range_needs_a_reason_and_inside_keeps_none():
    assert write(pay=80_000_00, range_reason="Leads the team, too.").range_reason
    assert write(pay=60_000_00, range_reason="A word too many.").range_reason == ""


def test_what_was_sent_is_not_changed():
    offer = make.offer(OfferStatus.SENT)
    with pytest.raises(NotPossible, match="cannot be changed"):
        operations.change(offer.made_by, offer, **terms())
