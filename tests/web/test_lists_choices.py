"""Filters whose choices have no end: picked from while there are few, found by what is typed afterwards."""

from __future__ import annotations

from inspect import isfunction

import lxml.html
import pytest

from rmhr.core.lists.declaration import FEW, Endless, Filter
from rmhr.core.registry import LISTS
from rmhr.models.accounts import Role
from tests.factories import accounts

#: Choices that a function makes, and of which there are never many.
FEW_BY_NATURE = {
    ("history.index", "thing"): "kinds of things, which the code declares",
    ("rulebook.index", "stage"): "stages, which the code declares",
    ("rulebook.index", "owner"): "roles, and the few people who are named",
    ("performance.reviews", "cycle"): "a round or two a year",
    ("jobs.index", "place"): "places of open postings",
}


@pytest.fixture
def hr():
    """Somebody in a bank of many units, who works in one of them."""
    for number in range(FEW + 1):
        accounts.unit(name=f"Branch {number:03}")
    accounts.employee(unit=accounts.unit(name="Köln Süd"))
    accounts.unit(name="Köln Nord")
    return accounts.user(Role.HR)


def opened(browser, hr, query=""):
    answer = browser(hr).get(f"/people{query}")
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def test_every_choice_without_an_end_is_searched_in(app):
    made = {
        (name, each.name): each.options
        for name, declared in LISTS.items()
        if not isfunction(declared.filters)
        for each in declared.filters
        if isfunction(each.options)
    }
    assert made.keys() == FEW_BY_NATURE.keys()
    endless = {
        (name, each.name)
        for name, declared in LISTS.items()
        if not isfunction(declared.filters)
        for each in declared.filters
        if isinstance(each, Filter) and isinstance(each.options, Endless)
    }
    assert endless >= {
        ("applications.index", "posting"),
        ("applications.index", "place"),
        ("accounts.people", "unit"),
        ("performance.goals", "person"),
    }


def test_a_few_are_picked_from(browser):
    accounts.employee(unit=accounts.unit(name="Köln Süd"))
    page = opened(browser, accounts.user(Role.HR))
    assert "Köln Süd" in page.xpath("//select[@name='unit']/option/text()")
    assert not page.xpath("//input[@name='unit.find']")


def test_of_many_only_the_chosen_one_is_on_the_page(browser, hr):
    page = opened(browser, hr)
    assert not page.xpath("//select[@name='unit']")
    assert page.xpath("//input[@name='unit.find']/@value") == [""]
    assert "Branch 001" not in page.text_content()


@pytest.mark.parametrize("typed", ["koln s", "Köln Süd", "süd"])
def test_what_one_alone_is_called_is_chosen_without_script(browser, hr, typed):
    page = opened(browser, hr, f"?unit.find={typed}")
    assert page.xpath("//input[@name='unit.find']/@value") == ["Köln Süd"]
    (chosen,) = page.xpath("//input[@type='hidden'][@name='unit']/@value")
    assert len(page.xpath("//main//tbody/tr")) == 1
    again = opened(browser, hr, f"?unit={chosen}&unit.find=Köln+Süd")
    assert len(again.xpath("//main//tbody/tr")) == 1
    taken_off = opened(browser, hr, f"?unit={chosen}&unit.find=")
    assert taken_off.xpath("//input[@type='hidden'][@name='unit']/@value") == [""]


def test_several_are_asked_for_and_none_is_said(browser, hr):
    page = opened(browser, hr, "?unit.find=köln")
    links = page.xpath("//p[contains(@class, 'filters__which')]/a")
    assert [link.text for link in links] == ["Köln Nord", "Köln Süd"]
    narrowed = lxml.html.fromstring(browser(hr).get(links[1].get("href")).text)
    assert narrowed.xpath("//input[@name='unit.find']/@value") == ["Köln Süd"]
    assert "There are more results." not in page.text_content()
    assert "There are more results." in opened(browser, hr, "?unit.find=branch").text_content()
    assert "Nothing here matches “nowhere”." in opened(browser, hr, "?unit.find=nowhere").text_content()


@pytest.mark.parametrize("value", ["0", "-1", "x", "9" * 40, "²"])
def test_what_is_no_choice_is_as_if_nothing_were_chosen(browser, hr, value):
    page = opened(browser, hr, f"?unit={value}")
    assert page.xpath("//input[@type='hidden'][@name='unit']/@value") == [""]


def test_suggestions_come_from_the_server_for_who_may_open_the_list(browser, hr):
    said = browser(hr).get("/people?choices=unit&unit.find=köl").get_json()
    assert [words for _id, words in said] == ["Köln Nord", "Köln Süd"]
    assert browser(accounts.user(Role.RM)).get("/people?choices=unit&unit.find=köl").status_code == 403
    assert "<html" in browser(hr).get("/people?choices=status").text, "what is no such filter is no question"
