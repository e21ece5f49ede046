"""Pages of colleagues about postings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, Role
from rmhr.models.postings import Posting, PostingSection, SectionKind
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import content
from rmhr.postings.coach import advice
from tests.factories import many
from tests.factories.accounts import user
from tests.factories.applications import application
from tests.factories.postings import posting, requisition
from tests.support.exports import exported, workbook
from tests.support.html import Html, said


def test_the_list_shows_how_each_stands_and_what_has_come_in(browser):
    recruiter = user(Role.HR)
    row = posting(recruiter=recruiter)
    application(posting=row)
    posting(status=S.DRAFT, title=Words.both("Half written (f/m/x)", "Halb"), closes_on=None)

    page = browser(recruiter).get("/postings/").text

    for words in ("Relationship Manager (f/m/x)", "Half written", "Open", "Draft", "0 of 1", "New posting"):
        assert words in page


def test_the_list_is_searched_filtered_and_sorted(browser):
    hr = user(Role.HR)
    posting(title=Words.both("Kiel job", "Kiel"), place="Kiel", rm_type=RmType.BUSINESS)
    posting(title=Words.both("Altona job", "Altona"), status=S.DRAFT)
    client = browser(hr)

    assert "Altona job" not in client.get("/postings/?q=kiel").text
    assert "Kiel job" not in client.get("/postings/?status=draft").text
    assert "Altona job" not in client.get("/postings/?type=business").text
    assert "No results" in client.get("/postings/?q=nowhere").text
    for order in ("title", "-title", "closes", "-closes", "new", "nonsense"):
        assert client.get(f"/postings/?sort={order}").status_code == 200


def test_an_empty_list_says_what_to_do_first(browser):
    assert "Begin with the starter text" in browser(user(Role.HR)).get("/postings/").text
    assert "When HR begins" in browser(user(Role.SUPERVISOR)).get("/postings/").text


def test_supervisors_see_no_numbers_of_others_and_cannot_begin(browser):
    row = posting()
    application(posting=row)
    other = browser(user(Role.SUPERVISOR))

    page = other.get(f"/postings/{row.id}").text
    assert f"/applications/?posting={row.id}" not in page
    assert "History" not in page
    assert other.get("/postings/new").status_code == 403
    assert f"/applications/?posting={row.id}" in browser(row.hiring_manager).get(f"/postings/{row.id}").text


def test_drafts_of_others_are_not_there(browser):
    draft = posting(status=S.DRAFT)
    client = browser(user(Role.SUPERVISOR))

    for url in (f"/postings/{draft.id}", f"/postings/{draft.id}/edit", f"/postings/{draft.id}/close"):
        assert client.get(url).status_code == 404
    assert browser(draft.hiring_manager).get(f"/postings/{draft.id}").status_code == 200


def test_the_question_before_a_move_names_what_it_is_about(browser):
    row = posting(title=Words.both("Adviser (f/m/x)", "Beratung (m/w/d)"))

    page = browser(row.recruiter).get(f"/postings/{row.id}/close").text

    assert "<title>Close: Adviser (f/m/x)" in page
    assert '<p class="lead">Adviser (f/m/x)</p>' in page


def test_the_export_is_a_table_that_runs_no_formula(browser):
    hr = user(Role.HR, name="=cmd|' /C calc'!A0")
    row = posting(recruiter=hr, title=Words.both("@SUM(1+1)", "+1"), place="-2+3")
    application(posting=row)

    (told,) = exported(browser(hr), "/postings/export?status=published")

    assert told["Title"] == "'@SUM(1+1)"
    assert told["Place of work"] == "'-2+3"
    assert told["To screen"] == "1"
    assert told["Days open"] == "5"
    assert told["Recruiter"].startswith("'=cmd")


def test_the_workbook_has_numbers_and_days_as_such_and_formulas_as_text(browser):
    hr = user(Role.HR, name="=1+1")
    row = posting(recruiter=hr, openings=3)

    head, (line,) = workbook(browser(hr), "/postings/export")

    told = dict(zip(head, line, strict=True))
    assert (told["Recruiter"].value, told["Recruiter"].data_type) == ("=1+1", "s")
    assert told["Positions"].value == 3
    assert told["Deadline"].value.date() == row.closes_on
    assert told["Deadline"].is_date


def test_the_list_says_how_long_each_is_open_and_what_can_be_done(browser):
    hr = user(Role.HR)
    posting(
        status=S.CLOSED,
        published_at=clock.now() - timedelta(days=30),
        closed_at=clock.now() - timedelta(days=9),
    )
    draft, public = posting(status=S.DRAFT), posting(recruiter=hr)

    page = Html(browser(hr).get("/postings/"))

    links = page.attributes("main a", "href")
    assert f"/postings/{draft.id}/edit" in links
    assert f"/careers/{public.slug}" in links
    assert f"/careers/{draft.slug}" not in links
    days = [said for said in page.texts("td.amount.cell--hide-phone") if said.isdigit()]
    assert sorted(days) == ["21", "5"]
    mine = browser(hr).get("/postings/?owner=me").text
    assert f"/postings/{public.id}" in mine
    assert f"/postings/{draft.id}" not in mine


def test_two_hundred_postings_are_four_pages(browser):
    many.postings(posting(), 199)
    db.session.commit()
    client, address, links = browser(user(Role.HR)), "/postings/", []

    for first in (1, 51, 101, 151):
        page = Html(client.get(address))
        assert f"{first} to {first + 49} of 200" in page.words()
        links += page.attributes(".cell--name a", "href")
        address = page.next() if first < 151 else ""
    assert not page.all('a[rel="next"]')
    assert len(set(links)) == 200


def test_a_posting_begins_from_the_starter_text(browser):
    content.load()
    hr, manager = user(Role.HR), user(Role.SUPERVISOR)
    asked = requisition(rm_type=RmType.BUSINESS)

    answer = browser(hr).post(
        "/postings/new", data={"requisition_id": asked.id, "hiring_manager_id": manager.id}
    )

    draft = db.session.scalars(sa.select(Posting)).one()
    assert answer.location == f"/postings/{draft.id}/edit"
    assert (draft.rm_type, draft.hiring_manager_id, draft.recruiter_id) == (
        RmType.BUSINESS,
        manager.id,
        hr.id,
    )
    assert "Nordhaven Bank" in str(draft.section(SectionKind.CULTURE))


def test_a_beginning_without_a_choice_keeps_the_others(browser):
    content.load()
    asked = requisition()

    answer = browser(user(Role.HR)).post("/postings/new", data={"requisition_id": asked.id})

    assert answer.status_code == 422
    assert "Choose the hiring manager." in answer.text
    assert f'selected value="{asked.id}"' in answer.text
    assert db.session.scalars(sa.select(Posting)).all() == []


def test_what_is_missing_is_a_list_of_ways_to_the_fields(browser):
    draft = posting(status=S.DRAFT, closes_on=None, pay_min=None, usual_min=None, usual_max=None)

    page = browser(draft.recruiter).get(f"/postings/{draft.id}").text

    assert f'href="/postings/{draft.id}/edit#closes_on"' in page
    assert f'href="/postings/{draft.id}/edit#pay_min"' in page
    assert "2 things are still missing." in page
    editor = browser(draft.recruiter).get(f"/postings/{draft.id}/edit").text
    for gap in ("closes_on", "pay_min"):
        assert f'href="#{gap}"' in editor
        assert f'id="{gap}"' in editor


def test_every_gap_leads_to_a_field_that_is_there(browser):
    empty = [PostingSection(kind=kind, text=Words(en="{{x}}", de="")) for kind in SectionKind]
    draft = posting(
        status=S.DRAFT,
        title=Words(en="{{x}}", de=""),
        place="",
        closes_on=None,
        sections=empty,
        hours=Words(de="{{h}}"),
    )

    editor = browser(draft.recruiter).get(f"/postings/{draft.id}/edit").text

    for finding in advice.blocking(draft) + advice.worth_a_look(draft):
        assert f'id="{finding.field}"' in editor, finding.field


def test_trying_to_submit_too_early_shows_the_list_and_submits_nothing(browser):
    draft = posting(status=S.DRAFT, closes_on=None)

    answer = browser(draft.recruiter).post(f"/postings/{draft.id}/submit", data={"seen": "draft"})

    assert answer.status_code == 409
    assert "Not submitted yet" in answer.text
    assert f'href="/postings/{draft.id}/edit#closes_on"' in answer.text
    assert draft.status is S.DRAFT


def test_publishing_goes_online_and_says_so(browser, mails):
    draft = posting(status=S.APPROVED)
    client = browser(draft.recruiter)

    answer = client.post(f"/postings/{draft.id}/publish", data={"seen": "approved"}, follow_redirects=True)

    assert "Posting published" in answer.text
    assert draft.status is S.PUBLISHED
    assert len(mails()) == 1
    again = client.post(f"/postings/{draft.id}/publish", data={"seen": "approved"})
    assert again.status_code == 409


def test_the_hiring_manager_may_not_publish(browser):
    draft = posting(status=S.APPROVED)

    answer = browser(draft.hiring_manager).post(f"/postings/{draft.id}/publish", data={"seen": "approved"})

    assert answer.status_code == 403
    assert draft.status is S.APPROVED


def test_reopening_asks_for_a_reason_and_a_deadline_that_is_ahead(browser):
    row = posting(status=S.CLOSED, closes_on=clock.today() - timedelta(days=2))
    client = browser(row.recruiter)

    form = client.get(f"/postings/{row.id}/reopen").text
    assert "New deadline" in form
    answer = client.post(
        f"/postings/{row.id}/reopen",
        data={"closes_on": clock.today().isoformat(), "note": "", "seen": "closed"},
    )
    assert answer.status_code == 422
    assert "The deadline must be in the future." in answer.text
    assert "Say why the posting opens again." in answer.text

    later = (clock.today() + timedelta(days=9)).isoformat()
    answer = client.post(
        f"/postings/{row.id}/reopen", data={"closes_on": later, "note": "A second place", "seen": "closed"}
    )
    assert answer.status_code == 302
    assert row.is_open


def test_the_preview_speaks_the_language_one_asks_for(browser):
    row = posting()

    client = browser(row.recruiter)

    assert "About vision." in client.get(f"/postings/{row.id}").text
    german = client.get(f"/postings/{row.id}?text=de").text
    assert "Über vision." in german
    assert "About vision." not in german


@pytest.mark.parametrize("status", S)
def test_what_has_been_out_keeps_the_tabs_of_who_came_and_how(browser, status):
    row = posting(status=status, published_at=clock.now())
    page = Html(browser(row.recruiter).get(f"/postings/{row.id}"))
    for address in (f"/applications/?posting={row.id}", f"/postings/{row.id}/sources"):
        assert page.all(f"main a[href='{address}']"), address


def test_a_draft_that_never_was_out_has_none_of_them(browser):
    row = posting(status=S.DRAFT, published_at=None)
    page = Html(browser(row.recruiter).get(f"/postings/{row.id}"))
    assert not page.all(f"main a[href='/postings/{row.id}/sources']")


def test_begin_with_says_kind_unit_and_date(browser):
    row = posting(published_at=clock.moment(date(2026, 3, 2), 9))
    option = Html(browser(row.recruiter).get("/postings/new")).one(f"#source_id option[value='{row.id}']")
    for words in (str(row.rm_type.label), row.unit.name, "2 Mar 2026"):
        assert words in said(option)
