"""Pages about the works council: what is handed over, what is said where, who may open them."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest

from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.duties import Answer
from rmhr.models.offers import OfferStatus
from tests.factories import accounts, applications, interviews
from tests.factories import council as make
from tests.factories import offers as make_offers
from tests.support.html import Html


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


def test_hr_reads_how_it_stands_and_what_belongs_to_it(browser, hr):
    request = make.to_ask()
    posting = request.offer.application.posting
    applications.application(ApplicationStatus.REJECTED, posting=posting, name="Rejected Person")
    applications.application(ApplicationStatus.WITHDRAWN, posting=posting, name="Gone Person")
    text = browser(hr).get(f"/council/{request.id}").text
    assert "Rejected Person" in text
    assert "Gone Person" not in text
    assert "2 applications" in text


def test_the_question_says_what_is_handed_over_and_who_is_written_to(browser, hr):
    request = make.to_ask()
    text = browser(hr).get(f"/council/{request.id}/ask").text
    assert request.offer.application.name in text
    assert "council@bank.example" in text
    make.there_is_one(works_council_email="")
    text = browser(hr).get(f"/council/{request.id}/ask").text
    assert "inform it yourself" in text


def test_asking_by_the_form_mails_the_council_no_more_than_name_and_job(browser, hr, mails):
    request = make.to_ask()
    posting = request.offer.application.posting
    applications.application(posting=posting, name="Somebody Else")
    sent = {"grouping": "TG 7", "asked_on": clock.today().isoformat()}
    assert browser(hr).post(f"/council/{request.id}/ask", data=sent).status_code == 302
    (mail,) = [mail for mail in mails() if mail.kind == "council.asked"]
    assert (mail.to_address, mail.language) == ("council@bank.example", "de")
    assert request.offer.application.name in mail.text
    assert "Somebody Else" not in mail.text
    assert request.offer.application.email not in mail.text
    assert mail.reply_address == hr.email


def test_without_an_address_nothing_is_mailed(browser, hr, mails):
    request = make.to_ask()
    make.there_is_one(works_council_email="")
    sent = {"grouping": "TG 7", "asked_on": clock.today().isoformat()}
    browser(hr).post(f"/council/{request.id}/ask", data=sent)
    assert [mail for mail in mails() if mail.kind.startswith("council.")] == []


def test_the_documents_are_one_file_and_the_history_says_who_took_it(browser, hr):
    request = make.asked()
    posting = request.offer.application.posting
    other = applications.application(
        ApplicationStatus.REJECTED, posting=posting, name="Źofia / Ö", motivation="I listen first."
    )
    interviews.judged(interviews.interview(application=other, hours=-30))
    with browser(hr).post(f"/council/{request.id}/documents") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/zip")
        data = answer.data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        overview = next(name for name in names if "/" not in name)
        text = " ".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(archive.read(overview))).pages
        )
    folders = {name.split("/")[0] for name in names if "/" in name}
    assert len(folders) == 2
    assert not any(".." in name or name.startswith("/") for name in names)
    assert all(name.count("/") <= 1 for name in names)
    assert "I listen first." in text
    assert "TG 7" in text
    told = [entry for entry in audit.timeline(request) if entry.actor == hr.name]
    assert any("downloaded" in str(entry.sentence) for entry in told)


def test_a_get_gives_no_documents(browser, hr):
    request = make.asked()
    assert browser(hr).get(f"/council/{request.id}/documents").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HR])
def test_nobody_but_hr_opens_it(browser, role):
    request = make.asked()
    client = browser(accounts.user(role))
    assert client.get(f"/council/{request.id}").status_code == 403
    assert client.post(f"/council/{request.id}/documents").status_code == 403


def test_beside_the_offer_it_stands_how_far_it_is(browser, hr):
    request = make.asked(OfferStatus.CONDITIONAL)
    page = Html(browser(hr).get(f"/offers/{request.offer_id}"))
    assert page.all(f'a[href="/council/{request.id}"]')
    manager = request.offer.application.posting.hiring_manager
    page = Html(browser(manager).get(f"/offers/{request.offer_id}"))
    assert not page.all(f'a[href="/council/{request.id}"]')


def test_without_an_answer_of_the_bank_the_offer_says_what_it_waits_for(browser, hr):
    offer = make_offers.offer(OfferStatus.SENT)
    make.there_is_one(works_council=Answer.OPEN)
    assert "has not said yet whether it has a works council" in browser(hr).get(f"/offers/{offer.id}").text


def test_the_candidate_reads_that_they_wait(app):
    offer = make.asked(OfferStatus.CONDITIONAL).offer
    client = applications.holder(app.test_client(), offer.application.applicant)
    assert "still has to consent" in client.get("/careers/my-application").text


def test_a_wrong_day_is_said_beside_its_field(browser, hr):
    request = make.asked()
    sent = {"answered_on": "2026-01-05", "ground": "no_1", "answer": "Typed with care"}
    answer = browser(hr).post(f"/council/{request.id}/refuse", data=sent)
    assert answer.status_code == 422
    assert "was asked on" in answer.text
    assert "Typed with care" in answer.text
