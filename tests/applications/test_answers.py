"""Answers of every kind: how they are given, checked, kept and read, and who may open the files."""

from __future__ import annotations

import io
from functools import cache

import pytest

from rmhr.core.files import store
from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.applications import Application
from rmhr.models.criteria import Question, QuestionKind
from tests.factories import applications, postings
from tests.factories.accounts import user
from tests.support import documents
from tests.support.html import Html

from .support import address, filled

K = QuestionKind
GIVEN = {
    K.TEXT: "Twelve years of it",
    K.YES_NO: "no",
    K.SINGLE: "1",
    K.MULTIPLE: ["0", "2"],
    K.NUMBER: "38,5",
    K.PERCENTAGE: "12.5 %",
    K.DATE: "2027-02-01",
    K.RATING: "4",
}
KEPT = ["Twelve years of it", "no", "1", "0,2", "38.5", "12.5", "2027-02-01", "4", "Licence.pdf"]


@cache
def paper():
    """The same bytes each time."""
    return documents.pdf()


def licence(name="Licence.pdf", data=None):
    return io.BytesIO(paper() if data is None else data), name


def sent(posting, **changed):
    """A complete form with an answer to every question, and then by kind `changed`; None: not sent."""
    by_kind = {**GIVEN, K.FILE: licence()} | {K(kind): value for kind, value in changed.items()}
    return filled(posting, **{f"question_{q.id}": by_kind[q.kind] for q in posting.questions})


@pytest.fixture
def posting():
    return postings.posting(questions=postings.every_kind())


def only(session):
    (it,) = session.query(Application).all()
    return it


def of_kind(posting, kind):
    return next(question for question in posting.questions if question.kind is kind)


def beside(page, question):
    """What is said beside the field of this question."""
    found = Html(page).texts(f"#question_{question.id}-error")
    return found[0].removeprefix("Error: ") if found else ""


def test_an_answer_of_every_kind_is_kept_as_the_model_says(browser, session, posting):
    answer = browser().post(address(posting), data=sent(posting))

    assert answer.status_code == 302
    it = only(session)
    assert [each.answer for each in it.answers] == KEPT
    assert [each.question.kind for each in it.answers] == list(K)
    document = it.answers[-1].document
    assert store.path_of(document).read_bytes() == paper()
    assert it.cv.id != document.id


def test_what_need_not_be_answered_may_be_left(browser, session, posting):
    answer = browser().post(
        address(posting), data=sent(posting, text="", multiple=None, rating="", file=None)
    )

    assert answer.status_code == 302
    assert len(only(session).answers) == 5


def test_what_must_be_answered_is_asked_again_beside_its_field(browser, session, posting):
    wrong = sent(posting, yes_no=None, single="", number=" ", percentage="", date="")

    answer = browser().post(address(posting), data=wrong)

    assert answer.status_code == 422
    for kind, words in (
        (K.YES_NO, "Please answer this question."),
        (K.SINGLE, "Please answer this question."),
        (K.NUMBER, "Please answer this question."),
        (K.PERCENTAGE, "Please answer this question."),
        (K.DATE, "Enter a date."),
    ):
        assert beside(answer.text, of_kind(posting, kind)) == words
    assert "5 things are not right yet" in answer.text
    assert "Twelve years of it" in answer.text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0", "0"),
        ("39", "39"),
        ("38,5", "38.5"),
        ("38.5", "38.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234", "1234"),
        ("1.500", "1500"),
        ("1'000'000", "1000000"),
        (" 007 ", "7"),
        ("12,50", "12.5"),
    ],
)
def test_a_number_is_read_as_people_write_it_in_either_language(browser, session, language, typed, kept):
    asked = [Question(position=0, kind=K.NUMBER, text=Words.both("How many?", "Wie viele?"))]
    posting = postings.posting(questions=asked)

    browser(language=language).post(address(posting), data=sent(posting, number=typed))

    assert only(session).answers[0].answer == kept


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("number", "many", "Enter a number from 0 to 1,000,000,000, for example 38.5."),
        ("number", "-1", "Enter a number from 0 to 1,000,000,000, for example 38.5."),
        ("number", "1000000001", "Enter a number from 0 to 1,000,000,000, for example 38.5."),
        ("number", "1.23.45", "Enter a number from 0 to 1,000,000,000, for example 38.5."),
        ("number", "1e5", "Enter a number from 0 to 1,000,000,000, for example 38.5."),
        ("percentage", "101", "Enter a percentage from 0 to 100."),
        ("percentage", "half", "Enter a percentage from 0 to 100."),
        ("single", "3", "Please answer this question."),
        ("single", "north", "Please answer this question."),
        ("multiple", ["0", "7"], "Please answer this question."),
        ("rating", "6", "Please answer this question."),
        ("yes_no", "maybe", "Please answer this question."),
        ("date", "31.02.2027", "Not a valid date value."),
    ],
)
def test_what_is_no_answer_is_said_beside_its_field_and_stays(browser, session, posting, kind, typed, words):
    answer = browser().post(address(posting), data=sent(posting, **{kind: typed}))

    assert answer.status_code == 422
    assert beside(answer.text, of_kind(posting, K(kind))) == words
    if kind in ("number", "percentage", "date"):
        assert f'value="{typed}"' in answer.text
    assert session.query(Application).count() == 0


