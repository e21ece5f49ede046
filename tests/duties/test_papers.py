"""The papers for works council and data protection: complete, current, in both languages, filled in for the bank."""

from __future__ import annotations

import re

import pytest

from rmhr.commands import docs
from rmhr.core import registry
from rmhr.core.i18n import LANGUAGES, Words, speaking
from rmhr.core.policy import access_rule, has_role, the_system
from rmhr.duties.gaps import nothing_said
from rmhr.duties.papers import declared, kinds, reading, tables
from rmhr.duties.papers.kinds import Paper
from rmhr.law.rules import Unit
from rmhr.models import personal
from rmhr.models.accounts import Role
from rmhr.models.duties import Answer
from rmhr.models.personal import HOLDINGS, Processing
from tests.factories import duties
from tests.factories.accounts import user
from tests.support.html import Html

BOTH = [(paper, code) for paper in Paper for code in LANGUAGES]
READERS = (Role.ADMIN, Role.HR, Role.COMPLIANCE)


@pytest.fixture(params=BOTH, ids=lambda it: f"{it[0].value}-{it[1]}")
def text(app, request):
    """Each paper in each language, of a bank that has said nothing yet."""
    paper, code = request.param
    with speaking(code):
        yield kinds.written(paper, None)


def test_docs_are_what_the_code_says(app):
    """`flask docs` writes them: a table, a page, a mail, a role that is new makes this fail until it has run."""
    assert set(kinds.documents()) <= docs.PAGES.keys()
    assert docs.stale() == []


@pytest.mark.parametrize("what", ["table", "access"])
def test_a_change_of_schema_or_access_makes_the_papers_stale(app, monkeypatch, what):
    if what == "table":
        said = personal.holds(
            "wish",
            "Wishes",
            Processing.ACCOUNTS,
            personal.Whose.STAFF,
            kept=personal.UNLIMITED,
            words="words",
        )
        monkeypatch.setattr(tables, "HOLDINGS", {**HOLDINGS, "wish": said})
    else:
        monkeypatch.setattr(app.view_functions["history.index"], "access", has_role(Role.MENTOR))
    stale = docs.stale()
    assert {"works-agreement.md", "works-agreement.de.md", "impact-assessment.md"} <= set(stale)


def test_nothing_is_left_open_but_blanks(text):
    assert not re.search(r"\{[a-z_]+\}", text)
    assert text.startswith("# ")
    assert kinds.blanks(text)


@pytest.mark.parametrize("paper", Paper)
def test_both_languages_have_the_same_sections_tables_and_blanks(app, paper):
    shapes = []
    for code in LANGUAGES:
        source = kinds.source(paper, code)
        heads = [line.split(" ", 1)[0] for line in source.splitlines() if line.startswith("#")]
        numbers = re.findall(r"^## (?:\w+ )?(\w+)\.", source, re.M)
        rows = [line.count("|") for line in source.splitlines() if line.startswith("|")]
        steps = len(re.findall(r"^\s*(?:\d+\.|-) ", source, re.M))
        filled = re.findall(r"\{([a-z_]+)\}", source)
        shapes.append((heads, numbers, rows, steps, sorted(filled), len(kinds.BLANK.findall(source))))
    assert shapes[0] == shapes[1]


def test_every_table_that_holds_personal_data_appears(app):
    for code in LANGUAGES:
        with speaking(code):
            for paper in Paper:
                said = kinds.written(paper, None)
                missing = [name for name in HOLDINGS if f"(`{name}`)" not in said]
                assert not missing, f"{paper.value}.{code}: {missing}"


def test_every_role_appears_and_the_works_agreement_says_what_it_sees(app):
    for code in LANGUAGES:
        with speaking(code):
            for paper in Paper:
                said = kinds.written(paper, None)
                assert all(str(role.label) in said for role in Role), f"{paper.value}.{code}"
            agreement = kinds.source(Paper.WORKS_AGREEMENT, code)
            for role in Role:
                assert f"- **{role.label}**: " in agreement, f"{code}: {role}"


def test_the_records_have_an_entry_with_every_letter_for_each_processing(app):
    for code in LANGUAGES:
        source = kinds.source(Paper.RECORDS, code)
        for processing in Processing:
            (entry,) = [
                part.text
                for part in kinds.sections(source)
                if f"{{holdings_{processing.value}}}" in part.text
            ]
            for name in ("subjects", "kinds", "kept"):
                assert f"{{{name}_{processing.value}}}" in entry
            for letter in "abcdefg":
                assert re.search(rf"\((Buchst\. )?{letter}\)", entry), f"{code} {processing}: {letter}"


def test_every_area_rule_workflow_mail_and_list_has_its_words(app):
    """What a new one needs: a line in rmhr/duties/papers/declared.py."""
    areas = [*declared.AREAS, declared.PUBLIC]
    known = {blueprint for area in areas for blueprint in area.blueprints}
    assert {blueprint for blueprint, _rule, _methods in tables.routes()} == known
    assert registry.FLOWS.keys() == declared.THINGS.keys()
    assert registry.NOTICES.keys() == declared.READERS.keys()
    assert {it.name for it in registry.LISTS.values() if it.more_columns} == declared.MORE_COLUMNS.keys()
    rules = [rule for _blueprint, rule, _methods in tables.routes()]
    rules += [it.allow for flow in registry.FLOWS.values() for it in flow.transitions.values()]
    atoms = {each.name for rule in rules for each in tables.atoms(rule)}
    assert atoms <= declared.WHO.keys() | declared.BESIDES.keys()
    assert not declared.WHO.keys() & declared.BESIDES.keys()


