"""Planning, moving, rating, deciding."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.policy import SYSTEM
from rmhr.interviews import operations
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.competencies import Level
from rmhr.models.interviews import InterviewKind, Outcome, ScorecardStatus
from tests.factories import accounts, applications
from tests.factories import interviews as make


def plan(application=None, **given):
    """An interview in two days, planned as HR does it."""
    application = application or applications.application(ApplicationStatus.SHORTLISTED)
    if "questions" not in given:
        given["questions"] = [make.question(), make.question()]
    defaults = {
        "round": make.round_(code=f"round{next(make.numbers)}"),
        "kind": InterviewKind.IN_PERSON,
        "starts_at": clock.now() + timedelta(days=2),
        "minutes": 60,
        "place": "Room Alster",
        "message": "",
        "panel": [make.interviewer(), make.interviewer()],
    }
    return operations.plan(application.posting.recruiter, application, **defaults | given)


def move(it, **given):
    """The same interview with something changed."""
    defaults = {
        "kind": it.kind,
        "starts_at": it.starts_at,
        "minutes": 60,
        "place": it.place,
        "message": it.message,
        "panel": [seat.interviewer for seat in it.seats],
    }
    return operations.move(it.application.posting.recruiter, it, **defaults | given)


# Planning.


def test_a_plan_has_seats_scorecards_and_a_frozen_kit():
    question = make.question()
    it = plan(questions=[question])

    assert it.application.status is ApplicationStatus.INTERVIEWING
    assert [seat.scorecard.status for seat in it.seats] == [ScorecardStatus.DRAFT] * 2
    with make.audit.acting(SYSTEM, "tests.arrange"):
        question.text = make.Words.both("Something else", "Etwas anderes")
    assert it.questions[0].text["en"].startswith("Tell us about a time")


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.SUPERVISOR, Role.RM, Role.ADMIN, Role.COMPLIANCE])
def test_only_hr_plans(role):
    application = applications.application(ApplicationStatus.SHORTLISTED)
    with pytest.raises(NotAllowed):
        operations.plan(accounts.user(role), application)


@pytest.mark.parametrize(
    "status", sorted(set(ApplicationStatus) - {ApplicationStatus.SHORTLISTED, ApplicationStatus.INTERVIEWING})
)
def test_nobody_is_invited_who_is_not_shortlisted(status):
    with pytest.raises(NotPossible, match="shortlisted"):
        plan(applications.application(status))


def test_the_next_candidate_for_the_posting_is_asked_the_same():
    first = plan()
    other = applications.application(ApplicationStatus.SHORTLISTED, posting=first.application.posting)
    second = plan(other, round=first.round, starts_at=clock.now() + timedelta(days=3))

    assert [q.text for q in second.questions] == [q.text for q in first.questions]


def test_nobody_sits_in_two_interviews_at_once():
    first = plan()
    busy = first.seats[0].interviewer

    with pytest.raises(NotPossible, match=f"{busy.name} is in another interview"):
        plan(panel=[busy, make.interviewer()], starts_at=first.starts_at + timedelta(minutes=59))
    assert plan(panel=[busy, make.interviewer()], starts_at=first.ends_at)


def test_a_candidate_is_not_in_two_interviews_at_once():
    first = plan()
    with pytest.raises(NotPossible, match="has another interview"):
        plan(first.application, starts_at=first.starts_at)


def test_one_person_is_no_panel_and_the_past_is_past():
    person = make.interviewer()
    with pytest.raises(NotPossible, match="at least 2"):
        plan(panel=[person, person])
    with pytest.raises(NotPossible, match="has passed"):
        plan(starts_at=clock.now() - timedelta(minutes=1))


def test_a_scorecard_is_due_on_the_next_working_day():
    with clock.at(clock.moment(date(2026, 11, 25), 9)):
        it = plan(starts_at=clock.moment(date(2026, 11, 27), 15))  # a Friday
    assert (it.day, it.score_by, it.decide_by) == (
        date(2026, 11, 27),
        date(2026, 11, 30),
        date(2026, 12, 2),
    )


# Moving.


def test_a_moved_interview_is_the_same_entry_one_version_on():
    it = plan()
    uid = it.uid
    move(it, starts_at=it.starts_at + timedelta(days=1), place="Room Elbe")

    assert (it.uid, it.sequence, it.place) == (uid, 1, "Room Elbe")


def test_who_joins_is_invited_and_who_leaves_is_told(mails):
    it = plan()
    staying, leaving = (seat.interviewer for seat in it.seats)
    joining = make.interviewer()
    before = len(mails())
    move(it, panel=[staying, joining])

    told = {mail.to_address: (mail.kind, mail.calendar_method) for mail in mails()[before:]}
    assert told == {
        leaving.email: ("interviews.taken_off", "CANCEL"),
        staying.email: ("interviews.moved_interviewer", "REQUEST"),
        joining.email: ("interviews.invited_interviewer", "REQUEST"),
        it.application.applicant.email: ("interviews.moved_candidate", "REQUEST"),
    }


def test_an_interview_may_stay_where_it_is_and_does_not_clash_with_itself():
    it = plan()
    assert move(it, place="Another room").sequence == 1


def test_whoever_has_judged_stays_on_the_panel():
    it = make.interview(hours=48)
    make.rate(it.seats[0].scorecard)
    with pytest.raises(NotPossible, match="stays on the panel"):
        move(it, panel=[it.seats[1].interviewer, make.interviewer()])


# Rating.


def test_a_draft_keeps_what_is_there_and_can_be_written_over():
    it = make.interview(hours=-1)
    card, competency = it.seats[0].scorecard, it.questions[0].competency
    owner = it.seats[0].interviewer

    operations.save_rating(
        owner, card, competency_id=competency.id, level=None, notes="Rang first", evidence=""
    )
    operations.save_rating(
        owner, card, competency_id=competency.id, level=Level.TWO, notes="Rang", evidence="x"
    )

    (rating,) = card.ratings
    assert (rating.level, rating.notes, rating.evidence) == (Level.TWO, "Rang", "x")


def test_nobody_writes_on_the_scorecard_of_somebody_else():
    it = make.interview(hours=-1)
    for other in (
        it.seats[1].interviewer,
        accounts.user(Role.HR),
        it.application.posting.hiring_manager,
        SYSTEM,
    ):
        with pytest.raises(NotAllowed):
            operations.save_summary(other, it.seats[0].scorecard, recommendation=None, summary="Yes")


def test_what_is_handed_in_stays_as_it_is():
    it = make.interview(hours=-1)
    card = make.rate(it.seats[0].scorecard)
    with pytest.raises(NotPossible, match="handed in"):
        operations.save_summary(card.seat.interviewer, card, recommendation=None, summary="")


def test_a_scorecard_opens_on_the_day():
    it = make.interview(hours=72)
    card = it.seats[0].scorecard
    with pytest.raises(NotPossible, match="opens on the day"):
        operations.save_summary(card.seat.interviewer, card, recommendation=None, summary="Early")


def test_only_what_is_asked_about_is_rated():
    it = make.interview(hours=-1)
    card = it.seats[0].scorecard
    with pytest.raises(NotPossible, match="not part of the interview"):
        operations.save_rating(
            card.seat.interviewer, card, competency_id=make.competency().id, level=None, notes="", evidence=""
        )


def test_what_was_written_is_in_the_history_as_changed_and_not_as_text(session):
    from sqlalchemy import select

    from rmhr.models.system import AuditEntry

    it = make.interview(hours=-1)
    card, competency = it.seats[0].scorecard, it.questions[0].competency
    operations.save_rating(
        it.seats[0].interviewer,
        card,
        competency_id=competency.id,
        level=Level.ONE,
        notes="Secret",
        evidence="Word",
    )
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "rating")).one()
    assert "Secret" not in str(entry.changes)
    assert "Word" not in str(entry.changes)


# Deciding.


def test_hire_approves_the_application():
    it = make.judged(make.interview(hours=-24))
    hr = accounts.user(Role.HR)
    decision = operations.decide(hr, it.application, outcome=Outcome.HIRE, reason="Strong in both.")

    assert it.application.status is ApplicationStatus.APPROVED
    assert (decision.decided_by, decision.panel_mean, decision.deviates) == (hr, 400, False)


@pytest.mark.parametrize("outcome", [Outcome.HOLD, Outcome.NO])
def test_hold_and_no_leave_the_application_where_it_is(outcome):
    it = make.judged(make.interview(hours=-24), Level.THREE, Level.THREE)
    operations.decide(accounts.user(Role.HR), it.application, outcome=outcome, reason="Not yet.")
    assert it.application.status is ApplicationStatus.INTERVIEWING


def test_the_hiring_manager_decides_too_and_nobody_else_does():
    it = make.judged(make.interview(hours=-24))
    others = [
        it.seats[0].interviewer,
        accounts.user(Role.SUPERVISOR),
        accounts.user(Role.ADMIN),
        it.application.applicant,
        SYSTEM,
    ]
    for other in others:
        with pytest.raises(NotAllowed):
            operations.decide(other, it.application, outcome=Outcome.HIRE, reason="Because.")
    manager = it.application.posting.hiring_manager
    assert operations.decide(manager, it.application, outcome=Outcome.HIRE, reason="Because.")


def test_the_decision_waits_for_every_scorecard_and_says_whose():
    it = make.interview(hours=-24)
    make.rate(it.seats[0].scorecard)
    with pytest.raises(NotPossible, match=it.seats[1].interviewer.name):
        operations.decide(accounts.user(Role.HR), it.application, outcome=Outcome.NO, reason="No.")


def test_nobody_is_decided_about_without_an_interview():
    application = applications.application(ApplicationStatus.INTERVIEWING)
    with pytest.raises(NotPossible, match="no interview yet"):
        operations.decide(accounts.user(Role.HR), application, outcome=Outcome.NO, reason="No.")


@pytest.mark.parametrize(
    ("level", "outcome", "against"),
    [
        (Level.TWO, Outcome.HIRE, True),
        (Level.TWO, Outcome.NO, False),
        (Level.THREE, Outcome.HIRE, False),
        (Level.THREE, Outcome.NO, False),
        (Level.FOUR, Outcome.NO, True),
        (Level.FOUR, Outcome.HIRE, False),
        (Level.FIVE, Outcome.HOLD, False),
        (Level.NOT_OBSERVED, Outcome.HIRE, False),
    ],
)
def test_going_against_the_scorecards_has_to_be_meant(level, outcome, against):
    it = make.judged(make.interview(hours=-24), level, level)
    hr = accounts.user(Role.HR)
    if against:
        with pytest.raises(NotPossible, match="against what the scorecards say"):
            operations.decide(hr, it.application, outcome=outcome, reason="I know better.")
    decision = operations.decide(hr, it.application, outcome=outcome, reason="I know.", deviates=True)
    assert decision.deviates is against
