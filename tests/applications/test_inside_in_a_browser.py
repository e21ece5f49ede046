"""Recommending somebody and applying from inside, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rmhr.applications.forms.apply import stamp
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.sourcing import Referral
from tests.factories.accounts import employee, user
from tests.factories.postings import posting
from tests.support import documents

pytestmark = pytest.mark.browser

CV = {"name": "CV.pdf", "mimeType": "application/pdf", "buffer": documents.pdf()}
SAYS = {
    "recommend": "Refer somebody",
    "send it": "Refer",
    "invited": "Invited",
    "applied": "Has applied",
    "make": "Make link",
    "copy": "Copy",
    "copied": "Copied",
    "apply": "Apply now",
    "send": "Send application",
    "hidden": "Your supervisor and all higher supervisors do not see this application.",
    "let": "Agree…",
    "agree": "I agree",
    "agreed": "The supervisor may know of it",
    "mark": "The supervisor does not know yet",
}


@pytest.fixture
def bank(live):
    """Somebody, their supervisor who would hire for an open posting, and its recruiter: their numbers."""
    with live.app.app_context():
        boss = user(Role.SUPERVISOR)
        person = employee(user=user(), supervisor=boss).user
        recruiter = user(Role.HR)
        row = posting(hiring_manager=boss, recruiter=recruiter)
        return {
            "person": person.id,
            "name": person.name,
            "boss": boss.id,
            "hr": recruiter.id,
            "slug": row.slug,
            "posting": row.id,
        }


def answer_all(page: Any) -> None:
    """Motivation, CV, consent, and every question of the posting."""
    page.fill("[name=motivation]", "I know how to listen.")
    page.set_input_files("[name=cv]", CV)
    page.check("[name=read]")
    for name in page.eval_on_selector_all("[name^=question]", "all => [...new Set(all.map(e => e.name))]"):
        first = page.locator(f'[name="{name}"]').first
        kind = first.get_attribute("type")
        if kind == "radio":
            first.check()
        else:
            first.fill("2027-02-01" if kind == "date" else "Full time")


def test_a_recommendation_is_followed_until_the_person_has_applied(live, signed_in, open_page, axe, bank):
    page, says = signed_in(bank["person"], width=390), SAYS
    page.goto(f"/jobs/{bank['slug']}")
    axe(page)
    page.get_by_role("link", name=says["recommend"]).click()
    axe(page)
    email = "jonte@example.org"
    page.fill("[name=name]", "Jonte Behrens")
    page.fill("[name=email]", email)
    page.fill("[name=note]", "Knows everybody in Kiel.")
    page.get_by_role("button", name=says["send it"], exact=True).click()
    assert page.locator(".errors").is_visible()
    axe(page)
    page.check("[name=asked]")
    page.get_by_role("button", name=says["send it"], exact=True).click()
    page.get_by_text(says["invited"], exact=True).wait_for()
    axe(page)

    with live.app.app_context():
        code = db.session.query(Referral.code).where(Referral.email == email).scalar()
        with clock.at(clock.now() - timedelta(minutes=5)):
            opened = stamp()
    visitor = open_page()
    visitor.goto(f"/careers/{bank['slug']}/apply?via={code}&lang=en")
    visitor.locator("[name=opened]").evaluate("(field, value) => { field.value = value }", opened)
    visitor.fill("[name=name]", "Jonte Behrens")
    visitor.fill("[name=email]", "another.address@example.org")
    answer_all(visitor)
    visitor.locator("main button[type=submit]").last.click()
    assert visitor.url.endswith("/sent"), visitor.inner_text("main")

    page.reload()
    page.get_by_text(says["applied"], exact=True).wait_for()


def test_a_link_is_made_and_copied(signed_in, axe, bank):
    width = 390
    page, says = signed_in(bank["hr"], width=width), SAYS
    page.goto(f"/postings/{bank['posting']}/sources")
    axe(page)

    page.fill("[name=channel]", "LinkedIn")
    page.get_by_role("button", name=says["make"], exact=True).click()

    page.get_by_role("button", name=says["copy"], exact=True).click()
    page.get_by_role("button", name=says["copied"], exact=True).wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_colleague_applies_unseen_and_agrees_later(signed_in, axe, bank):
    page, says = signed_in(bank["person"], width=390), SAYS
    page.goto("/jobs/")
    axe(page)
    page.locator(f"a[href='/jobs/{bank['slug']}']").first.click()
    page.get_by_role("link", name=says["apply"], exact=True).click()
    axe(page)
    answer_all(page)
    page.get_by_role("button", name=says["send"]).click()
    page.get_by_text(says["hidden"]).wait_for()
    axe(page)

    boss, hr = signed_in(bank["boss"]), signed_in(bank["hr"])
    boss.goto("/applications/")
    assert bank["name"] not in boss.inner_text("main")
    hr.goto("/applications/")
    assert says["mark"] in hr.inner_text("main")
    hr.get_by_role("link", name=bank["name"], exact=True).click()
    axe(hr)

    page.get_by_role("link", name=says["let"]).click()
    page.get_by_role("button", name=says["agree"]).click()
    page.get_by_text(says["agreed"]).wait_for()
    assert says["hidden"] not in page.inner_text("main")
    boss.reload()
    assert bank["name"] in boss.inner_text("main")
