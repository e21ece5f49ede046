"""Applying again: which form counts, what is kept, and that an address proves nothing."""

from __future__ import annotations

import re

import pytest

from rmhr.applications.workflow import FLOW
from rmhr.core.errors import NotPossible
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.sourcing import SourceKind
from tests.factories import accounts, applications, postings
from tests.factories.postings import referral

from .support import address, filled

S = ApplicationStatus
MAREN = "maren.oltmanns@example.org"


@pytest.fixture
def posting():
    return postings.posting()


@pytest.fixture
def first(browser, session, posting):
    """What Maren sent, with the wrong file."""
    browser().post(address(posting), data=filled(posting, cv=(b"The wrong file", "wrong.txt")))
    return session.query(Application).one()


def latest(session) -> Application:
    return session.query(Application).order_by(Application.id.desc()).first()


def test_the_right_file_after_the_wrong_one_counts_and_the_first_stays_whole(
    browser, session, mails, posting, first
):
    answer = browser().post(address(posting), data=filled(posting, motivation="Now the right one."))

    assert answer.location.endswith("/apply/sent")
    second = latest(session)
    assert (first.status, second.status) == (S.REPLACED, S.RECEIVED)
    assert (first.cv.text, second.motivation) == ("The wrong file", "Now the right one.")
    assert first.delete_on is not None
    assert [mail.kind for mail in mails()] == [
        "applications.received",
        "applications.received_again",
        "applications.arrived",
    ]
    hr = browser(accounts.user(Role.HR))
    for one, other in ((first, second), (second, first)):
        page = hr.get(f"/applications/{one.id}").text
        assert "Sent twice:" in page
        assert f'href="/applications/{other.id}"' in page
    assert "Sent twice:" in hr.get(f"/applications/{second.id}/screening").text


def test_a_stranger_with_the_address_changes_nothing_that_was_sent_before(
    browser, session, mails, posting, first
):
    browser().post(address(posting), data=filled(posting, name="Dr. Mallory", phone="+49 40 666 66"))

    assert (first.name, first.phone) == ("Maren Oltmanns", "+49 40 5550 123")
    assert "Dear Maren Oltmanns" in mails()[0].text
    second = latest(session)
    hr = browser(accounts.user(Role.HR))
    assert "The same address applied as Maren Oltmanns on" in hr.get(f"/applications/{second.id}").text
    assert "The same address applied as Dr. Mallory on" in hr.get(f"/applications/{first.id}").text


def test_an_empty_field_wipes_nothing(browser, session, posting, first):
    browser().post(address(posting), data=filled(posting, phone=""))

    assert first.phone == "+49 40 5550 123"
    assert latest(session).phone == ""


@pytest.mark.parametrize("who", ["hr", "the owner of the address"])
def test_the_first_one_counts_again(browser, session, mails, posting, first, who):
    browser().post(address(posting), data=filled(posting, name="Dr. Mallory"))
    second = latest(session)
    if who == "hr":
        client, page = browser(accounts.user(Role.HR)), f"/applications/{second.id}/set_aside"
    else:
        (written,) = [mail for mail in mails() if mail.kind == "applications.received_again"]
        link = re.search(r"(/careers/my-application/\S+)", written.text)[1]
        client, page = browser(), f"/careers/my-application/{second.id}/set_aside"
        client.post(link)
        assert "Let the other one count…" in client.get("/careers/my-application").text

    assert client.get(page).status_code == 200
    assert client.post(page, data={"note": "That was not me"}).status_code == 302

    assert (first.status, second.status) == (S.RECEIVED, S.REPLACED)
    assert (first.closed_at, first.delete_on) == (None, None)
    assert second.delete_on is not None
    assert mails()[-1].kind == "applications.swapped"
    assert "Dear Maren Oltmanns" in mails()[-1].text


