"""What is typed survives: no connection, the end of a session, another tab, somebody else, the next page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from rmhr.applications import operations
from rmhr.applications.workflow import FLOW
from rmhr.core.db import db
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application, ApplicationStatus, Verdict
from tests.factories import applications
from tests.factories.accounts import user

pytestmark = pytest.mark.browser

MINE, THEIRS = "She led the desk for years.", "He saw it otherwise."
NOTE = "[data-note={}]"


@dataclass
class Bench:
    """An application that is judged: its number, two of its criteria, who judges, and who else does."""

    live: Any
    id: int
    first: int
    second: int
    hr: int
    other: int

    @property
    def address(self) -> str:
        return f"/applications/{self.id}/screening"

    def field(self, criterion: int) -> str:
        return f"[name=evidence-{criterion}]"

    def open(self, page: Any) -> Any:
        page.goto(self.address)
        for each in page.locator("details.criterion__more").all():
            each.evaluate("it => { it.open = true }")
        return page

    def stored(self, criterion: int) -> str:
        with self.live.app.app_context():
            it = db.session.get(Application, self.id)
            return next((mark.evidence for mark in it.marks if mark.criterion_id == criterion), "")

    def elsewhere(self, criterion: int, evidence: str) -> None:
        """Somebody else judges."""
        with self.live.app.app_context():
            it, by = db.session.get(Application, self.id), db.session.get(User, self.other)
            operations.judge(by, it, verdicts={criterion: (Verdict.PARTLY, evidence)})
            db.session.commit()


@pytest.fixture
def bench(live: Any) -> Bench:
    with live.app.app_context():
        hr, other = user(Role.HR), user(Role.HR)
        it = applications.application(ApplicationStatus.SCREENING)
        first, second, _third = it.posting_version.criteria
        verdicts = {each.id: (Verdict.MET, "") for each in (first, second)}
        operations.judge(hr, it, verdicts=verdicts)
        db.session.commit()
        return Bench(live, it.id, first.id, second.id, hr.id, other.id)


def test_without_a_connection_it_is_kept_and_saved_as_soon_as_there_is_one(bench, signed_in, axe):
    page = bench.open(signed_in(bench.hr))
    page.context.set_offline(True)
    page.fill(bench.field(bench.first), MINE)
    expect(page.locator(NOTE.format("offline"))).to_be_visible()
    page.get_by_role("button", name="Save verdicts").click()
    page.wait_for_timeout(300)
    expect(page.locator(bench.field(bench.first))).to_have_value(MINE)
    assert bench.stored(bench.first) == ""

    page.context.set_offline(False)

    expect(page.locator("[data-saved]:not(.is-bad)")).to_be_visible()
    expect(page.locator("[data-note]")).to_have_count(0)
    assert bench.stored(bench.first) == MINE
    assert page.evaluate("Object.keys(localStorage).filter(it => it.startsWith('unsaved ')).length") == 0


def test_what_was_left_behind_is_in_the_form_again_to_be_saved_or_discarded(bench, signed_in, axe):
    page = bench.open(signed_in(bench.hr))
    page.context.set_offline(True)
    page.fill(bench.field(bench.first), MINE)
    expect(page.locator(NOTE.format("offline"))).to_be_visible()
    page.close(run_before_unload=False)
    context = page.context
    context.set_offline(False)

    again = bench.open(context.new_page())
    expect(again.locator(NOTE.format("restored"))).to_be_visible()
    expect(again.locator(bench.field(bench.first))).to_have_value(MINE)
    axe(again)
    again.get_by_role("button", name="Discard it").click()
    expect(again.locator(bench.field(bench.first))).to_have_value("")
    bench.open(again)
    expect(again.locator("[data-note]")).to_have_count(0)

    context.set_offline(True)
    again.fill(bench.field(bench.first), MINE)
    expect(again.locator(NOTE.format("offline"))).to_be_visible()
    again.close(run_before_unload=False)
    context.set_offline(False)
    third = bench.open(context.new_page())
    third.get_by_role("button", name="Save it").click()
    expect(third.locator("[data-saved]:not(.is-bad)")).to_be_visible()
    assert bench.stored(bench.first) == MINE


def test_the_next_page_waits_until_it_is_saved(bench, signed_in):
    page = bench.open(signed_in(bench.hr))
    page.fill(bench.field(bench.first), MINE)
    page.get_by_role("link", name="The whole application").click()
    page.wait_for_url(f"**/applications/{bench.id}")
    assert bench.stored(bench.first) == MINE

    bench.open(page)
    page.fill(bench.field(bench.first), f"{MINE} More.")
    page.get_by_role("button", name="Save verdicts").click()
    page.get_by_role("status").filter(has_text="Criteria judged").wait_for()
    assert bench.stored(bench.first) == f"{MINE} More."


def test_whoever_leaves_without_a_connection_is_asked(bench, signed_in):
    page = bench.open(signed_in(bench.hr))
    asked = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    page.context.set_offline(True)
    page.locator(bench.field(bench.first)).press_sequentially("Kept")
    page.get_by_role("link", name="The whole application").click()
    page.wait_for_timeout(1000)
    assert asked == ["beforeunload"]
    expect(page.locator(bench.field(bench.first))).to_have_value("Kept")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]:not(.is-bad)")).to_be_visible()


def test_two_tabs_at_different_fields_keep_both(bench, signed_in):
    page = bench.open(signed_in(bench.hr))
    other = bench.open(page.context.new_page())
    page.fill(bench.field(bench.first), MINE)
    expect(page.locator("[data-saved]:not([hidden])")).to_be_visible()

    other.fill(bench.field(bench.second), THEIRS)

    expect(other.locator("[data-saved]:not([hidden])")).to_be_visible()
    expect(other.locator(bench.field(bench.first))).to_have_value(MINE)
    assert (bench.stored(bench.first), bench.stored(bench.second)) == (MINE, THEIRS)


@pytest.mark.parametrize(("button", "kept"), [("Keep mine", MINE), ("Take theirs", THEIRS)])
def test_two_at_the_same_field_see_both_texts_and_choose(bench, signed_in, axe, button, kept):
    page = bench.open(signed_in(bench.hr))
    bench.elsewhere(bench.first, THEIRS)

    page.fill(bench.field(bench.first), MINE)

    panel = page.locator(NOTE.format("stale"))
    expect(panel).to_contain_text(THEIRS)
    expect(panel).to_contain_text(MINE)
    axe(page)
    page.get_by_role("button", name="Save verdicts").click()
    page.wait_for_timeout(300)
    assert bench.stored(bench.first) == THEIRS, "nothing is saved before it is chosen"
    panel.get_by_role("button", name=button).click()
    expect(page.locator("[data-note]")).to_have_count(0)
    expect(page.locator(bench.field(bench.first))).to_have_value(kept)
    page.get_by_role("button", name="Save verdicts").click()
    page.get_by_role("status").filter(has_text="Criteria judged").wait_for()
    assert bench.stored(bench.first) == kept


def test_whoever_is_signed_out_signs_in_in_another_tab_and_it_goes_on(bench, signed_in, axe):
    page = signed_in(bench.hr)
    anew = page.context.cookies()  # a session without the token that the page is given
    bench.open(page)
    page.context.clear_cookies()
    page.fill(bench.field(bench.first), MINE)
    expect(page.locator(NOTE.format("out"))).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_have_attribute("target", "_blank")
    axe(page)
    assert bench.stored(bench.first) == ""

    page.context.add_cookies(anew)
    page.context.new_page().goto("/today")
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.locator("[data-saved]:not(.is-bad)")).to_be_visible()
    assert bench.stored(bench.first) == MINE


def test_nothing_is_saved_in_the_name_of_whoever_signs_in_after(bench, signed_in):
    page = bench.open(signed_in(bench.hr))
    stranger = signed_in(bench.other)
    page.context.clear_cookies()
    page.fill(bench.field(bench.first), MINE)
    expect(page.locator(NOTE.format("out"))).to_be_visible()
    page.context.add_cookies(stranger.context.cookies())
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator(NOTE.format("other"))).to_be_visible()
    assert bench.stored(bench.first) == ""

    again = bench.open(page.context.new_page())
    expect(again.locator("[data-note]")).to_have_count(0)
    expect(again.locator(bench.field(bench.first))).to_have_value("")


def test_what_is_over_says_where_it_is_now_and_keeps_the_words(bench, signed_in):
    page = bench.open(signed_in(bench.hr))
    with bench.live.app.app_context():
        it = db.session.get(Application, bench.id)
        FLOW.perform(it.applicant, it, "withdraw", note="")
        db.session.commit()

    page.fill(bench.field(bench.first), MINE)

    note = page.locator(NOTE.format("over"))
    expect(note).to_be_visible()
    expect(note.get_by_role("link")).to_have_attribute("href", f"/applications/{bench.id}")
    page.get_by_role("button", name="Save verdicts").click()
    page.wait_for_timeout(300)
    expect(page.locator(bench.field(bench.first))).to_have_value(MINE)
