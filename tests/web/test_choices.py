"""Choices without an end in a form: picked from while there are few, then found by what is typed, or by script."""

from __future__ import annotations

import lxml.html
import pytest
from flask import render_template_string
from wtforms.validators import InputRequired, Optional

from rmhr.accounts.queries import choices as people
from rmhr.accounts.queries.units import UNITS
from rmhr.core.lists.declaration import FEW
from rmhr.core.lists.selection import SUGGESTED
from rmhr.models.accounts import Role, User
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.edits import controls, said
from rmhr.web.forms import Form
from tests.factories import accounts

PAGE = "{% from 'components/form.html' import field %}{{ field(form.unit) }}"


class Sample(Form):
    class Meta:
        csrf = False

    unit = PeopleField("Unit", [InputRequired("Choose a unit.")], nothing="Choose a unit")


@pytest.fixture
def many():
    """Two units in a bank of many."""
    for number in range(FEW + 1):
        accounts.unit(name=f"Branch {number:03}")
    return accounts.unit(name="Köln Nord"), accounts.unit(name="Köln Süd")


@pytest.fixture
def sent(app):
    """The form as it was sent, with what it offers; and its page."""

    def send(kept=None, form=Sample, stored=None, **typed):
        data = {name.replace("_", "."): value for name, value in typed.items()}
        with app.test_request_context(method="POST" if data else "GET", data=data):
            made = form.from_request(**({"unit": stored} if stored else {}))
            made.unit.offer_found(Choices("units", UNITS), kept)
            if data:
                made.ready()
            page = lxml.html.fromstring(f"<main>{render_template_string(PAGE, form=made)}</main>")
        return made.unit, page

    return send


def test_a_few_are_picked_from(sent):
    south = accounts.unit(name="Köln Süd")
    field, page = sent(stored=south.id)
    assert page.xpath("//select/option[@selected]/text()") == ["Köln Süd"]
    assert not page.xpath("//input")
    field, _page = sent(unit=str(south.id), unit_find="Köln Süd")
    assert (field.data, field.errors) == (south.id, [])


def test_of_many_only_the_chosen_one_is_on_the_page(sent, many):
    _north, south = many
    field, page = sent(stored=south.id)
    assert not page.xpath("//select")
    assert page.xpath("//input[@name='unit.find']/@value") == ["Köln Süd"]
    assert page.xpath("//label/@for") == page.xpath("//input[@name='unit.find']/@id")
    assert page.xpath("//input[@type='hidden'][@name='unit']/@value") == [str(south.id)]
    assert "Branch" not in lxml.html.tostring(page, encoding="unicode")
    assert said(field) == "Köln Süd"
    assert controls(field) == {"unit": str(south.id), "unit.find": "Köln Süd"}


@pytest.mark.parametrize("typed", ["koln s", "Köln Süd", "SÜD"])
def test_what_one_alone_is_called_is_chosen_without_script(sent, many, typed):
    north, south = many
    for before in ("", str(north.id), "x"):
        field, page = sent(unit=before, unit_find=typed)
        assert (field.data, field.errors) == (south.id, [])
        assert page.xpath("//input[@name='unit.find']/@value") == ["Köln Süd"]


def test_of_several_one_is_ticked_on_the_page_that_comes_back(sent, many):
    north, south = many
    field, page = sent(unit=str(north.id), unit_find="köln")
    assert field.errors == ["Choose which “köln” is meant."]
    assert page.xpath("//input[@name='unit.find']/@value") == ["köln"], "what was typed stays"
    assert page.xpath("//input[@type='hidden'][@name='unit']/@value") == [""]
    ticks = page.xpath("//input[@type='radio'][@name='unit.meant']")
    assert [tick.getparent().text_content().strip() for tick in ticks] == ["Köln Nord", "Köln Süd"]
    field, _page = sent(unit="", unit_find="köln", unit_meant=ticks[1].get("value"))
    assert (field.data, field.errors) == (south.id, [])
    field, _page = sent(unit="", unit_find="branch 001", unit_meant=str(south.id))
    assert (said(field), field.errors) == ("Branch 001", []), (
        "what is typed counts, not what was ticked before"
    )


def test_of_very_many_it_says_that_there_are_more(sent, many):
    words = "There are more results. If yours is not among them, type more of its name."
    _field, page = sent(unit="", unit_find="branch")
    assert len(page.xpath("//input[@type='radio']")) == SUGGESTED
    assert words in page.text_content()
    _field, page = sent(unit="", unit_find="köln")
    assert words not in page.text_content()


def test_one_that_is_called_exactly_so_is_meant_although_others_begin_so(sent, many):
    whole = accounts.unit(name="Köln")
    field, _page = sent(unit="", unit_find="koln")
    assert (field.data, field.errors) == (whole.id, [])


def test_what_is_called_like_nothing_is_said_and_stays(sent, many):
    field, page = sent(unit=str(many[0].id), unit_find="nowhere")
    assert field.errors == ["Nothing here matches “nowhere”."]
    assert page.xpath("//input[@name='unit.find']/@value") == ["nowhere"]
    assert page.xpath("//input[@name='unit.find']/@aria-invalid") == ["true"]
    assert page.xpath("//input[@name='unit.find']/@aria-describedby") == ["unit-error"]


def test_emptied_it_is_not_chosen_any_more(sent, many):
    field, _page = sent(unit=str(many[0].id), unit_find=" ")
    assert (field.data, field.errors) == (None, ["Choose a unit."])

    class Open(Sample):
        unit = PeopleField("Unit", [Optional()], nothing="Any")

    field, _page = sent(form=Open, unit=str(many[0].id), unit_find="")
    assert (field.data, field.errors) == (None, [])
    field, _page = sent(form=Open, unit="", unit_find="nowhere")
    assert field.errors == ["Nothing here matches “nowhere”."], "an answer that is none is refused here, too"


@pytest.mark.parametrize("value", ["999999", "-1", "x", "9" * 40, "²"])
def test_what_is_not_offered_is_refused(sent, many, value):
    field, _page = sent(unit=value)
    assert field.errors == ["Not a valid choice."]


def test_what_is_kept_can_be_chosen_though_it_is_not_offered(sent, many):
    left = (999999, "Altona")
    field, page = sent(kept=left, stored=999999)
    assert page.xpath("//input[@name='unit.find']/@value") == ["Altona"]
    for again in ({"unit": "999999"}, {"unit": "999999", "unit_find": "Altona"}):
        field, _page = sent(kept=left, **again)
        assert (field.data, field.errors) == (999999, [])


def test_people_of_one_name_are_told_apart_by_their_unit(app):
    one, other = (accounts.user(name="Anna Müller") for _ in range(2))
    first = accounts.employee(unit=accounts.unit(name="Kiel"), user=one)
    accounts.employee(unit=accounts.unit(name="Husum"), user=other)
    found = people.people(User.name == "Anna Müller")
    assert [words for _id, words in found.find(None, "anna", 12)] == [
        "Anna Müller, Kiel",
        "Anna Müller, Husum",
    ]
    assert found.find(None, "Anna Müller, Kiel", 12) == [(first.user_id, "Anna Müller, Kiel")]


def test_the_page_itself_is_asked_for_suggestions(browser, many):
    hr = accounts.user(Role.HR)
    answer = browser(hr).get("/requisitions/new?choices=units&unit_id.find=köl")
    assert [words for _id, words in answer.get_json()] == ["Köln Nord", "Köln Süd"]
    stranger = browser(accounts.user(Role.RM))
    assert stranger.get("/requisitions/new?choices=units&unit_id.find=k").status_code == 403
