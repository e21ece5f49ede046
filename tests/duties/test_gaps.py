"""What the bank has not said yet is named; what law asks for keeps its jobs from the public."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotPossible
from rmhr.core.i18n import Words
from rmhr.duties import gaps, queries
from rmhr.models.accounts import Role
from rmhr.models.duties import Answer, LegalForm
from rmhr.models.postings import PostingStatus
from rmhr.postings.workflow import POSTINGS
from tests.factories import duties, postings
from tests.factories.accounts import user
from tests.support.html import Html


def named(**given):
    return {gap.field: gap.blocks for gap in gaps.gaps(duties.bank(**given))}


def test_a_bank_that_has_said_everything_lacks_nothing(session):
    assert named() == {}


@pytest.mark.parametrize(
    ("field", "value", "blocks"),
    [
        ("name", "", True),
        ("street", "", True),
        ("officer_email", "", True),
        ("processors", Words(en="- Kai IT"), True),
        ("third_countries", Answer.OPEN, True),
        ("works_council", Answer.OPEN, True),
        ("legal_form", LegalForm.OPEN, True),
        ("supervision", "", True),
        ("board_chair", "", False),
        ("complaints", "", False),
        ("works_council_contact", "", False),
        ("public_employer", Answer.OPEN, False),
    ],
)
def test_what_is_missing_is_named(session, field, value, blocks):
    assert named(**{field: value}) == {field: blocks}


def test_an_institution_under_public_law_names_no_register_and_no_board(session):
    given = {"legal_form": LegalForm.PUBLIC, "register_court": "", "register_number": "", "board_chair": ""}
    assert named(**given, works_council=Answer.NO) == {}


def test_a_works_council_of_a_public_employer_that_was_stored_before_is_named(session):
    assert named(public_employer=Answer.YES) == {"works_council": False}


def test_the_imprint_holds_nothing_up_where_the_bank_has_one_elsewhere(session):
    row = duties.bank(management="")
    assert [gap.blocks for gap in gaps.gaps(row)] == [True]
    assert [gap.blocks for gap in gaps.gaps(row, own_imprint=False)] == [False]


def test_a_job_goes_public_only_when_the_bank_has_said_what_it_must(session):
    posting = postings.posting(status=PostingStatus.APPROVED)
    row = queries.bank.row()
    row_name = row.name
    assert POSTINGS["publish"].guard(posting) is None
    with duties.changing():
        row.name = ""
    with pytest.raises(NotPossible, match="The bank and its duties"):
        POSTINGS.perform(posting.recruiter, posting, "publish")
    with duties.changing():
        row.name = row_name
    POSTINGS.perform(posting.recruiter, posting, "publish")
    assert posting.is_open


def test_a_notice_that_nobody_of_the_bank_has_approved_is_not_enough(session):
    duties.bank()
    assert "Texts of the bank" in (queries.bank.why_not_public() or "")
    duties.text(approved_at=None)
    assert "Texts of the bank" in (queries.bank.why_not_public() or "")
    duties.text()
    assert queries.bank.why_not_public() is None


def test_today_leads_through_the_first_start(session, browser):
    page = Html(browser(user(Role.ADMIN)).get("/today"))
    words = page.words("body")
    assert "Before the first job goes public" in words
    assert "The registered name of the bank" in words
    assert "Privacy notice for applicants" in words
