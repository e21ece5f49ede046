"""The works council is asked, has a week, refuses or is silent; without it nobody is hired, unless provisionally."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.accounts import queries as people
from rmhr.accounts.operations import people as employment
from rmhr.applications import erasing
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import JOBS
from rmhr.council import operations, queries
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.council import CouncilRequest, CouncilStatus, ProvisionalStatus
from rmhr.models.duties import Answer
from rmhr.models.offers import OfferStatus
from rmhr.offers.workflow import FLOW as OFFERS
from tests.factories import accounts, applications
from tests.factories import council as make
from tests.factories import offers as make_offers

S, P, OF = CouncilStatus, ProvisionalStatus, OfferStatus


def accept(offer):
    return OFFERS.perform(offer.application.applicant, offer, "accept")


def hired(offer):
    return people.people.employee_for(offer.application_id) is not None


# An accepted offer waits.


def test_an_acceptance_waits_and_hires_by_itself_when_the_council_consents(mails):
    request = make.asked()
    offer = request.offer
    accept(offer)
    assert (offer.status, offer.application.status) == (OF.CONDITIONAL, ApplicationStatus.OFFERED)
    assert not hired(offer)
    kinds = [mail.kind for mail in mails()]
    assert "offers.conditional" in kinds
    assert "offers.accepted" not in kinds

    REQUESTS.perform(offer.made_by, request, "consent", answered_on=clock.today())

    assert (offer.status, offer.application.status) == (OF.ACCEPTED, ApplicationStatus.HIRED)
    assert hired(offer)
    assert "offers.accepted" in [mail.kind for mail in mails()]


def test_whoever_accepts_after_a_refusal_is_not_told_that_the_council_can_still_answer(mails):
    offer = make.refused().offer
    accept(offer)
    (letter,) = [mail.text for mail in mails() if mail.kind == "offers.conditional"]
    assert "has not consented so far" in letter
    assert "can answer until" not in letter


def test_with_consent_first_an_acceptance_is_a_hire_at_once(mails):
    request = make.asked()
    REQUESTS.perform(request.offer.made_by, request, "consent", answered_on=clock.today())
    assert request.offer.status is OF.SENT
    accept(request.offer)
    assert request.offer.status is OF.ACCEPTED
    assert "offers.conditional" not in [mail.kind for mail in mails()]


@pytest.mark.parametrize(
    "said", [{"works_council": Answer.NO}, {"more_than_twenty": Answer.NO}], ids=["none", "small bank"]
)
def test_where_nobody_has_to_consent_the_step_is_not_there(said):
    make.there_is_one(**said)
    offer = make_offers.offer(OF.SENT)
    accept(offer)
    assert offer.status is OF.ACCEPTED
    assert queries.standing(offer) is None


def test_while_the_bank_has_not_said_nothing_is_sent_and_nobody_is_hired(session):
    make.there_is_one(works_council=Answer.OPEN)
    draft, sent = make_offers.offer(), make_offers.offer(OF.SENT)
    with pytest.raises(NotPossible, match="has not said yet"):
        OFFERS.perform(draft.made_by, draft, "send")
    accept(sent)
    assert sent.status is OF.CONDITIONAL
    assert JOBS["offers.take_effect"].run() == 0

    make.there_is_one(works_council=Answer.NO)
    assert JOBS["offers.take_effect"].run() == 1
    assert hired(sent)
    assert JOBS["offers.take_effect"].run() == 0


def test_a_bank_that_says_later_that_there_is_one_asks_about_what_is_under_way():
    make.there_is_one(works_council=Answer.OPEN)
    offer = make_offers.offer(OF.SENT)
    accept(offer)
    make.there_is_one()
    JOBS["council.week"].run()
    request = queries.standing(offer)
    assert request is not None
    assert (request.status, request.ask_by) == (S.TO_ASK, clock.today())


def test_nobody_makes_an_acceptance_take_effect_by_hand():
    offer = make.asked(OF.CONDITIONAL).offer
    for person in (offer.made_by, accounts.user(Role.ADMIN), offer.application.applicant):
        with pytest.raises(NotAllowed):
            OFFERS.perform(person, offer, "take_effect")
    with pytest.raises(NotPossible, match="works council"):
        OFFERS.perform(SYSTEM, offer, "take_effect")


def test_a_position_that_waits_for_the_council_is_not_given_to_somebody_else():
    request = make.asked(OF.CONDITIONAL)
    other = make_offers.offer(
        application=applications.application(
            ApplicationStatus.APPROVED, posting=request.offer.application.posting
        )
    )
    with pytest.raises(NotPossible, match="accepted or offered to somebody already"):
        OFFERS.perform(other.made_by, other, "send")


# The week.


@pytest.mark.parametrize(
    ("asked_on", "last"),
    [
        (date(2026, 11, 30), date(2026, 12, 7)),  # a Monday: the next one
        (date(2027, 3, 19), date(2027, 3, 30)),  # the week ends on Good Friday: after Easter Monday
        (date(2026, 12, 18), date(2026, 12, 28)),  # on Christmas Day, a Friday: after the weekend
        (date(2026, 12, 5), date(2026, 12, 14)),  # a Saturday: the week ends on one, and moves to Monday
    ],
)
def test_the_week_ends_as_the_civil_code_counts_it(asked_on, last):
    with clock.at(clock.moment(asked_on, 15)):
        assert make.asked(on=asked_on).answer_by == last


def test_silence_is_consent_when_the_last_day_is_over_on_the_banks_clock_and_never_before():
    with clock.at(clock.moment(date(2026, 11, 30), 15)):
        request = make.asked(OF.CONDITIONAL)
    last = date(2026, 12, 7)
    with clock.at(clock.moment(last, 23, 59)):
        assert JOBS["council.week"].run() == 0
        with pytest.raises(NotPossible, match="week runs until"):
            REQUESTS.perform(SYSTEM, request, "deem")
        assert request.status is S.ASKED
    # In UTC it is still the day before.
    with clock.at(clock.moment(last + timedelta(days=1), 0, 5)):
        assert clock.now().date() == last
        assert JOBS["council.week"].run() == 1
        assert JOBS["council.week"].run() == 0
    assert (request.status, request.offer.status) == (S.DEEMED, OF.ACCEPTED)
    assert hired(request.offer)


def test_only_the_week_takes_silence_as_consent():
    request = make.asked()
    with pytest.raises(NotAllowed):
        REQUESTS.perform(request.offer.made_by, request, "deem")


def test_what_was_not_complete_begins_the_week_again(mails):
    with clock.at(clock.moment(date(2026, 11, 30), 9)):
        request = make.asked()
    with clock.at(clock.moment(date(2026, 12, 2), 9)):
        REQUESTS.perform(
            request.offer.made_by, request, "ask_again", asked_on=date(2026, 12, 2), note="A CV."
        )
        with pytest.raises(NotPossible, match="asked on"):
            REQUESTS.perform(
                request.offer.made_by, request, "ask_again", asked_on=date(2026, 12, 1), note="Earlier."
            )
    assert request.answer_by == date(2026, 12, 9)


# A refusal.


def test_a_refusal_keeps_ground_reasons_and_day_and_nobody_is_hired():
    request = make.refused(OF.CONDITIONAL)
    assert (request.status, request.answered_on) == (S.REFUSED, clock.today())
    assert request.ground is not None
    assert "advertised" in request.answer
    assert request.decide_by is not None
    assert request.decide_by > clock.today()
    assert request.offer.status is OF.CONDITIONAL
    assert not hired(request.offer)


def test_a_refusal_after_the_week_does_not_count():
    with clock.at(clock.moment(date(2026, 11, 30), 9)):
        request = make.asked()
    with clock.at(clock.moment(date(2026, 12, 8), 9)):
        with pytest.raises(NotPossible, match="deemed given"):
            make.refuse(request)
        make.refuse(request, on=date(2026, 12, 7))
    assert request.status is S.REFUSED


def test_a_refusal_that_came_in_time_and_is_read_later_undoes_the_silence():
    with clock.at(clock.moment(date(2026, 11, 30), 9)):
        request = make.asked()
    with clock.at(clock.moment(date(2026, 12, 8), 9)):
        JOBS["council.week"].run()
        assert request.status is S.DEEMED
        make.refuse(request, on=date(2026, 12, 7))
    assert (request.status, request.offer.status) == (S.REFUSED, OF.SENT)


def test_an_answer_is_received_after_the_question_and_not_tomorrow():
    request = make.asked()
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(NotPossible):
            REQUESTS.perform(request.offer.made_by, request, "consent", answered_on=day)


def test_a_court_that_replaces_the_consent_hires():
    request = make.in_court(OF.CONDITIONAL)
    REQUESTS.perform(request.offer.made_by, request, "replace", judged_on=clock.today())
    assert (request.status, request.offer.status) == (S.REPLACED, OF.ACCEPTED)
    assert hired(request.offer)


def test_after_a_court_that_does_not_the_offer_is_withdrawn_with_its_reason(mails):
    request = make.in_court(OF.CONDITIONAL)
    offer = request.offer
    REQUESTS.perform(offer.made_by, request, "reject", judged_on=clock.today())
    assert not hired(offer)
    OFFERS.perform(offer.made_by, offer, "withdraw", note="The works council does not consent.")
    assert (offer.status, offer.application.status) == (OF.WITHDRAWN, ApplicationStatus.APPROVED)
    (mail,) = [mail for mail in mails() if mail.kind == "offers.withdrawn"]
    assert "does not consent" in mail.text


# Without waiting.


def test_whoever_is_hired_provisionally_is_told_what_that_means(mails):
    request = make.refused(OF.CONDITIONAL)
    REQUESTS.perform(
        request.offer.made_by,
        request,
        "hire_provisionally",
        reason="Nobody else can sign there.",
        informed_on=clock.today(),
    )
    assert request.status is S.REFUSED
    assert (request.offer.status, request.provisional.status) == (OF.ACCEPTED, P.INFORMED)
    by_kind = {mail.kind: mail for mail in mails()}
    assert "provisionally" in by_kind["offers.accepted"].text
    assert "Nobody else can sign there." in by_kind["council.provisional"].text
    with pytest.raises(NotPossible, match="provisionally already"):
        REQUESTS.perform(
            request.offer.made_by,
            request,
            "hire_provisionally",
            reason="Once more.",
            informed_on=clock.today(),
        )


def test_who_is_told_of_a_hire_with_consent_reads_nothing_of_the_kind(mails):
    request = make.asked(OF.CONDITIONAL)
    REQUESTS.perform(request.offer.made_by, request, "consent", answered_on=clock.today())
    (mail,) = [mail for mail in mails() if mail.kind == "offers.accepted"]
    assert "provisionally" not in mail.text


def test_a_dispute_leaves_three_calendar_days_of_which_the_last_is_a_working_day():
    thursday = date(2026, 12, 3)
    with clock.at(clock.moment(thursday, 9)):
        hiring = make.disputed()
        assert hiring.court_by == date(2026, 12, 4)  # the third day is a Sunday
    with clock.at(clock.moment(date(2026, 12, 7), 9)), pytest.raises(NotPossible, match="three days ended"):
        HIRINGS.perform(make.hr(), hiring, "go_to_court", court_on=date(2026, 12, 7))
    with clock.at(clock.moment(date(2026, 12, 7), 9)):
        HIRINGS.perform(make.hr(), hiring, "go_to_court", court_on=date(2026, 12, 4))
    assert hiring.status is P.IN_COURT


def test_going_to_court_about_the_urgency_asks_to_replace_a_refused_consent_as_well():
    hiring = make.provisional()
    make.refuse(hiring.request)
    HIRINGS.perform(make.hr(), hiring, "dispute", disputed_on=clock.today())
    HIRINGS.perform(make.hr(), hiring, "go_to_court", court_on=clock.today())
    assert hiring.request.status is S.IN_COURT


def test_consent_settles_a_provisional_hiring():
    hiring = make.disputed()
    request = hiring.request
    REQUESTS.perform(request.offer.made_by, request, "consent", answered_on=clock.today())
    assert hiring.status is P.STANDS


def test_a_court_that_refuses_ends_it_two_weeks_later():
    hiring = make.provisional()
    request = hiring.request
    make.refuse(request)
    REQUESTS.perform(request.offer.made_by, request, "go_to_court", court_on=clock.today())
    REQUESTS.perform(request.offer.made_by, request, "reject", judged_on=clock.today())
    assert (request.status, hiring.status) == (S.REJECTED, P.ENDED)
    assert hiring.end_by == clock.today() + timedelta(days=14)


# What becomes of the request.


@pytest.mark.parametrize("how", ["decline", "withdraw", "application"])
def test_without_the_offer_the_council_need_not_answer(how, mails):
    request = make.asked()
    offer = request.offer
    if how == "decline":
        OFFERS.perform(offer.application.applicant, offer, "decline")
    elif how == "withdraw":
        OFFERS.perform(offer.made_by, offer, "withdraw", note="Position gone.")
    else:
        APPLICATIONS.perform(offer.application.applicant, offer.application, "withdraw")
    assert request.status is S.WITHDRAWN
    assert "council.withdrawn" in [mail.kind for mail in mails()]


def test_a_council_that_was_never_asked_hears_nothing(mails):
    request = make.to_ask()
    OFFERS.perform(request.offer.made_by, request.offer, "withdraw", note="Position gone.")
    assert request.status is S.WITHDRAWN
    assert "council.withdrawn" not in [mail.kind for mail in mails()]


def test_an_accepted_offer_is_withdrawn_where_the_candidate_withdraws():
    offer = make.asked(OF.CONDITIONAL).offer
    APPLICATIONS.perform(offer.application.applicant, offer.application, "withdraw")
    assert (offer.status, offer.application.status) == (OF.WITHDRAWN, ApplicationStatus.WITHDRAWN)


def test_a_draft_has_its_request_from_the_beginning_and_is_prepared_once(session):
    request = make.to_ask(OF.DRAFT)
    assert operations.prepare(SYSTEM, request.offer) is request
    assert session.query(CouncilRequest).filter_by(offer_id=request.offer_id).count() == 1
    expires = request.offer.expires_on
    assert clock.today() <= request.ask_by <= expires - timedelta(days=7)


def test_whoever_must_not_know_of_all_who_apply_does_not_ask_for_them():
    request = make.to_ask()
    hr = accounts.user(Role.HR)
    applications.application(
        posting=request.offer.application.posting, applicant=applications.applicant(email=hr.email)
    )
    with pytest.raises(NotPossible, match="not yours to see"):
        REQUESTS.perform(hr, request, "ask", grouping="TG 7", asked_on=clock.today())
    REQUESTS.perform(request.offer.made_by, request, "ask", grouping="TG 7", asked_on=clock.today())
    assert request.status is S.ASKED


@pytest.mark.parametrize(
    "name", ["ask", "consent", "refuse", "go_to_court", "replace", "reject", "hire_provisionally"]
)
def test_hr_alone_asks_and_records(name):
    request = make.to_ask()
    offer = request.offer
    others = (
        offer.application.posting.hiring_manager,
        accounts.user(Role.ADMIN),
        accounts.user(Role.COMPLIANCE),
        offer.application.applicant,
    )
    assert REQUESTS[name].allow(accounts.user(Role.HR), request)
    assert not any(REQUESTS[name].allow(person, request) for person in others)


def test_the_letter_says_that_the_works_council_has_to_consent(mails):
    make.there_is_one()
    offer = make_offers.offer()
    OFFERS.perform(offer.made_by, offer, "send")
    (mail,) = [mail for mail in mails() if mail.kind == "offers.sent"]
    assert "consent of the works council" in mail.text


def test_on_the_promised_day_what_the_council_was_asked_is_deleted(session):
    request = make.refused()
    offer = request.offer
    OFFERS.perform(offer.made_by, offer, "withdraw", note="The council has refused.")
    APPLICATIONS.perform(offer.application.applicant, offer.application, "withdraw")
    erasing.erase(SYSTEM, offer.application)
    assert session.query(CouncilRequest).count() == 0


def test_a_hire_that_cannot_be_made_is_in_nobody_elses_way(monkeypatch):
    with clock.at(clock.moment(date(2026, 11, 30), 9)):
        first, second = make.asked(OF.CONDITIONAL), make.asked(OF.CONDITIONAL)
    real = employment.employ

    def employ(actor, application, **given):
        if application.id == first.offer.application_id:
            raise NotPossible("not today")
        return real(actor, application, **given)

    monkeypatch.setattr(employment, "employ", employ)
    with clock.at(clock.moment(date(2026, 12, 8), 9)):
        assert JOBS["council.week"].run() == 2
    assert (first.status, second.status) == (S.DEEMED, S.DEEMED)
    assert (first.offer.status, second.offer.status) == (OF.CONDITIONAL, OF.ACCEPTED)
    assert first.offer.held_up == {"en": "not today", "de": "not today"}
