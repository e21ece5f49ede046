"""Who may hold, cancel, hand in; and when not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.policy import SYSTEM
from rmhr.interviews.workflow import FLOW, SCORECARDS, unfinished
from rmhr.models.accounts import Role
from rmhr.models.competencies import Level
from rmhr.models.interviews import InterviewStatus, ScorecardStatus
from tests.factories import accounts, applications
from tests.factories import interviews as make


def people(it):
    """Everybody who could have a say, by what they are to the interview."""
    return {
        "hr": accounts.user(Role.HR),
        "panel": it.seats[0].interviewer,
        "hiring manager": it.application.posting.hiring_manager,
        "other interviewer": make.interviewer(),
        "rm": accounts.user(Role.RM),
        "admin": accounts.user(Role.ADMIN),
        "candidate": it.application.applicant,
        "system": SYSTEM,
    }


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [("hold", {"hr", "panel", "hiring manager", "system"}), ("cancel", {"hr", "system"})],
)
def test_who_may(verb, allowed):
    it = make.interview(hours=-2)
    assert {who for who, person in people(it).items() if FLOW[verb].allow(person, it)} == allowed


def test_only_the_owner_of_a_seat_hands_in_its_scorecard():
    it = make.interview(hours=-2)
    card = it.seats[0].scorecard
    allowed = {who for who, person in people(it).items() if SCORECARDS["submit"].allow(person, card)}
    assert allowed == {"panel"}


def test_an_interview_is_not_held_before_it_begins():
    it = make.interview(hours=2)
    hr = accounts.user(Role.HR)

    with pytest.raises(NotPossible, match="begins only on"):
        FLOW.perform(hr, it, "hold")

    with clock.at(it.starts_at + timedelta(minutes=1)):
        FLOW.perform(hr, it, "hold")
    assert it.status is InterviewStatus.HELD


def test_what_somebody_has_judged_is_not_cancelled():
    it = make.interview(hours=-2)
    make.rate(it.seats[0].scorecard)

    with pytest.raises(NotPossible, match=it.seats[0].interviewer.name):
        FLOW.perform(accounts.user(Role.HR), it, "cancel", note="ill")


def test_a_scorecard_says_what_is_missing_and_where():
    it = make.interview(hours=-2)
    card = it.seats[0].scorecard
    assert [step for step, _words in unfinished(card)] == [1, 2, 3, 3]

    make.rate(card, submitted=False)
    assert unfinished(card) == []


def test_every_rated_level_needs_evidence_and_not_observed_needs_none(session):
    it = make.interview(hours=-2)
    first, second = (question.competency for question in it.questions)
    card = make.rate(it.seats[0].scorecard, {first: Level.THREE, second: Level.NOT_OBSERVED}, submitted=False)
    with make.audit.acting(SYSTEM, "tests.arrange"):
        for rating in card.ratings:
            rating.evidence = "  "

    assert [words for _step, words in unfinished(card)] == [
        f"A sentence of evidence is missing for “{first.name}”."
    ]
    with pytest.raises(NotPossible, match="evidence"):
        SCORECARDS.perform(card.seat.interviewer, card, "submit")


def test_a_scorecard_is_not_handed_in_before_the_interview_begins():
    it = make.interview(hours=2)
    card = make.rate(it.seats[0].scorecard, submitted=False)

    with pytest.raises(NotPossible, match="begins only on"):
        SCORECARDS.perform(card.seat.interviewer, card, "submit")


def test_the_last_scorecard_shows_that_the_interview_took_place():
    it = make.interview(hours=-2)
    one, two = (make.rate(seat.scorecard, submitted=False) for seat in it.seats)

    SCORECARDS.perform(one.seat.interviewer, one, "submit")
    assert it.status is InterviewStatus.PLANNED
    SCORECARDS.perform(two.seat.interviewer, two, "submit")

    assert it.status is InterviewStatus.HELD
    assert two.status is ScorecardStatus.SUBMITTED


def test_nobody_hands_in_for_somebody_else():
    it = make.interview(hours=-2)
    card = make.rate(it.seats[0].scorecard, submitted=False)

    with pytest.raises(NotAllowed):
        SCORECARDS.perform(it.seats[1].interviewer, card, "submit")


def test_a_withdrawn_application_calls_its_interviews_off(mails):
    from rmhr.applications.workflow import FLOW as APPLICATIONS

    it = make.interview(hours=48)
    APPLICATIONS.perform(it.application.applicant, it.application, "withdraw")

    assert it.status is InterviewStatus.CANCELLED
    told = {mail.to_address for mail in mails() if mail.kind.startswith("interviews.cancelled")}
    assert told == {*(seat.interviewer.email for seat in it.seats), it.application.applicant.email}


def test_a_rejected_application_keeps_what_was_held():
    from rmhr.applications.workflow import FLOW as APPLICATIONS

    it = make.judged(make.interview(hours=-48))
    reason = applications.rejection_reason()
    APPLICATIONS.perform(accounts.user(Role.HR), it.application, "reject", reason=reason.code)

    assert it.status is InterviewStatus.HELD
