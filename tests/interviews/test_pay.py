"""No interview before the applicant knows the pay range, and none that asks what they earned."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotPossible
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus, PayNoticeWay
from tests.factories import accounts, applications

from .test_operations import move, plan

NO_RANGE = {"pay_min": None, "pay_max": None, "usual_min": None, "usual_max": None}


def shortlisted(**given):
    return applications.application(ApplicationStatus.SHORTLISTED, posting=applications.posting(**given))


def test_the_invitation_tells_the_range_to_whoever_did_not_know_it():
    it = shortlisted(pay_shown=False)

    plan(it)

    assert [notice.way for notice in it.pay_notices] == [PayNoticeWay.INVITATION]


def test_who_knows_the_range_is_told_it_once():
    it = applications.told_pay(shortlisted())

    plan(it)

    assert [notice.way for notice in it.pay_notices] == [PayNoticeWay.CONFIRMATION]


def test_without_a_range_nobody_is_invited_who_was_never_told_one(browser):
    it = shortlisted(**NO_RANGE)

    with pytest.raises(NotPossible, match="does not know the pay range"):
        plan(it)
    page = browser(accounts.user(Role.HR)).get(f"/applications/{it.id}/interview")
    assert page.status_code == 409
    assert "does not know the pay range" in page.text
    plan(applications.told_pay(it))


@pytest.mark.parametrize("message", ["Please bring your last three payslips.", "Was verdienen Sie zurzeit?"])
def test_the_words_to_the_candidate_do_not_ask_for_past_pay(message):
    it = plan()
    for deed in (lambda: plan(message=message), lambda: move(it, message=message)):
        with pytest.raises(NotPossible, match="2023/970"):
            deed()