def test_everything_chosen_stays_after_another_mistake(browser, posting):
    page = Html(browser().post(address(posting), data=sent(posting) | {"name": ""}))

    def ticked(kind, value):
        number = of_kind(posting, kind).id
        return bool(page.all(f'input[name="question_{number}"][value="{value}"][checked]'))

    assert ticked(K.YES_NO, "no")
    assert ticked(K.SINGLE, "1")
    assert ticked(K.MULTIPLE, "0")
    assert ticked(K.MULTIPLE, "2")
    assert not ticked(K.MULTIPLE, "1")
    assert ticked(K.RATING, "4")
    assert {"38,5", "12.5 %"} <= set(page.attributes("input", "value"))
    assert "Licence.pdf, " in page.words()


def test_many_choices_stand_in_a_list_that_opens(browser, session):
    choices = [{"en": f"Choice {number}", "de": f"Wahl {number}"} for number in range(8)]
    question = Question(position=0, kind=K.SINGLE, text=Words.both("Which?", "Welche?"), choices=choices)
    posting = postings.posting(questions=[question])
    client = browser()

    assert "<select" in client.get(address(posting)).text
    assert client.post(address(posting), data=sent(posting, single="")).status_code == 422
    assert client.post(address(posting), data=sent(posting, single="7")).status_code == 302
    assert only(session).answers[0].answer == "7"


def test_several_that_must_be_answered_need_one(browser):
    question = Question(
        position=0, kind=K.MULTIPLE, text=Words.both("Which?", "Welche?"), choices=[{"en": "A"}, {"en": "B"}]
    )
    posting = postings.posting(questions=[question])

    answer = browser().post(address(posting), data=sent(posting, multiple=None))

    assert beside(answer.text, question) == "Tick at least one."


# Files.


def test_a_file_that_must_be_sent_is_asked_for(browser, session):
    question = Question(position=0, kind=K.FILE, text=Words.both("Your licence", "Ihre Zulassung"))
    posting = postings.posting(questions=[question])
    client = browser()

    answer = client.post(address(posting), data=sent(posting, file=None))

    assert answer.status_code == 422
    assert beside(answer.text, question) == "Choose a file."
    assert (
        client.post(address(posting), data=sent(posting) | {"cv": (io.BytesIO(b""), "")}).status_code == 302
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("run.exe", b"MZ\x90\x00", "a type that we cannot read"),
        ("Licence.pdf", b"no pdf at all", "is not of the type PDF"),
        ("Licence.pdf", b"%PDF-" + b"0" * 11 * 1024**2, "at most 10 MB"),
        ("Licence.txt", b"", "is empty"),
    ],
)
def test_a_file_that_is_no_document_gets_a_sentence_and_the_cv_is_kept(
    browser, session, posting, name, data, words
):
    answer = browser().post(address(posting), data=sent(posting, file=licence(name, data)))
    answer.request.environ["wsgi.input"].close()  # the test client leaves its own file open

    assert answer.status_code == 422
    assert words in beside(answer.text, of_kind(posting, K.FILE))
    assert "CV.pdf, " in answer.text
    assert session.query(Application).count() == 0


def test_each_file_is_kept_for_its_own_question(browser, session, posting):
    client = browser()
    client.post(address(posting), data=sent(posting) | {"name": ""})
    again = sent(posting, file=None)
    del again["cv"]

    assert client.post(address(posting), data=again).status_code == 302

    it = only(session)
    assert (it.cv.name, it.answers[-1].document.name) == ("CV.pdf", "Licence.pdf")
    assert "is already uploaded" not in client.get(address(posting)).text


