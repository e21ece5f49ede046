"""What is owed around an interview."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock
from rmhr.core.due.sources import for_person
from rmhr.interviews import operations
from rmhr.interviews.workflow import FLOW
from rmhr.models.accounts import Role
from rmhr.models.competencies import Level
from rmhr.models.interviews import Outcome
from tests.factories import accounts
from tests.factories import interviews as make


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
    assert due.what == f"Hand in your scorecard for {it.application.applicant.name}"
    assert "Relationship Manager" in due.why
    with app.test_request_context():
        assert app.url_for(due.endpoint, **due.values) == f"/interviews/{it.id}/scorecard"
