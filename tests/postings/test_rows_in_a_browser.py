"""Rows of the editor in a real browser: moved by buttons and by drag, fields that show when they are needed, sets."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.postings import Posting, PostingStatus
from tests.factories.accounts import user
from tests.factories.postings import posting, question_set

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(live, signed_in):
    """The editor of a draft, and the draft's number."""
    with live.app.app_context():
        hr = user(Role.HR)
        draft = posting(status=PostingStatus.DRAFT, recruiter=hr)
        question_set(name=f"Licences {draft.id}")
        person, number = hr.id, draft.id
    page = signed_in(person)
    page.goto(f"/postings/{number}/edit")
    return page, number


def saved(live: Any, number: int, language: str = "en") -> list[str]:
    with live.app.app_context():
        draft = db.session.get(Posting, number)
        assert draft is not None
        return [criterion.text.in_(language) for criterion in draft.criteria]


def save(page):
    with page.expect_navigation():
        page.locator(".form-foot button[type=submit]").click()


def test_a_row_is_moved_with_buttons_and_says_where_it_is(live, editor, axe):
    page, number = editor
    axe(page)
    row = page.locator("#criteria-2")

    row.locator('[data-order-by="-1"]').press("Enter")
    row.locator('[data-order-by="-1"]').press("Enter")

    said = page.locator("#criteria [role=status]").inner_text()
    assert said == "Now at place 1 of 3"
    assert row.locator("legend").first.inner_text() == "Criterion 1"
    assert page.evaluate("document.activeElement.dataset.orderBy") == "-1"
    save(page)
    assert saved(live, number) == ["Danish", "Banking training", "Experience with clients"]


def test_enter_saves_although_buttons_that_add_stand_before(live, editor):
    page, number = editor
    with page.expect_navigation():
        page.locator("[name=criteria-0-text-en]").fill("Experience with firms")
        page.locator("[name=criteria-0-text-en]").press("Enter")

    assert page.url.endswith(f"/postings/{number}")
    assert "Experience with firms" in saved(live, number)


def test_a_row_is_dragged_to_another_place(live, editor):
    page, number = editor

    page.set_viewport_size({"width": 1440, "height": 2400})
    page.locator("#criteria-0 [data-order-grip]").hover()
    page.mouse.down()
    for name in ("#criteria-1", "#criteria-2"):
        box = page.locator(name).bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 5, steps=4)
    page.mouse.up()

    save(page)
    assert saved(live, number) == ["Experience with clients", "Danish", "Banking training"]


def test_without_script_the_numbers_order_and_no_button_is_in_the_way(live, editor, open_page):
    page, number = editor
    plain = open_page(java_script_enabled=False)
    plain.context.add_cookies(page.context.cookies())
    plain.goto(f"/postings/{number}/edit")
    assert not plain.locator("[data-order-by]").first.is_visible()

    plain.fill("[name=criteria-0-order]", "9")
    plain.locator(".form-foot button[type=submit]").click()

    assert saved(live, number) == ["Experience with clients", "Danish", "Banking training"]


def test_reason_and_choices_show_when_they_are_needed(editor, axe):
    page, _number = editor
    assert not page.locator("#criteria-0-weight_reason").is_visible()
    assert not page.locator("#questions-2-choices-en").is_visible()

    page.select_option("[name=criteria-0-weight]", "2")
    page.select_option("[name=questions-2-kind]", "multiple")

    assert page.locator("#criteria-0-weight_reason").is_visible()
    assert page.locator("#questions-2-choices-en").is_visible()
    axe(page)


def test_a_set_is_put_in_with_two_clicks(editor, axe):
    page, number = editor
    page.fill("[name=title-en]", "Typed and not saved")

    page.select_option("#set", label=f"Licences {number}")
    with page.expect_navigation():
        page.locator("button[name=add][value=set]").click()

    assert page.input_value("[name=title-en]") == "Typed and not saved"
    assert page.input_value("[name=questions-3-text-en]") == "Which licence do you hold?"
    assert page.input_value("[name=questions-3-choices-de]") == "Keine\nAnlageberatung"
    axe(page)


def test_where_one_is_stands_in_sight_on_a_phone(live, editor):
    page, _number = editor
    with live.app.app_context():
        number = posting().id
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/postings/{number}/team")

    here = page.locator(".views [aria-current]").bounding_box()
    assert page.locator(".views").evaluate("row => row.scrollWidth > row.clientWidth")
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= 390
