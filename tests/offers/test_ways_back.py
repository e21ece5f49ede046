"""An acceptance that is taken back, an offer that is corrected, an offer that somebody owes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.accounts import queries as people
from rmhr.core import clock
from rmhr.core.due.sources import for_person
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.history.audit import timeline
from rmhr.interviews import operations as interviews
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.interviews import Outcome
from rmhr.models.offers import OfferStatus
from rmhr.models.onboarding import PlanStatus
from rmhr.models.requisitions import RequisitionStatus
from rmhr.models.shadowing import ProgrammeStatus
from rmhr.offers import records
from rmhr.offers.workflow import FLOW
from rmhr.onboarding import queries as plans
from rmhr.requisitions.queries import requisitions
from rmhr.shadowing import queries as programmes
from rmhr.training import queries as courses
from tests.factories import accounts, applications, postings, training
from tests.factories import interviews as meetings
from tests.factories import offers as make

S = OfferStatus


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


@pytest.fixture
def accepted():
    """An offer that was accepted, with everything that follows from it."""
    training.course()
    offer = make.offer(S.SENT, mentor=accounts.user(Role.MENTOR))
    FLOW.perform(offer.application.applicant, offer, "accept")
    return offer


def retract(hr, offer, becomes="ended"):
    FLOW.perform(hr, offer, "retract_acceptance", note="Took another job", becomes=becomes)


def test_whoever_will_not_start_has_no_account_plan_ladder_or_courses(hr, accepted, mails):
    employee = people.people.employee_for(accepted.application_id)
    person = employee.user
    assert person.is_active
    assert courses.assignments.owed_by(person)
    key, before = person.session_key, len(mails())

    retract(hr, accepted)

    assert accepted.status is S.RETRACTED
    assert accepted.application.status is ApplicationStatus.WITHDRAWN
    assert not person.is_active
    assert person.session_key != key
    assert people.people.profile(hr, person.id)[2] is None
    assert plans.of(person).status is PlanStatus.CALLED_OFF
    assert programmes.of(person).status is ProgrammeStatus.CALLED_OFF
    assert courses.assignments.owed_by(person) == []
    assert for_person(person.id) == []
    assert ("offers.retract_acceptance", "Took another job") in [
        (entry.action, entry.note) for entry in timeline(accepted)
    ]
    told = {(mail.kind, mail.to_address) for mail in mails()[before:]}
    assert ("offers.retracted", accepted.application.applicant.email) in told
    for each in (accepted.supervisor, accepted.mentor, accepted.made_by):
        assert ("offers.retracted_here", each.email) in told


def of_a_colleague():
    """An offer that a colleague has accepted who changes places."""
    own = applications.from_inside(status=make.BESIDE[S.SENT], supervisor_may_know=True)
    offer = make.offer(S.SENT, application=own)
    FLOW.perform(own.applicant, offer, "accept")
    assert offer.status is S.ACCEPTED
    return offer


def written(mails, kind):
    """The latest mail of this kind."""
    return [mail for mail in mails() if mail.kind == kind][-1].text


def test_letters_speak_of_an_account_that_is_made_and_closed_where_one_is(hr, accepted, mails):
    assert "a second e-mail with the link to your account" in written(mails, "offers.accepted")
    assert "the invitation to the account is on its way" in written(mails, "offers.accepted_here")
    retract(hr, accepted)
    assert "The account that we had prepared for you is closed" in written(mails, "offers.retracted")


def test_a_colleague_who_changes_places_keeps_their_account_and_reads_so(hr, mails):
    offer = of_a_colleague()
    letter = written(mails, "offers.accepted")
    assert "You keep the account that you have." in letter
    assert "second e-mail" not in letter
    assert "keeps the account" in written(mails, "offers.accepted_here")
    assert "invitation" not in written(mails, "offers.accepted_here")

    retract(hr, offer)

    letter = written(mails, "offers.retracted")
    assert "you will not be taking up the position" in letter
    assert "account" not in letter
    assert "{" not in letter
    assert offer.application.applicant.user.is_active


def test_the_position_is_free_again(hr):
    job = postings.posting(requisition=postings.requisition(positions=1), openings=1)
    accepted = make.offer(
        S.SENT, application=applications.application(ApplicationStatus.OFFERED, posting=job)
    )
    FLOW.perform(accepted.application.applicant, accepted, "accept")
    requisition = job.requisition
    assert requisition.status is RequisitionStatus.FILLED
    retract(hr, accepted)
    assert requisition.status is RequisitionStatus.APPROVED
    assert requisitions.filled_of(accepted.application.posting) == 0


def test_on_other_terms_the_same_person_can_be_hired_once_more(hr, accepted):
    before = people.people.employee_for(accepted.application_id)
    retract(hr, accepted, "open")
    application = accepted.application
    assert (application.status, application.closed_at) == (ApplicationStatus.APPROVED, None)

    again = make.offer(S.DRAFT, application=application)
    FLOW.perform(hr, again, "send")
    FLOW.perform(application.applicant, again, "accept")

    now = people.people.employee_for(application.id)
    assert now.id != before.id
    assert now.user.is_active
    assert plans.of(now.user).status is PlanStatus.ACTIVE


def test_whoever_has_begun_leaves(hr, accepted):
    later = clock.moment(accepted.starts_on + timedelta(days=15), 9)
    with clock.at(later), pytest.raises(NotPossible, match="record the last day"):
        retract(hr, accepted)


def test_only_hr_takes_an_acceptance_back(accepted):
    for person in (accepted.supervisor, accepted.application.applicant):
        with pytest.raises(NotAllowed):
            retract(person, accepted)


def test_the_mail_is_shown_before_somebody_is_told_that_they_do_not_start(browser, hr, accepted, mails):
    before = len(mails())
    address = f"/offers/{accepted.id}/retract_acceptance"
    page = browser(hr).post(address, data={"note": "Took another job", "becomes": "ended", "look": "1"})
    assert "will not be taking up the position" in page.text
    assert accepted.status is S.ACCEPTED
    assert len(mails()) == before
    assert browser(hr).post(address, data={"note": "Another job", "becomes": "ended"}).status_code == 302
    assert "What was accepted" in browser(hr).get(f"/offers/{accepted.id}").text


# An offer with a mistake.


def test_an_offer_with_a_mistake_is_corrected_and_sent_again(hr, mails, browser):
    offer = make.offer(pay=26_000_00)
    FLOW.perform(hr, offer, "send")
    person = offer.application.applicant
    FLOW.perform(hr, offer, "rework", note="Two digits were swapped")

    assert (offer.status, offer.application.status) == (S.DRAFT, ApplicationStatus.APPROVED)
    mail = mails()[-1]
    assert mail.to_address == person.email
    assert "Two digits were swapped" in mail.text
    answer = browser()
    page = applications.holder(answer, person).get(f"/careers/my-application/offer/{offer.id}/accept")
    assert page.status_code == 302
    with audit.acting(hr, "offers.change"):
        offer.pay = 62_000_00
    FLOW.perform(hr, offer, "send")
    assert [each.says.pay for each in records.OFFER.editions(offer)] == [26_000_00, 62_000_00]
    assert "€62,000" in mails()[-1].text


# Who owes the offer.


def owed(person):
    return [
        (due.source.name, due.on) for due in for_person(person.id) if due.source.name.startswith("offers.")
    ]


def test_after_the_decision_to_hire_the_recruiter_owes_the_offer_and_is_told(hr, mails):
    it = meetings.judged(meetings.interview(hours=-30))
    recruiter = it.application.posting.recruiter
    decision = interviews.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")

    assert owed(recruiter) == [("offers.make", decision.tell_by)]
    told = {(mail.kind, mail.to_address) for mail in mails()}
    leads = it.application.posting.hiring_manager
    assert told == {("offers.to_make", recruiter.email), ("interviews.decided", leads.email)}
    offer = make.offer(application=it.application)
    assert owed(recruiter) == [("offers.send", offer.send_by)]


def test_whoever_decides_and_makes_the_offer_needs_no_mail(mails):
    it = meetings.judged(meetings.interview(hours=-30))
    interviews.decide(it.application.posting.recruiter, it.application, outcome=Outcome.HIRE, reason="Good.")
    assert [mail.kind for mail in mails()] == ["interviews.decided"]  # to whoever leads the position


def test_after_a_no_another_offer_is_owed_from_that_day():
    offer = make.offer(S.SENT)
    recruiter = offer.application.posting.recruiter
    FLOW.perform(offer.application.applicant, offer, "decline")
    assert owed(recruiter) == [("offers.make", clock.today())]


def test_the_draft_of_somebody_who_has_left_is_the_recruiters():
    writer = accounts.user(Role.HR, left_on=clock.today() - timedelta(days=1))
    offer = make.offer(made_by=writer)
    assert owed(writer) == []
    assert owed(offer.application.posting.recruiter) == [("offers.send", offer.send_by)]
