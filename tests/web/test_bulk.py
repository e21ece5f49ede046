"""Work on many as pages: what is chosen, what is asked before, what became of each, and the way back."""

from __future__ import annotations

import re

import pytest

from rmhr.applications.workflow import FLOW
from rmhr.core.flow import bulk
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from tests.factories import accounts, applications, postings

S = ApplicationStatus


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """However busy the machine is, a piece is done in one go."""
    monkeypatch.setattr(bulk, "PATIENCE", 600.0)


@pytest.fixture
def person():
    return accounts.user(Role.HR)


@pytest.fixture
def hr(browser, person):
    return browser(person)


def chosen(page: str) -> dict[int, str]:
    """What a page that asks would do something to, as it carries it."""
    [value] = re.findall(r'name="chosen" value="([^"]*)"', page)
    return {int(id): seen for id, _colon, seen in (part.partition(":") for part in value.split())}


def fields(page: str) -> dict[str, str]:
    """What a page that asks sends besides the answers."""
    return dict(re.findall(r'<input type="hidden" name="(key|chosen|back|undoes)" value="([^"]*)"', page))


def ask(client, verb="reject", *its, address="/applications", **more):
    """The page that asks about these things."""
    return client.post(f"{address}/bulk/{verb}", data={"row": [it.id for it in its], **more})


def rejected(client, *its):
    """These applications, rejected at once: where their report is."""
    reason = applications.rejection_reason()
    page = ask(client, "reject", *its).text
    answer = client.post("/applications/bulk/reject", data={**fields(page), "reason": reason.code})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_the_list_has_ticks_and_a_bar_for_those_who_may(hr, browser):
    it = applications.application(S.SCREENING)

    page = hr.get("/applications/?view=screen").text
    assert f'name="row" value="{it.id}" form="bulk"' in page
    assert f'aria-label="Choose {it.name}"' in page
    assert 'formaction="/applications/bulk/reject?view=screen&amp;sort=-applied"' in page
    assert "that match" not in page
    theirs = browser(it.posting.hiring_manager).get("/applications/").text
    assert it.name in theirs
    assert 'id="bulk"' not in theirs
    assert 'name="row"' not in theirs


def test_before_it_is_done_it_says_who_is_affected_and_who_is_not_and_why(hr, mails):
    ready = applications.judged(applications.application(S.SCREENING))
    unready, over = applications.application(S.SCREENING), applications.application(S.REJECTED)

    answer = ask(hr, "shortlist", ready, unready, over)

    assert answer.status_code == 200
    assert "Shortlist 1 application" in answer.text
    assert chosen(answer.text) == {ready.id: seen_of(ready)}
    for words in (
        "2 criteria that must be met have not been judged yet.",
        "This cannot be done while the status is “Rejected”.",
        "Each applicant is told by e-mail, in their language, that you would like to meet them.",
        "It cannot be taken back here.",
        f"to {ready.name}, as an example",
        f"Dear {ready.name}",
    ):
        assert words in answer.text
    assert (ready.status, mails()) == (S.SCREENING, [])


def test_nothing_chosen_and_nothing_possible_are_said(hr):
    over = applications.application(S.REJECTED)

    answer = hr.post("/applications/bulk/reject?view=ended&sort=name")
    assert answer.location == "/applications/?view=ended&sort=name"
    assert "Nothing is chosen." in hr.get(answer.location).text
    page = ask(hr, "reject", over).text
    assert "None of the selected entries allows this." in page
    assert "Reject 0" not in page
    assert hr.get("/applications/bulk/reject?view=ended").location == "/applications/?view=ended"
    assert hr.post("/applications/bulk/nonsense").status_code == 404


def test_the_mail_is_shown_before_it_is_sent_and_showing_it_leaves_nothing(hr, mails):
    its = [applications.application(S.SCREENING) for _n in range(2)]
    reason = applications.rejection_reason()
    page = ask(hr, "reject", *its).text
    assert "<article" not in page

    looked = hr.post("/applications/bulk/reject", data={**fields(page), "reason": reason.code, "look": "1"})
    assert looked.status_code == 200
    assert reason.said["en"] in looked.text
    assert looked.text.count("<article") == 1
    assert fields(looked.text)["key"] == fields(page)["key"]
    assert (its[0].status, mails()) == (S.SCREENING, [])
    refused = hr.post("/applications/bulk/reject", data=fields(page))
    assert refused.status_code == 422
    assert "Choose a reason." in refused.text
    assert chosen(refused.text) == {it.id: seen_of(it) for it in its}


def test_it_is_done_reported_and_taken_back_once(hr, mails):
    its = [applications.application(S.SCREENING) for _n in range(3)]

    report = rejected(hr, *its)

    page = hr.get(report).text
    assert "3 applications rejected" in page
    assert {it.status for it in its} == {S.REJECTED}
    assert "If you tick it, each applicant is told by e-mail, in their language" in page
    undo = re.search(r'action="(/bulk/\d+/undo)"', page)[1]
    asked = hr.post(undo).text
    assert "Open 3 applications again" in asked
    assert "as an example" not in asked  # a reason is asked for first
    assert 'id="tell" name="tell" type="checkbox"' in asked
    said = {"note": "Mixed up", "tell": "y"}
    looked = hr.post("/applications/bulk/reopen", data={**fields(asked), **said, "look": "1"}).text
    assert f"Dear {its[0].name}" in looked
    done = hr.post("/applications/bulk/reopen", data={**fields(looked), **said})
    assert "3 applications opened again" in hr.get(done.location).text
    assert {it.status for it in its} == {S.SCREENING}
    assert [mail.kind for mail in mails()] == ["applications.rejected"] * 3 + ["applications.reopened"] * 3
    page = hr.get(report).text
    assert "This was taken back." in page
    assert "/undo" not in page
    assert hr.post(undo).location.startswith("/bulk/")
    assert "/undo" not in hr.get(done.location).text


