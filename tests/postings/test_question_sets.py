"""Sets of questions: kept under a name, copied into postings, and nobody else's business."""

from __future__ import annotations

import pytest

from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import Role
from rmhr.models.criteria import QuestionKind, QuestionSet
from rmhr.models.postings import PostingStatus as S
from tests.factories.accounts import user
from tests.factories.postings import posting, question_set

from .test_editor import typed

ONE = {
    "name": "Licences",
    "questions-0-kind": "single",
    "questions-0-order": "1",
    "questions-0-text-en": "Which licence?",
    "questions-0-text-de": "Welche Zulassung?",
    "questions-0-choices-en": "None\r\nInvestment advice",
    "questions-0-choices-de": "Keine\r\nAnlageberatung",
    "questions-0-required": "y",
}


def sets(session):
    return session.query(QuestionSet).order_by(QuestionSet.name).all()


def test_a_set_is_kept_listed_changed_and_deleted(browser, session):
    client = browser(user(Role.HR))
    assert "No question sets yet" in client.get("/postings/question-sets/").text

    assert client.post("/postings/question-sets/new", data=ONE).status_code == 302
    (it,) = sets(session)
    assert it.questions == [
        {
            "kind": "single",
            "text": {"en": "Which licence?", "de": "Welche Zulassung?"},
            "choices": [{"en": "None", "de": "Keine"}, {"en": "Investment advice", "de": "Anlageberatung"}],
            "required": True,
        }
    ]
    page = client.get("/postings/question-sets/").text
    assert "Licences" in page
    assert "Which licence?" in page

    shown = client.get(f"/postings/question-sets/{it.id}").text
    assert "None\nInvestment advice" in shown
    changed = ONE | {"name": "Licences and more", "seen": seen_of(it)}
    assert client.post(f"/postings/question-sets/{it.id}", data=changed).status_code == 302
    assert it.name == "Licences and more"

    assert (
        "Postings that have its questions keep them."
        in client.get(f"/postings/question-sets/{it.id}/delete").text
    )
    assert client.post(f"/postings/question-sets/{it.id}/delete").status_code == 302
    assert sets(session) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Give the set a name."),
        ({"name": "licences"}, "There is a question set of this name already."),
        (
            {"questions-0-text-en": "", "questions-0-text-de": ""},
            "Write the question that these choices belong to.",
        ),
        ({"questions-0-remove": "y"}, "Write at least one question."),
    ],
)
def test_what_is_wrong_with_a_set_is_said_and_what_was_typed_stays(browser, session, wrong, words):
    question_set(name="Licences")

    answer = browser(user(Role.HR)).post("/postings/question-sets/new", data=ONE | {"name": "Other"} | wrong)

    assert answer.status_code == 422
    assert words in answer.text
    assert "Investment advice" in answer.text
    assert len(sets(session)) == 1


def test_one_more_question_keeps_everything_typed_and_saves_nothing(browser, session):
    answer = browser(user(Role.HR)).post("/postings/question-sets/new", data=ONE | {"add": "questions"})

    assert answer.status_code == 200
    assert "Question 2" in answer.text
    assert "Which licence?" in answer.text
    assert sets(session) == []


def test_the_second_of_two_is_told_and_loses_nothing(browser, session):
    it = question_set(name="Licences")
    client = browser(user(Role.HR))
    seen = seen_of(it)
    client.post(f"/postings/question-sets/{it.id}", data=ONE | {"seen": seen, "name": "First"})

    late = client.post(f"/postings/question-sets/{it.id}", data=ONE | {"seen": seen, "name": "Second"})

    assert late.status_code == 409
    assert "Somebody else has saved this since you opened it" in late.text
    assert 'value="Second"' in late.text
    assert it.name == "First"
    again = ONE | {"seen": seen_of(it), "name": "Second"}
    assert client.post(f"/postings/question-sets/{it.id}", data=again).status_code == 302
    assert it.name == "Second"


def test_a_set_is_put_into_a_posting_behind_what_is_typed_and_nothing_is_lost(browser):
    draft, it = posting(status=S.DRAFT), question_set()
    client = browser(draft.recruiter)
    data = typed(draft, add="set", set=it.id, **{"title-en": "Typed but not saved"})

    answer = client.post(f"/postings/{draft.id}/edit", data=data)

    assert answer.status_code == 200
    assert "Typed but not saved" in answer.text
    assert "Question 4" in answer.text
    assert "Which licence do you hold?" in answer.text
    assert "Keine\nAnlageberatung" in answer.text
    assert len(draft.questions) == 3


@pytest.mark.parametrize("wrong", ["", "²", "99999999999", "x"])
def test_without_a_chosen_set_the_editor_says_so(browser, wrong):
    draft = posting(status=S.DRAFT)
    question_set()

    address = f"/postings/{draft.id}/edit"
    answer = browser(draft.recruiter).post(address, data=typed(draft, add="set", set=wrong))

    assert "Choose a set." in answer.text
    assert "Question 4" not in answer.text


def test_a_set_for_which_there_is_no_room_is_not_put_in(browser):
    draft = posting(status=S.DRAFT)
    large = question_set(questions=question_set().questions * 40)

    answer = browser(draft.recruiter).post(
        f"/postings/{draft.id}/edit", data=typed(draft, add="set", set=large.id)
    )

    assert "There is no room for this set" in answer.text
    assert "Question 4" not in answer.text


def test_changing_or_deleting_a_set_changes_no_posting(browser):
    draft, it = posting(status=S.DRAFT), question_set()
    client = browser(draft.recruiter)
    rows = {f"questions-3-{name}": value for name, value in COPIED.items()}
    client.post(f"/postings/{draft.id}/edit", data=typed(draft, **rows))
    assert len(draft.questions) == 4

    client.post(f"/postings/question-sets/{it.id}", data=ONE | {"seen": seen_of(it)})
    client.post(f"/postings/question-sets/{it.id}/delete")

    assert str(draft.questions[3].text) == "Which licence do you hold?"
    assert draft.questions[3].choices[1] == {"en": "Investment advice", "de": "Anlageberatung"}


COPIED = {
    "kind": "multiple",
    "text-en": "Which licence do you hold?",
    "text-de": "Welche Zulassung haben Sie?",
    "choices-en": "None\nInvestment advice",
    "choices-de": "Keine\nAnlageberatung",
}


def test_the_questions_of_a_posting_are_kept_as_a_set(browser, session):
    public = posting()
    client = browser(user(Role.HR))
    address = f"/postings/question-sets/new?posting={public.id}"
    assert address in client.get(f"/postings/{public.id}").text

    shown = client.get(address)
    assert "When can you start?" in shown.text
    assert "changes the set, not the posting" in shown.text
    client.post(address, data=ONE)

    assert [it.name for it in sets(session)] == ["Licences"]
    assert public.questions[0].kind is QuestionKind.DATE


def test_a_set_that_is_gone_is_not_found(browser):
    assert browser(user(Role.HR)).get("/postings/question-sets/999").status_code == 404


def test_the_pages_speak_german(browser):
    it = question_set()
    client = browser(user(Role.HR, language="de"))

    assert "Fragensätze" in client.get("/postings/question-sets/").text
    assert "Postings" not in client.get(f"/postings/question-sets/{it.id}").text
