"""What HR owes around the works council, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due.sources import for_person
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.models.duties import Answer
from rmhr.models.offers import OfferStatus
from rmhr.offers.workflow import FLOW as OFFERS
from tests.factories import accounts
from tests.factories import council as make
from tests.factories import offers as make_offers


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.at(clock.moment(date(2026, 11, 30), 11)):
        yield


def owed(person):
    """(source, day) of what this person owes about the works council."""
    found = for_person(person.id)
    return [(due.source.name, due.on) for due in found if due.source.name.startswith("council.")]


def test_asking_is_due_a_week_before_the_offer_has_to_be_answered():
    request = make.to_ask(expires_on=date(2026, 12, 18), starts_on=date(2027, 2, 1))
    assert owed(request.offer.made_by) == [("council.ask", date(2026, 12, 11))]


def test_once_the_offer_is_accepted_asking_is_due_at_once():
    request = make.to_ask(expires_on=date(2026, 12, 18), starts_on=date(2027, 2, 1))
    OFFERS.perform(request.offer.application.applicant, request.offer, "accept")
    assert owed(request.offer.made_by) == [("council.ask", date(2026, 11, 30))]


def test_whoever_asked_records_the_answer_on_the_last_day_of_the_week():
    request = make.asked()
    assert owed(request.offer.made_by) == [("council.answer", date(2026, 12, 7))]
    REQUESTS.perform(request.offer.made_by, request, "consent", answered_on=clock.today())
    assert owed(request.offer.made_by) == []


def test_a_refusal_has_to_be_followed_within_days_until_the_offer_is_gone():
    request = make.refused(OfferStatus.CONDITIONAL)
    hr = request.offer.made_by
    assert owed(hr) == [("council.follow", date(2026, 12, 3))]
    OFFERS.perform(hr, request.offer, "withdraw", note="The council has refused.")
    assert owed(hr) == []


def test_a_provisional_hiring_is_looked_after_and_a_dispute_leads_to_court_in_three_days():
    hiring = make.provisional()
    hr = hiring.request.offer.made_by
    assert ("council.disputed", date(2026, 12, 3)) in owed(hr)
    HIRINGS.perform(hr, hiring, "dispute", disputed_on=clock.today())
    assert ("council.court", date(2026, 12, 3)) in owed(hr)


def test_who_may_not_stay_is_owed_until_a_last_day_is_known():
    request = make.asked()
    OFFERS.perform(request.offer.application.applicant, request.offer, "accept")
    hr = request.offer.made_by
    REQUESTS.perform(hr, request, "hire_provisionally", reason="Urgent.", informed_on=clock.today())
    hiring = request.provisional
    HIRINGS.perform(hr, hiring, "end", ended_on=clock.today(), note="The court has decided.")
    assert ("council.end", clock.today() + timedelta(days=14)) in owed(hr)
    OFFERS.perform(hr, request.offer, "retract_acceptance", becomes="ended", note="No consent.")
    assert owed(hr) == []


def test_what_somebody_who_has_left_had_to_do_is_the_recruiters():
    gone = accounts.user(left_on=date(2026, 11, 27))
    request = make.to_ask(made_by=gone)
    recruiter = request.offer.application.posting.recruiter
    assert [name for name, _day in owed(recruiter)] == ["council.ask"]
    assert owed(gone) == []


def test_in_a_bank_without_a_works_council_nobody_owes_anything():
    request = make.to_ask()
    make.there_is_one(works_council=Answer.NO)
    assert owed(request.offer.made_by) == []
    make.there_is_one(more_than_twenty=Answer.NO)
    assert owed(request.offer.made_by) == []


def test_an_offer_that_was_taken_back_to_correct_it_keeps_its_request():
    make.there_is_one()
    offer = make_offers.offer()
    OFFERS.perform(offer.made_by, offer, "send")
    (name, _day), *_more = owed(offer.made_by)
    assert name == "council.ask"
    OFFERS.perform(offer.made_by, offer, "rework", note="The pay.")
    assert [each for each, _on in owed(offer.made_by)] == ["council.ask"]
