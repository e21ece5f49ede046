"""Whoever was recommended sees what is kept of them, and has it deleted at once."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import seal
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.sourcing import Referral
from rmhr.models.system import Message
from rmhr.sourcing import operations
from tests.factories import accounts, applications, postings
from tests.factories.postings import referral


@pytest.fixture
def recommended(mails):
    return operations.referrals.recommend(
        accounts.user(Role.RM),
        postings.posting(),
        name="Jonte Behrens",
        email="jonte@example.org",
        language="en",
        note="Jonte knows the harbour.",
    )


def test_the_link_of_the_mail_shows_what_is_kept_and_deletes_it(browser, session, mails, recommended):
    address = f"/careers/recommended/{recommended.code}"
    assert address in mails()[0].text

    page = browser().get(address).text
    for words in ("Jonte Behrens", "jonte@example.org", "Jonte knows the harbour."):
        assert words in page
    answer = browser().post(address)

    assert answer.location == "/careers/recommended/deleted"
    assert "We no longer keep anything" in browser().get(answer.location).text
    assert session.query(Referral).count() == session.query(Message).count() == 0
    assert browser().get(address).status_code == 404
    seal.seal()
    assert seal.verify().holds


def test_hr_deletes_it_for_them(browser, session, recommended):
    hr = browser(accounts.user(Role.HR))
    assert f"/referrals/{recommended.id}/erase" in hr.get("/referrals/all").text

    assert "Jonte Behrens" in hr.get(f"/referrals/{recommended.id}/erase").text
    assert hr.post(f"/referrals/{recommended.id}/erase").status_code == 302

    assert session.query(Referral).count() == 0


def test_nobody_else_does(browser, recommended):
    assert browser(recommended.referrer).post(f"/referrals/{recommended.id}/erase").status_code == 403
    with pytest.raises(NotAllowed):
        operations.referrals.erase(recommended.referrer, recommended)
    assert browser().get("/careers/recommended/nonsense").status_code == 404


def test_what_is_part_of_an_application_goes_with_it(browser):
    row = referral()
    applications.application(
        ApplicationStatus.SCREENING, posting=row.posting, source="referral", referral=row
    )

    assert "You have applied." in browser().get(f"/careers/recommended/{row.code}").text
    with pytest.raises(NotPossible, match="has applied"):
        operations.referrals.erase(SYSTEM, row)
