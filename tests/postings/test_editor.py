"""The editor: nothing typed is lost, nothing public breaks, two people do not overwrite each other."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.core import clock
from rmhr.core.flow.seen import seen_of
from rmhr.core.i18n import Words
from rmhr.models.postings import Posting, PostingSection, SectionKind
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from rmhr.postings.checklist import field_of
from rmhr.postings.forms.postings import EditForm
from rmhr.postings.views.editor import GROUPS, PARTS
from rmhr.postings.workflow import POSTINGS
from rmhr.web.edits import PLUMBING
from tests.factories.applications import application
from tests.factories.postings import posting
from tests.support.html import Html, said


def typed(row: Posting, **other: Any) -> dict[str, Any]:
    """What a browser sends from the editor when nothing is changed, and then `other`."""

    def both(name: str, text: Words) -> dict[str, str]:
        return {f"{name}-{code}": text.get(code, "").replace("\n", "\r\n") for code in ("en", "de")}

    sent: dict[str, Any] = {
        "seen": seen_of(row),
        "unit_id": row.unit_id,
        "level": row.level.value,
        "place": row.place,
        "employment": row.employment.value,
        "remote_work": row.remote_work.value,
        "audience": row.audience.value,
        "answer_days": row.answer_days,
        "closes_when_filled": "y",
        "pay_shown": "y",
        "openings": row.openings,
        "closes_on": row.closes_on.isoformat() if row.closes_on else "",
        "pay_min": "58,000",
        "pay_max": "74.000",
        "usual_min": "62000",
        "usual_max": "68 000,00",
        "currency": row.currency,
        "pay_period": row.pay_period.value,
        "hiring_manager_id": row.hiring_manager_id,
        "recruiter_id": row.recruiter_id,
        "contact_phone": row.contact_phone,
    }
    for name in ("title", "hours", "remote", "starts", "pay_variable", "pay_agreement", "pay_criteria"):
        sent |= both(name, getattr(row, name))
    for kind in SectionKind:
        sent |= both(f"part_{kind.value}", row.section(kind))
    for number, criterion in enumerate(row.criteria):
        at = f"criteria-{number}-"
        sent |= {f"{at}order": number + 1, f"{at}importance": criterion.importance.value}
        sent |= both(f"{at}text", criterion.text)
    for number, question in enumerate(row.questions):
        at = f"questions-{number}-"
        sent |= {
            f"{at}order": number + 1,
            f"{at}kind": question.kind.value,
            **both(f"{at}text", question.text),
        }
        if question.required:
            sent[f"{at}required"] = "y"
    return {key: value for key, value in (sent | other).items() if value is not None}


def test_saving_without_a_change_changes_nothing(browser):
    text = Words(en="Lines:\n\n- one\n- two", de="Zeilen:\n\n- eins")
    sections = [PostingSection(kind=kind, text=text) for kind in SectionKind]
    draft = posting(status=S.DRAFT, sections=sections)

    answer = browser(draft.recruiter).post(f"/postings/{draft.id}/edit", data=typed(draft))

    assert answer.status_code == 302
    assert all(section.text == text for section in draft.sections)
    assert (draft.pay_min, draft.pay_max) == (58_000_00, 74_000_00)
    assert (draft.usual_min, draft.usual_max) == (62_000_00, 68_000_00)
    assert len(draft.criteria) == 3
    assert [question.required for question in draft.questions] == [True, True, False]


def test_rows_are_reordered_and_removed_without_script(browser):
    draft = posting(status=S.DRAFT)
    data = typed(
        draft,
        **{
            "criteria-0-order": 9,
            "criteria-1-remove": "y",
            "questions-2-text-en": "",
            "questions-2-text-de": "",
        },
    )
    data |= {"criteria-3-order": "", "criteria-3-text-en": "New", "criteria-3-importance": "nice"}

    browser(draft.recruiter).post(f"/postings/{draft.id}/edit", data=data)

    assert [str(row.text) for row in draft.criteria] == ["Danish", "Banking training", "New"]
    assert len(draft.questions) == 2


def test_one_more_row_keeps_everything_that_was_typed_and_saves_nothing(browser):
    draft = posting(status=S.DRAFT)
    data = typed(draft, add="criteria", **{"title-en": "Typed but not saved"})

    answer = browser(draft.recruiter).post(f"/postings/{draft.id}/edit", data=data)

    assert answer.status_code == 200
    assert "Typed but not saved" in answer.text
    assert "Criterion 4" in answer.text
    assert str(draft.title) == "Relationship Manager (f/m/x)"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title-en": "", "title-de": ""}, "Enter a title."),
        ({"pay_min": "a lot"}, "Enter a sum, for example 62,000"),
        ({"pay_min": "80,000"}, "The highest pay must not be below the lowest."),
        ({"usual_max": ""}, "Enter both values of the usual entry, or none."),
        ({"usual_max": "90,000"}, "The usual entry must lie within the pay range."),
        ({"openings": ""}, "Enter how many positions there are."),
        ({"hiring_manager_id": "999999"}, "Not a valid choice."),
        ({"part_vision-en": "x" * 20_001}, "Use at most 20000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(browser, wrong, words):
    draft = posting(status=S.DRAFT)

    answer = browser(draft.recruiter).post(
        f"/postings/{draft.id}/edit", data=typed(draft, **{"place": "Typed place"}, **wrong)
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert "Typed place" in answer.text
    assert draft.place == "Hamburg-Altona"


def test_the_second_of_two_is_told_sees_what_the_first_wrote_and_loses_nothing(browser):
    draft = posting(status=S.DRAFT)
    second = typed(draft, **{"part_vision-en": "My vision"})
    first = typed(draft, **{"part_vision-en": "Their vision", "place": "Kiel"})

    assert browser(draft.hiring_manager).post(f"/postings/{draft.id}/edit", data=first).status_code == 302
    answer = browser(draft.recruiter).post(f"/postings/{draft.id}/edit", data=second)

    assert answer.status_code == 409
    assert "Somebody else has saved this posting since you opened it" in answer.text
    assert "Their vision" in answer.text
    assert "My vision" in answer.text
    assert str(draft.section(SectionKind.VISION)) == "Their vision"
    # Saving again is a decision, made with both in sight.
    again = browser(draft.recruiter).post(
        f"/postings/{draft.id}/edit", data=second | {"seen": seen_of(draft), "place": "Kiel"}
    )
    assert again.status_code == 302
    assert str(draft.section(SectionKind.VISION)) == "My vision"
    assert draft.place == "Kiel"


ELSEWHERE = {
    "audience": ("internal", "Public", "Who reads it"),
    "opens_on": (f"{clock.today().year + 1}-01-11", "", "Opens on"),
    "closes_on": (f"{clock.today().year + 1}-02-11", "", "Deadline"),
    "remote_work": ("fully", "On site", "Working from home"),
    "answer_days": ("9", "3", "First answer within"),
    "offer_days": ("60", "", "Offer within"),
    "agency_on": (f"{clock.today().year + 1}-01-11", "", "Employment agency told on"),
    "closes_when_filled": (None, "Yes", "Close when all positions are taken"),
    "pay_shown": (None, "Yes", "Show the range on the page"),
    "pay_min": ("59,000", "58,000", "Pay from"),
    "pay_variable-en": ("Other", "Plus a variable part.", "Variable part"),
    "pay_agreement-de": ("Tarif", "", "Collective agreement"),
    "pay_criteria-en": ("Other", "By what you have done.", "What the pay depends on"),
    "level": ("senior", "RM", "Level"),
    "contact_phone": ("040 1", "040 5550 142", "Phone for questions"),
}


@pytest.mark.parametrize("field", ELSEWHERE)
def test_whatever_two_people_type_differently_is_named_with_what_is_kept(browser, field):
    other, kept, label = ELSEWHERE[field]
    draft = posting(status=S.DRAFT)
    mine = typed(draft, **{field: other})
    operations.postings.revise(draft.recruiter, draft, facts={"place": "Kiel"}, sections={})

    page = browser(draft.recruiter).post(f"/postings/{draft.id}/edit", data=mine).text

    said = page[page.index('<dl class="differences">') : page.index("</dl>")]
    assert label in said
    assert kept in said
    assert "Place of work" in said
    assert said.count("<dt>") == 2, "and nothing that is the same"


def test_the_parts_say_what_is_done_and_what_is_open(browser):
    draft = posting(status=S.DRAFT, closes_on=None, sections=[])

    page = browser(draft.recruiter).get(f"/postings/{draft.id}/edit").text

    parts = page[page.index('<nav class="steps"') :]
    parts = " ".join(parts[: parts.index("</nav>")].split())
    assert "Dates and readers<small>1 thing open" in parts
    assert "Who we are<small>3 things open" in parts
    assert 'aria-label="Done"' in parts
    assert "6 of 11 done" in parts


def test_a_public_posting_keeps_what_it_needs(browser):
    public = posting()
    client = browser(public.recruiter)

    answer = client.post(
        f"/postings/{public.id}/edit",
        data=typed(public, **{"part_vision-en": "", "part_vision-de": "", "title-de": "Kundenbetreuer"}),
    )

    assert answer.status_code == 422
    assert "The part “Our vision” is missing." in answer.text
    assert "must address all genders" in answer.text
    assert client.post(f"/postings/{public.id}/edit", data=typed(public, openings=2)).status_code == 302
    assert public.openings == 2


def test_the_last_day_does_not_stop_a_correction(browser):
    public = posting(closes_on=clock.today())

    data = typed(public, contact_phone="040 1")
    answer = browser(public.recruiter).post(f"/postings/{public.id}/edit", data=data)

    assert answer.status_code == 302


def test_with_applications_the_editor_says_that_a_change_begins_a_new_version(browser):
    public = posting()
    early = application(posting=public)
    client = browser(public.recruiter)

    assert "1 person has applied to what it says now" in client.get(f"/postings/{public.id}/edit").text
    POSTINGS.perform(public.recruiter, public, "rework")
    data = typed(public, **{"criteria-0-text-en": "Bank clerk"})
    answer = client.post(f"/postings/{public.id}/edit", data=data, follow_redirects=True)

    assert "Version 2 begins; 1 application stays with version 1." in answer.text
    assert str(public.criteria[0].text) == "Bank clerk"
    assert str(early.posting_version.criteria[0].text) == "Banking training"


def test_who_may_open_the_editor(browser):
    draft, public, closed = posting(status=S.DRAFT), posting(), posting(status=S.CLOSED)

    assert browser(draft.hiring_manager).get(f"/postings/{draft.id}/edit").status_code == 200
    assert browser(public.hiring_manager).get(f"/postings/{public.id}/edit").status_code == 403
    assert browser(public.recruiter).get(f"/postings/{public.id}/edit").status_code == 200
    assert browser(closed.recruiter).get(f"/postings/{closed.id}/edit").status_code == 409


def test_every_field_belongs_to_one_part_of_the_page():
    named = [name for _anchor, _words, fields in PARTS for name in fields]
    texts = [field_of(kind) for _anchor, kinds in GROUPS for kind in kinds]
    fields = {name for name in vars(EditForm) if hasattr(getattr(EditForm, name), "field_class")}
    assert sorted([*named, *texts]) == sorted(fields - set(PLUMBING))


def test_what_is_wrong_in_a_question_names_it_leads_to_it_and_its_part_is_not_done(browser):
    row = posting()
    number = len(row.questions)
    wrong = {
        f"questions-{number}-kind": "single",
        f"questions-{number}-text-en": "Which region?",
        f"questions-{number}-text-de": "Welche Region?",
        f"questions-{number}-choices-en": "North",
    }
    answer = browser(row.recruiter).post(f"/postings/{row.id}/edit", data=typed(row, **wrong))
    page = Html(answer)
    link = page.one(".errors a")
    assert answer.status_code == 422
    assert said(link).startswith(f"Question {number + 1}, Choices: ")
    assert page.one(link.get("href")) is not None
    part = page.one(".steps li:has(a[href='#questions'])")
    assert part.get("class") == "is-wrong"
    assert "1 thing is not right" in said(part)


def test_what_a_published_posting_may_not_ask_is_said_of_the_question_that_asks_it(browser):
    row = posting(status=S.PUBLISHED)
    last = len(row.questions) - 1
    sent = typed(row, **{f"questions-{last}-text-de": "Wie hoch ist {{betrag}}?"})
    page = Html(browser(row.recruiter).post(f"/postings/{row.id}/edit", data=sent))
    link = page.one(".errors a")
    assert said(link).startswith(f"Question {last + 1}: ")
    assert link.get("href").startswith(f"#questions-{last}-text-")


def test_what_only_oneself_has_changed_is_not_listed_as_what_somebody_else_did(browser):
    draft = posting(status=S.DRAFT)
    client = browser(draft.recruiter)
    opened = Html(client.get(f"/postings/{draft.id}/edit")).value("opened_with")
    mine = typed(draft, **{"part_vision-en": "My vision", "contact_phone": "040 1", "opened_with": opened})
    operations.postings.revise(draft.hiring_manager, draft, facts={"place": "Kiel"}, sections={})

    page = Html(client.post(f"/postings/{draft.id}/edit", data=mine))

    assert [said(each) for each in page.all(".differences dt")] == ["Place of work"]
    again = mine | {name: page.value(name) for name in ("seen", "opened_with")} | {"place": "Kiel"}
    assert client.post(f"/postings/{draft.id}/edit", data=again).status_code == 302


def test_where_both_changed_other_things_the_page_says_that_both_stay(browser):
    draft = posting(status=S.DRAFT)
    client = browser(draft.recruiter)
    opened = Html(client.get(f"/postings/{draft.id}/edit")).value("opened_with")
    mine = typed(draft, **{"place": "Kiel", "contact_phone": "040 1", "opened_with": opened})
    operations.postings.revise(draft.hiring_manager, draft, facts={"place": "Kiel"}, sections={})

    answer = client.post(f"/postings/{draft.id}/edit", data=mine)

    assert answer.status_code == 409
    assert any("Saving again keeps both." in said(each) for each in Html(answer).all(".errors"))
