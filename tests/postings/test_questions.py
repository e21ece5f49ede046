"""Questions in the editor: choices in two languages, files, and what is said where something does not fit."""

from __future__ import annotations

import pytest

from rmhr.models.criteria import QuestionKind
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from rmhr.postings.operations import versions
from tests.factories.applications import application
from tests.factories.postings import every_kind, posting

from .test_editor import typed


def edit(browser, row, **changed):
    sent = {name.replace("__", "-"): value for name, value in changed.items()}
    return browser(row.recruiter).post(f"/postings/{row.id}/edit", data=typed(row, **sent))


def asked(**of):
    """The third question, typed anew."""
    given = {"kind": "single", "choices-en": "", "choices-de": ""} | {
        k.replace("_", "-"): v for k, v in of.items()
    }
    return {f"questions-2-{name}": value for name, value in given.items()}


def test_choices_are_kept_in_both_languages(browser):
    draft = posting(status=S.DRAFT)

    answer = edit(browser, draft, **asked(choices_en="One\r\n\r\n  Two  \r\n", choices_de="Eins\r\nZwei"))

    assert answer.status_code == 302
    assert draft.questions[2].kind is QuestionKind.SINGLE
    assert draft.questions[2].choices == [{"en": "One", "de": "Eins"}, {"en": "Two", "de": "Zwei"}]


def test_choices_in_one_language_only_are_choices(browser):
    draft = posting(status=S.DRAFT)

    edit(browser, draft, **asked(kind="multiple", choices_de="Eins\r\nZwei"))

    assert draft.questions[2].choices == [{"de": "Eins"}, {"de": "Zwei"}]
    assert [str(words) for words in draft.questions[2].choice_words] == ["Eins", "Zwei"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Enter 2 to 20 choices, one on each line."),
        ({"choices_en": "Only one"}, "Enter 2 to 20 choices, one on each line."),
        ({"choices_en": "\n".join(map(str, range(21)))}, "Enter 2 to 20 choices, one on each line."),
        (
            {"choices_en": "One\nTwo\nThree", "choices_de": "Eins\nZwei"},
            "There are 3 choices in English and 2 in German.",
        ),
        ({"choices_en": "One\nTwo\none"}, "The choice “one” is there twice."),
        ({"choices_en": "One\nTwo", "choices_de": "Eins\nEINS"}, "The choice “EINS” is there twice."),
        ({"choices_en": "One\n" + "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_choices_that_do_not_fit_are_explained_beside_them(browser, given, words):
    draft = posting(status=S.DRAFT)

    answer = edit(browser, draft, place="Typed place", **asked(**given))

    assert answer.status_code == 422
    assert answer.text.count(words) == 2, "in the summary and beside the field"
    assert 'id="questions-2-choices-error"' in answer.text
    assert "Typed place" in answer.text
    assert draft.questions[2].kind is QuestionKind.TEXT


def test_a_kind_without_choices_keeps_none(browser):
    draft = posting(status=S.DRAFT)

    edit(browser, draft, **asked(kind="number", choices_en="One\nTwo"))

    assert draft.questions[2].kind is QuestionKind.NUMBER
    assert draft.questions[2].choices == []


def test_more_files_than_a_form_can_carry_are_not_asked_for(browser):
    draft = posting(status=S.DRAFT)
    rows = {
        f"questions-{number}-{name}": value
        for number in range(3, 9)
        for name, value in {"kind": "file", "text-en": f"File {number}"}.items()
    }

    answer = edit(browser, draft, **rows)

    assert answer.status_code == 422
    assert "Ask for at most 5 files besides the CV." in answer.text
    assert len(draft.questions) == 3


def test_the_editor_gives_back_every_kind_as_it_is(browser):
    draft = posting(status=S.DRAFT, questions=every_kind())
    before = versions.rows_of(draft.current)["questions"]
    page = browser(draft.recruiter).get(f"/postings/{draft.id}/edit").text
    choices = {
        f"questions-{number}-choices-{code}": "\n".join(choice[code] for choice in row["choices"])
        for number, row in enumerate(before)
        for code in ("en", "de")
    }

    assert "North\nSouth\nWest" in page
    assert edit(browser, draft, **choices).status_code == 302
    assert versions.rows_of(draft.current)["questions"] == before


def test_another_choice_begins_a_new_version_and_the_old_one_stands():
    public = posting(questions=every_kind())
    early = application(posting=public)
    rows = versions.rows_of(public.current)["questions"]
    rows[2] |= {"choices": [{"en": "East", "de": "Osten"}, {"en": "West", "de": "Westen"}]}

    operations.postings.revise(public.recruiter, public, facts={}, sections={}, questions=rows)

    assert public.current.number == 2
    assert str(public.questions[2].choice_words[0]) == "East"
    assert str(early.posting_version.questions[2].choice_words[0]) == "North"


def test_the_posting_s_page_says_what_can_be_chosen(browser):
    public = posting(questions=every_kind())

    page = browser(public.recruiter).get(f"/postings/{public.id}").text

    assert "North, South, West" in page
    assert "Rating from 1 to 5, optional" in page
