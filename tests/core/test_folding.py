"""Letters that are alike: what is found, what is the same, and in which order names stand; on both databases."""

from __future__ import annotations

import time
import unicodedata

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict
from wtforms.validators import Length

from rmhr.accounts import passwords, queries
from rmhr.accounts.queries import search
from rmhr.core.db import Base, Bilingual, db
from rmhr.core.folding import IN_ORDER, Folded, by_name, folded, in_order, same_address, says, tidy
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import LISTS
from rmhr.models.accounts import Role, User
from rmhr.web.forms import Form, LongTextField, TextField, WordsField
from tests.factories import accounts

pytestmark = pytest.mark.both

FOUND = {
    "öster": "Öster",
    "oster": "Öster",
    "ÖSTER": "o\u0308ster",
    "celik": "Çelik",
    "ÇELİK": "Çelik",
    "strasse": "Lange Straße",
    "STRASSE": "straße",
    "straße": "STRASSE",
    "lodz": "Łódź",
    "sorensen": "Sørensen",
    "nguyen thi": "Nguyễn Thị",
    "yildiz": "Yıldız",
    "ΠΑΠΑΔΟΠΟΥΛΟΣ": "Παπαδόπουλος",
    "иванов": "ИВАНОВ",
    "aegir": "Ægir",
    "100%": "100 % und 100% mehr",
}
NAMES = [
    "Aaron",
    "Ärger",
    "Azur",
    "Çelik",
    "Celik",
    "de Vries",
    "Olaf",
    "Oster",
    "Öster",
    "Otto",
    "Zoe",
    "Žižek",
    "Эрнст",
]


@pytest.mark.parametrize(("typed", "there"), FOUND.items())
def test_a_word_is_found_whatever_its_accents(session, typed, there):
    assert db.session.scalar(sa.select(says(sa.literal(there), typed)))
    assert folded(typed) in folded(there)
    assert not db.session.scalar(sa.select(says(sa.literal(there), "xx")))


def test_the_database_folds_as_the_code_does(session):
    letters = "".join(chr(code) for code in range(0xA0, 0x250)) + "ẞßŒæÞþĐđŁłØøİıςΣΆЙй" + "e\u0301"
    for start in range(0, len(letters), 40):
        some = letters[start : start + 40]
        assert db.session.scalar(sa.select(Folded(sa.literal(some)))) == folded(some), some
    assert db.session.scalar(sa.select(Folded(sa.null().cast(sa.Text)))) is None


def test_the_database_sorts_as_the_code_does(session):
    for name in NAMES:
        accounts.user(name=name)
    there = sa.select(User.name).where(User.name.in_(NAMES)).order_by(by_name(User.name))
    sorted_there = list(db.session.scalars(there))
    assert sorted_there == sorted(NAMES, key=in_order)
    assert sorted_there[:3] == ["Aaron", "Ärger", "Azur"]
    assert sorted_there.index("Öster") == sorted_there.index("Oster") + 1


def test_the_bar_and_the_list_of_people_find_oester_and_celik(session, browser):
    hr = accounts.user(Role.HR, name="Zoe Zet")
    oester, celik = accounts.user(name="Nils Öster"), accounts.user(name="Murat Çelik")
    for typed, person in (("öster", oester), ("oster", oester), ("celik", celik), ("ÇELIK", celik)):
        titles = [hit.title for _kind, hits in search.found(hr, typed) for hit in hits]
        assert titles == [person.name], typed
        assert person.name in browser(hr).get(f"/people?q={typed}").text


def test_every_list_of_names_is_in_the_readers_order():
    named = [
        (name, column.name)
        for name, declared in LISTS.items()
        for column in declared.columns
        if column.sort is not None and not callable(column.sort)
        if str(column.sort).endswith(".name")
    ]
    assert not named, "sort these by_name: their umlauts come last, or where the server's locale puts them"
    assert sum(IN_ORDER in str(column.sort) for each in LISTS.values() for column in each.columns) >= 8


