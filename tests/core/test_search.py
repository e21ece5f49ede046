"""Found by words: in whichever form they are written, at once, and not after they are gone."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from rmhr.accounts.queries import search
from rmhr.applications import jobs, lists
from rmhr.applications.queries.findable import APPLICATIONS, CANDIDATES
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.lists.selection import Chosen, Selection
from rmhr.core.policy import SYSTEM
from rmhr.core.search import index, tables, words
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application, ApplicationAnswer, ApplicationStatus
from rmhr.models.criteria import QuestionKind
from rmhr.models.documents import Document
from tests.factories import accounts, applications, save

pytestmark = pytest.mark.both


def found(typed, findable=APPLICATIONS):
    """The names of the applications that have these words."""
    query = sa.select(Application.name).where(findable.has(Application.id, typed)).order_by(Application.id)
    return list(db.session.scalars(query))


def named(name, cv="Nothing to tell", **given):
    person = applications.applicant(name=name, **given)
    return applications.application(applicant=person, cv=applications.document(cv))


@contextmanager
def changing():
    """Change what has a history."""
    with audit.acting(SYSTEM, "tests.arrange"):
        yield
    db.session.flush()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("celik", "Çelik"),
        ("ÇELİK", "Çelik"),
        ("muller", "Müller"),
        ("mueller", "Müller"),
        ("Müller", "Mueller"),
        ("MU\u0308LLER", "Müller"),
        ("strasse", "Lange Straße"),
        ("straße", "Strasse"),
        ("soerensen", "Sørensen"),
        ("lodz", "Łódź"),
        ("Παπαδοπουλος", "Παπαδόπουλος"),
        ("हिन्दी", "हिन्दी"),
        ("王", "王小明"),
        ("meyer-sch", "Anna Meyer-Schmidt"),
        ("o'neill", "Seán O’Neill"),
        ("sean “ONeill”", "Seán ONeill"),
        ("schmidt ann", "Anna Schmidt"),
        ("anna.celik@", "Anna Celik"),
    ],
)
def test_a_word_is_found_however_it_is_written(typed, name):
    given = {"email": "anna.celik@example.org"} if "@" in typed else {}
    named(name, **given)
    named("Nobody Else")
    assert found(typed) == found(typed, CANDIDATES) == [name]


def test_all_words_are_needed_and_the_last_may_be_begun():
    named("Anna Schmidt", cv="Kundenberatung in Kiel")
    named("Anna Krause")
    assert found("anna kundenb") == ["Anna Schmidt"]
    assert found("kundenb anna") == []
    assert found("anna kundenb", CANDIDATES) == []
    assert found("anna") == ["Anna Schmidt", "Anna Krause"]
    assert found("ann") == ["Anna Schmidt", "Anna Krause"]
    assert found("a") == [], "one letter is no beginning"
    assert found("chmidt") == []


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "'", '"', "*", "()", "&|!", "NEAR(", "-", "\\", ":*", "\x00"]
)
def test_what_is_no_word_finds_nothing(typed):
    named("Anna Schmidt")
    assert found(typed) == []


SIGNS = st.text(st.sampled_from(list("\"'*()&|!:<->^~\\{}+- AaOoRrNnDdTtEeüß%_,;\x00\n")), max_size=40)


@settings(max_examples=60)
@given(typed=st.one_of(SIGNS, st.text(max_size=60)))
def test_no_sign_is_read_as_an_operator(typed):
    """Whatever is typed is answered, and what somebody is called is found by it."""
    assert isinstance(found(typed), list)
    assert all(word and "'" not in word and '"' not in word for forms in words.asked(typed) for word in forms)


@settings(max_examples=25)
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_whatever_is_written_can_be_indexed(text):
    it = named("Somebody")
    with changing():
        it.motivation = text
    assert found("somebody") != []


def test_a_text_without_end_is_indexed():
    it = named("Anna Schmidt", cv=" ".join(f"wort{number:06}ä" for number in range(60_000)))
    assert found("anna schmidt") == ["Anna Schmidt"]
    with changing():
        it.motivation = "x" * 100_000
    assert found("anna " + "x" * 60) == ["Anna Schmidt"]


# In step, whoever changes what.


def test_what_is_changed_is_found_by_its_new_words_alone():
    it = named("Anna Schmidt", cv="Sparkasse")
    with changing():
        it.name, it.cv.text = "Anna Krause", "Volksbank"
        it.applicant.email = "krause@example.org"
    for word in ("krause", "volksbank", "example krause"):
        assert found(word) == ["Anna Krause"]
    assert found("schmidt") == found("sparkasse") == found("applicant") == []


def test_answers_are_found_and_a_file_that_was_sent_with_one():
    it = named("Anna Schmidt")
    of_kind = {each.kind: each for each in it.posting_version.questions}
    text, yes = (
        save(ApplicationAnswer(application_id=it.id, question_id=of_kind[kind].id, answer=answer))
        for kind, answer in ((QuestionKind.TEXT, "Bausparen"), (QuestionKind.YES_NO, "yes"))
    )
    assert found("bausparen") == ["Anna Schmidt"]
    assert found("yes") == []
    file = applications.document("Zeugnis der Handelskammer")
    with changing():
        yes.document = file
    assert found("handelskammer") == ["Anna Schmidt"]
    with changing():
        db.session.delete(text)
        db.session.delete(yes)
    assert found("bausparen") == found("handelskammer") == []


def test_a_statement_about_many_rows_cannot_go_round_it():
    named("Anna Schmidt", cv="Sparkasse")
    db.session.commit()
    db.session.execute(sa.text("UPDATE application SET name = 'Anna Krause'"))
    assert found("schmidt") == [], "at once"
    db.session.commit()
    assert found("krause") == ["Anna Krause"]
    db.session.execute(sa.text("UPDATE document SET text = 'Volksbank'"))
    db.session.commit()
    assert (found("sparkasse"), found("volksbank")) == ([], ["Anna Krause"])
    db.session.connection().execute(sa.update(Document).values(text="Raiffeisen"))
    assert found("volksbank") == found("krause") == [], "out of step is not found at all"
    index.refresh(db.session.connection())
    assert found("raiffeisen") == ["Anna Krause"]


def test_what_was_rolled_back_is_found_as_it_is():
    it = named("Anna Schmidt")
    db.session.commit()
    with changing():
        it.name = "Anna Krause"
    assert found("krause") == ["Anna Krause"]
    db.session.rollback()
    assert (found("krause"), found("schmidt")) == ([], ["Anna Schmidt"])


def test_what_nobody_looks_for_is_not_written_again(max_queries):
    it = named("Anna Schmidt")
    db.session.commit()
    with max_queries(6) as asked, changing():
        it.screen_by += timedelta(days=1)
    assert not any("_search" in statement for statement in asked)


def test_everything_is_built_anew_by_the_command(app):
    named("Anna Schmidt")
    for each in registry.FINDABLES.values():
        db.session.connection().execute(sa.delete(each.table))
    assert found("anna") == []
    db.session.commit()
    said = app.test_cli_runner().invoke(args=["search", "rebuild"]).output
    assert said.endswith("things are found by their words\n")
    assert found("anna") == ["Anna Schmidt"]


def test_everything_findable_has_its_triggers_and_each_text_is_watched():
    connection = db.session.connection()
    catalogue = (
        "sqlite_master WHERE type = 'trigger'" if connection.dialect.name == "sqlite" else "pg_trigger"
    )
    column = "name" if connection.dialect.name == "sqlite" else "tgname"
    there = set(connection.scalars(sa.text(f"SELECT {column} FROM {catalogue}")))
    for each in registry.FINDABLES.values():
        for watched in each.watched:
            name = f"search_{each.table.name}_{watched.table.name}"
            assert any(trigger.startswith(name) for trigger in there), name
        for part in each.parts:
            watched = next(it for it in each.watched if it.table is part.table)
            assert {column.key for column in part.columns} <= watched.columns


# Who finds what.


def test_what_is_hidden_of_private_life_finds_nobody():
    it = named("Anna Schmidt", cv="Familienstand: verheiratet\nSparkasse Kiel\nKonfession: katholisch")
    with changing():
        it.motivation = "Ich bin schwanger. Ich berate gern."
    assert found("sparkasse berate") == ["Anna Schmidt"]
    for word in ("verheiratet", "katholisch", "schwanger"):
        assert found(word) == [], word


def test_no_word_of_a_person_is_left_who_was_erased():
    it = applications.application(
        ApplicationStatus.REJECTED,
        applicant=applications.applicant(name="Xanthippe Öz"),
        cv=applications.document("Xanthippe was here"),
    )
    named("Anna Schmidt")
    day = it.delete_on
    db.session.commit()
    assert found("xanthippe") == ["Xanthippe Öz"]
    with clock.at(clock.moment(day)):
        jobs.erase()
        db.session.commit()
    assert found("xanthippe") == found("oez") == []
    for each in (APPLICATIONS, CANDIDATES):
        kept = db.session.connection().exec_driver_sql(f"SELECT * FROM {each.table.name}").all()
        assert "xanthippe" not in str(kept)
        assert len(kept) == 1
    if db.session.connection().dialect.name == "sqlite":
        for each in (APPLICATIONS, CANDIDATES):
            name = f"{tables.VIRTUAL}{each.table.name}"
            blocks = db.session.connection().exec_driver_sql(f"SELECT block FROM {name}_data").scalars()
            assert all(b"anthippe" not in bytes(block) for block in blocks), (
                "not in the index as it is stored"
            )


def test_who_sees_no_applications_does_not_look_at_them(max_queries):
    named("Anna Schmidt")
    rm, hr = accounts.user(Role.RM), accounts.user(Role.HR)
    db.session.commit()
    for viewer, looks in ((rm, False), (hr, True)):
        with max_queries(30) as asked:
            hits = search.found(viewer, "schmidt")
        assert any(re.search(r"(FROM|JOIN) (application|candidate)", each) for each in asked) is looks
        assert [hit.title for _kind, those in hits for hit in those] == ["Anna Schmidt"] * looks


def test_the_list_is_narrowed_by_one_index(max_queries):
    named("Anna Schmidt", cv="Sparkasse Kiel")
    named("Anna Krause")
    selection = Selection(lists.APPLICATIONS, accounts.user(Role.HR), Chosen(q="anna spark"))
    with max_queries(3) as asked:
        page = selection.page()
    assert [row.name for row in page.rows] == ["Anna Schmidt"]
    assert "folded" not in " ".join(asked)


@pytest.mark.sqlite
def test_what_has_the_words_is_read_and_nothing_else():
    query = sa.select(Application.id).where(APPLICATIONS.has(Application.id, "anna"))
    text = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")
    plan = "\n".join(str(row[-1]) for row in rows)
    assert "SEARCH application USING INTEGER PRIMARY KEY" in plan
    assert "SCAN application" not in plan


def test_people_are_found_by_their_new_name():
    person = accounts.user(name="Zoë Ahrens")
    hr = accounts.user(Role.HR)
    with changing():
        person.name = "Zoë Brandt"
    assert isinstance(db.session.get(User, person.id), User)
    assert search.found(hr, "ahrens") == []
    assert [hit.title for _kind, those in search.found(hr, "brandt zo") for hit in those] == ["Zoë Brandt"]
