"""Recommending somebody: who may, whom, what is said to whom, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.postings import Audience, HiringTeamMember, TeamPart
from rmhr.models.sourcing import Referral, ReferralState, SourceKind
from rmhr.models.system import Message
from rmhr.sourcing import jobs, operations, queries
from rmhr.sourcing.queries.referrals import COUNTS_FOR, state_of
from tests.applications.support import address, filled
from tests.factories import accounts, applications, save
from tests.factories.postings import posting, referral, share_link
from tests.support.exports import exported

S = ApplicationStatus


def asked(row, **given):
    data = {
        "posting_id": row.id,
        "name": "Jonte Behrens",
        "email": "Jonte.Behrens@example.org",
        "language": "de",
        "note": "Knows everybody.",
        "asked": "y",
    }
    return {key: value for key, value in (data | given).items() if value is not None}


@pytest.mark.parametrize("role", list(Role))
def test_every_colleague_may_recommend_somebody(browser, session, mails, role):
    row, me = posting(), accounts.user(role)

    assert browser(me).post("/referrals/new", data=asked(row)).status_code == 302

    (made,) = session.query(Referral).all()
    assert (made.referrer_id, made.email, made.posting_id) == (me.id, "jonte.behrens@example.org", row.id)
    (mail,) = mails()
    assert (mail.to_address, mail.language) == ("jonte.behrens@example.org", "de")
    assert mail.subject.startswith(f"{me.name} hat Sie empfohlen")
    assert f"/careers/{row.slug}?via={made.code}" in mail.text
    assert "müssen Sie nichts tun" in mail.text
    assert "Jonte Behrens" in browser(me).get("/referrals/").text
    assert "Jonte Behrens" not in browser(accounts.user()).get("/referrals/").text


def test_nobody_is_written_to_who_was_not_asked(browser, mails):
    row, me = posting(), accounts.user()

    answer = browser(me).post("/referrals/new", data=asked(row, asked=None))

    assert answer.status_code == 422
    assert "Ask the person first" in answer.text
    assert browser(me).post("/referrals/new", data=asked(row, email="jonte@")).status_code == 422
    assert mails() == []


def test_a_stranger_is_asked_to_sign_in(browser):
    assert browser().get("/referrals/").status_code == 302
    assert browser().get("/referrals/new").status_code == 302


def test_one_cannot_recommend_oneself_nor_a_colleague(browser):
    row, me = posting(), accounts.user()
    other = accounts.user(email="other@bank.example")

    page = browser(me).post("/referrals/new", data=asked(row, email=me.email)).text
    assert "You cannot refer yourself" in page
    page = browser(me).post("/referrals/new", data=asked(row, email=other.email)).text
    assert "This person works here" in page


def test_an_address_is_recommended_once_for_a_posting_and_the_first_stays_unnamed(browser):
    first = referral()
    again = asked(first.posting, email=first.email)

    page = browser(first.referrer).post("/referrals/new", data=again).text
    assert "You have referred this person" in page
    page = browser(accounts.user()).post("/referrals/new", data=again).text
    assert "has been referred for this position already" in page
    assert first.referrer.name not in page
    assert browser(accounts.user()).post("/referrals/new", data=asked(posting(), email=first.email)).location


def test_only_a_posting_that_is_open_to_the_public_is_recommended():
    me = accounts.user()
    given = {"name": "Jonte", "email": "jonte@example.org", "language": "de", "note": ""}

    for row in (posting(audience=Audience.INTERNAL), posting(closes_on=clock.today() - timedelta(days=1))):
        with pytest.raises(NotPossible):
            operations.referrals.recommend(me, row, **given)
    for n in range(10):
        operations.referrals.recommend(me, posting(), **given | {"email": f"jonte{n}@example.org"})
    with pytest.raises(NotPossible, match="tomorrow"):
        operations.referrals.recommend(me, posting(), **given)


def test_whoever_comes_by_the_link_or_the_address_is_credited_before_any_link(browser, session):
    tip = referral()
    link = share_link(posting=tip.posting)
    by_address = filled(tip.posting, email=tip.email, via=link.code)
    browser().post(address(tip.posting), data=by_address)
    other = referral()
    browser().post(
        address(other.posting), data=filled(other.posting, email="mine@example.org", via=other.code)
    )

    found = {it.referral_id: it.source for it in session.query(Application)}
    assert found == {tip.id: SourceKind.REFERRAL, other.id: SourceKind.REFERRAL}


@pytest.mark.both
def test_a_recommendation_counts_once_for_its_posting_and_for_sixty_days(browser, session):
    used, old = referral(), referral(days_ago=61)
    applications.application(posting=used.posting, source=SourceKind.REFERRAL, referral=used)
    for tip, row in ((used, used.posting), (old, old.posting), (referral(), posting())):
        browser().post(address(row), data=filled(row, email=tip.email, via=tip.code))

    fresh = session.query(Application).where(Application.referral_id.is_(None)).all()
    assert [it.source for it in fresh] == [SourceKind.DIRECT] * 3


@pytest.mark.both
def test_what_nothing_came_of_is_deleted_with_its_mail(session):
    me, row = accounts.user(), posting()
    with clock.at(clock.now() - COUNTS_FOR - timedelta(hours=1)):
        gone = operations.referrals.recommend(
            me, row, name="A", email="a@example.org", language="en", note=""
        )
    used, fresh = referral(days_ago=100), referral(days_ago=59)
    applications.application(posting=used.posting, source=SourceKind.REFERRAL, referral=used)

    assert jobs.forget_referrals() == 1

    assert {each.id for each in session.query(Referral)} == {used.id, fresh.id}
    assert session.query(Message).where(Message.to_address == "a@example.org").all() == []
    assert gone not in session
    assert jobs.forget_referrals() == 0


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (None, ReferralState.INVITED),
        (S.RECEIVED, ReferralState.APPLIED),
        (S.SCREENING, ReferralState.APPLIED),
        (S.SHORTLISTED, ReferralState.IN_SELECTION),
        (S.INTERVIEWING, ReferralState.IN_SELECTION),
        (S.APPROVED, ReferralState.IN_SELECTION),
        (S.OFFERED, ReferralState.IN_SELECTION),
        (S.HIRED, ReferralState.HIRED),
        (S.REJECTED, ReferralState.ENDED),
        (S.WITHDRAWN, ReferralState.ENDED),
    ],
)
def test_the_referrer_sees_how_far_it_is_and_nothing_else(status, state):
    assert state_of(status) is state


def test_an_end_is_an_end_however_it_came(browser):
    pages = []
    for status in (S.REJECTED, S.WITHDRAWN):
        tip = referral(name="Jonte")
        applications.application(status, posting=tip.posting, source=SourceKind.REFERRAL, referral=tip)
        pages.append(browser(tip.referrer).get("/referrals/").text)
    assert all("Ended" in page and "Rejected" not in page and "Withdrawn" not in page for page in pages)


def hired(tip):
    it = applications.application(S.OFFERED, posting=tip.posting, source=SourceKind.REFERRAL, referral=tip)
    FLOW.perform(SYSTEM, it, "hire")
    return it


def test_a_hire_makes_a_bonus_due_and_tells_the_referrer(mails):
    tip = referral()

    hired(tip)

    assert tip.bonus_due_on == clock.today()
    (mail,) = [each for each in mails() if each.kind == "applications.referral_hired"]
    assert mail.user_id == tip.referrer_id
    assert "You will receive a bonus" in mail.text


def test_those_who_fill_the_posting_get_no_bonus(mails):
    row = posting()
    helper = accounts.user(Role.HR)
    save(HiringTeamMember(posting_id=row.id, user_id=helper.id, part=TeamPart.RECRUITER))
    for person in (row.hiring_manager, row.recruiter, helper):
        tip = referral(posting=row, referrer=person)
        hired(tip)
        assert tip.bonus_due_on is None
    assert all("bonus" not in each.text for each in mails())


def test_a_rejection_tells_the_referrer_nothing(mails):
    tip = referral()
    it = applications.application(posting=tip.posting, source=SourceKind.REFERRAL, referral=tip)

    FLOW.perform(accounts.user(Role.HR), it, "reject", reason=applications.rejection_reason().code)

    assert [each.to_address for each in mails()] == [it.applicant.email]


def test_hr_pays_what_is_due_and_takes_it_back(browser, session):
    tip, other = referral(), referral()
    hired(tip)
    hr = browser(accounts.user(Role.HR))

    page = hr.get("/referrals/all?bonus=due").text
    assert tip.name in page
    assert other.name not in page
    assert hr.post(f"/referrals/{tip.id}/pay").status_code == 302
    session.refresh(tip)
    assert tip.bonus_paid_on == clock.today()
    assert hr.post(f"/referrals/{tip.id}/pay").status_code == 409
    assert tip.name in hr.get("/referrals/all?bonus=paid").text
    assert "Paid" in browser(tip.referrer).get("/referrals/").text
    assert hr.post(f"/referrals/{tip.id}/unpay").status_code == 302
    session.refresh(tip)
    assert tip.bonus_paid_on is None
    assert hr.post(f"/referrals/{other.id}/pay").status_code == 409
    assert browser(tip.referrer).post(f"/referrals/{tip.id}/pay").status_code == 403


def test_nobody_pays_their_own_bonus():
    tip = referral(referrer=accounts.user(Role.HR))
    hired(tip)

    with pytest.raises(NotAllowed):
        operations.referrals.pay_bonus(tip.referrer, tip)


def test_the_export_is_the_list_and_no_formula(browser):
    referral(name="=1+1")

    rows = exported(browser(accounts.user(Role.HR)), "/referrals/all/export")

    assert [row["Referred"] for row in rows] == ["'=1+1"]


@pytest.mark.both
def test_one_s_own_are_all_there_and_nobody_else_s():
    tip = referral()
    own = [tip, *(referral(referrer=tip.referrer) for _n in range(3))]
    referral()

    assert {row.id for row, _state in queries.referrals.own(tip.referrer)} == {each.id for each in own}