def test_two_addresses_that_differ_by_code_points_alone_are_one(session):
    person = accounts.user(email=same_address("Jürgen@Bank.example"))
    for typed in (" JÜRGEN@bank.example ", "ju\u0308rgen@bank.example"):
        assert queries.people.by_email(typed) == person
    assert queries.people.by_email("jurgen@bank.example") is None, "another mailbox"


def test_a_text_is_tidied_before_its_length_is_counted(app):
    typed = "o\u0308" * 5 + "\r\n" * 5

    class Sample(Form):
        line = TextField(validators=[Length(max=12)])
        text = LongTextField(validators=[Length(max=12)])
        words = WordsField()

    for sent in (MultiDict, dict):
        given = {
            "line": typed + "x",
            "text": typed + "x",
            **{f"words-{code}": typed + "x" for code in LANGUAGES},
        }
        with app.test_request_context(
            method="POST", json=given if sent is dict else None, data=None if sent is dict else given
        ):
            form = Sample.from_request()
            assert form.validate(), form.errors
            assert form.line.data == form.text.data == form.words.data["de"] == "ö" * 5 + "\n" * 5 + "x"
    assert tidy("a\rb\r\nc") == "a\nb\nc"


@pytest.mark.once
@pytest.mark.parametrize("made", [tidy, folded, same_address, in_order, passwords._even])
@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f71\u0316\u0301"])
def test_a_letter_of_many_marks_is_read_in_a_moment(made, marks):
    began = time.process_time()
    made("a" + marks * 50_000)
    assert time.process_time() - began < 1


def test_a_password_fits_whichever_system_typed_it_and_old_hashes_stay_good(app):
    typed, elsewhere = "Bücher über Öl und Ähren", unicodedata.normalize("NFD", "Bücher über Öl und Ähren")
    with app.app_context():
        kept = passwords.hashed(elsewhere)
        assert passwords.fits(typed, kept)
        assert passwords.fits(elsewhere, kept)
        assert passwords.fits(typed.replace(" ", "\u00a0"), kept)
        assert not passwords.fits(typed.lower(), kept)
        before = passwords._hasher().hash(elsewhere)  # as it was hashed until 0.2
        assert passwords.fits(elsewhere, before)
        assert not passwords.fits("", "")


def test_what_comes_in_by_whichever_way_is_kept_in_one_form(session, app):
    decomposed = unicodedata.normalize("NFD", "Jürgen Großmann-Ångström")
    whole = unicodedata.normalize("NFC", decomposed)
    person = accounts.user(name=decomposed)
    assert person.name == whole
    with audit.acting(SYSTEM, "tests"):
        person.name = decomposed + " "
        person.name = decomposed
    session.flush()
    session.expire(person)
    assert person.name == whole
    assert session.scalar(sa.select(User.id).where(User.name == whole)) == person.id

    session.commit()
    said = app.test_cli_runner().invoke(
        args=["accounts", "create-admin", "anna@bank.example", unicodedata.normalize("NFD", "Änne Öz")]
    )
    assert said.exit_code == 0, said.output
    assert session.scalar(sa.select(User.name).where(User.email == "anna@bank.example")) == "Änne Öz"


def test_every_column_with_words_is_tidied_or_says_why_not():
    verbatim = set()
    for mapper in Base.registry.mappers:
        for each in mapper.column_attrs:
            column = each.columns[0]
            if column.info.get("verbatim"):
                verbatim.add(f"{mapper.local_table.name}.{column.name}")
    assert verbatim == {"message.calendar"}
    for mapper in Base.registry.mappers:
        row = mapper.class_()
        for each in mapper.column_attrs:
            column = each.columns[0]
            if type(column.type) is sa.Text and not column.info.get("verbatim"):
                setattr(row, each.key, "o\u0308\r\nb")
                assert getattr(row, each.key) == "ö\nb", column
            if isinstance(column.type, Bilingual):
                setattr(row, each.key, Words.both("o\u0308", "u\u0308\r\n"))
                assert getattr(row, each.key) == Words.both("ö", "ü\n"), column
