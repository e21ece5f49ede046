"""Links to share: who makes them, what they are called, whom they bring."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.postings import Audience
from rmhr.models.sourcing import ShareLink, SourceKind
from rmhr.sourcing import operations, queries
from tests.applications.support import address, filled
from tests.factories import accounts, applications
from tests.factories.postings import posting, share_link

S = ApplicationStatus


def sources(row):
    return f"/postings/{row.id}/sources"


def test_a_link_is_made_for_a_channel_and_a_campaign(browser, session):
    row = posting()
    hr = browser(row.recruiter)

    assert hr.post(sources(row), data={"channel": " StepStone ", "campaign": "Spring"}).status_code == 302

    (link,) = session.query(ShareLink).all()
    assert (link.channel, link.campaign, link.made_by_id) == ("StepStone", "Spring", row.recruiter_id)
    assert re.fullmatch(r"[a-z2-9]{8}", link.code)
    assert f"/careers/{row.slug}?via={link.code}" in hr.get(sources(row)).text


def test_a_channel_and_campaign_have_one_link(browser):
    link = share_link(channel="LinkedIn", campaign="")
    hr = browser(link.posting.recruiter)

    answer = hr.post(sources(link.posting), data={"channel": "linkedin", "campaign": ""})

    assert answer.status_code == 422
    assert "There is a link for this channel and campaign already." in answer.text
    assert hr.post(sources(link.posting), data={"channel": " "}).status_code == 422
    with pytest.raises(NotPossible):
        operations.share_links.share(link.posting.recruiter, link.posting, channel="LinkedIn")


def test_only_those_who_fill_the_posting_see_its_sources(browser):
    link = share_link()
    row = link.posting

    for person, status in (
        (row.hiring_manager, 200),
        (accounts.user(Role.SUPERVISOR), 403),
        (accounts.user(Role.INTERVIEWER), 403),
        (accounts.user(Role.RM), 403),
    ):
        for page in ("", f"/{link.id}", f"/{link.id}/delete", f"/{link.id}/qr.svg"):
            assert browser(person).get(sources(row) + page).status_code == status, (person.roles, page)
    with pytest.raises(NotAllowed):
        operations.share_links.share(accounts.user(Role.SUPERVISOR), row, channel="XING")
    with pytest.raises(NotAllowed):
        operations.share_links.rename(accounts.user(Role.RM), link, channel="XING")


def test_a_link_of_another_posting_is_not_found_here(browser):
    link, other = share_link(), posting()

    assert browser(accounts.user(Role.HR)).get(f"{sources(other)}/{link.id}").status_code == 404


def test_a_link_is_renamed_and_keeps_its_address(browser, session):
    link, other = share_link(), share_link(channel="XING", campaign="")
    code, where = link.code, f"{sources(link.posting)}/{link.id}"
    hr = browser(link.posting.recruiter)

    assert hr.post(where, data={"channel": link.channel, "campaign": link.campaign}).status_code == 302
    assert hr.post(where, data={"channel": other.channel, "campaign": ""}).status_code == 302

    session.refresh(link)
    assert (link.channel, link.campaign, link.code) == ("XING", "", code)


def test_only_a_link_that_brought_nobody_is_deleted(browser, session):
    used, unused = share_link(), share_link()
    applications.application(posting=used.posting, source=SourceKind.SHARED, share_link=used)
    hr = browser(accounts.user(Role.HR))

    page = hr.get(f"{sources(used.posting)}/{used.id}/delete").text
    assert "so it stays" in page
    assert hr.post(f"{sources(used.posting)}/{used.id}/delete").status_code == 409
    assert "is not counted any more" in hr.get(f"{sources(unused.posting)}/{unused.id}/delete").text
    assert hr.post(f"{sources(unused.posting)}/{unused.id}/delete").status_code == 302
    assert [each.id for each in session.query(ShareLink)] == [used.id]


def test_the_qr_code_is_a_drawing_of_the_address(browser):
    link = share_link()

    answer = browser(link.posting.recruiter).get(f"{sources(link.posting)}/{link.id}/qr.svg")

    assert answer.mimetype == "image/svg+xml"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert ElementTree.fromstring(answer.data).tag.endswith("svg")


def test_whoever_applies_by_a_link_is_credited_to_it(browser, session):
    link = share_link()
    visitor = browser()

    form = visitor.get(f"{address(link.posting)}?via={link.code}").text
    assert f'name="via" type="hidden" value="{link.code}"' in form
    assert visitor.post(address(link.posting), data=filled(link.posting, via=link.code)).status_code == 302

    (it,) = session.query(Application).all()
    assert (it.source, it.share_link_id) == (SourceKind.SHARED, link.id)


@pytest.mark.parametrize("code", ["", "nonsense", "other", "x" * 5000, "%'\" ;--", "ä\x00"])
def test_a_code_that_says_nothing_is_ignored(browser, session, code):
    row, other = posting(), share_link(code="other")

    answer = browser().post(address(row), data=filled(row, via=code))

    assert answer.status_code == 302
    (it,) = session.query(Application).all()
    assert (it.source, it.share_link_id, it.referral_id) == (SourceKind.DIRECT, None, None)
    assert other.posting_id != row.id


@pytest.mark.both
def test_the_page_counts_what_came_of_each_link(browser):
    link = share_link()
    for status in (S.RECEIVED, S.SHORTLISTED, S.OFFERED, S.HIRED, S.REJECTED):
        applications.application(status, posting=link.posting, source=SourceKind.SHARED, share_link=link)
    applications.application(posting=link.posting)

    assert queries.share_links.by_link(accounts.user(Role.HR), link.posting) == {
        link.id: queries.share_links.Yield(5, 2, 1)
    }
    kinds = queries.share_links.by_kind(link.posting.recruiter, link.posting)
    assert kinds[SourceKind.DIRECT] == queries.share_links.Yield(1, 0, 0)
    hr = browser(link.posting.recruiter)
    assert "How people came" in hr.get(f"/postings/{link.posting_id}").text


def test_a_posting_for_colleagues_says_that_links_lead_nowhere_outside(browser):
    row = posting(audience=Audience.INTERNAL)

    assert "nobody outside can open its page" in browser(row.recruiter).get(sources(row)).text
