"""The pages of offers, and the candidate's answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due.sources import for_person
from rmhr.models.accounts import Employee, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import Offer, OfferStatus
from tests.factories import accounts, applications
from tests.factories import offers as make
from tests.support.days import working_day

S = OfferStatus


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


@pytest.fixture
def application():
    return applications.application(ApplicationStatus.APPROVED)


def typed(application, **given):
    today = clock.today()
    return {
        "pay": "62,500.50",
        "currency": "EUR",
        "pay_period": "year",
        "range_reason": "",
        "starts_on": working_day(60).isoformat(),
        "expires_on": (today + timedelta(days=14)).isoformat(),
        "supervisor_id": str(application.posting.hiring_manager_id),
        "mentor_id": "",
        "buddy_id": "",
        "message": "We look forward to you.",
    } | given


def test_hr_writes_sends_and_sees_an_offer(browser, hr, application, session):
    client = browser(hr)
    page = client.get(f"/applications/{application.id}/offer").text
    assert "€58,000 to €74,000 a year" in page
    answer = client.post(f"/applications/{application.id}/offer", data=typed(application))
    offer = session.query(Offer).one()

    assert answer.location == f"/offers/{offer.id}"
    assert (offer.pay, offer.mentor_id) == (62_500_50, None)
    page = client.get(answer.location).text
    assert "€62,500.50 a year" in page
    assert "We look forward to you." in page
    assert client.post(f"/offers/{offer.id}/send", data={"seen": "draft"}).status_code == 302
    assert application.status is ApplicationStatus.OFFERED
    assert application.name in client.get("/offers/").text


@pytest.mark.parametrize(
    ("language", "text", "minor"),
    [
        ("en", "62,000", 62_000_00),
        ("en", "62000.5", 62_000_50),
        ("en", "62 000", 62_000_00),
        ("de", "62.000", 62_000_00),
        ("de", "62.000,50", 62_000_50),
        ("de", "62000", 62_000_00),
        ("en", "62.000,50", None),
        ("de", "62,000.50", None),
        ("en", "a lot", None),
        ("en", "-62000", None),
        ("en", "62000.505", None),
        ("en", "99,999,999,999", None),
        ("en", "", None),
        ("en", "NaN", None),
        ("en", "Infinity", None),
    ],
)
def test_a_sum_is_read_as_it_is_written_or_not_at_all(browser, application, session, language, text, minor):
    client = browser(accounts.user(Role.HR, language=language))
    answer = client.post(f"/applications/{application.id}/offer", data=typed(application, pay=text))
    if minor is None:
        assert answer.status_code == 422
        assert "We look forward to you." in answer.text
        assert session.query(Offer).count() == 0
    else:
        assert session.query(Offer).one().pay == minor


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pay": "80,000"}, "Say why this offer is outside of it"),
        ({"starts_on": clock.today().isoformat()}, "lies in the future"),
        ({"expires_on": (clock.today() - timedelta(days=1)).isoformat()}, "in the past"),
        ({"expires_on": (clock.today() + timedelta(days=400)).isoformat()}, "before the first working day"),
        ({"starts_on": ""}, "Enter the first working day"),
        ({"currency": "XXX"}, "Not a valid choice"),
        ({"pay_period": "week"}, "Not a valid choice"),
        ({"supervisor_id": "0"}, "Not a valid choice"),
        ({"mentor_id": "x"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(browser, hr, application, session, wrong, message):
    answer = browser(hr).post(f"/applications/{application.id}/offer", data=typed(application, **wrong))
    assert answer.status_code == 422
    assert message in answer.text
    assert "We look forward to you." in answer.text
    assert session.query(Offer).count() == 0


def test_a_holiday_and_a_mentor_who_leads_are_hinted_at(browser, hr, application):
    boss = accounts.user(Role.SUPERVISOR, Role.MENTOR)
    given = {
        "supervisor_id": boss.id,
        "mentor_id": boss.id,
        "starts_on": "2027-01-01",
        "starts_on-meant": "2027-01-01",
        "expires_on": "2026-12-01",
    }
    with clock.at(clock.moment(date(2026, 11, 23), 9)):
        answer = browser(hr).post(
            f"/applications/{application.id}/offer", data=typed(application, **given), follow_redirects=True
        )
    assert "is no working day" in answer.text
    assert "Mentor and supervisor are the same person" in answer.text


def test_a_draft_is_changed_and_what_was_sent_is_not(browser, hr):
    draft, sent = make.offer(), make.offer(S.SENT)
    page = browser(hr).get(f"/offers/{draft.id}/edit").text
    assert "62,000" in page
    data = typed(draft.application, pay="63,000")
    assert browser(hr).post(f"/offers/{draft.id}/edit", data=data).status_code == 302
    assert draft.pay == 63_000_00
    assert browser(hr).get(f"/offers/{sent.id}/edit").status_code == 409


def test_who_sees_what_is_paid(browser, hr):
    offer = make.offer()
    manager = offer.application.posting.hiring_manager
    assert browser(hr).get(f"/offers/{offer.id}").status_code == 200
    assert browser(manager).get(f"/offers/{offer.id}").status_code == 200
    assert browser(accounts.user(Role.SUPERVISOR)).get(f"/offers/{offer.id}").status_code == 404
    for role in (Role.INTERVIEWER, Role.RM, Role.MENTOR, Role.ADMIN, Role.COMPLIANCE):
        assert browser(accounts.user(role)).get(f"/offers/{offer.id}").status_code == 403
    assert browser(manager).get(f"/offers/{offer.id}/edit").status_code == 403
    assert browser(manager).get(f"/offers/{offer.id}/send").status_code == 403


def test_the_panel_sees_no_offer_on_the_application(browser, hr):
    from tests.factories import interviews

    offer = make.offer()
    it = interviews.judged(interviews.interview(hours=-48, application=offer.application))
    assert "€62,000" in browser(hr).get(f"/applications/{offer.application_id}").text
    page = browser(it.seats[0].interviewer).get(f"/applications/{offer.application_id}")
    assert page.status_code == 200
    assert "€62,000" not in page.text


# The candidate.


def answer_url(offer, name="accept"):
    return f"/careers/my-application/offer/{offer.id}/{name}"


def candidate(browser, offer):
    return applications.holder(browser(), offer.application.applicant)


def test_the_candidate_reads_the_terms_and_accepts(browser, session):
    offer = make.offer(S.SENT)
    client = candidate(browser, offer)
    page = client.get("/careers/my-application").text
    assert "€62,000 a year" in page
    assert answer_url(offer) in page
    page = client.get(answer_url(offer)).text
    assert "You accept these terms." in page
    assert client.post(answer_url(offer), data={"seen": "sent"}).location == "/careers/my-application"
    assert offer.status is S.ACCEPTED
    assert client.post(answer_url(offer), data={"seen": "sent"}).status_code == 409
    assert session.query(Employee).filter_by(application_id=offer.application_id).count() == 1
    assert answer_url(offer) not in client.get("/careers/my-application").text


@pytest.mark.parametrize("minutes", [31, 59])
def test_accepting_asks_for_a_link_that_was_mailed_now(browser, mails, minutes):
    offer = make.offer(S.SENT)
    client = candidate(browser, offer)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        asked = client.get(answer_url(offer))
        assert "Mail me the link" in asked.text
        refused = client.post(answer_url(offer), data={"seen": "sent"})
        assert refused.status_code == 403
        assert offer.status is S.SENT
        assert client.get(answer_url(offer, "decline")).status_code == 200, "no is said without"
        client.post(f"/careers/my-application/offer/{offer.id}/link")
        mail = mails()[-1]
        assert (mail.kind, mail.to_address) == ("offers.confirm", offer.application.email)
        path = next(word for word in mail.text.split() if "/careers/my-application/" in word).split(":8000")[
            1
        ]

        led = client.post(path)

        assert led.location == answer_url(offer)
        assert client.post(answer_url(offer), data={"seen": "sent"}).status_code == 302
    assert offer.status is S.ACCEPTED


def test_an_old_link_that_is_opened_now_is_not_mailed_now(browser):
    offer = make.offer(S.SENT)
    person, client = offer.application.applicant, browser()
    now = clock.now()
    old = applications.link(
        person, created_at=now - timedelta(days=3), used_at=now, visit_until=now + timedelta(hours=1)
    )
    with client.session_transaction() as cookie:
        cookie["private_link"] = old.id
    assert client.post(answer_url(offer), data={"seen": "sent"}).status_code == 403
    assert offer.status is S.SENT


def test_such_links_are_not_mailed_without_end(browser, mails):
    offer = make.offer(S.SENT)
    client = candidate(browser, offer)
    answers = [
        client.post(f"/careers/my-application/offer/{offer.id}/link").status_code for _time in range(4)
    ]
    assert answers == [303, 303, 409, 409], "the one that opened the page counts as well"
    assert len(mails()) == 2


def test_looking_at_the_question_changes_nothing(browser):
    offer = make.offer(S.SENT)
    candidate(browser, offer).get(answer_url(offer))
    assert offer.status is S.SENT


def test_the_candidate_declines_and_may_say_why(browser):
    offer = make.offer(S.SENT)
    client = candidate(browser, offer)
    data = {"seen": "sent", "reason": "x" * 2001}
    assert client.post(answer_url(offer, "decline"), data=data).status_code == 422
    data = {"seen": "sent", "reason": "Too far away."}
    assert client.post(answer_url(offer, "decline"), data=data).status_code == 302
    assert (offer.status, offer.decline_reason) == (S.DECLINED, "Too far away.")


def test_an_expired_offer_says_so_and_cannot_be_accepted(browser):
    offer = make.offer(S.SENT, expires_on=clock.today() - timedelta(days=1))
    client = candidate(browser, offer)
    assert "has expired" in client.get("/careers/my-application").text
    assert client.post(answer_url(offer), data={"seen": "sent"}).status_code == 409
    assert offer.status is S.SENT


@pytest.mark.parametrize("name", ["withdraw", "send", "expire", "nonsense"])
def test_the_candidate_has_two_answers_and_no_more(browser, name):
    offer = make.offer(S.SENT)
    assert candidate(browser, offer).post(answer_url(offer, name)).status_code == 404


def test_others_and_drafts_are_not_found(browser):
    offer, draft = make.offer(S.SENT), make.offer()
    other = applications.holder(browser(), applications.applicant())
    assert other.get(answer_url(offer)).status_code == 404
    assert candidate(browser, draft).get(answer_url(draft)).status_code == 404
    assert browser().get(answer_url(offer)).status_code == 302
    assert "€62,000" not in candidate(browser, draft).get("/careers/my-application").text


# Due.


def owed(person):
    return [
        (due.source.name, due.on) for due in for_person(person.id) if due.source.name.startswith("offers.")
    ]


def test_a_draft_waits_for_its_author_and_an_open_offer_for_its_answer():
    draft, sent, done = make.offer(), make.offer(S.SENT), make.offer(S.ACCEPTED)
    assert owed(draft.made_by) == [("offers.send", draft.send_by)]
    assert owed(sent.made_by) == [("offers.answer", sent.expires_on)]
    assert owed(done.made_by) == []
