"""What two people have agreed on stands until both agree again; where a posting stands is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import Words
from rmhr.core.words import day_text
from rmhr.models.criteria import Importance
from rmhr.models.postings import PostingStatus as S
from rmhr.models.requisitions import PayPeriod
from rmhr.postings import operations
from rmhr.postings.workflow import POSTINGS
from tests.factories.postings import posting

from .test_editor import typed

FEWER = [{"text": Words.both("Danish", "Dänisch"), "importance": Importance.MUST}]


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"title": Words.both("Other (f/m/x)", "Andere (m/w/d)")}},
        {"facts": {"pay_max": 90_000_00}},
        {"facts": {"currency": "CHF"}},
        {"facts": {"pay_period": PayPeriod.MONTH}},
        {"facts": {}, "criteria": FEWER},
    ],
)
@pytest.mark.parametrize("status", [S.PUBLISHED, S.PAUSED])
def test_title_pay_and_criteria_of_an_open_posting_stand(status, change):
    public = posting(status=status)

    with pytest.raises(NotPossible, match="as they were approved"):
        operations.postings.revise(public.recruiter, public, sections={}, **change)


def test_everything_else_is_corrected_at_once():
    public = posting()

    operations.postings.revise(
        public.recruiter, public, facts={"contact_phone": "040 1", "openings": 2}, sections={}
    )
    operations.postings.revise(
        public.recruiter, public, facts={"pay_max": public.pay_max}, sections={}, questions=[]
    )

    assert (public.contact_phone, public.openings, public.questions) == ("040 1", 2, [])


def test_the_editor_says_so_at_the_field_and_loses_nothing(browser):
    public = posting()
    data = typed(public, **{"pay_max": "90,000", "title-en": "Other (f/m/x)", "criteria-0-text-en": "Other"})

    answer = browser(public.recruiter).post(f"/postings/{public.id}/edit", data=data)

    assert answer.status_code == 422
    assert answer.text.count("Take the posting back to draft to change it") >= 3
    assert 'value="90,000"' in answer.text
    assert public.pay_max == 74_000_00


def test_back_in_draft_it_is_changed_approved_and_opened_again_under_its_address(browser):
    public = posting()
    slug, first_day = public.slug, public.published_at
    recruiter, manager = public.recruiter, public.hiring_manager

    POSTINGS.perform(recruiter, public, "rework")
    gone = browser().get(f"/careers/{slug}")
    assert gone.status_code == 410, "who has the address learns that the job is not open"
    operations.postings.revise(recruiter, public, facts={"pay_max": 90_000_00}, sections={})
    POSTINGS.perform(recruiter, public, "submit")
    POSTINGS.perform(manager, public, "approve")
    POSTINGS.perform(recruiter, public, "publish")

    assert (public.slug, public.published_at, public.pay_max) == (slug, first_day, 90_000_00)
    assert browser().get(f"/careers/{slug}").status_code == 200


def test_the_page_says_who_did_what_and_whose_turn_it_is(browser):
    draft = posting(status=S.DRAFT)
    recruiter, manager = draft.recruiter, draft.hiring_manager

    def page(person=recruiter):
        return browser(person).get(f"/postings/{draft.id}").text

    assert "completes it and submits it for approval" in page()
    POSTINGS.perform(recruiter, draft, "submit")
    assert f"Submitted by {recruiter.name}" in page()
    assert f"Next: {manager.name} reads it by" in page()
    POSTINGS.perform(manager, draft, "approve")
    assert f"Approved by {manager.name}" in page()
    assert "Next: HR publishes it." in page()
    POSTINGS.perform(recruiter, draft, "publish")
    assert "Everybody can apply until" in page()
    POSTINGS.perform(recruiter, draft, "pause")
    assert "Next: HR resumes it." in page()
    POSTINGS.perform(recruiter, draft, "close")
    assert "HR can open it again or archive it." in page()
    POSTINGS.perform(recruiter, draft, "archive")
    assert "It is in the archive." in page()


def test_an_approved_posting_says_on_which_day_it_opens(browser):
    opens = clock.today() + timedelta(days=3)
    row = posting(status=S.APPROVED, opens_on=opens)

    page = browser(row.recruiter).get(f"/postings/{row.id}").text

    assert f"it opens by itself on {day_text(opens)}" in page
