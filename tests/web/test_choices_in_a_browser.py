"""Choices without an end in a form, in a browser: found as one types, chosen by keyboard, and sent with the form."""

from __future__ import annotations

import pytest

from rmhr.core.lists.declaration import FEW
from rmhr.models.accounts import Role
from tests.factories import accounts, shadowing

pytestmark = pytest.mark.browser


def test_a_choice_is_found_and_stands_there_until_the_form_is_sent(hr_of_many_units, signed_in, axe):
    page = signed_in(hr_of_many_units)
    page.goto("/requisitions/new")
    field = page.get_by_role("combobox", name="Unit")
    field.press_sequentially("koln")
    option = page.get_by_role("option", name="Köln Süd")
    option.wait_for()
    south = option.get_attribute("data-value")
    axe(page)
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    assert page.url.endswith("/requisitions/new"), "the form is not sent yet"
    assert field.input_value() == "Köln Süd"
    assert page.locator("input[name=unit_id]").input_value() == south

    field.fill("köln")
    page.get_by_role("button", name="Ask for approval").click()
    page.get_by_role("link", name="Unit: Choose which “köln” is meant.").click()
    assert page.evaluate("document.activeElement.name") == "unit_id.find"
    page.get_by_role("radio", name="Köln Nord").check()
    page.get_by_role("button", name="Ask for approval").click()
    assert page.get_by_role("combobox", name="Unit").input_value() == "Köln Nord"


def test_it_says_that_nothing_is_called_so_and_that_there_are_more(hr_of_many_units, signed_in, axe):
    page = signed_in(hr_of_many_units)
    page.goto("/requisitions/new")
    field = page.get_by_role("combobox", name="Unit")
    box = page.locator(".combo__list:popover-open")
    field.press_sequentially("nowhere")
    box.wait_for()
    assert box.inner_text() == "Nothing here matches “nowhere”."
    axe(page)
    field.fill("branch")
    box.get_by_text("There are more results.").wait_for()
    field.fill("süd")
    box.get_by_text("There are more results.").wait_for(state="hidden")
    assert page.get_by_role("option").and_(page.locator("li")).all_inner_texts() == ["Köln Süd"]
    field.press("Enter")
    assert field.input_value() == "Köln Süd", "the only one needs no arrow key"
    assert page.url.endswith("/requisitions/new"), "the form is not sent yet"
    assert box.count() == 0

    page.locator("h1").click()
    field.click()
    page.get_by_role("option", name="Branch 000").wait_for()  # beside the chosen one, the others
    field.press("ArrowDown")
    field.press("Tab")
    assert field.input_value() == "Branch 000"
    assert page.evaluate("document.activeElement !== document.querySelector('[name=\"unit_id.find\"]')")
    assert box.count() == 0


def test_in_a_dialog_its_own_page_is_asked_and_escape_leaves_the_dialog_open(live, signed_in, axe):
    with live.app.app_context():
        for number in range(FEW + 1):
            accounts.user(Role.MENTOR, name=f"Mentor {number:03}")
        accounts.user(Role.MENTOR, name="Jörg Öhlmann")
        session = shadowing.logged(shadowing.programme())
        host, address = session.host_id, f"/shadowing/sessions/{session.id}"
    page = signed_in(host)
    page.goto(address)
    page.get_by_role("link", name="Somebody else confirms").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("combobox", name="Who confirms?")
    field.press_sequentially("ohl")
    option = page.get_by_role("option", name="Jörg Öhlmann")
    option.wait_for()
    axe(page)
    field.press("Escape")
    option.wait_for(state="hidden")
    assert dialog.is_visible()
    assert field.input_value() == "ohl", "what is typed stays"
    field.press("ArrowDown")
    option.click()
    assert field.input_value() == "Jörg Öhlmann"
    field.press("Escape")
    assert not dialog.is_visible()


def test_at_the_foot_of_a_page_the_choices_stand_above(hr_of_many_units, signed_in):
    page = signed_in(hr_of_many_units, width=390, height=420)
    page.goto("/units/new")
    field = page.get_by_role("combobox", name="Belongs to")
    field.evaluate("field => window.scrollBy(0, field.getBoundingClientRect().bottom - innerHeight + 8)")
    field.click()
    page.get_by_role("option", name="Branch 000").wait_for()
    found, at = page.locator(".combo__list:popover-open").bounding_box(), field.bounding_box()
    assert 0 <= found["y"] < found["y"] + found["height"] <= at["y"]
    assert 0 <= found["x"] < found["x"] + found["width"] <= 390