def test_every_due_thing_job_and_period_is_named(app):
    due, said, jobs = tables.reminders(), tables.mails(), tables.automatic()
    assert all(it.label in due for it in registry.SOURCES.values())
    assert said.count("\n") == len(registry.NOTICES) + 1
    assert all(str(job.label) in jobs for job in registry.JOBS.values())
    for period in registry.PERIODS.values():
        assert str(period.of) in tables.periods()
        assert period.rule.unit in (Unit.DAYS, Unit.MONTHS)


def test_access_is_read_off_the_routes(app):
    rows = {row[0]: row[1:] for row in _cells(tables.access())}
    roles = dict(zip(rows["Area"], rows["History of everything"], strict=True))
    assert roles["Compliance"] != "–" != roles["Administrator"]
    assert {roles[str(role.label)] for role in Role if role not in (Role.COMPLIANCE, Role.ADMIN)} == {"–"}
    training = dict(zip(rows["Area"], rows["Courses and exams"], strict=True))
    assert (training["Administrator"], training["Supervisor"], training["Interviewer"]) == (
        "own",
        "acts",
        "own",
    )


def _cells(markdown: str) -> list[list[str]]:
    lines = [line for line in markdown.splitlines() if not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_a_rule_reads_as_a_sentence(app, monkeypatch):
    @access_rule
    def not_the_requester(_user: object, _thing: object) -> bool:
        return True

    either = has_role(Role.HR, Role.ADMIN) | the_system
    assert tables.who(either) == "HR; Administrator; the program itself"
    assert tables.who(has_role(Role.HR) & not_the_requester) == "HR (never whoever asked for it)"
    monkeypatch.delitem(declared.BESIDES, "not the requester")
    with pytest.raises(KeyError):
        tables.who(not_the_requester | the_system)


def test_what_the_bank_has_said_stands_in_the_blanks(session):
    empty = kinds.written(Paper.RECORDS, None)
    bank = duties.bank(
        third_countries=Answer.NO,
        works_council=Answer.NO,
        processors=Words.both("- A: servers\n- B: mail", "- A\n- B"),
    )
    filled = kinds.written(Paper.RECORDS, bank)
    assert bank.name in filled
    assert bank.officer_email in filled
    assert "- **Processors**: A: servers; B: mail\n" in filled
    assert "There are none, as the bank has stated." in filled
    assert set(kinds.blanks(filled)) < set(kinds.blanks(empty))
    assert not [blank for blank in kinds.blanks(filled) if "registered name" in blank]
    assert kinds.missing(Paper.RECORDS, bank) == kinds.blanks(filled)


def test_a_bank_that_has_not_answered_is_not_said_to_have_none(app):
    text = kinds.written(Paper.RECORDS, nothing_said())
    assert "third countries, or that there are none" in kinds.blanks(text)
    assert "works council, and how to reach it" in kinds.blanks(text)


def test_each_page_shows_a_paper_with_its_tables_and_blanks(session, browser):
    duties.bank()
    client = browser(user(Role.COMPLIANCE))
    index = Html(client.get("/admin/papers"))
    assert "Draft of a works agreement" in index.words("#main")
    page = Html(client.get("/admin/papers/works-agreement"))
    assert "Annex 1. Roles and pages" in page.words("#main")
    assert page.all(".paper__table td[data-label]")
    assert page.all(".paper mark")
    assert "{" not in page.words(".paper")


def test_a_paper_is_taken_home_in_the_readers_language(session, browser):
    duties.bank()
    client = browser(user(Role.HR, language="de"))
    answer = client.get("/admin/papers/records-of-processing.md")
    assert answer.mimetype == "text/markdown"
    assert "records-of-processing.de.md" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("# Verzeichnis von Verarbeitungstätigkeiten")
    assert "[[" not in answer.text
    assert "**[" in answer.text
    page = client.get("/admin/papers/impact-assessment.html")
    assert "attachment" in page.headers["Content-Disposition"]
    assert "<table" in page.text


@pytest.mark.parametrize("url", ["", "/works-agreement", "/works-agreement.md", "/works-agreement.html"])
def test_only_who_looks_after_the_bank_reads_them(session, browser, url):
    for role in Role:
        status = browser(user(role)).get(f"/admin/papers{url}").status_code
        assert status == (200 if role in READERS else 403), role


def test_there_is_no_other_paper(session, browser):
    client = browser(user(Role.ADMIN))
    assert client.get("/admin/papers/tax-return").status_code == 404
    assert client.get("/admin/papers/tax-return.md").status_code == 404
    assert client.get("/admin/papers/works-agreement.exe").status_code == 404


def test_words_of_the_bank_are_no_html(app):
    made = reading.html(
        "A <b>bank</b> [[<i>where</i>]]\n\n| a | b |\n| --- | --- |\n| <script>x</script> | [y](javascript:z) |"
    )
    assert "<b>" not in made
    assert "<i>" not in made
    assert "<script" not in made
    assert "javascript:" not in made.replace("[y](javascript:z)", "")
    assert '<td data-label="b">' in made
