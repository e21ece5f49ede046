"""What every form says of what it did not understand, in both languages."""

from __future__ import annotations

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, validators
from wtforms.fields.choices import SelectChoice

from rmhr.core.i18n import LANGUAGES
from rmhr.web.forms import Form, TextField, Ticks

pytestmark = pytest.mark.once

CHOICES = [SelectChoice("1", "One"), SelectChoice("2", "Two")]
CHOICE = {"en": "Not a valid choice.", "de": "Bitte wählen Sie eine der Möglichkeiten."}


class Sample(Form):
    one = SelectField(coerce=int, choices=CHOICES)
    several = Ticks(choices=CHOICES)
    numbers = Ticks(coerce=int, choices=CHOICES)
    count = IntegerField()
    short = TextField(validators=[validators.Length(max=2)])
    same = TextField(validators=[validators.EqualTo("short")])


SENT = {"one": "x", "several": "9", "numbers": "x", "count": "many", "short": "long", "same": "longer"}


def said(app, language):
    with app.test_request_context(method="POST"), force_locale(language):
        form = Sample(MultiDict(SENT))
        assert not form.validate()
        return {name: str(form[name].errors[0]) for name in SENT}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_that_is_none_is_refused_without_repeating_the_value(app, language):
    found = said(app, language)
    assert [found[name] for name in ("one", "several", "numbers")] == [CHOICE[language]] * 3


def test_every_refusal_is_german_on_a_german_page(app):
    english, german = said(app, "en"), said(app, "de")
    assert [name for name in SENT if english[name] == german[name]] == []


def test_several_ticks_come_as_they_are_meant(app):
    with app.test_request_context(method="POST"):
        form = Sample(MultiDict([("numbers", "1"), ("numbers", "2")]))
        form.validate()
    assert form.numbers.data == [1, 2]
    assert not form.numbers.errors


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" \u200bword\ufeff ", "word"),
        ("\u200b", ""),
        ("a\x00b\x07c", "abc"),
        ("\u202egnp.exe", "gnp.exe"),
        ("first\r\n\tsecond", "first\n\tsecond"),
        ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_what_nobody_sees_or_what_turns_words_about_is_not_kept_of_a_text(app, typed, kept):
    with app.test_request_context(method="POST"):
        form = Sample(MultiDict({"same": typed}))
    assert form.same.data == kept


@pytest.mark.parametrize(
    ("language", "words"), [("en", "send it once more."), ("de", "senden Sie das Formular noch einmal ab.")]
)
def test_a_page_of_another_session_is_sent_once_more_and_nobody_reads_of_csrf(app, language, words):
    app.config["CSRF_ENABLED"] = True
    try:
        with app.test_request_context(method="POST"), force_locale(language):
            form = Sample(MultiDict({"csrf_token": "20300101000000##x"}))
            form.validate()
    finally:
        app.config["CSRF_ENABLED"] = False
    assert form.csrf_token.errors[0].endswith(words)
