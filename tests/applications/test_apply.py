"""Applying without an account: what is asked, what comes back, what is never lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from rmhr.applications.forms.apply import LONGEST_NAME
from rmhr.core import clock
from rmhr.core.files import store
from rmhr.models.applications import Applicant, Application, ApplicationStatus
from rmhr.models.documents import Document
from rmhr.models.postings import PostingStatus
from rmhr.web import plain
from tests.factories import applications, postings
from tests.factories.duties import notice
from tests.support import documents
from tests.support.html import Html, said

from .support import address, filled, opened


def everyone(session):
    return session.query(Application).all()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("CV.pdf", documents.pdf()),
        ("Lebenslauf.docx", documents.word()),
        ("cv.odt", documents.opendocument()),
        ("cv.txt", "\n".join(documents.CV_LINES).encode()),
    ],
)
def test_an_application_arrives_with_the_text_of_its_cv(browser, session, mails, name, data):
    posting = postings.posting()

    answer = browser().post(address(posting), data=filled(posting, cv=(data, name)))

    assert answer.status_code == 302
    assert answer.location.endswith(f"/careers/{posting.slug}/apply/sent")
    (it,) = everyone(session)
    assert (it.name, it.applicant.email) == ("Maren Oltmanns", "maren.oltmanns@example.org")
    assert (it.status, it.language, it.privacy_text_id) == (ApplicationStatus.RECEIVED, "en", notice().id)
    assert [answer.answer for answer in it.answers] == ["2027-02-01", "yes", "Full time"]
    assert it.cv.name == name
    assert "Prüfung zum Bankfachwirt bestanden" in it.cv.text
    assert store.path_of(it.cv).read_bytes() == data
    assert [mail.kind for mail in mails()] == ["applications.received", "applications.arrived"]


def test_the_page_after_says_what_happens_next(browser):
    posting = postings.posting()
    page = browser().get(f"{address(posting)}/sent").text

    assert "The e-mail says what we have received" in page
    assert "You will hear from us by" in page


def test_the_language_of_the_page_is_the_language_of_the_application(browser, session, mails):
    posting = postings.posting()

    browser(language="de").post(address(posting), data=filled(posting))

    (it,) = everyone(session)
    assert (it.language, it.language, mails()[0].language) == ("de", "de", "de")


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(browser, session):
    posting = postings.posting()
    start = posting.questions[0]
    wrong = filled(
        posting,
        cv=(b"MZ\x90\x00 no document", "CV.exe"),
        name="",
        email="maren.oltmanns@",
        read=None,
        motivation="Ökonomie & <Freude> 🎉",
        **{f"question_{start.id}": "31.02.2027"},
    )

    answer = browser().post(address(posting), data=wrong)

    assert answer.status_code == 422
    assert everyone(session) == []
    summary = Html(answer).words(".errors")
    for words in ("Enter your name.", "Something is missing after the @", "privacy notice", "CV.exe"):
        assert words in summary
        assert answer.text.count(words) >= 2, "in the summary and beside the field"
    assert "5 things are not right yet" in summary
    assert "Ökonomie &amp; &lt;Freude&gt; 🎉" in answer.text
    assert 'value="maren.oltmanns@"' in answer.text
    assert 'value="31.02.2027"' in answer.text


def test_an_accepted_cv_survives_another_mistake(browser, session):
    posting = postings.posting()
    client = browser()

    first = client.post(address(posting), data=filled(posting, name=""))
    assert first.status_code == 422
    assert "CV.pdf, " in first.text
    assert "is already uploaded" in first.text
    second = client.post(address(posting), data=filled(posting, cv=None))

    assert second.status_code == 302
    (it,) = everyone(session)
    assert it.cv.name == "CV.pdf"
    assert "Jürgen Öztürk-Łoś" in it.cv.text
    assert "is already uploaded" not in client.get(address(posting)).text


def test_a_kept_cv_can_be_replaced(browser, session):
    posting = postings.posting()
    client = browser()
    client.post(address(posting), data=filled(posting, name=""))

    client.post(address(posting), data=filled(posting, cv=(b"Another life", "other.txt")))

    assert everyone(session)[0].cv.name == "other.txt"


def test_a_kept_cv_is_nobody_elses_and_expires(browser):
    posting, other = postings.posting(), postings.posting()
    client = browser()
    client.post(address(posting), data=filled(posting, name=""))

    assert "is already uploaded" not in browser().get(address(posting)).text
    assert "is already uploaded" not in client.get(address(other)).text
    with clock.at(clock.now() + timedelta(hours=21)):
        assert "is already uploaded" not in client.get(address(posting)).text


def test_a_second_click_makes_no_second_application(browser, session, mails):
    posting = postings.posting()
    client = browser()

    file = (documents.pdf(), "CV.pdf")
    answers = [client.post(address(posting), data=filled(posting, cv=file)) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(everyone(session)) == 1
    assert [mail.kind for mail in mails()] == ["applications.received", "applications.arrived"]


def test_a_known_person_applies_for_another_position(browser, session):
    person = applications.applicant(email="maren.oltmanns@example.org", name="M. Oltmanns")
    first = applications.application(applicant=person)
    posting = postings.posting()

    browser().post(address(posting), data=filled(posting, email="Maren.Oltmanns@Example.org "))

    assert session.query(Applicant).count() == 1
    assert [it.name for it in person.applications] == [first.name, "Maren Oltmanns"]
    assert first.name == "M. Oltmanns"


def test_who_holds_the_private_link_is_told_on_the_page(browser):
    it = applications.application(ApplicationStatus.SCREENING)
    client = applications.holder(browser(), it.applicant)

    assert "You have already applied for this position" in client.get(address(it.posting)).text
    answer = client.post(address(it.posting), data=filled(it.posting, email=it.applicant.email))
    assert answer.location.endswith("/careers/my-application")


@pytest.mark.parametrize("status", [PostingStatus.CLOSED])
def test_a_closed_posting_says_so(browser, session, status):
    posting = postings.posting(status=status)

    for answer in (browser().get(address(posting)), browser().post(address(posting), data=filled(posting))):
        assert answer.status_code == 410
        assert "no longer takes applications" in answer.text
    assert everyone(session) == []


def test_a_paused_posting_says_that_it_will_go_on(browser, session):
    posting = postings.posting(status=PostingStatus.PAUSED)

    for answer in (browser().get(address(posting)), browser().post(address(posting), data=filled(posting))):
        assert answer.status_code == 409
        assert "is not accepting applications at the moment" in answer.text
    assert everyone(session) == []


def test_a_draft_is_not_there(browser):
    assert browser().get(address(postings.posting(status=PostingStatus.DRAFT))).status_code == 404


def test_the_last_day_ends_at_midnight_in_the_banks_zone(browser, session):
    last = clock.today()
    posting = postings.posting(closes_on=last)

    with clock.at(clock.moment(last, 23, 59)):
        assert browser().post(address(posting), data=filled(posting)).status_code == 302
    with clock.at(clock.moment(last + timedelta(days=1), 0, 0)):
        assert browser().get(address(posting)).status_code == 410


def test_a_program_that_fills_in_everything_is_stopped_with_words(browser, session):
    posting = postings.posting()

    trapped = browser().post(address(posting), data=filled(posting, website="http://spam.example"))
    quick = browser().post(address(posting), data=filled(posting, opened=opened(0)))
    forged = browser().post(address(posting), data=filled(posting, opened="1"))

    assert trapped.status_code == quick.status_code == forged.status_code == 422
    assert "A hidden field was filled in" in trapped.text
    assert "check once more that everything is right" in quick.text
    assert "check once more that everything is right" in forged.text
    assert everyone(session) == []


def test_very_many_forms_from_one_network_wait_some_seconds_each(browser, session, monkeypatch):
    from rmhr.web import attempts

    monkeypatch.setitem(attempts.MOST, attempts.AttemptKind.APPLY, 2)
    posting, now = postings.posting(), clock.now()
    with clock.at(now):
        for _time in range(2):
            assert browser().post(address(posting), data=filled(posting, name="")).status_code == 422

        late = browser().post(address(posting), data=filled(posting))

    assert late.status_code == 429
    assert late.headers["Retry-After"] == "5"
    assert "Please wait 5 seconds" in late.text
    assert 'value="Maren Oltmanns"' in late.text
    assert everyone(session) == []
    with clock.at(now + timedelta(seconds=5)):
        assert browser().post(address(posting), data=filled(posting)).status_code == 302


@pytest.mark.parametrize(
    "name", ["Zoë O'Neill-Ångström", "Мария Иванова", "山田太郎", "محمد", "🎉 Emoji 👩‍👩‍👧", "X Æ A-12"]
)
def test_names_of_any_script_are_names(browser, session, mails, name):
    posting = postings.posting()

    browser().post(address(posting), data=filled(posting, name=name))

    assert everyone(session)[0].name == name
    assert name in mails()[0].text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("maren", "not complete"),
        ("@example.org", "not complete"),
        ("maren@localhost", "not complete"),
        ("a b@example.org", "not complete"),
        ("maren@@example.org", "not complete"),
    ],
)
def test_an_address_that_cannot_be_right_is_asked_for_again(browser, value, said):
    posting = postings.posting()

    answer = browser().post(address(posting), data=filled(posting, email=value))

    assert answer.status_code == 422
    assert said in answer.text


def test_a_question_that_need_not_be_answered_may_be_left_out(browser, session):
    posting = postings.posting()
    text = posting.questions[2]

    browser().post(address(posting), data=filled(posting, **{f"question_{text.id}": ""}))

    assert len(everyone(session)[0].answers) == 2


@pytest.mark.parametrize("value", ["", "maybe"])
def test_a_required_question_is_asked_again(browser, value):
    posting = postings.posting()
    permit = posting.questions[1]

    answer = browser().post(address(posting), data=filled(posting, **{f"question_{permit.id}": value}))

    assert answer.status_code == 422
    assert "Please answer this question." in answer.text


def test_a_file_that_is_too_large_is_refused_beside_its_field(browser):
    posting = postings.posting()
    large = (b"%PDF-" + b"0" * 11 * 1024**2, "big.pdf")

    answer = browser().post(address(posting), data=filled(posting, cv=large))
    answer.request.environ["wsgi.input"].close()  # the test client leaves its own file open

    assert answer.status_code == 422
    assert "at most 10 MB" in answer.text
    assert "Maren Oltmanns" in answer.text


def test_the_posting_promises_three_working_days(browser, session):
    posting = postings.posting(closes_on=datetime(2027, 6, 30, tzinfo=UTC).date())
    with clock.at(datetime(2026, 12, 23, 12, tzinfo=UTC)):
        browser().post(address(posting), data=filled(posting))

    assert everyone(session)[0].screen_by.isoformat() == "2026-12-29", (
        "24, then 28 and 29: Christmas is no work"
    )


def test_the_privacy_notice_has_its_version(browser):
    for language, words in (("en", "6(1)(b) GDPR"), ("de", "DSGVO")):
        page = browser(language=language).get("/careers/privacy").text
        assert words in page


@pytest.mark.fixtures
def test_naughty_strings_are_names_too(browser, session, shared_fixtures):
    posting = postings.posting()
    strings = json.loads((shared_fixtures / "names" / "blns.json").read_text(encoding="utf-8"))
    client = browser()
    for number, name in enumerate(strings[::6]):  # each kind of trouble comes several times
        with clock.at(clock.now() + timedelta(minutes=2 * number)):
            answer = client.post(
                address(posting),
                data=filled(
                    posting,
                    cv=(f"My life {number}".encode(), "cv.txt"),
                    name=name,
                    email=f"n{number}@example.org",
                ),
            )
        # What nobody can see is no name: control characters alone are taken out. Nor is an address of the web.
        fine = "".join(sign for sign in name if sign.isprintable()).strip() and len(name) <= LONGEST_NAME
        fine = fine and not plain.link_in(name)
        assert answer.status_code in ((302,) if fine else (302, 422)), (name, answer.status_code)


@pytest.mark.fixtures
def test_hostile_files_get_a_sentence_and_the_form_back(browser, session, shared_fixtures):
    posting = postings.posting()
    for folder in ("hostile_office", "hostile_pdf", "upload_attacks"):
        for path in sorted((shared_fixtures / folder).iterdir()):
            data = filled(posting, cv=(path.read_bytes(), path.name), email=f"{path.stem[:20]}@example.org")
            with clock.at(clock.now() + timedelta(hours=2)):
                answer = browser().post(address(posting), data=data)
            if answer.status_code == 302:
                continue  # readable after all, or a scan
            assert answer.status_code == 422, path.name
            assert "Maren Oltmanns" in answer.text, path.name
            assert 'id="cv-error"' in answer.text, path.name


def test_documents_are_kept_once(browser, session):
    posting = postings.posting()
    client = browser()
    client.post(address(posting), data=filled(posting, name=""))
    client.post(address(posting), data=filled(posting, cv=None))

    assert session.query(Document).count() == 1


def test_one_file_under_many_addresses_is_a_program(browser, session):
    posting, other = postings.posting(), postings.posting()

    def sent(number: int, to=posting, cv: bytes = b"My life") -> int:
        data = filled(to, cv=(cv, "cv.txt"), email=f"n{number}@example.org")
        return browser().post(address(to), data=data).status_code

    assert [sent(number) for number in range(3)] == [302, 302, 302]
    refused = browser().post(
        address(posting), data=filled(posting, cv=(b"My life", "cv.txt"), email="n4@example.org")
    )
    assert refused.status_code == 422
    assert "This file was sent under several other addresses today." in refused.text
    assert posting.recruiter.email in refused.text
    assert 'value="n4@example.org"' in refused.text
    assert sent(5, cv=b"Another life") == 302
    assert sent(6, to=other) == 302
    with clock.at(clock.now() + timedelta(hours=25)):
        assert sent(7) == 302
    assert len(everyone(session)) == 6


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_error_names_its_question_and_leads_to_it(browser, language):
    posting = postings.posting(questions=postings.every_kind())
    must = [question for question in posting.questions if question.required]
    sent = filled(posting, **{f"question_{question.id}": None for question in must})

    page = Html(browser(language=language).post(address(posting), data=sent))

    links = page.all(".errors a")
    assert len(must) > 3
    for question in must:
        (link,) = [each for each in links if said(each).startswith(question.text[language])]
        assert page.one(link.get("href")) is not None
    assert len({said(each) for each in links}) == len(links)


def test_what_a_browser_fills_in_is_not_too_quick(browser):
    posting = postings.posting()
    assert browser().post(address(posting), data=filled(posting, opened=opened(2))).status_code == 302


def test_where_nobody_signs_in_an_old_page_does_not_speak_of_it(app, browser):
    posting = postings.posting()
    app.config["CSRF_ENABLED"] = True
    try:
        answer = browser().post(address(posting), data=filled(posting))
    finally:
        app.config["CSRF_ENABLED"] = False
    assert answer.status_code == 422
    assert "This page has been open for a long time" in answer.text
    assert "signed in" not in Html(answer).words()
