"""The coach: what it says, why, and what becomes of it once somebody answers."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.content import read
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, speaking
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.criteria import Criterion, Importance
from rmhr.models.postings import FindingNote, Posting, PostingSection, SectionKind
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import checklist, operations, queries
from rmhr.postings.coach import advice, reading, requirements, wording
from rmhr.postings.workflow import POSTINGS
from tests.factories.accounts import user
from tests.factories.postings import posting, requisition

from .test_editor import typed


def saying(en: str = "About it.", de: str = "Darüber.", **given: Any) -> Posting:
    """A draft whose summary says this."""
    texts = {kind: Words.both(f"About {kind.value}.", f"Über {kind.value}.") for kind in SectionKind}
    texts[SectionKind.SUMMARY] = Words.both(en, de)
    sections = [PostingSection(kind=kind, text=text) for kind, text in texts.items()]
    defaults = {"status": S.DRAFT, "agency_on": clock.today(), "sections": sections}
    return posting(**defaults | given)


def found(row: Posting, check: str) -> list[advice.Finding]:
    return [each for each in advice.worth_a_look(row) if each.check == check]


# Words.


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("check", "text", "entries"),
    [
        ("age_words", "Ein junges Team", ["jung Team"]),
        ("age_words", "Jung, jünger und junge Kollegin", ["jung", "jünger"]),
        ("age_words", "Wir beraten junge Menschen, junge Familien und junge Unternehmen", []),
        ("age_words", "Jungfernstieg 1, Jungheinrich", []),
        ("disability_words", "Sie sind gesund und belastbar.", ["gesund", "belastbar"]),
        ("disability_words", "Gesundheit, Gesundheitswesen, gesunde Bilanzen und belastbare Zahlen", []),
        ("origin_words", "Deutsch als Muttersprache", ["Muttersprach"]),
        ("origin_words", "Deutsch C1", []),
        ("personal_data", "Bewerbung mit Lichtbild", ["Lichtbild"]),
        ("personal_data", "Bitte lassen Sie Foto, Geburtsdatum und Familienstand weg.", []),
        ("gender_coded", "durchsetzungsstarke Powerfrau", ["durchsetzungsstark", "Powerfrau"]),
        ("gender_coded", "Mitarbeiterinnen und Mitarbeiter, Kolleginnen und Kollegen", []),
        ("gender_coded", "unsere Mitarbeiter", ["Mitarbeiter"]),
        ("vague_words", "ein dynamisches Umfeld usw.", ["dynamisch", "usw."]),
    ],
)
def test_german_words_are_found_with_their_endings_and_never_inside_others(check, text, entries):
    assert [hit.entry for hit in wording.hits(check, text, "de")] == entries


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("check", "text", "entries"),
    [
        ("age_words", "a young team", ["young team"]),
        ("age_words", "advice for young people and young families", []),
        ("age_words", "Youngstown", []),
        ("disability_words", "healthy and resilient", ["healthy", "resilient"]),
        ("disability_words", "companies with healthy balance sheets", []),
        ("origin_words", "English native speakers", ["native speaker"]),
        ("personal_data", "Please send a photo", ["photo"]),
        ("personal_data", "Please leave out photo, date of birth and marital status.", []),
        ("gender_coded", "The adviser keeps his promises", ["his"]),
        ("gender_coded", "This history is theirs", []),
        ("vague_words", "dynamic and passionate", ["dynamic", "passionate"]),
    ],
)
def test_english_words_are_found_as_whole_words(check, text, entries):
    assert [hit.entry for hit in wording.hits(check, text, "en")] == entries


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("check", ["gender_coded", "vague_words"])
def test_the_lists_are_long_and_each_word_comes_with_something_better(check, code):
    words = read("coach")["words"][check][code]["words"]

    assert len(words) >= 40
    assert all(words.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_entry_of_the_lists_finds_itself(code):
    for check, content in wording.checks().items():
        for entry in content[code]["words"]:
            plain = entry.replace("*", "").replace("~", "x")
            assert list(wording.hits(check, plain, code)), f"{check}: {entry}"


def test_a_finding_says_where_which_words_why_and_what_would_be_better():
    row = saying(de="Unser junges Team sucht Sie. Junge Teams sind gut.")

    (finding,) = found(row, "age_words")

    assert finding.field == "part_summary-de"
    assert finding.key == "age_words:part_summary-de:jung team"
    assert finding.quoted == ("junges Team", "Junge Teams")
    assert "section 22 AGG" in str(finding.why).replace("\xa0", " ")
    assert finding.instead.startswith("sagen Sie")
    assert not finding.blocks
    with speaking("de"):
        (german,) = found(row, "age_words")
        assert str(german.what).startswith("„junges Team“, „Junge Teams“ klingt")


# Years.


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "en",
            "At least 5 years of experience in lending",
            [("years_experience", "At least 5 years of experience")],
        ),
        ("en", "3-5 years’ relevant experience", [("years_experience", "3-5 years’ relevant experience")]),
        (
            "en",
            "no more than five years of experience",
            [("max_experience", "no more than five years of experience")],
        ),
        ("en", "You are under 35.", [("max_experience", "under 35")]),
        ("en", "six months’ experience; after 5 years the bank pays; 30 years of history", []),
        (
            "de",
            "mindestens drei Jahre Berufserfahrung",
            [("years_experience", "mindestens drei Jahre Berufserfahrung")],
        ),
        ("de", "Mehrjährige Erfahrung im Kreditgeschäft", [("years_experience", "Mehrjährige Erfahrung")]),
        ("de", "höchstens 5 Jahre Erfahrung", [("max_experience", "höchstens 5 Jahre Erfahrung")]),
        ("de", "Nicht älter als 40 Jahre.", [("max_experience", "Nicht älter als 40 Jahre")]),
        ("de", "Nach drei Jahren zieht die Filiale um. Seit über 20 Jahren beraten wir Betriebe.", []),
    ],
)
def test_demands_that_count_years_are_found(code, text, expected):
    assert list(requirements.found(text, code)) == expected


def test_what_the_evidence_says_about_years_is_told():
    (finding,) = found(saying(en="You have 10 years of experience in a bank."), "years_experience")

    assert ".07" in str(finding.why)
    assert "10 years of experience" in str(finding.what)


# Reading ease, length.


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("word", "code", "count"),
    [
        *(
            (word, "en", count)
            for word, count in {"bank": 1, "table": 2, "idea": 3, "wanted": 2, "asked": 1}.items()
        ),
        *((word, "en", count) for word, count in {"relationship": 4, "quiet": 2, "experience": 4}.items()),
        *((word, "de", count) for word, count in {"und": 1, "Idee": 2, "aufbauen": 3, "quer": 1}.items()),
        *(
            (word, "de", count)
            for word, count in {"Kundenbeziehungen": 6, "Qualifikation": 6, "GmbH": 4}.items()
        ),
    ],
)
def test_syllables_are_counted_by_what_is_spoken(word, code, count):
    assert reading.syllables(word, code) == count


def test_sentences_end_at_dots_points_and_lines_but_not_at_abbreviations():
    text = "We lend, e.g. to shops. Call us!\n\n- **One.** First thing\n- Second thing\n\nArt. 5 holds, z. B. Hier."

    assert reading.sentences(text) == [
        "We lend, e.g. to shops.",
        "Call us!",
        "One.",
        "First thing",
        "Second thing",
        "Art. 5 holds, z. B. Hier.",
    ]


def test_the_figure_is_flesch_in_english_and_amstad_in_german():
    # 6 words, 1 sentence, 12 syllables: 206.835 - 1.015 * 6 - 84.6 * 12 / 6 = 31.5
    assert reading.measure(["The bank advises local companies today."], "en").ease == 32
    # 5 words, 1 sentence, 9 syllables: 180 - 5 - 58.5 * 9 / 5 = 69.7
    assert reading.measure(["Die Bank berät kleine Betriebe."], "de").ease == 70
    assert reading.measure([""], "en") is None


def test_hard_texts_and_long_sentences_are_named():
    long = (
        "The determination of organisational responsibilities necessitates "
        + "interdepartmental coordination " * 16
    )
    row = saying(en=f"{long}.")

    (sentence,) = found(row, "long_sentence")
    assert "38 words" in str(sentence.what)
    assert "en" in {each.language for each in found(row, "hard_to_read")}
    assert {each.language for each in found(row, "too_short")} == {"en", "de"}
    assert [each.language for each in found(saying(de="Ein Wort und noch eins. " * 300), "too_long")] == [
        "de"
    ]


# Pay, musts, languages, agency.


def test_pay_beyond_the_budget_too_wide_or_without_criteria_is_worth_a_look():
    asked = requisition(pay_min=50_000_00, pay_max=70_000_00)
    row = saying(
        requisition=asked,
        pay_min=40_000_00,
        pay_max=80_000_00,
        usual_min=None,
        usual_max=None,
        pay_criteria=Words(),
    )

    checks = {each.check: str(each.what) for each in advice.worth_a_look(row)}
    assert "2 times" in checks["pay_spread"]
    assert "€50,000 to 70,000 a year" in checks["over_budget"]
    assert "pay_criteria" in checks
    fine = {each.check for each in advice.worth_a_look(saying())}
    assert not fine & {"pay_spread", "over_budget", "pay_criteria", "agency", "many_musts"}


def test_many_musts_a_missing_language_and_the_agency_are_worth_a_look():
    musts = [
        Criterion(position=n, text=Words.both(f"Thing {n}", ""), importance=Importance.MUST) for n in range(8)
    ]
    row = saying(agency_on=None, criteria=musts)

    assert "8 musts" in str(found(row, "many_musts")[0].what)
    assert found(row, "agency")[0].field == "agency_on"
    missing = found(row, "one_language")
    assert missing[0].field == "criteria-0-text-de"
    assert "“Criterion 1” is missing in German" in str(missing[0].what)


# What stops a posting.


def test_only_what_the_checklist_says_stops_a_posting():
    row = saying(de="Unser junges, dynamisches Team sucht Muttersprachler.", closes_on=None)

    report = queries.findings.report(row)

    assert [each.what for each in report.blocking] == [gap.words for gap in checklist.gaps(row)]
    assert all(each.blocks and str(each.why) and each.suggestion for each in report.blocking)
    assert {"age_words", "vague_words", "origin_words"} <= {each.check for each in report.open}
    with audit.acting(SYSTEM, "tests.arrange"):
        row.closes_on = clock.today().replace(year=clock.today().year + 1, day=1)
    POSTINGS.perform(row.recruiter, row, "submit")
    assert row.status is S.IN_APPROVAL


def test_every_check_of_the_checklist_is_explained():
    row = saying(
        en="{{x}} Please state your current salary.",
        title=Words(en="", de="Berater"),
        place="",
        closes_on=None,
        criteria=[],
        pay_min=None,
        pay_max=None,
        usual_min=None,
        usual_max=None,
    )
    with audit.acting(SYSTEM, "tests.arrange"):
        row.sections = [each for each in row.sections if each.kind is not SectionKind.CULTURE]
        row.questions[0].text = Words.both("Are you married?", "Wie heißen Sie?")

    assert {each.check for each in advice.blocking(row)} == set(read("coach")["blocking"])


def test_a_text_that_asks_for_past_pay_stops_the_posting():
    row = saying(en="Send us your CV and your current salary.")

    (finding,) = advice.blocking(row)

    assert (finding.check, finding.field) == ("past_pay", "part_summary-en")
    assert finding.quoted == ("current salary",)
    with pytest.raises(NotPossible, match="current salary"):
        POSTINGS.perform(row.recruiter, row, "submit")


# Answers.


def keep(row: Posting, finding: advice.Finding, note: str = "It is the law.") -> FindingNote:
    return operations.findings.answer(row.recruiter, row, finding=finding.key, note=note)


def test_an_answered_finding_stands_apart_with_who_and_why():
    row = saying(en="A young bank.")
    (finding,) = found(row, "age_words")

    keep(row, finding, "First words")
    keep(row, finding, "The bank is two years old.")

    report = queries.findings.report(row)
    ((kept, note),) = report.answered
    assert (kept.key, note.note, note.written_by) == (
        finding.key,
        "The bank is two years old.",
        row.recruiter,
    )
    assert finding.key not in {each.key for each in report.open}
    operations.findings.take_back(row.recruiter, row, finding=finding.key)
    assert queries.findings.report(row).answered == []


def test_an_answer_goes_with_the_words_that_it_was_about():
    row = saying(en="A young, dynamic bank.")
    for check in ("age_words", "vague_words"):
        keep(row, found(row, check)[0])
    changed = {SectionKind.SUMMARY: Words.both("A dynamic bank.", "Eine Bank.")}

    operations.postings.revise(row.recruiter, row, facts={}, sections=changed)

    kept = db.session.scalars(sa.select(FindingNote.finding)).all()
    assert kept == ["vague_words:part_summary-en:dynamic"]


def test_an_answer_stays_when_criteria_change_places():
    criteria = [
        Criterion(position=n, text=Words.both(text, "Text"))
        for n, text in enumerate(("Training", "5 years of experience"))
    ]
    row = saying(criteria=criteria)
    (finding,) = found(row, "years_experience")
    keep(row, finding)
    rows = [{"text": each.text, "importance": each.importance} for each in reversed(row.criteria)]

    operations.postings.revise(row.recruiter, row, facts={}, sections={}, criteria=rows)

    assert [each.key for each, _note in queries.findings.report(row).answered] == [finding.key]


def test_what_stops_a_posting_or_is_not_said_cannot_be_answered():
    row = saying(en="Your current salary?")
    for key in (advice.blocking(row)[0].key, "age_words:part_summary-en:young"):
        with pytest.raises(NotPossible):
            operations.findings.answer(row.recruiter, row, finding=key, note="Still")


def test_only_who_may_write_the_posting_answers():
    row = saying(en="A young bank.")

    with pytest.raises(NotAllowed):
        operations.findings.answer(
            user(Role.SUPERVISOR), row, finding=found(row, "age_words")[0].key, note="Why not"
        )


# Pages.


def test_the_page_shows_everything_in_both_languages_and_takes_an_answer(browser):
    row = saying(en="A young bank.", de="Ein dynamisches Haus.", closes_on=None)
    client = browser(row.recruiter)

    page = client.get(f"/postings/{row.id}/coach").text
    for words in (
        "“young” sounds",
        "“dynamisches” says little",
        "The deadline is missing.",
        "Reading ease",
        "of 100",
    ):
        assert words in page
    assert f'href="/postings/{row.id}/edit#part_summary-en"' in page

    key = found(row, "age_words")[0].key
    empty = client.post(f"/postings/{row.id}/coach", data={"finding": key, "note": " "})
    assert empty.status_code == 422
    assert "Say why it stays as it is." in empty.text
    kept = client.post(f"/postings/{row.id}/coach", data={"finding": key, "note": "Two years old"})
    assert kept.status_code == 302
    page = client.get(f"/postings/{row.id}/coach").text
    assert "Two years old" in page
    assert "Take the answer back" in page
    client.post(f"/postings/{row.id}/coach/take-back", data={"finding": key})
    assert "Two years old" not in client.get(f"/postings/{row.id}/coach").text


def test_the_page_is_for_who_fills_the_posting(browser):
    row = saying(status=S.PUBLISHED)

    assert browser(user(Role.SUPERVISOR)).get(f"/postings/{row.id}/coach").status_code == 403
    assert browser(row.hiring_manager).get(f"/postings/{row.id}/coach").status_code == 200


def test_a_posting_and_its_editor_lead_to_the_coach_with_a_count(browser):
    row = saying(en="A young bank.")
    count = queries.findings.report(row).count
    client = browser(row.recruiter)

    page = client.get(f"/postings/{row.id}").text
    assert f"{count} findings" in page
    assert "“young” sounds" in page
    assert f'<span class="count">{count}</span>' in client.get(f"/postings/{row.id}/edit").text


# Questions in the editor.


@pytest.mark.parametrize(
    "asked", [{"en": "What is your current salary?"}, {"de": "Was verdienen Sie zurzeit?"}], ids=["en", "de"]
)
def test_a_question_for_past_pay_is_refused_beside_its_row_and_by_the_operation(browser, asked):
    row = saying()
    said = Words.both(**{"en": "Question", "de": "Frage"} | asked)
    data = typed(row, **{f"questions-0-text-{code}": text for code, text in said.items()})

    answer = browser(row.recruiter).post(f"/postings/{row.id}/edit", data=data)

    assert answer.status_code == 422
    assert "Nobody may be asked that" in answer.text
    questions = [{"kind": each.kind, "text": said, "required": True} for each in row.questions]
    with pytest.raises(NotPossible, match="2023/970"):
        operations.postings.revise(row.recruiter, row, facts={}, sections={}, questions=questions)


@pytest.mark.parametrize(
    "asked", [{"en": "When were you born?"}, {"de": "Haben Sie Kinder?"}], ids=["en", "de"]
)
def test_a_question_for_private_life_is_refused_beside_its_row_and_by_the_operation(browser, asked):
    row = saying()
    said = Words.both(**{"en": "Question", "de": "Frage"} | asked)
    data = typed(row, **{f"questions-0-text-{code}": text for code, text in said.items()})

    answer = browser(row.recruiter).post(f"/postings/{row.id}/edit", data=data)

    assert answer.status_code == 422
    assert "No employer may ask that (sections 1" in answer.text
    questions = [{"kind": each.kind, "text": said, "required": True} for each in row.questions]
    with pytest.raises(NotPossible, match="AGG"):
        operations.postings.revise(row.recruiter, row, facts={}, sections={}, questions=questions)


def test_a_text_that_asks_for_private_life_is_warned_of_with_the_law_and_what_may_be_asked():
    row = saying(en="Please tell us whether you are flexible. Are you planning to start a family?")

    (finding,) = [each for each in advice.worth_a_look(row) if each.check == "private"]

    assert finding.field == "part_summary-en"
    assert "AGG" in finding.why.in_("en")
    assert "working hours" in finding.suggestion
    assert not advice.blocking(row)


def test_an_answer_to_choose_from_is_read_as_well():
    row = saying()
    choices = [{"en": "My current salary is below 50,000", "de": "Mein Gehalt"}]
    question = {"kind": row.questions[0].kind, "text": Words.both("Choose", "Wählen"), "choices": choices}

    with pytest.raises(NotPossible):
        operations.postings.revise(row.recruiter, row, facts={}, sections={}, questions=[question])
