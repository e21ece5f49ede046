"""Choices without an end in a form, in a browser: found as one types, chosen by keyboard, and sent with the form."""

from __future__ import annotations

import pytest

from rmhr.core.lists.declaration import FEW
from rmhr.models.accounts import Role
from tests.factories import accounts

pytestmark = pytest.mark.browser


def test_a_choice_is_found_and_stands_there_until_the_form_is_sent(live, signed_in, axe):
    with live.app.app_context():
        for number in range(FEW + 1):
            accounts.unit(name=f"Branch {number:03}")
        accounts.unit(name="Köln Nord")
        south = accounts.unit(name="Köln Süd").id
        hr = accounts.user(Role.HR).id
    page = signed_in(hr)
    page.goto("/requisitions/new")
    field = page.get_by_role("combobox", name="Unit")
    field.press_sequentially("koln")
    page.get_by_role("option", name="Köln Süd").wait_for()
    axe(page)
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    assert page.url.endswith("/requisitions/new"), "the form is not sent yet"
    assert field.input_value() == "Köln Süd"
    assert page.locator("input[name=unit_id]").input_value() == str(south)

    field.fill("köln")
    page.get_by_role("button", name="Ask for approval").click()
    page.get_by_role("link", name="Unit: Choose which “köln” is meant.").click()
    assert page.evaluate("document.activeElement.name") == "unit_id.find"
    page.get_by_role("radio", name="Köln Nord").check()
    page.get_by_role("button", name="Ask for approval").click()
    assert page.get_by_role("combobox", name="Unit").input_value() == "Köln Nord"
