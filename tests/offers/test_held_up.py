"""Accepted offers by which nobody can be hired: whose they are, why, and how they are settled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from rmhr.accounts import queries as people
from rmhr.accounts.operations import people as accounts_operations
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import Words, speaking
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import JOBS
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.council import CouncilStatus
from rmhr.models.duties import Answer
from rmhr.models.offers import OfferStatus
from rmhr.models.postings import PostingStatus
from rmhr.offers.workflow import FLOW
from rmhr.reminders import engine
from tests.factories import accounts, applications, postings
from tests.factories import council as make_council
from tests.factories import offers as make
from tests.support.days import working_day
from tests.support.html import Html

pytestmark = pytest.mark.both
S = OfferStatus


def owed(person):
    """(day, what, why) of the hires that this person has to settle."""
    return [
        (due.on, due.what, due.why)
        for due in sources.for_person(person.id)
        if due.source.name == "offers.hire"
    ]


def hired(offer):
    return people.people.employee_for(offer.application_id) is not None


def consent(request):
    REQUESTS.perform(request.offer.made_by, request, "consent", answered_on=clock.today())


@pytest.fixture
def broken(monkeypatch):
    """Nobody can be employed until it is called."""
    real = accounts_operations.employ

    def employ(*_given, **_more):
        raise NotPossible("Not today.")

    monkeypatch.setattr(accounts_operations, "employ", employ)
    return lambda: monkeypatch.setattr(accounts_operations, "employ", real)


def led_by_their_own_report(status=S.CONDITIONAL):
    """A colleague changes places and would report to somebody who reports to them."""
    boss = accounts.user(Role.SUPERVISOR)
    colleague = accounts.employee(user=boss).user
    below = accounts.employee(supervisor=colleague, user=accounts.user(Role.SUPERVISOR)).user
    own = applications.from_inside(person=colleague, status=make.BESIDE[status], supervisor_may_know=True)
    return make.offer(status, application=own, supervisor=below)


# Each reason, and by which way it is met.


def test_a_circle_of_supervisors_keeps_the_consent_recorded_and_is_owed_by_whoever_wrote_the_offer():
    request = make_council.asked(offer=led_by_their_own_report())
    offer = request.offer

    consent(request)

    assert request.status is CouncilStatus.CONSENTED, "what the council has said is kept"
    assert offer.status is S.CONDITIONAL
    assert offer.application.status is ApplicationStatus.OFFERED
    ((on, what, why),) = owed(offer.made_by)
    assert on == clock.today()
    assert what == f"Settle why {offer.application.name} cannot be hired"
    assert why.endswith("Nobody can report to themselves, not even through others.")
    with speaking("de"):
        ((_on, _what, german),) = owed(offer.made_by)
    assert german.endswith("Niemand kann sich selbst unterstellt sein, auch nicht über andere.")
    assert "Tried to hire; not possible yet" in [str(entry.sentence) for entry in timeline(offer)]


def test_settled_it_is_a_hire_and_owed_no_longer():
    request = make_council.asked(offer=led_by_their_own_report())
    offer = request.offer
    consent(request)
    other = accounts.user(Role.SUPERVISOR)
    with audit.acting(SYSTEM, "tests.arrange"):
        offer.supervisor = other

    FLOW.perform(accounts.user(Role.HR), offer, "take_effect")

    assert (offer.status, offer.held_up_on, offer.held_up) == (S.ACCEPTED, None, {})
    assert owed(offer.made_by) == []


@pytest.mark.parametrize("how", ["deem", "replace", "hire_provisionally"])
def test_whichever_way_the_council_is_out_of_the_way_a_hire_that_cannot_be_made_is_owed(how, broken):
    if how == "replace":
        request = make_council.in_court(S.CONDITIONAL)
        REQUESTS.perform(request.offer.made_by, request, how, judged_on=clock.today())
    elif how == "hire_provisionally":
        request = make_council.provisional().request
    else:
        with clock.at(clock.now() - timedelta(days=20)):
            request = make_council.asked(S.CONDITIONAL)
        assert JOBS["council.week"].run() == 1
        assert request.status is CouncilStatus.DEEMED
    assert request.offer.status is S.CONDITIONAL
    assert [why.partition(". ")[2] for _on, _what, why in owed(request.offer.made_by)] == ["Not today."]


def test_nobody_has_said_whether_there_is_a_works_council(mails):
    make_council.there_is_one(works_council=Answer.OPEN)
    offer = make.offer(S.SENT)
    FLOW.perform(offer.application.applicant, offer, "accept")
    ((_on, _what, why),) = owed(offer.made_by)
    assert "The bank has not said yet whether a works council must consent" in why
    by_kind = {mail.kind: mail.text for mail in mails()}
    assert "offers.conditional" not in by_kind, "nobody knows whether a council has to consent"
    assert "something to settle" in by_kind["offers.held_up"]
    assert "The bank has not said yet" in by_kind["offers.conditional_here"]

    make_council.there_is_one()
    assert JOBS["council.week"].run() == 1
    assert JOBS["offers.take_effect"].run() == 0
    assert owed(offer.made_by) == [], "now the council has to be asked"
    assert "council.ask" in [due.source.name for due in sources.for_person(offer.made_by_id)]


def test_a_stored_contradiction_is_a_reason_like_any_other(monkeypatch):
    def employ(*_given, **_more):
        raise IntegrityError("INSERT", {}, Exception("unique"))

    monkeypatch.setattr(accounts_operations, "employ", employ)
    request = make_council.asked(S.CONDITIONAL)
    consent(request)
    ((_on, _what, why),) = owed(request.offer.made_by)
    assert "What is stored contradicts it." in why


@pytest.fixture
def broken_once(monkeypatch):
    """The first attempt to employ somebody fails; nothing is in the way any more. Called, people are employed."""
    real = accounts_operations.employ
    problems = [NotPossible("Not today.")]

    def employ(*_given, **_more):
        if problems:
            raise problems.pop()

    monkeypatch.setattr(accounts_operations, "employ", employ)
    return lambda: monkeypatch.setattr(accounts_operations, "employ", real)


def test_of_a_reason_that_is_gone_at_once_it_is_said_that_it_is_tried_again(broken_once, browser, mails):
    request = make_council.asked(S.CONDITIONAL)
    offer = request.offer
    consent(request)

    said = "It could not be done at that moment, and is tried again by itself."
    assert offer.held_up["en"] == said
    assert "von selbst wiederholt" in offer.held_up["de"]
    assert [why.partition(". ")[2] for _on, _what, why in owed(offer.made_by)] == [said]
    (here, *_more) = [mail.text for mail in mails() if mail.kind == "offers.conditional_here"]
    assert f"the hire cannot be made: {said}" in here
    db.session.commit()
    page = Html(browser(offer.made_by).get(f"/offers/{offer.id}").text)
    assert f"Nobody can be hired by it yet. {said}" in page.words(".notice")

    broken_once()
    assert JOBS["offers.take_effect"].run() == 1
    assert hired(offer)


def test_an_acceptance_that_cannot_be_a_hire_counts_and_the_candidate_waits_for_us(broken, mails, app):
    make_council.there_is_one(works_council=Answer.NO)
    offer = make.offer(S.SENT)

    FLOW.perform(offer.application.applicant, offer, "accept")

    assert (offer.status, offer.answered_at is not None) == (S.CONDITIONAL, True)
    by_kind = {mail.kind: mail for mail in mails()}
    assert by_kind.keys() >= {"offers.held_up", "offers.conditional_here"}
    assert not by_kind.keys() & {"offers.accepted", "offers.conditional"}
    assert "something to settle" in by_kind["offers.held_up"].text
    assert "works council" not in by_kind["offers.held_up"].text
    assert "Not today." not in by_kind["offers.held_up"].text
    assert "the hire cannot be made: Not today." in by_kind["offers.conditional_here"].text
    assert len(owed(offer.made_by)) == 1
    db.session.commit()
    page = applications.holder(app.test_client(), offer.application.applicant).get("/careers/my-application")
    assert "something to settle" in page.text
    assert "works council still" not in page.text


def promised_and_held_up(how):
    """An accepted offer that waited for the works council; it does not any more, and nobody can be hired by it."""
    request = make_council.asked(S.CONDITIONAL)
    if how == "consent":
        consent(request)
    else:
        make_council.there_is_one(works_council=Answer.NO)
        JOBS["offers.take_effect"].run()
    assert request.offer.status is S.CONDITIONAL
    return request.offer


@pytest.mark.parametrize("how", ["consent", "job"])
def test_whoever_was_promised_to_hear_from_us_hears_that_something_else_is_in_the_way(how, broken, mails):
    offer = promised_and_held_up(how)

    by_kind = {mail.kind: mail for mail in mails()}
    letter, here = by_kind["offers.held_up"], by_kind["offers.conditional_here"]
    assert letter.to_address == offer.application.email
    assert "You have accepted our offer" in letter.text
    assert "something to settle on our side" in letter.text
    assert "Not today." not in letter.text
    assert "the hire cannot be made: Not today." in here.text
    told = {mail.to_address for mail in mails() if mail.kind == here.kind}
    assert told == {offer.made_by.email, offer.supervisor.email}


def test_they_hear_so_once(broken, mails, monkeypatch):
    promised_and_held_up("consent")
    before = len(mails())
    JOBS["offers.take_effect"].run()

    def employ(*_given, **_more):
        raise NotPossible("Nor today.")

    monkeypatch.setattr(accounts_operations, "employ", employ)
    JOBS["offers.take_effect"].run()
    assert len(mails()) == before


# What is in nobody's way: the bank is bound by what was accepted.


def test_a_posting_that_closed_meanwhile_keeps_nobody_from_being_hired():
    job = postings.posting(status=PostingStatus.CLOSED)
    it = applications.application(ApplicationStatus.OFFERED, posting=job)
    request = make_council.asked(offer=make.offer(S.CONDITIONAL, application=it))
    consent(request)
    assert hired(request.offer)
    assert owed(request.offer.made_by) == []


def test_positions_that_were_cut_meanwhile_keep_nobody_from_being_hired():
    job = postings.posting(openings=2)
    first, second = (
        make_council.asked(
            offer=make.offer(
                S.CONDITIONAL, application=applications.application(ApplicationStatus.OFFERED, posting=job)
            )
        )
        for _ in range(2)
    )
    with audit.acting(SYSTEM, "tests.arrange"):
        job.openings = 1
    for request in (first, second):
        consent(request)
    assert hired(first.offer)
    assert hired(second.offer)


def test_somebody_who_has_an_account_with_this_address_is_hired_with_another():
    request = make_council.asked(S.CONDITIONAL)
    accounts.user(email=request.offer.application.email)
    consent(request)
    assert hired(request.offer)


# Whose it is, and until when.


def test_once_whoever_wrote_it_has_left_the_recruiter_owes_it():
    gone = accounts.user(Role.HR, left_on=clock.today() - timedelta(days=1))
    offer = make.held_up(made_by=gone)
    assert owed(gone) == []
    assert len(owed(offer.application.posting.recruiter)) == 1


def test_it_is_reminded_of_and_goes_to_their_supervisor_after_two_working_days(mails):
    writer = accounts.user(Role.HR)
    boss = accounts.employee(user=writer).supervisor
    with clock.at(clock.moment(working_day(0), 9)):
        make.held_up(made_by=writer)
    db.session.commit()

    def told(days):
        with clock.at(clock.moment(working_day(days), 11)):
            engine.send(engine.waiting())
        db.session.commit()
        return {mail.to_address for mail in mails() if "cannot be hired" in mail.text}

    assert told(0) == {writer.email}
    assert told(8) == {writer.email, boss.email}


def test_whoever_leads_the_person_sees_that_they_wait():
    offer = make.held_up()
    with audit.acting(SYSTEM, "tests.arrange"):
        offer.application.supervisor_may_know = True
    (due,) = [each for each in sources.for_person(offer.made_by_id) if each.source.name == "offers.hire"]
    assert due.waits_id == offer.application.posting.hiring_manager_id
    assert due.awaited == f"Hire of {offer.application.name}"


# How it is settled.


def test_the_page_and_today_say_why_and_hr_tries_again_by_hand(browser, broken):
    hr = accounts.user(Role.HR)
    make_council.there_is_one(works_council=Answer.NO)
    offer = make.offer(S.SENT, made_by=hr)
    FLOW.perform(offer.application.applicant, offer, "accept")
    db.session.commit()
    client = browser(hr)
    assert "Not today." in Html(client.get("/today").text).words("main")
    page = Html(client.get(f"/offers/{offer.id}").text)
    assert "Nobody can be hired by it yet. Not today." in page.words(".notice")
    assert page.all(f'a[href="/offers/{offer.id}/take_effect"]')

    refused = client.post(f"/offers/{offer.id}/take_effect")
    assert refused.status_code == 409
    assert "Not today." in refused.text
    broken()
    shown = client.post(f"/offers/{offer.id}/take_effect", data={"look": "1"})
    assert "Your first working day is" in shown.text, "the mail is in sight"
    assert client.post(f"/offers/{offer.id}/take_effect").status_code == 302

    db.session.refresh(offer)
    assert offer.status is S.ACCEPTED
    assert hired(offer)
    after = Html(client.get(f"/offers/{offer.id}").text).words("main")
    assert "Nobody can be hired by it yet" not in after
    assert "Tried to hire; not possible yet" in after, "the history keeps it"


def test_the_log_says_a_reason_once_and_each_new_one(broken, monkeypatch, caplog):
    def logged():
        return [str(each.exc_info[1]) for each in caplog.records if "nobody can be hired" in each.message]

    consent(make_council.asked(S.CONDITIONAL))
    assert logged() == ["Not today."]
    JOBS["offers.take_effect"].run()
    assert logged() == ["Not today."], "nothing has changed"

    def employ(*_given, **_more):
        raise NotPossible("Nor today.")

    monkeypatch.setattr(accounts_operations, "employ", employ)
    JOBS["offers.take_effect"].run()
    assert logged() == ["Not today.", "Nor today."]


def test_by_itself_it_is_tried_again_and_the_reason_of_today_is_kept(broken, monkeypatch):
    request = make_council.asked(S.CONDITIONAL)
    consent(request)
    offer = request.offer
    since, entries = offer.held_up_on, len(timeline(offer))
    with clock.at(clock.now() + timedelta(days=2)):
        assert JOBS["offers.take_effect"].run() == 0
        assert len(timeline(offer)) == entries, "the same reason is written down once"

        def employ(*_given, **_more):
            raise NotPossible("Nor today.")

        monkeypatch.setattr(accounts_operations, "employ", employ)
        JOBS["offers.take_effect"].run()
        assert (offer.held_up, offer.held_up_on) == (Words.both("Nor today.", "Nor today."), since)
        broken()
        assert JOBS["offers.take_effect"].run() == 1
    assert hired(offer)
    assert owed(offer.made_by) == []


def test_one_that_cannot_be_made_is_in_no_others_way(monkeypatch):
    first, second = make_council.asked(S.CONDITIONAL), make_council.asked(S.CONDITIONAL)
    make_council.there_is_one(works_council=Answer.NO)
    real = accounts_operations.employ

    def employ(actor, application, **given):
        if application.id == first.offer.application_id:
            raise NotPossible("Not today.")
        return real(actor, application, **given)

    monkeypatch.setattr(accounts_operations, "employ", employ)
    assert JOBS["offers.take_effect"].run() == 1
    assert (first.offer.status, second.offer.status) == (S.CONDITIONAL, S.ACCEPTED)
    assert len(owed(first.offer.made_by)) == 1


def test_withdrawn_it_is_owed_no_longer():
    offer = make.held_up()
    FLOW.perform(offer.made_by, offer, "withdraw", note="It cannot be settled.")
    assert (offer.status, offer.held_up_on, offer.held_up) == (S.WITHDRAWN, None, {})
    assert owed(offer.made_by) == []
    assert offer.application.status is ApplicationStatus.APPROVED


def test_a_refusal_that_came_in_time_is_what_it_waits_for_again(broken):
    with clock.at(clock.now() - timedelta(days=20)):
        request = make_council.asked(S.CONDITIONAL)
    JOBS["council.week"].run()
    offer = request.offer
    assert len(owed(offer.made_by)) == 1
    make_council.refuse(request, on=request.answer_by)
    assert offer.held_up_on is None
    assert owed(offer.made_by) == []
    assert "council.follow" in [due.source.name for due in sources.for_person(offer.made_by_id)]


def test_whoever_could_not_be_hired_provisionally_waits_for_consent_once_that_has_ended(broken):
    hiring = make_council.provisional()
    offer = hiring.request.offer
    assert len(owed(offer.made_by)) == 1
    HIRINGS.perform(offer.made_by, hiring, "end", ended_on=clock.today(), note="Not urgent any more.")
    assert offer.held_up_on is None
    assert owed(offer.made_by) == []


def test_nobody_but_hr_tries_again_and_nobody_before_the_product_could_not():
    offer = make.held_up()
    posting = offer.application.posting
    for person in (
        accounts.user(Role.ADMIN),
        accounts.user(Role.COMPLIANCE),
        posting.hiring_manager,
        offer.application.applicant,
    ):
        with pytest.raises(NotAllowed):
            FLOW.perform(person, offer, "take_effect")
    waiting = make_council.asked(S.CONDITIONAL).offer
    with pytest.raises(NotAllowed):
        FLOW.perform(waiting.made_by, waiting, "take_effect")


def test_trying_again_does_not_get_round_the_works_council():
    request = make_council.asked(S.CONDITIONAL)
    with audit.acting(SYSTEM, "tests.arrange"):
        request.offer.held_up_on = clock.today()
    with pytest.raises(NotPossible, match="works council has consented"):
        FLOW.perform(request.offer.made_by, request.offer, "take_effect")


def test_only_what_is_accepted_and_open_is_held_up(session):
    offer = make.offer(S.SENT)
    with pytest.raises(IntegrityError), audit.acting(SYSTEM, "tests.arrange"):
        offer.held_up_on = clock.today()