def test_a_kept_file_that_is_not_wanted_any_more_is_left_out(browser, session, posting):
    client = browser()
    client.post(address(posting), data=sent(posting) | {"name": ""})
    field = f"question_{of_kind(posting, K.FILE).id}"
    again = sent(posting, file=None) | {"leave_out": [field, "cv"]}
    del again["cv"]

    assert client.post(address(posting), data=again).status_code == 302

    it = only(session)
    assert [each.question.kind for each in it.answers] == list(K)[:-1]
    assert it.cv.name == "CV.pdf", "the CV must be there, whatever is ticked"


def test_answers_to_questions_that_have_changed_meanwhile_are_looked_at_again(browser, session, posting):
    from rmhr.postings import operations
    from rmhr.postings.operations import versions

    client = browser()
    seen = Html(client.get(address(posting))).value("asked")
    rows = versions.rows_of(posting.current)["questions"]
    rows[2] |= {"choices": rows[2]["choices"][::-1]}
    operations.postings.revise(posting.recruiter, posting, facts={}, sections={}, questions=rows)

    answer = client.post(address(posting), data=sent(posting) | {"asked": seen})

    assert answer.status_code == 422
    assert "The questions have changed since you opened this page." in answer.text
    now = Html(answer).value("asked")
    assert client.post(address(posting), data=sent(posting) | {"asked": now}).status_code == 302


# Reading.

SAID = {
    "en": [
        "No",
        "South",
        "North",
        "West",
        "38.5",
        "12.5%",
        "Monday 1 February 2027",
        "4 of 5",
        "Licence.pdf",
    ],
    "de": ["Nein", "Süden", "Norden", "Westen", "38,5", "12,5\u00a0%", "Montag, 1. Februar 2027", "4 von 5"],
}


@pytest.mark.parametrize("language", ["en", "de"])
def test_everybody_reads_answers_in_their_own_language(browser, session, posting, language):
    browser(language="de").post(address(posting), data=sent(posting))
    it = only(session)
    hr = browser(user(Role.HR, language=language))
    own = applications.holder(browser(language=language), it.applicant)

    for page in (
        hr.get(f"/applications/{it.id}").text,
        hr.get(f"/applications/{it.id}/screening").text,
        own.get("/careers/my-application").text,
    ):
        for words in SAID[language]:
            assert words in page
        assert "0,2" not in page
        assert ("Question of" if language == "en" else "Frage nach") in page


def test_the_question_is_read_as_it_was_asked(browser, session, posting):
    from rmhr.postings import operations
    from rmhr.postings.operations import versions

    browser().post(address(posting), data=sent(posting))
    it = only(session)
    rows = versions.rows_of(posting.current)["questions"]
    rows[2] |= {"text": Words.both("Asked later?", "Später?"), "choices": rows[2]["choices"][::-1]}
    operations.postings.revise(posting.recruiter, posting, facts={}, sections={}, questions=rows)

    page = Html(browser(user(Role.HR)).get(f"/applications/{it.id}"))

    assert "Question of single?" in page.words()
    assert "Asked later?" not in page.words()
    assert "South" in page.texts("dd")


def test_a_file_is_opened_by_who_may_see_the_application_and_by_nobody_else(browser, session, posting):
    browser().post(address(posting), data=sent(posting))
    it = only(session)
    url = f"/applications/{it.id}/answers/{it.answers[-1].id}"
    own = f"/careers/my-application/{it.id}/answers/{it.answers[-1].id}"

    for person in (user(Role.HR), posting.hiring_manager):
        with browser(person).get(url) as answer:
            assert answer.status_code == 200
            assert answer.data == paper()
            assert "Licence.pdf" in answer.headers["Content-Disposition"]
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "private, no-store"
    with applications.holder(browser(), it.applicant).get(own) as answer:
        assert answer.data == paper()

    assert browser(user(Role.SUPERVISOR)).get(url).status_code == 404
    assert browser(user(Role.RM)).get(url).status_code == 403
    assert browser().get(url).status_code == 302
    assert applications.holder(browser(), applications.applicant()).get(own).status_code == 404
    assert browser().get(own).status_code == 302


def test_only_a_file_of_this_very_application_is_one(browser, session, posting):
    browser().post(address(posting), data=sent(posting))
    it, other = only(session), applications.application()
    hr = browser(user(Role.HR))

    assert hr.get(f"/applications/{other.id}/answers/{it.answers[-1].id}").status_code == 404
    assert hr.get(f"/applications/{it.id}/answers/{it.answers[0].id}").status_code == 404