def test_the_same_page_sent_twice_is_done_once(hr, mails):
    it, reason = applications.application(S.SCREENING), applications.rejection_reason()
    sent = {**fields(ask(hr, "reject", it).text), "reason": reason.code}

    first = hr.post("/applications/bulk/reject", data=sent)
    second = hr.post("/applications/bulk/reject", data=sent)

    assert first.location == second.location
    assert "1 application rejected" in hr.get(second.location).text
    assert len(mails()) == 1


def test_what_changed_since_it_was_shown_is_left_alone_and_said(hr):
    kept, changed = (applications.application(S.SCREENING) for _n in range(2))
    reason = applications.rejection_reason()
    page = ask(hr, "reject", kept, changed).text
    FLOW.perform(changed.applicant, changed, "withdraw")

    answer = hr.post("/applications/bulk/reject", data={**fields(page), "reason": reason.code})

    report = hr.get(answer.location).text
    assert "1 application rejected" in report
    assert "This has changed since you opened it. Please look again." in report
    assert (kept.status, changed.status) == (S.REJECTED, S.WITHDRAWN)
    looked = hr.post("/applications/bulk/reject", data={**fields(page), "key": "new", "look": "1"}).text
    assert chosen(looked) == {}


def test_all_that_match_are_those_of_the_list_and_nobody_who_came_later(hr):
    posting, other = postings.posting(), postings.posting()
    its = [applications.application(S.SCREENING, posting=posting) for _n in range(52)]
    elsewhere = applications.application(S.SCREENING, posting=other)
    reason = applications.rejection_reason()

    page = hr.post(f"/applications/bulk/reject?posting={posting.id}&view=screen", data={"all": "1"}).text
    late = applications.application(S.SCREENING, posting=posting)
    hr.post("/applications/bulk/reject", data={**fields(page), "reason": reason.code})

    assert "Reject 52 applications" in page
    assert {it.status for it in its} == {S.REJECTED}
    assert (late.status, elsewhere.status) == (S.SCREENING, S.SCREENING)


def test_all_that_match_are_offered_where_there_is_more_than_the_page_shows(hr):
    posting = postings.posting()
    for _n in range(51):
        applications.application(S.SCREENING, posting=posting)

    assert "All 51 applications that match" in hr.get("/applications/").text


def test_too_many_at_once_are_refused_in_words(hr, monkeypatch):
    monkeypatch.setattr("rmhr.web.bulk.MOST", 2)
    its = [applications.application(S.SCREENING) for _n in range(3)]

    answer = ask(hr, "reject", *its)

    assert answer.status_code == 303
    assert "3 applications are chosen; at most 2 can be done at once." in hr.get(answer.location).text


def test_many_are_done_in_pieces_that_follow_one_another(hr, monkeypatch):
    monkeypatch.setattr(bulk, "PIECE", 2)
    its = [applications.application(S.SCREENING) for _n in range(5)]

    report = rejected(hr, *its)

    page = hr.get(report).text
    assert "2 of 5 so far." in page
    assert "data-go-on" in page
    assert "/undo" not in page
    address = report.split("?")[0]
    for _piece in range(2):
        assert hr.post(address, data={"back": "/applications/"}).status_code == 303
    page = hr.get(report).text
    assert "5 applications rejected" in page
    assert {it.status for it in its} == {S.REJECTED}
    hr.post(address)  # once more than needed
    assert "5 applications rejected" in hr.get(report).text


def test_a_report_is_its_person_s_alone(hr, browser):
    report = rejected(hr, applications.application(S.SCREENING)).split("?")[0]
    other = browser(accounts.user(Role.HR))

    for answer in (other.get(report), other.post(report), other.post(f"{report}/undo")):
        assert answer.status_code == 404


def test_who_may_not_is_refused_before_anything(browser):
    it = applications.application(S.SCREENING)

    for who in (it.posting.hiring_manager, accounts.user(Role.INTERVIEWER), accounts.user(Role.RM)):
        assert ask(browser(who), "reject", it).status_code == 403


def test_the_way_back_leads_nowhere_else(hr):
    it, reason = applications.application(S.SCREENING), applications.rejection_reason()
    sent = {**fields(ask(hr, "reject", it).text), "reason": reason.code, "back": "https://elsewhere.example/"}

    answer = hr.post("/applications/bulk/reject", data=sent)

    assert "elsewhere" not in answer.location
    assert "elsewhere" not in hr.get(f"{answer.location.split('?')[0]}?back=//elsewhere.example/").text


def test_what_was_tampered_with_does_nothing(hr):
    it = applications.application(S.SCREENING)
    for value in ("", "x", f"{it.id}", f"{it.id}:received", "999999:screening", "-1:screening"):
        answer = hr.post(
            "/applications/bulk/reject",
            data={"key": f"k{value}", "chosen": value, "reason": applications.rejection_reason().code},
        )
        assert answer.status_code in (200, 303), value
    assert it.status is S.SCREENING


def test_the_report_asks_as_often_for_many_as_for_few(hr, max_queries):
    posting = postings.posting()
    few = rejected(hr, *(applications.application(S.SCREENING, posting=posting) for _n in range(2)))
    many = rejected(hr, *(applications.application(S.SCREENING, posting=posting) for _n in range(20)))

    with max_queries(20) as asked:
        hr.get(few)
    with max_queries(20) as more:
        hr.get(many)

    assert len(more) <= len(asked)
