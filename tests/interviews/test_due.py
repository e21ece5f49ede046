"""What is owed around an interview."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.sources import for_person
from rmhr.core.policy import SYSTEM
from rmhr.interviews import operations
from rmhr.interviews.workflow import FLOW, SCORECARDS
from rmhr.models.accounts import Role
from rmhr.models.competencies import Level
from rmhr.models.interviews import InterviewStatus, Outcome
from rmhr.models.reminders import Absence
from tests.factories import accounts, save
from tests.factories import interviews as make


@pytest.fixture(autouse=True)
def _a_tuesday():
    """Whatever the day of the test: until when a scorecard is due depends on it."""
    with clock.at(clock.moment(date(2027, 3, 2), 11)):
        yield


def owed(person):
    """(source, day) of what this person owes in this stage."""
    found = for_person(person.id)
    return [(due.source.name, due.on) for due in found if due.source.name.startswith("interviews.")]


def test_before_it_begins_an_interview_is_coming_and_then_a_scorecard_is_due():
    it = make.interview(hours=30)
    person = it.seats[0].interviewer
    assert owed(person) == [("interviews.coming", it.day)]
    with clock.at(it.starts_at + timedelta(minutes=5)):
        assert owed(person) == [("interviews.scorecard", it.score_by)]
    make.rate(make.card_of(it, person))
    with clock.at(it.starts_at + timedelta(minutes=90)):
        assert owed(person) == []


def test_an_interview_has_its_time_and_the_recruiter_waits_for_the_scorecard():
    it = make.interview(hours=30)
    person = it.seats[0].interviewer
    [coming] = for_person(person.id)
    assert (coming.starts_at, coming.ends_at) == (it.starts_at, it.ends_at)
    with clock.at(it.starts_at + timedelta(minutes=5)):
        [card] = for_person(person.id)
    assert (card.since_on, card.waits_id) == (it.day, it.application.posting.recruiter_id)


def test_nothing_is_owed_for_a_cancelled_interview():
    it = make.interview(hours=30)
    FLOW.perform(accounts.user(Role.HR), it, "cancel", note="ill")
    assert owed(it.seats[0].interviewer) == []


def test_the_recruiter_decides_once_all_scorecards_are_in():
    it = make.interview(hours=-30)
    recruiter = it.application.posting.recruiter
    make.rate(it.seats[0].scorecard)
    assert owed(recruiter) == [("interviews.outcome", it.outcome_by)]
    it = make.judged(make.interview(hours=-30))
    recruiter = it.application.posting.recruiter
    assert owed(recruiter) == [("interviews.decide", it.decide_by)]

    operations.decide(recruiter, it.application, outcome=Outcome.HIRE, reason="Good.")
    assert owed(recruiter) == []


def test_a_no_has_to_be_told():
    it = make.judged(make.interview(hours=-30), Level.TWO, Level.TWO)
    recruiter = it.application.posting.recruiter
    decision = operations.decide(recruiter, it.application, outcome=Outcome.NO, reason="Too little.")
    assert owed(recruiter) == [("interviews.tell", decision.tell_by)]


def test_a_second_interview_after_keeping_it_open_asks_again():
    it = make.judged(make.interview(hours=-60), Level.THREE, Level.THREE)
    recruiter = it.application.posting.recruiter
    kept = operations.decide(recruiter, it.application, outcome=Outcome.HOLD, reason="One more look.")
    assert owed(recruiter) == [("interviews.kept_open", kept.tell_by)]
    with clock.at(clock.now() + timedelta(hours=2)):
        again = make.judged(make.interview(hours=-1, application=it.application))
        assert owed(recruiter) == [("interviews.decide", max(it.decide_by, again.decide_by))]


def test_the_words_name_the_person_and_lead_to_the_page(app):
    it = make.interview(hours=-2)
    (due,) = [d for d in for_person(it.seats[0].interviewer.id) if d.source.name == "interviews.scorecard"]
    assert due.what == f"Hand in your scorecard for {it.application.name}"
    assert "Relationship Manager" in due.why
    with app.test_request_context():
        assert app.url_for(due.endpoint, **due.values) == f"/interviews/{it.id}/scorecard"


# What nobody owed.


def test_somebody_decided_about_stays_decided_whatever_others_hand_in():
    it = make.judged(make.interview(hours=-30))
    recruiter = it.application.posting.recruiter
    operations.decide(recruiter, it.application, outcome=Outcome.HOLD, reason="One more look.")
    with clock.at(clock.now() + timedelta(days=1)):
        other = make.judged(make.interview(hours=-2))
        assert [name for name, _on in owed(recruiter)] == ["interviews.kept_open"]
        assert [name for name, _on in owed(other.application.posting.recruiter)] == ["interviews.decide"]


def test_a_candidate_whose_interview_was_called_off_needs_another_one():
    it = make.interview(hours=30)
    recruiter = it.application.posting.recruiter
    FLOW.perform(recruiter, it, "cancel", note="ill")
    assert owed(recruiter) == [("interviews.again", it.application.interview_by)]
    make.interview(hours=60, application=it.application)
    assert owed(recruiter) == []


def test_a_candidate_who_did_not_come_is_owed_another_date_too():
    it = make.interview(hours=-2)
    recruiter = it.application.posting.recruiter
    FLOW.perform(recruiter, it, "miss", note="Nobody came")
    assert owed(recruiter) == [("interviews.again", it.application.interview_by)]
    assert owed(it.seats[0].interviewer) == []


def test_a_candidate_whom_nobody_rates_is_owed_another_interview():
    it = make.interview(InterviewStatus.HELD, hours=-30)
    recruiter = it.application.posting.recruiter
    for seat in it.seats:
        SCORECARDS.perform(recruiter, seat.scorecard, "excuse", note="Left", excuse="Left")
    assert owed(recruiter) == [("interviews.again", it.application.interview_by)]


def test_a_week_after_it_somebody_asks_whether_it_took_place():
    it = make.interview(hours=-2)
    recruiter = it.application.posting.recruiter
    assert owed(recruiter) == [("interviews.outcome", it.day + timedelta(days=7))]
    FLOW.perform(recruiter, it, "hold")
    assert owed(recruiter) == []


def leave(person, on):
    with make.audit.acting(SYSTEM, "tests.arrange"):
        person.left_on = on
    db.session.commit()


def test_what_somebody_who_has_left_cannot_hand_in_is_the_recruiters():
    it = make.interview(hours=-30)
    person, recruiter = it.seats[0].interviewer, it.application.posting.recruiter
    leave(person, clock.today() - timedelta(days=1))
    assert owed(person) == []
    assert ("interviews.seat", it.score_by) in owed(recruiter)
    SCORECARDS.perform(recruiter, it.seats[0].scorecard, "excuse", note="Left", excuse="Left")
    assert "interviews.seat" not in {name for name, _on in owed(recruiter)}


def test_a_seat_of_somebody_who_leaves_before_the_interview_is_to_be_filled():
    it = make.interview(hours=72)
    person, recruiter = it.seats[0].interviewer, it.application.posting.recruiter
    leave(person, clock.today() - timedelta(days=1))
    assert owed(person) == []
    assert owed(recruiter) == [("interviews.seat", it.day)]


def test_whoever_stands_in_is_not_asked_for_a_scorecard_that_only_its_owner_can_write():
    it = make.interview(hours=-2)
    person, recruiter = it.seats[0].interviewer, it.application.posting.recruiter
    until = it.score_by + timedelta(days=3)
    away(person, clock.today(), until)
    assert owed(person) == []
    [seat] = [due for due in for_person(recruiter.id) if due.source.name == "interviews.seat"]
    assert seat.what == f"{person.name} cannot attend the interview with {it.application.name}"
    with clock.at(clock.moment(until + timedelta(days=1), 9)):
        assert owed(person) == [("interviews.scorecard", it.score_by)]


def test_whoever_is_back_before_it_is_due_hands_it_in():
    it = make.interview(hours=-2)
    person = it.seats[0].interviewer
    away(person, clock.today(), it.score_by - timedelta(days=1))
    assert owed(person) == [("interviews.scorecard", it.score_by)]


def away(person, starts_on, ends_on):
    save(
        Absence(user=person, deputy=make.interviewer(), starts_on=starts_on, ends_on=max(starts_on, ends_on))
    )
