"""The application form with a question of every kind, on a phone, with the keyboard."""

from __future__ import annotations

import os
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.applications.links import private_link
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.applications import Applicant, Application
from rmhr.models.criteria import QuestionKind as K
from tests.factories.postings import every_kind, posting
from tests.support import documents

from .support import opened

pytestmark = pytest.mark.browser

SAYS = {
    "percentage": "Enter a percentage from 0 to 100.",
    "sent": ("South", "West", "38.5", "12.5%", "4 of 5"),
}
#: What runs out of the page at its right.
WIDER = """() => [...document.querySelectorAll("body *:not(.visually-hidden *, .upload__input)")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => `${each.tagName}.${each.className}`)"""


@pytest.fixture
def asked(live):
    """Where one applies, and the name of the field of each kind."""
    with live.app.app_context():
        made = posting(questions=every_kind())
        return f"/careers/{made.slug}/apply", {q.kind: f"question_{q.id}" for q in made.questions}


def long_ago(live, page):
    """As if the form had been open for a minute."""
    with live.app.app_context():
        stamp = opened()
    page.locator("[name=opened]").evaluate("(field, value) => { field.value = value; }", stamp)


def choose(page, name, value):
    page.locator(f'[name="{name}"][value="{value}"]').check()


def paper(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": documents.pdf()}


def fill(page, names, **other):
    page.fill("[name=name]", "Maren Oltmanns")
    page.fill("[name=motivation]", "I like to advise people.")
    page.fill(f"[name={names[K.TEXT]}]", "Twelve years")
    choose(page, names[K.YES_NO], "yes")
    choose(page, names[K.SINGLE], "1")
    choose(page, names[K.MULTIPLE], "2")
    page.fill(f"[name={names[K.NUMBER]}]", "38,5")
    page.fill(f"[name={names[K.DATE]}]", f"{clock.today().year + 9}-02-01")
    choose(page, names[K.RATING], "4")
    page.set_input_files(f"[name={names[K.FILE]}]", paper(f"Licence{'_of_mine' * 12}.pdf"))
    page.set_input_files("[name=cv]", paper("CV.pdf"))
    page.check("[name=read]")


def send(page):
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def test_every_kind_is_answered_on_a_phone_after_a_mistake(live, open_page, axe, asked):
    address, names = asked
    page, says = open_page(width=390, height=800), SAYS
    page.goto(f"{address}?lang=en")
    axe(page)
    fill(page, names)
    page.fill("[name=email]", "maren@example.org")
    page.fill(f"[name={names[K.PERCENTAGE]}]", "125")
    long_ago(live, page)
    send(page)

    assert page.evaluate("document.activeElement.classList.contains('errors')")
    page.locator(".errors a").click()
    assert page.evaluate("document.activeElement.name") == names[K.PERCENTAGE]
    beside = page.locator(f"#{names[K.PERCENTAGE]}-error")
    assert says["percentage"] in beside.inner_text()
    assert page.locator(f"#{names[K.PERCENTAGE]}").get_attribute("aria-describedby") == beside.get_attribute(
        "id"
    )
    assert page.input_value(f"[name={names[K.NUMBER]}]") == "38,5"
    assert page.locator(f'[name={names[K.RATING]}][value="4"]').is_checked()
    assert page.locator(f'[name={names[K.MULTIPLE]}][value="2"]').is_checked()
    assert "Licence_of_mine" in page.inner_text("main")
    assert "CV.pdf" in page.inner_text("main")
    assert page.evaluate(WIDER) == []
    axe(page)
    if folder := os.environ.get("RMHR_PICTURES"):
        page.screenshot(path=f"{folder}/apply.png", full_page=True)

    page.fill(f"[name={names[K.PERCENTAGE]}]", "12,5")
    long_ago(live, page)
    send(page)

    assert "/apply/sent" in page.url, page.inner_text("main")
    with live.app.app_context():
        it = db.session.scalars(
            sa.select(Application).join(Applicant).where(Applicant.email == "maren@example.org")
        ).one()
        said = {answer.question.kind: answer.answer for answer in it.answers}
        assert said[K.PERCENTAGE] == "12.5"
        assert said[K.FILE].startswith("Licence_of_mine")
        assert len(said) == len(K)
        secret = private_link(it.applicant).rpartition("/")[2]
        db.session.commit()
    page.goto(f"/careers/my-application/{secret}")
    page.locator("main form button").click()
    page.locator("summary").first.click()
    for words in says["sent"]:
        assert words in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("link", name="Licence_of_mine").click()
    assert download.value.suggested_filename == said[K.FILE]
    assert page.evaluate(WIDER) == []
    axe(page)


def test_every_kind_is_in_reach_of_the_keyboard(open_page, asked):
    address, names = asked
    page = open_page(width=390, height=800)
    page.goto(address)
    page.focus("[name=motivation]")
    met: list[Any] = []
    for _step in range(40):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.name"))

    assert set(names.values()) <= set(met)
    page.focus(f'[name={names[K.RATING]}][value="1"]')
    page.keyboard.press("ArrowRight")
    assert page.locator(f'[name={names[K.RATING]}][value="2"]').is_checked()


def test_nothing_runs_out_of_a_very_narrow_page(open_page, axe, asked):
    address, _names = asked
    page = open_page(language="de", width=320, height=640)  # German words are the long ones
    page.goto(f"{address}?lang=de")

    assert page.evaluate(WIDER) == []
    axe(page)
