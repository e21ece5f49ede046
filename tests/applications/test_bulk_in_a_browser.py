"""Rejecting 12 of 214 with the keyboard alone, in both languages, and taking it back; with a mouse; without scripts."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.system import Message
from tests.factories import accounts, applications, in_one_go, postings

pytestmark = pytest.mark.browser

S = ApplicationStatus
SAYS = {
    "en": {
        "twelve": "12 chosen",
        "reject": "Reject…",
        "head": "Reject 12 applications",
        "done": "12 applications rejected",
        "back": "Open 12 applications again…",
        "again": "Open 12 applications again",
        "opened": "12 applications opened again",
        "all": "All 214 applications that match",
        "mail": "Show the mail",
    },
    "de": {
        "twelve": "12 ausgewählt",
        "reject": "Absage erteilen …",
        "head": "Absage zu 12 Bewerbungen erteilen",
        "done": "Absage zu 12 Bewerbungen erteilt",
        "back": "12 Bewerbungen wieder aufnehmen …",
        "again": "12 Bewerbungen wieder aufnehmen",
        "opened": "12 Bewerbungen wieder aufgenommen",
        "all": "Alle Treffer: 214 Bewerbungen",
        "mail": "E-Mail anzeigen",
    },
}


@pytest.fixture
def arranged(live):
    """(HR's id by language, a posting with 214 applications in screening), once per test."""

    def arrange(language: str) -> tuple[int, int]:
        with live.app.app_context():
            hr = accounts.user(Role.HR, language=language)
            posting = postings.posting(recruiter=hr)
            with in_one_go():
                for number in range(214):
                    applications.application(
                        S.SCREENING,
                        posting=posting,
                        applicant=applications.applicant(language=("en", "de")[number % 2]),
                    )
            return hr.id, posting.id

    return arrange


def counted(live, posting: int) -> dict[str, int]:
    """How many applications stand where, and how many mails were written about them."""
    with live.app.app_context():
        of = Application.posting_id == posting
        rows = db.session.execute(
            sa.select(Application.status, sa.func.count()).where(of).group_by(Application.status)
        )
        theirs = sa.select(Application.id).where(of)
        mails = db.session.execute(
            sa.select(Message.kind, sa.func.count())
            .where(Message.subject_type == "application", Message.subject_id.in_(theirs))
            .group_by(Message.kind)
        )
        return {str(key): number for key, number in [*rows, *mails]}


def press_until(page, wanted: str, key: str = "Tab", most: int = 60) -> None:
    """Go on with a key until what has the focus says these words."""
    for _press in range(most):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.textContent.trim()") == wanted:
            return
    raise AssertionError(f"the keyboard does not reach {wanted!r}")


@pytest.mark.parametrize("spoken", ["en", "de"])
def test_twelve_of_214_are_rejected_and_taken_back_with_the_keyboard(live, signed_in, arranged, axe, spoken):
    says = SAYS[spoken]
    hr, posting = arranged(spoken)
    page = signed_in(hr, language=spoken)
    page.goto(f"/applications/?posting={posting}&view=screen")

    page.locator("input[data-choose-all]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    for _row in range(11):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    assert page.locator("[data-bulk-count]").inner_text() == says["twelve"]
    assert page.locator("tr.is-chosen").count() == 12
    axe(page)
    page.keyboard.press("Enter")
    press_until(page, says["reject"])
    page.keyboard.press("Enter")

    page.get_by_role("heading", name=says["head"]).wait_for()
    axe(page)
    page.locator("input[name=reason]").first.focus()
    page.keyboard.press("Space")
    press_until(page, says["mail"])
    page.keyboard.press("Enter")
    page.locator("article.document").wait_for()
    assert counted(live, posting) == {"screening": 214}
    axe(page)
    page.locator("input[name=reason]:checked").focus()
    press_until(page, says["head"])
    page.keyboard.press("Enter")

    page.get_by_role("heading", name=says["done"]).wait_for()
    axe(page)
    assert counted(live, posting) == {"rejected": 12, "screening": 202, "applications.rejected": 12}
    page.locator("main a").first.focus()
    press_until(page, says["back"])
    page.keyboard.press("Enter")

    page.get_by_role("heading", name=says["again"]).wait_for()
    page.locator("textarea[name=note]").focus()
    page.keyboard.type("Mixed up")
    press_until(page, says["again"])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=says["opened"]).wait_for()
    assert counted(live, posting) == {
        "screening": 214,
        "applications.rejected": 12,
        "applications.reopened": 12,
    }


def test_all_that_match_go_on_by_themselves_on_a_phone(live, signed_in, arranged, axe):
    hr, posting = arranged("en")
    page = signed_in(hr, width=390, height=844)
    page.goto(f"/applications/?posting={posting}&view=screen")

    page.locator("input[data-choose]").first.check()
    bar = page.locator("[data-bulk]").bounding_box()
    assert bar["y"] + bar["height"] <= 844, "the bar floats in sight above the list"
    page.get_by_label(SAYS["en"]["all"]).check()
    assert page.locator("[data-bulk-count]").inner_text() == "214 chosen"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    page.get_by_role("button", name="Reject…").click()
    page.get_by_role("heading", name="Reject 214 applications").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name="Reject 214 applications").dblclick()

    page.get_by_role("heading", name="214 applications rejected").wait_for(timeout=120_000)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert counted(live, posting) == {"rejected": 214, "applications.rejected": 214}


def test_escape_chooses_none_and_a_range_is_clicked_with_shift(live, signed_in, arranged):
    hr, posting = arranged("en")
    page = signed_in(hr)
    page.goto(f"/applications/?posting={posting}")
    ticks = page.locator("input[data-choose]")
    bar = page.locator("[data-bulk]")
    assert bar.is_hidden()

    ticks.nth(2).click()
    ticks.nth(6).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").inner_text() == "5 chosen"
    ticks.nth(4).click(modifiers=["Shift"])  # from the seventh back to the fifth: off
    assert page.locator("[data-bulk-count]").inner_text() == "2 chosen"
    page.keyboard.press("Escape")
    assert bar.is_hidden()
    assert page.locator("tr.is-chosen").count() == 0

    page.locator("input[data-choose-all]").check()
    assert page.locator("[data-bulk-count]").inner_text() == "50 chosen"
    page.get_by_label(SAYS["en"]["all"]).check()
    ticks.nth(0).uncheck()  # one less: not all that match any more
    assert page.locator("[data-bulk-count]").inner_text() == "49 chosen"
    page.get_by_role("button", name="Choose none").click()
    assert bar.is_hidden()


def test_without_scripts_the_bar_always_stands_there(live, signed_in, arranged):
    hr, posting = arranged("en")
    page = signed_in(hr, java_script_enabled=False)
    page.goto(f"/applications/?posting={posting}")

    page.get_by_role("button", name="Reject…").click()
    page.get_by_text("Nothing is chosen. Tick what you mean first.").wait_for()
    for number in range(3):
        page.locator("input[data-choose]").nth(number).check()
    page.get_by_role("button", name="Reject…").click()
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name="Reject 3 applications").click()
    page.get_by_role("heading", name="3 applications rejected").wait_for()
    assert counted(live, posting)["rejected"] == 3
