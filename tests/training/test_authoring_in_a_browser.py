"""A course from its first word to the certificate: HR writes it, compliance publishes it, an RM takes it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from rmhr.core.db import db
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Employee, Role
from rmhr.models.courses import CourseVersion
from rmhr.models.training import Assignment
from rmhr.training import operations
from tests.factories import accounts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

RIGHT = "Before any product is named"


@pytest.fixture
def people(live: Any) -> dict[str, int]:
    """Who writes, who reviews and who learns."""
    with live.app.app_context():
        rm = accounts.user(Role.RM)
        accounts.employee(user=rm)
        return {
            "author": accounts.user(Role.HR).id,
            "second": accounts.user(Role.COMPLIANCE, name="Birgit Second").id,
            "rm": rm.id,
        }


def both(page: Any, name: str, english: str, german: str) -> None:
    page.locator(f"[name={name}-en]").fill(english)
    page.locator(f"[name={name}-de]").fill(german)


def is_saved(page: Any) -> None:
    """What was typed has been saved by itself."""
    expect(page.locator("[data-saved-words]").first).to_contain_text("saved", timeout=15_000)


def lesson(page: Any, title: str, titel: str, text: str, worte: str) -> None:
    form = page.locator("details:has([name=heading-en])").last
    if not form.evaluate("it => it.open"):
        form.locator("summary").click()
    form.locator("[name=heading-en]").fill(title)
    form.locator("[name=heading-de]").fill(titel)
    form.get_by_role("button", name="Add the lesson").click()
    page.get_by_role("button", name="Text", exact=True).click()
    both(page, "text", text, worte)
    is_saved(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Done").click()


def question(page: Any, english: str, german: str) -> None:
    page.get_by_role("button", name="One answer is right").click()
    both(page, "text", english, german)
    both(page, "answers-0-text", RIGHT, "Bevor ein Produkt genannt wird")
    page.locator("[name=answers-0-right]").check()
    both(page, "answers-1-text", "After the contract is signed", "Nachdem der Vertrag unterschrieben ist")
    both(
        page,
        "explanation",
        "Advice begins with it. Source: the bank.",
        "Beratung beginnt damit. Quelle: die Bank.",
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def written(page: Any) -> str:
    """The address of a draft with two lessons and two questions in both languages."""
    page.goto("/training/courses/new")
    both(page, "name", "Sustainability preferences", "Nachhaltigkeitspräferenzen")
    page.get_by_role("button", name="Begin the course").click()
    both(page, "short", "Green", "Grün")
    both(page, "objectives", "Asking about preferences", "Präferenzen erfragen")
    page.locator("[name=rm_types][value=personal]").check()
    page.locator("[name=questions_per_exam]").fill("2")
    page.locator("[name=minutes]").fill("5")
    is_saved(page)
    home = page.url.removesuffix("/facts")
    page.goto(f"{home}/lessons")
    lesson(page, "When to ask", "Wann man fragt", "Ask **first**.", "Fragen Sie **zuerst**.")
    lesson(page, "What to ask", "Was man fragt", "Ask for all three.", "Fragen Sie nach allen dreien.")
    page.goto(f"{home}/exam")
    question(page, "When do you ask your client?", "Wann fragen Sie Ihre Kundschaft?")
    question(page, "At which point is it too early to sell?", "Wann ist es für den Verkauf zu früh?")
    return str(home)


def test_a_course_is_written_published_by_a_second_person_and_taken(live, signed_in, people, axe):
    author = signed_in(people["author"])
    home = written(author)
    author.goto(f"{home}/exam")
    axe(author)
    author.goto(f"{home}/lessons")
    axe(author)
    author.goto(f"{home}/facts")
    axe(author)

    author.goto(f"{home}/move/submit")
    author.locator("[name=reason]").fill("A new course")
    author.locator("[name=reviewer_id]").select_option(label="Birgit Second")
    author.locator("main button[type=submit]").last.click()
    expect(author.locator(".head__status")).to_contain_text("In review")

    second = signed_in(people["second"])
    second.goto(f"{home}/move/publish")
    second.locator("main button[type=submit]").last.click()
    expect(second.locator(".head__status")).to_contain_text("Published")
    second.goto(home)
    axe(second)

    with live.app.app_context():
        employee = db.session.scalars(sa.select(Employee).where(Employee.user_id == people["rm"])).one()
        operations.assignments.assign_required(SYSTEM, employee)
        db.session.commit()
        theirs = sa.select(Assignment).where(
            Assignment.user_id == people["rm"], Assignment.course.has(code="sustainability_preferences")
        )
        made = db.session.scalars(theirs).one().id

    rm = signed_in(people["rm"], width=390, height=844)
    for number in (1, 2):
        rm.goto(f"/training/{made}/lessons/{number}")
        axe(rm)
        rm.locator("main form button[type=submit]").click()
    rm.locator("main form button[type=submit]").click()
    for _number in (1, 2):
        rm.get_by_label(RIGHT).check()
        rm.locator("button[name=go][value=next]").first.click()
    rm.locator("main form button[type=submit]").last.click()
    expect(rm.locator("main")).to_contain_text("100% of the points")


def test_lessons_are_moved_with_the_keyboard_and_brought_back(live, signed_in, people):
    page = signed_in(people["author"])
    page.goto("/training/courses/new")
    both(page, "name", "Order of things", "Ordnung der Dinge")
    page.get_by_role("button", name="Begin the course").click()
    home = page.url.removesuffix("/facts")
    page.goto(f"{home}/lessons")
    lesson(page, "First", "Erste", "One.", "Eins.")
    lesson(page, "Second", "Zweite", "Two.", "Zwei.")
    link = page.locator(".steps a", has_text="Second")
    with page.expect_response(lambda answer: "/move" in answer.url):
        link.press("Alt+ArrowUp")
    assert page.locator(".steps [role=status]").inner_text() == "Now at place 1 of 2"
    page.reload()
    assert page.locator(".steps li a").all_inner_texts()[0].startswith("Second")

    page.locator(".steps li").first.get_by_role("button", name="Delete").click()
    expect(page.locator(".steps li a")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".steps li a")).to_have_count(2)
    with live.app.app_context():
        version = db.session.get(CourseVersion, int(home.rsplit("/", 1)[1]))
        assert [each.title["de"] for each in version.lessons] == ["Zweite", "Erste"]