def test_which_one_counts_is_a_question_only_where_there_are_two(browser, first):
    hr = browser(accounts.user(Role.HR))

    assert "Let the other one count" not in hr.get(f"/applications/{first.id}").text
    with pytest.raises(NotPossible, match="no other application"):
        FLOW.perform(accounts.user(Role.HR), first, "set_aside", note="x")


def test_what_is_being_read_no_form_puts_aside_and_the_mail_says_so(browser, session, mails, posting, first):
    FLOW.perform(accounts.user(Role.HR), first, "screen")

    answer = browser().post(address(posting), data=filled(posting))

    assert answer.location.endswith("/apply/sent")
    assert session.query(Application).all() == [first]
    assert mails()[-1].kind == "applications.known"
    assert "The new one was not stored" in mails()[-1].text
    for number in range(5):
        browser().post(address(posting), data=filled(posting, motivation=f"Again {number}"))
    outside = [mail for mail in mails() if mail.user_id is None]
    assert len(outside) == 3, "nobody fills a mailbox from outside"


def test_of_very_many_forms_only_some_are_kept(browser, session, posting, first):
    for number in range(7):
        browser().post(address(posting), data=filled(posting, motivation=f"Again {number}"))

    assert session.query(Application).count() == 5
    assert session.query(Application).filter_by(status=S.RECEIVED).count() == 1


@pytest.mark.parametrize("verb", ["withdraw", "reject"])
def test_after_the_end_it_is_a_new_application(browser, session, mails, posting, first, verb):
    if verb == "withdraw":
        FLOW.perform(first.applicant, first, verb)
    else:
        FLOW.perform(accounts.user(Role.HR), first, verb, reason=applications.rejection_reason().code)

    browser().post(address(posting), data=filled(posting))

    second = latest(session)
    assert (second.status, second.applicant) == (S.RECEIVED, first.applicant)
    assert first.status in (S.WITHDRAWN, S.REJECTED)
    assert [mail.kind for mail in mails()][-2:] == ["applications.received", "applications.arrived"]


def test_the_page_says_the_same_whatever_was_stored(browser, posting, first):
    def said(**given):
        client = browser()
        page = client.get(client.post(address(posting), data=filled(posting, **given)).location).text
        return re.sub(r'(nonce|value)="[^"]*"', "", page)

    replaced, unknown = said(motivation="New"), said(email="nobody@example.org")
    FLOW.perform(accounts.user(Role.HR), first.applicant.applications[-1], "screen")

    assert replaced == unknown == said(motivation="Not stored")


def test_the_later_one_is_credited_as_the_first_was(browser, session, posting):
    recommended = referral(posting=posting, email=MAREN)
    browser().post(address(posting), data=filled(posting))
    first = latest(session)
    assert first.referral is recommended

    browser().post(address(posting), data=filled(posting, motivation="Better."))
    second = latest(session)
    assert (first.source, first.referral) == (SourceKind.DIRECT, None)
    assert (second.source, second.referral) == (SourceKind.REFERRAL, recommended)

    FLOW.perform(accounts.user(Role.HR), second, "set_aside", note="x")
    assert (first.referral, second.referral) == (recommended, None)


def test_the_history_names_no_applicant(browser, first):
    page = browser(accounts.user(Role.HR)).get(f"/applications/{first.id}").text

    line = page[page.index("Application received") :][:400]
    assert "Applicant" in line
    assert "Maren" not in line


def test_who_holds_the_link_sends_anew_until_it_is_read(browser, session, posting, first):
    client = applications.holder(browser(), first.applicant)
    assert "what you send now replaces it" in client.get(address(posting)).text

    client.post(address(posting), data=filled(posting, motivation="Better."))
    assert session.query(Application).count() == 2

    FLOW.perform(accounts.user(Role.HR), latest(session), "screen")
    answer = client.post(address(posting), data=filled(posting, motivation="Even better."))
    assert answer.location.endswith("/careers/my-application")
    assert session.query(Application).count() == 2
    assert "nothing in it was changed" in client.get("/careers/my-application").text
