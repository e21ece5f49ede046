"""Choices without an end in a browser: found as one types, chosen by the keyboard alone or by a click."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_choice_is_found_and_made_by_the_keyboard(hr_of_many_units, signed_in, axe):
    page = signed_in(hr_of_many_units)
    page.goto("/people")
    field = page.get_by_role("combobox", name="Unit")
    field.press_sequentially("koln")
    page.get_by_role("option", name="Köln Süd").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    axe(page)
    field.press("ArrowDown")
    field.press("ArrowDown")
    marked = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{marked}").inner_text() == "Köln Süd"
    with page.expect_navigation():
        field.press("Enter")
    assert page.get_by_role("combobox", name="Unit").input_value() == "Köln Süd"
    assert page.locator("main tbody tr").count() == 1
    field = page.get_by_role("combobox", name="Unit")
    field.fill("")
    with page.expect_navigation():
        field.press("Enter")
    assert page.locator("main tbody tr").count() > 1

    field = page.get_by_role("combobox", name="Unit")
    field.press_sequentially("nord")
    option = page.get_by_role("option", name="Köln Nord")
    option.wait_for()
    field.press("Escape")
    assert not option.is_visible()
    field.press("Escape")
    assert field.input_value() == "", "what was chosen before"
    field.press_sequentially("nord")
    with page.expect_navigation():
        option.click()
    assert page.get_by_role("combobox", name="Unit").input_value() == "Köln Nord"


def test_on_a_phone_the_line_that_scrolls_does_not_cut_off_what_is_found(hr_of_many_units, signed_in, axe):
    page = signed_in(hr_of_many_units, width=390, height=844, has_touch=True)
    page.goto("/people")
    field = page.get_by_role("combobox", name="Unit")
    field.tap()
    at = field.bounding_box()
    assert at["x"] >= 0
    assert at["x"] + at["width"] <= 390, "it is scrolled to"
    field.press_sequentially("koln")
    option = page.get_by_role("option", name="Köln Nord")
    option.wait_for()
    axe(page)
    box = page.locator(".combo__list:popover-open").bounding_box()
    assert 0 <= box["x"] < box["x"] + box["width"] <= 390
    with page.expect_navigation():
        option.tap()
    assert page.get_by_role("combobox", name="Unit").input_value() == "Köln Nord"
