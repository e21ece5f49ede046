"""The macros that every page is made of: what they tie together, and what they never leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import render_template_string
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words
from rmhr.web.forms import Form, LongTextField, TextField, WordsField


class Status(LabelEnum):
    NEW = "new", "New", "info", "inbox"


class Example(Form):
    name = TextField("Name", [InputRequired()], description="As in the passport")
    phone = TextField("Phone", [Optional()])
    why = LongTextField("Why", [InputRequired()])
    hours = RadioField("Hours", choices=[SelectChoice("f", "Full"), SelectChoice("p", "Part")])
    cv = FileField("CV")
    title = WordsField("Title", [InputRequired()])
    agree = BooleanField("I agree")
    token = HiddenField()


@dataclass
class Transition:
    name: str
    label: str
    tone: str = "quiet"
    form: Any = None
    asks: bool = False


@dataclass
class Move:
    transition: Transition
    blocked: str | None = None


@pytest.fixture
def drawn(app):
    """`drawn(template, **values)` is what a piece of a page looks like."""

    def draw(source: str, **values: Any) -> str:
        with app.test_request_context("/"):
            return render_template_string(source, **values)

    return draw


def form_with_errors(app) -> Example:
    with app.test_request_context("/"):
        form = Example(name="Maren <b>", title=Words(en="Relationship manager"))
        form.refuse("name", "Enter your full name")
        form.refuse("hours", "Choose your hours")
        form.refuse("title", "The title is missing in German")
        return form


def test_a_field_is_tied_to_its_label_hint_and_error(app, drawn):
    html = drawn(
        '{% from "components/form.html" import field %}{{ field(form.name) }}', form=form_with_errors(app)
    )

    assert 'for="name"' in html
    assert 'aria-describedby="name-hint name-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="name-hint"' in html
    assert 'id="name-error"' in html
    assert 'value="Maren &lt;b&gt;"' in html


def test_only_what_may_be_left_out_is_marked(app, drawn):
    source = '{% from "components/form.html" import field %}{{ field(f) }}'
    form = form_with_errors(app)

    assert "(optional)" in drawn(source, f=form.phone)
    for name in ("name", "why", "hours", "cv", "title", "agree"):
        assert "(optional)" not in drawn(source, f=form[name]), name


def test_the_summary_counts_and_leads_to_each_field(app, drawn):
    html = drawn(
        '{% from "components/form.html" import errors %}{{ errors(form) }}', form=form_with_errors(app)
    )

    assert "3 things are not right yet" in html
    assert 'href="#name"' in html
    assert 'href="#hours-0"' in html
    assert 'href="#title-de"' in html
    assert "data-focus" in html


def test_a_form_without_errors_has_no_summary(app, drawn):
    with app.test_request_context("/"):
        form = Example()

    assert not drawn('{% from "components/form.html" import errors %}{{ errors(form) }}', form=form).strip()


def test_both_languages_of_a_text_say_which_they_are(app, drawn):
    html = drawn(
        '{% from "components/form.html" import field %}{{ field(form.title) }}', form=form_with_errors(app)
    )

    assert 'name="title-en" lang="en" value="Relationship manager"' in html
    assert 'name="title-de" lang="de" value=""' in html
    assert html.count('aria-invalid="true"') == 1


def test_every_kind_of_field_can_be_drawn(app, drawn):
    html = drawn(
        '{% from "components/form.html" import fields %}{{ fields(form) }}', form=form_with_errors(app)
    )

    for name in ("name", "phone", "why", "hours", "cv", "title-de", "agree", "token"):
        assert f'name="{name}"' in html, name


def moves(drawn, *given: Move) -> str:
    thing = type("Thing", (), {"id": 7, "status": Status.NEW})
    return drawn(
        '{% from "components/moves.html" import moves as m %}{{ m(thing, given, "styleguide") }}',
        thing=thing,
        given=list(given),
    )


def test_there_is_one_primary_button_and_it_carries_what_was_seen(drawn):
    html = moves(drawn, Move(Transition("a", "A", "primary")), Move(Transition("b", "B", "primary")))

    assert html.count("btn-primary") == 1
    assert 'name="seen" value="new"' in html


def test_a_blocked_move_stays_with_its_reason(drawn):
    html = moves(drawn, Move(Transition("publish", "Publish", "primary"), "The text is missing in German."))

    assert "disabled" in html
    assert 'aria-describedby="why-publish"' in html
    assert "The text is missing in German." in html
    assert "<form" not in html


def test_a_move_that_only_asks_whether_one_means_it_says_so_too(drawn):
    assert ">Close…</a>" in moves(drawn, Move(Transition("close", "Close", asks=True)))
    assert ">Close</button>" in moves(drawn, Move(Transition("close", "Close")))


def test_a_move_that_asks_opens_its_question_as_a_page_or_a_dialog(drawn):
    html = moves(drawn, Move(Transition("reject", "Reject", "danger", form=Example, asks=True)))

    assert "data-dialog" in html
    assert "Reject…" in html
    assert "<form" not in html


def test_of_many_moves_the_destroying_one_stands_last_in_the_menu(drawn):
    html = moves(
        drawn,
        Move(Transition("reject", "Reject", "danger")),
        *(Move(Transition(name, name.upper())) for name in "abc"),
        Move(Transition("offer", "Offer", "primary")),
    )
    menu = html[html.index("menu__list") : html.index("</details>")]

    assert menu.rindex("Reject") > menu.rindex("C</button>")
    assert "Offer" not in menu


def test_whatever_folds_shows_that_it_does(app):
    folds = {
        str(path): fold
        for path in Path(app.root_path, app.template_folder).rglob("*.html")
        for fold in re.findall(r'<details class="fold".*?</summary>', path.read_text(), re.DOTALL)
    }
    assert len(folds) >= 3
    shown = ('<summary class="section__head">', 'icon("chevron-right"', 'class="heading"')
    assert [path for path, fold in folds.items() if not all(part in fold for part in shown)] == []


def test_a_page_for_a_dialog_has_no_frame(app):
    answer = app.test_client().get("/styleguide/1/reject", headers={"X-Fragment": "1"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "data-title" in answer.text


def test_the_styleguide_shows_every_component(app):
    answer = app.test_client().get("/styleguide/")

    assert answer.status_code == 200
    assert "None" not in answer.text
