"""Addresses and pieces that are put together once say what they would say if they were made anew."""

from __future__ import annotations

import pytest
from flask import url_for
from jinja2 import pass_context

from rmhr.core.i18n import speaking
from rmhr.web.application import once


@pytest.mark.parametrize("prefix", ["", "/hr"])
def test_an_address_is_the_one_of_these_values_and_this_place(app, prefix):
    with app.test_request_context(base_url=f"http://bank.example{prefix}"):
        for _turn in range(2):
            assert url_for("accounts.person", id=3) == f"{prefix}/people/3"
            assert url_for("accounts.person", id=4, tab="x y") == f"{prefix}/people/4?tab=x+y"
            assert url_for("accounts.person", id=3, _external=True) == f"http://bank.example{prefix}/people/3"
            assert url_for("accounts.person", id=3, _anchor="goals") == f"{prefix}/people/3#goals"


def test_whether_a_number_is_true_is_no_number(app):
    with app.test_request_context():
        assert url_for("accounts.people", a=1) == "/people?a=1"
        assert url_for("accounts.people", a=True) == "/people?a=True"
        assert url_for("accounts.people", a="1", b=None) == "/people?a=1"


def test_an_unknown_page_has_no_address(app):
    with app.test_request_context():
        for _turn in range(2):
            with pytest.raises(LookupError):
                url_for("accounts.nowhere", id=1)


def test_a_piece_is_written_once_for_each_language_and_value(app):
    made = app.jinja_env.from_string(
        "{% macro said(name) %}{{ _('Search') }} <{{ name }}>{% endmacro %}"
    ).module
    with app.test_request_context():
        with speaking("en"):
            assert once(made.said, "<a>") == "Search <&lt;a&gt;>"
            assert once(made.said, "<a>") is once(made.said, "<a>")
            assert once(made.said, "b") == "Search <b>"
        with speaking("de"):
            assert once(made.said, "b") == "Suchen <b>"


def test_functions_of_templates_are_given_what_they_ask_for(app):
    @pass_context
    def whose(context, word):
        return f"{word} {context['name']}"

    class Asked:
        def __call__(self, word):
            return f"called {word}"

    page = app.jinja_env.from_string(
        "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() if caller is defined }}{% endmacro %}"
        "{% for n in [1] %}{{ whose('x') }}|{{ asked('y') }}|{{ m(n, b=3) }}|{{ m(1) }}|"
        "{{ 'a-b'.split('-')[1] }}{% endfor %}"
        "|{% call m('<') %}c{% endcall %}"
    )

    assert page.render(name="n", whose=whose, asked=Asked()) == "x n|called y|13|12|b|&lt;2c"
