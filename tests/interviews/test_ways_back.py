"""What people get wrong around interviews can be taken back, with a reason, and says what it tells outside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history.audit import timeline
from rmhr.interviews import operations, queries, records
from rmhr.interviews.workflow import FLOW, SCORECARDS
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.competencies import Level
from rmhr.models.interviews import InterviewStatus, Outcome, ScorecardStatus
from rmhr.models.offers import OfferStatus
from rmhr.offers.workflow import FLOW as OFFERS
from tests.factories import accounts, offers
from tests.factories import interviews as make


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


def notes(row):
    return [(entry.action, entry.note) for entry in timeline(row) if entry.note]


# The candidate did not come.


def test_a_no_show_has_its_own_words_and_the_reason_stays_here(hr, mails):
    it = make.interview(hours=-2)
    FLOW.perform(hr, it, "miss", note="We waited half an hour")

    assert it.status is InterviewStatus.NO_SHOW
    (mail,) = mails()
    assert (mail.to_address, mail.calendar) == (it.application.applicant.email, "")
    assert "did not join us" in mail.text
    assert "does not take place" not in mail.text
    assert "half an hour" not in mail.text
    assert ("interviews.miss", "We waited half an hour") in notes(it)
    assert it.application.interview_by > clock.today()


def test_a_no_show_that_was_none_is_held_and_the_candidate_is_told(hr, mails):
    it = make.interview(InterviewStatus.NO_SHOW, hours=-2)
    FLOW.perform(hr, it, "find", note="Sat in the other room")

    assert it.status is InterviewStatus.HELD
    (mail,) = mails()
    assert "That was our mistake" in mail.text


@pytest.mark.parametrize("hours", [2, -2])
def test_nobody_is_missed_before_the_time_or_once_somebody_has_rated(hr, hours):
    it = make.interview(hours=hours)
    if hours < 0:
        make.rate(it.seats[0].scorecard)
    with pytest.raises(NotPossible):
        FLOW.perform(hr, it, "miss", note="x")


def test_the_mail_is_shown_before_it_goes(browser, hr, mails):
    it = make.interview(hours=-2)
    page = browser(hr).post(f"/interviews/{it.id}/miss", data={"note": "Nobody came", "look": "1"})
    assert page.status_code == 200
    assert "did not join us" in page.text
    assert "Nobody came" in page.text
    assert mails() == []
    assert it.status is InterviewStatus.PLANNED


# Not held after all.


def test_what_was_not_held_after_all_is_planned_again(hr, mails):
    it = make.interview(InterviewStatus.HELD, hours=-2)
    FLOW.perform(hr, it, "unhold", note="Wrong line in the list")
    assert it.status is InterviewStatus.PLANNED
    assert ("interviews.unhold", "Wrong line in the list") in notes(it)
    assert mails() == []
    FLOW.perform(hr, it, "cancel", note="Ill")
    assert it.status is InterviewStatus.CANCELLED


def test_what_was_rated_was_held(hr):
    it = make.judged(make.interview(hours=-2))
    with pytest.raises(NotPossible, match="took place"):
        FLOW.perform(hr, it, "unhold", note="x")


# A scorecard that nobody hands in.


def excuse(hr, seat, why="Left the bank", instead=None):
    SCORECARDS.perform(hr, seat.scorecard, "excuse", note=why, excuse=why, instead=instead)


def test_an_excused_scorecard_blocks_nobody_and_its_reason_stands_with_the_decision(hr):
    it = make.interview(hours=-30)
    rated, missing = it.seats
    SCORECARDS.perform(rated.interviewer, make.rate(rated.scorecard, submitted=False), "submit")
    with pytest.raises(NotPossible, match=missing.interviewer.name):
        operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")

    excuse(hr, missing)

    assert (missing.scorecard.status, it.status) == (ScorecardStatus.EXCUSED, InterviewStatus.HELD)
    decision = operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")
    [without] = records.DECISION.read(decision).says.excused
    assert (without.interviewer, without.why) == (missing.interviewer.name, "Left the bank")


def test_without_any_scorecard_nobody_decides(hr):
    it = make.interview(InterviewStatus.HELD, hours=-30)
    for seat in it.seats:
        excuse(hr, seat)
    with pytest.raises(NotPossible, match="No scorecard was handed in"):
        operations.decide(hr, it.application, outcome=Outcome.NO, reason="No.")


def test_somebody_else_who_was_there_rates_instead(hr, mails):
    it, other = make.interview(hours=-2), make.interviewer()
    excuse(hr, it.seats[0], instead=other)

    seat = next(seat for seat in it.seats if seat.interviewer_id == other.id)
    assert seat.scorecard.status is ScorecardStatus.DRAFT
    (mail,) = mails()
    assert (mail.to_address, mail.kind) == (other.email, "interviews.asked_to_rate")
    with pytest.raises(NotPossible, match="on the panel already"):
        excuse(hr, it.seats[1], instead=other)


def test_what_was_excused_can_be_asked_for_after_all(hr):
    it = make.interview(hours=-2)
    seat = it.seats[0]
    excuse(hr, seat)
    with pytest.raises(NotPossible, match="no longer expected"):
        operations.save_summary(seat.interviewer, seat.scorecard, recommendation=None, summary="x")
    SCORECARDS.perform(hr, seat.scorecard, "expect", note="Is back")
    assert (seat.scorecard.status, seat.scorecard.excuse) == (ScorecardStatus.DRAFT, "")


def test_nobody_excuses_themselves_and_nobody_before_the_interview(hr):
    it = make.interview(hours=-2)
    with pytest.raises(NotAllowed):
        excuse(it.seats[0].interviewer, it.seats[0])
    with pytest.raises(NotPossible, match="begins only on"):
        excuse(hr, make.interview(hours=2).seats[0])


def test_hr_excuses_from_the_list_of_the_panel(browser, hr):
    it = make.interview(hours=-2)
    card = it.seats[0].scorecard
    assert f"/interviews/scorecards/{card.id}/excuse" in browser(hr).get(f"/interviews/{it.id}").text
    address = f"/interviews/scorecards/{card.id}/excuse"
    assert browser(hr).post(address, data={"note": "", "instead": ""}).status_code == 422
    assert browser(hr).post(address, data={"note": "Ill for weeks", "instead": ""}).status_code == 302
    assert "Ill for weeks" in browser(hr).get(f"/interviews/{it.id}").text
    assert browser(it.seats[1].interviewer).get(address).status_code == 403


# Corrections.


def handed_in(it):
    for seat in it.seats:
        SCORECARDS.perform(seat.interviewer, make.rate(seat.scorecard, submitted=False), "submit")
    return it.seats[0]


def test_a_correction_keeps_what_was_said_at_first_and_tells_hr(browser, mails):
    it = make.interview(hours=-30)
    seat = handed_in(it)
    client = browser(seat.interviewer)
    sent = {
        "level": "2",
        "notes": "Said otherwise.",
        "evidence": "Had to ask twice.",
        "note": "Mixed up two people",
    }
    address = f"/interviews/{it.id}/scorecard/correct?step=1"
    assert client.post(address, data=sent | {"note": ""}).status_code == 422
    assert client.post(address, data=sent | {"evidence": ""}).status_code == 422
    assert client.post(address, data=sent).status_code == 302

    code = it.questions[0].competency.code
    first, second = records.SCORECARD.editions(seat.scorecard)
    assert [each.says.ratings[0].number for each in (first, second)] == [4, 2]
    hr = browser(accounts.user(Role.HR))
    for page in (client.get(f"/interviews/{it.id}/scorecard"), hr.get(f"/interviews/{it.id}")):
        assert "Had to ask twice." in page.text
        assert f"Did {code} well." in page.text
        assert "At first:" in page.text
    assert ("scorecards.correct", "Mixed up two people") in notes(seat.scorecard)
    (mail,) = [mail for mail in mails() if mail.kind == "interviews.corrected"]
    assert mail.to_address == it.application.posting.recruiter.email


def test_nobody_corrects_for_somebody_else(browser):
    it = make.interview(hours=-30)
    handed_in(it)
    address = f"/interviews/{it.id}/scorecard/correct?step=1"
    assert browser(accounts.user(Role.HR)).get(address).status_code == 404


def test_the_notes_can_be_read_again_by_whoever_may_read_the_scorecard(browser, hr):
    it = make.interview(hours=-30)
    own = handed_in(it)
    assert "Said so." in browser(own.interviewer).get(f"/interviews/{it.id}/scorecard").text
    for person in (own.interviewer, hr, it.application.posting.hiring_manager):
        assert "Said so." in browser(person).get(f"/interviews/{it.id}").text


# The decision.


@pytest.mark.parametrize("outcome", [Outcome.HOLD, Outcome.NO])
def test_a_decision_to_hire_is_revised_and_its_draft_goes(hr, outcome, mails):
    it = make.judged(make.interview(hours=-30), Level.THREE, Level.THREE)
    operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")
    draft = offers.offer(application=it.application)
    before = len(mails())

    operations.decide(hr, it.application, outcome=outcome, reason="A reference says otherwise.")

    assert it.application.status is ApplicationStatus.INTERVIEWING
    assert draft.status is OfferStatus.WITHDRAWN
    assert ("applications.reconsider", "A reference says otherwise.") in notes(it.application)
    latest = queries.scorecards.decisions(it.application)[0]
    assert latest.outcome is outcome
    assert {mail.kind for mail in mails()[before:]} == {"interviews.decided"}  # to no candidate


def test_what_is_decided_is_not_decided_again_the_same(hr):
    it = make.judged(make.interview(hours=-30))
    operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")
    with pytest.raises(NotPossible, match="already"):
        operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")


def test_an_offer_that_was_sent_is_withdrawn_first(hr):
    it = make.judged(make.interview(hours=-30))
    operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")
    offer = offers.offer(application=it.application)
    OFFERS.perform(hr, offer, "send")
    with pytest.raises(NotPossible):
        operations.decide(hr, it.application, outcome=Outcome.NO, reason="x")


def test_the_page_revises(browser, hr):
    it = make.judged(make.interview(hours=-30), Level.THREE, Level.THREE)
    operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Good.")
    address = f"/applications/{it.application_id}/decision"
    page = browser(hr).get(address).text
    assert "Revise the decision" in page
    assert browser(hr).post(address, data={"outcome": "hire", "reason": "x"}).status_code == 422
    assert browser(hr).post(address, data={"outcome": "hold", "reason": "Wait"}).status_code == 302
    assert it.application.status is ApplicationStatus.INTERVIEWING


def test_an_interview_in_the_past_can_get_another_date(hr):
    it = make.interview(InterviewStatus.HELD, hours=-2)
    FLOW.perform(hr, it, "unhold", note="x")
    later = clock.now() + timedelta(days=3)
    operations.move(
        hr,
        it,
        kind=it.kind,
        starts_at=later,
        minutes=60,
        place=it.place,
        message="",
        panel=[seat.interviewer for seat in it.seats],
    )
    assert it.starts_at == later
