"""The applicant's own page, behind a private link."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.applications import links, operations
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.mail import outbox
from rmhr.models.applications import ApplicationStatus, AttemptKind
from rmhr.models.postings import PostingStatus
from rmhr.web import attempts
from tests.factories import applications, postings

S = ApplicationStatus


def path_of(person, session) -> str:
    address = operations.private_link(person)
    session.commit()
    return address.split("127.0.0.1:8000")[-1]


def test_the_link_opens_the_page_once_and_leaves_no_secret_in_the_address(browser, session):
    it = applications.application()
    client, path = browser(), path_of(it.applicant, session)
    shown = client.get(path)
    assert "Open my page" in shown.text
    assert client.get("/careers/my-application").status_code == 302, "looking at it opens nothing"

    answer = client.post(path)

    assert (answer.status_code, answer.location) == (303, "/careers/my-application")
    assert answer.headers["Referrer-Policy"] == shown.headers["Referrer-Policy"] == "no-referrer"
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Relationship Manager" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client.get(path).location == "/careers/my-application", "here it is open already"


@pytest.mark.both
def test_a_link_that_was_used_offers_to_mail_a_new_one(browser, session, mails):
    it = applications.application()
    path = path_of(it.applicant, session)
    browser().post(path)
    other = browser()

    for answer in (other.get(path), other.post(path)):
        assert answer.status_code == 410
        assert "Mail me a new link" in answer.text
    assert other.get("/careers/my-application").status_code == 302
    assert other.post(f"{path}/new").location == "/careers/my-application/link/sent"

    assert [mail.to_address for mail in mails()] == [it.applicant.email]
    assert other.post("/careers/my-application/nonsense/new").status_code == 404


def test_a_visit_is_short_and_ends_for_every_copy_of_its_cookie(browser, session):
    it = applications.application()
    client, copy = browser(), browser()
    client.post(path_of(it.applicant, session))
    with client.session_transaction() as cookie, copy.session_transaction() as stolen:
        stolen.update(cookie)
    assert copy.get("/careers/my-application").status_code == 200
    with clock.at(clock.now() + links.VISIT + timedelta(minutes=1)):
        assert client.get("/careers/my-application").status_code == 302

    client.post("/careers/my-application/close")

    assert copy.get("/careers/my-application").status_code == 302


def test_known_and_unknown_addresses_cost_the_same(browser, monkeypatch):
    applications.application(applicant=applications.applicant(email="known@example.org"))
    written, wrote = [], outbox.compose
    monkeypatch.setattr(
        outbox, "compose", lambda *args, **more: written.append(args[0]) or wrote(*args, **more)
    )
    counts = []
    for email in ("known@example.org", "nobody@example.org"):
        flushes = []
        heard = sa.event.listens_for(sa.orm.Session, "after_flush")(
            lambda s, _how, found=flushes: found.append(bool(s.new))
        )
        browser().post("/careers/my-application/link", data={"email": email})
        sa.event.remove(sa.orm.Session, "after_flush", heard)
        counts.append((len(written), any(flushes)))
        written.clear()
    assert counts == [(2, True), (2, True)]


@pytest.mark.parametrize("status", S)
def test_every_status_is_said_in_plain_words(browser, status):
    it = applications.application(status)

    for language, inner in (("en", it.status.label), ("de", None)):
        page = (
            applications.holder(browser(language=language), it.applicant).get("/careers/my-application").text
        )
        assert it.posting.title[language] in page
        assert "Decided: hire" not in page
        assert "Shortlisted" not in page
        if inner and status in (S.REJECTED, S.WITHDRAWN, S.HIRED):
            assert "Withdraw…" not in page


def test_a_link_that_is_wrong_or_old_leads_to_a_new_one(browser, session):
    it = applications.application()
    path = path_of(it.applicant, session)
    client = browser()

    for wrong in ("/careers/my-application/nonsense", path):
        with clock.at(clock.now() + timedelta(days=181)):
            answer = client.get(wrong)
        if wrong == path:
            assert "Mail me a new link" in answer.text
        else:
            assert answer.location.endswith("/careers/my-application/link")
            assert "This link is no longer valid." in client.get(answer.location).text
    assert client.get("/careers/my-application").location.endswith("/careers/my-application/link")


def test_one_sees_ones_own_and_nobody_elses(browser):
    mine, other = applications.application(), applications.application()
    client = applications.holder(browser(), mine.applicant)

    page = client.get("/careers/my-application").text
    assert page.count("What I sent") == 1
    with client.get(f"/careers/my-application/{mine.id}/cv") as file:
        assert file.data.startswith(b"Work\n")
    for path in ("cv", "withdraw"):
        assert client.get(f"/careers/my-application/{other.id}/{path}").status_code == 404
    assert client.post(f"/careers/my-application/{other.id}/withdraw").status_code == 404
    assert other.status is S.RECEIVED
    assert client.get(f"/applications/{mine.id}").status_code == 302, "no way to the pages of colleagues"


def test_withdrawing_asks_once(browser, mails):
    it = applications.application(S.SCREENING)
    client = applications.holder(browser(), it.applicant)
    address = f"/careers/my-application/{it.id}/withdraw"

    assert "you can take it up again here" in client.get(address).text
    answer = client.post(address, data={"note": "Moved away", "seen": "screening"})

    assert answer.location.endswith("/careers/my-application")
    assert it.status is S.WITHDRAWN
    assert [mail.to_address for mail in mails()[-2:]] == [it.posting.recruiter.email, it.email]
    assert client.get(address).status_code == 409


def test_what_was_withdrawn_is_taken_up_again_where_it_stood(browser, mails):
    it = applications.application(S.SHORTLISTED)
    client = applications.holder(browser(), it.applicant)
    FLOW.perform(it.applicant, it, "withdraw")
    address = f"/careers/my-application/{it.id}/come_back"
    assert it.delete_on is not None
    assert "Take up again…" in client.get("/careers/my-application").text

    assert client.post(address, data={"note": ""}).status_code == 422
    answer = client.post(address, data={"note": "The other bank said no"})

    assert answer.location.endswith("/careers/my-application")
    assert (it.status, it.closed_at, it.delete_on) == (S.SHORTLISTED, None, None)
    assert (mails()[-1].kind, mails()[-1].to_address) == (
        "applications.resumed_here",
        it.posting.recruiter.email,
    )
    assert "The other bank said no" in mails()[-1].text


def test_nothing_is_taken_up_for_a_position_that_is_taken(browser):
    it = applications.application(S.WITHDRAWN, posting=postings.posting(status=PostingStatus.CLOSED))
    client = applications.holder(browser(), it.applicant)

    assert "Take up again" not in client.get("/careers/my-application").text
    assert client.post(f"/careers/my-application/{it.id}/come_back", data={"note": "x"}).status_code == 403


def test_closing_ends_it_on_this_device(browser):
    it = applications.application()
    client = applications.holder(browser(), it.applicant)

    client.post("/careers/my-application/close")

    assert client.get("/careers/my-application").status_code == 302


def test_asking_for_a_link_says_the_same_to_everybody(browser, mails):
    person = applications.application().applicant

    answers = [
        browser().post("/careers/my-application/link", data={"email": email})
        for email in (person.email, "nobody@example.org", "not an address")
    ]

    assert {(answer.status_code, answer.location) for answer in answers} == {
        (302, "/careers/my-application/link/sent")
    }
    assert [mail.to_address for mail in mails()] == [person.email]
    assert browser().post("/careers/my-application/link", data={"email": ""}).status_code == 422


@pytest.mark.both
def test_asking_very_often_from_one_network_waits(browser, monkeypatch):
    monkeypatch.setitem(attempts.MOST, AttemptKind.LINK, 1)
    browser().post("/careers/my-application/link", data={"email": "a@example.org"})

    answer = browser().post("/careers/my-application/link", data={"email": "b@example.org"})

    assert answer.status_code == 429
    assert "Please wait 5 seconds" in answer.text
