"""The workflow of applications: who may do what, when not, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible, Stale
from rmhr.core.policy import SYSTEM
from rmhr.core.words import day_long
from rmhr.law import retention
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from tests.factories import accounts, applications, postings

S = ApplicationStatus
OPEN = (S.RECEIVED, S.SCREENING, S.SHORTLISTED, S.INTERVIEWING, S.APPROVED, S.OFFERED)
BY_HR = {
    S.RECEIVED: {"screen", "shortlist", "reject", "set_aside"},
    S.SCREENING: {"shortlist", "reject", "set_aside"},
    S.SHORTLISTED: {"reject"},
    S.INTERVIEWING: {"reject"},
    S.APPROVED: {"reject"},
    S.REJECTED: {"reopen"},
    S.WITHDRAWN: {"resume"},
}
BY_APPLICANT = {
    **{status: {"withdraw"} for status in OPEN},
    **{status: {"withdraw", "set_aside"} for status in (S.RECEIVED, S.SCREENING)},
    S.WITHDRAWN: {"come_back"},
}
BY_SYSTEM = {
    S.RECEIVED: {"replace"},
    S.REPLACED: {"reinstate"},
    S.SHORTLISTED: {"invite"},
    S.INTERVIEWING: {"approve"},
    S.APPROVED: {"offer", "reconsider"},
    S.OFFERED: {"lapse", "hire"},
    S.HIRED: {"unhire", "give_up"},
}


@pytest.mark.parametrize("status", S)
def test_who_may_move_an_application_from_each_status(status):
    it = applications.application(status)
    people = {
        "hr": accounts.user(Role.HR),
        "its hiring manager": it.posting.hiring_manager,
        "another supervisor": accounts.user(Role.SUPERVISOR),
        "an interviewer": accounts.user(Role.INTERVIEWER),
        "an rm": accounts.user(Role.RM),
        "compliance": accounts.user(Role.COMPLIANCE),
        "an administrator": accounts.user(Role.ADMIN),
        "its applicant": it.applicant,
        "another applicant": applications.applicant(),
        "the system": SYSTEM,
    }

    may = {who: {move.transition.name for move in FLOW.moves(user, it)} for who, user in people.items()}

    assert may == {key: set() for key in people} | {
        "hr": BY_HR.get(status, set()),
        "its applicant": BY_APPLICANT.get(status, set()),
        "the system": BY_SYSTEM.get(status, set()),
    }


def test_nobody_is_rejected_by_the_system():
    it = applications.application(S.SCREENING)
    reason = applications.rejection_reason()

    with pytest.raises(NotAllowed):
        FLOW.perform(SYSTEM, it, "reject", reason=reason.code)


def test_shortlisting_waits_until_every_must_is_judged():
    it = applications.application(S.SCREENING)
    hr = accounts.user(Role.HR)

    with pytest.raises(NotPossible, match="2 criteria that must be met"):
        FLOW.perform(hr, it, "shortlist")

    applications.judged(it)
    FLOW.perform(hr, it, "shortlist")
    assert it.status is S.SHORTLISTED
    assert it.interview_by > clock.today()


def test_a_criterion_that_is_nice_to_have_need_not_be_judged():
    it = applications.judged(applications.application(S.SCREENING))

    assert {mark.criterion.importance.value for mark in it.marks} == {"must"}
    assert not FLOW["shortlist"].guard(it)


def test_rejecting_keeps_the_reason_and_writes_in_the_applicants_language(mails):
    it = applications.application(S.SCREENING, applicant=applications.applicant(language="de"))
    hr = accounts.user(Role.HR, language="en")
    reason = applications.rejection_reason()

    FLOW.perform(hr, it, "reject", reason=reason.code, personal="Bleiben Sie dran!", note="third one today")

    assert (it.status, it.rejection_reason, it.closed_at is not None) == (S.REJECTED, reason, True)
    mail = mails()[-1]
    assert (mail.to_address, mail.language) == (it.applicant.email, "de")
    assert reason.said["de"] in mail.text
    assert "Bleiben Sie dran!" in mail.text
    assert "third one today" not in mail.text


@pytest.mark.parametrize("status", [S.RECEIVED, S.SCREENING, S.SHORTLISTED, S.INTERVIEWING, S.APPROVED])
def test_opening_again_takes_the_rejection_back_to_where_it_stood(mails, status):
    it = applications.application(status, interview_by=clock.today(), screen_by=clock.today())
    hr = accounts.user(Role.HR)
    FLOW.perform(hr, it, "reject", reason=applications.rejection_reason().code, personal="Sorry.")
    assert it.delete_on == retention.APPLICATIONS.after(clock.today())

    FLOW.perform(hr, it, "reopen", note="the file was mixed up")

    assert (it.status, it.rejection_reason, it.rejection_line) == (status, None, "")
    assert (it.closed_at, it.delete_on) == (None, None)
    assert [mail.kind for mail in mails()] == ["applications.rejected", "applications.reopened"]


def test_the_applicant_need_not_be_told_that_it_is_open_again(mails):
    it = applications.application(S.REJECTED)

    FLOW.perform(accounts.user(Role.HR), it, "reopen", note="clicked the wrong line", tell=False)

    assert (it.status, mails()) == (S.SCREENING, [])


def test_days_that_are_over_begin_anew_when_it_is_opened_again():
    late = clock.today() - timedelta(days=20)
    it = applications.application(S.REJECTED, screen_by=late)
    other = applications.application(S.WITHDRAWN, was=S.SHORTLISTED, interview_by=late)

    FLOW.perform(accounts.user(Role.HR), it, "reopen", note="x")
    FLOW.perform(accounts.user(Role.HR), other, "resume", note="x")

    assert it.screen_by > clock.today()
    assert other.interview_by > clock.today()


def test_who_withdraws_with_an_offer_comes_back_to_the_decision():
    it = applications.application(S.OFFERED)
    FLOW.perform(it.applicant, it, "withdraw")

    FLOW.perform(it.applicant, it, "come_back", note="I was rash")

    assert it.status is S.APPROVED


def test_nothing_is_opened_again_beside_a_new_application():
    it = applications.application(S.WITHDRAWN)
    applications.application(posting=it.posting, applicant=it.applicant)

    with pytest.raises(NotPossible, match="again"):
        FLOW.perform(accounts.user(Role.HR), it, "resume", note="x")


def test_withdrawing_tells_the_recruiter_why_and_is_confirmed_with_the_day_of_deletion(mails):
    it = applications.application(S.SHORTLISTED)

    FLOW.perform(it.applicant, it, "withdraw", note="I found another job")

    assert it.status is S.WITHDRAWN
    assert it.closed_at
    mail, confirmed = mails()
    assert mail.to_address == it.posting.recruiter.email
    assert it.name in mail.subject
    assert "I found another job" in mail.text
    assert confirmed.to_address == it.email
    assert day_long(it.delete_on) in confirmed.text
    assert "I found another job" not in confirmed.text


def test_a_move_from_an_old_page_is_refused():
    it = applications.application(S.SCREENING)

    with pytest.raises(Stale):
        FLOW.perform(accounts.user(Role.HR), it, "reject", seen="received", reason="x")


def test_the_way_to_hired_is_the_systems():
    it = applications.application(S.SHORTLISTED, posting=postings.posting())

    for verb in ("invite", "approve", "offer", "lapse", "offer", "hire"):
        FLOW.perform(SYSTEM, it, verb)

    assert it.status is S.HIRED
    assert it.closed_at
