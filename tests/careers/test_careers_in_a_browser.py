"""A visitor's way on a phone, from the list through a filter to the application, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.applications.forms import apply
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType
from rmhr.models.applications import Application
from rmhr.models.postings import PostingStatus
from tests.factories.postings import career_site, posting
from tests.support import documents

pytestmark = pytest.mark.browser

SAYS = {
    "en": {
        "title": "Keeper of harbours (f/m/x)",
        "apply": "Apply now",
        "send": "Send application",
        "set": "Kiel",
    },
    "de": {
        "title": "Hafenwart (m/w/d)",
        "apply": "Jetzt bewerben",
        "send": "Bewerbung absenden",
        "set": "Kiel",
    },
}


@pytest.fixture(scope="module")
def slugs(live):
    """A site with colours of its own: two open jobs, one that is taken, one that is paused."""
    with live.app.app_context():
        career_site(accent="#0a6b4f", shows_count=True)
        title = Words.both(SAYS["en"]["title"], SAYS["de"]["title"])
        rows = {
            "kiel": posting(title=title, place="Kiel", rm_type=RmType.CORPORATE, offer_days=10),
            "altona": posting(),
            "closed": posting(status=PostingStatus.CLOSED),
            "paused": posting(status=PostingStatus.PAUSED),
        }
        db.session.commit()
        return {name: row.slug for name, row in rows.items()}


def fits(page: Any) -> bool:
    """Whether nothing is wider than the screen."""
    fine: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fine


def fill_in(page: Any, name: str) -> None:
    """The form, as somebody on a phone fills it in."""
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(f"{name.split(maxsplit=1)[0].lower()}@example.org")
    page.locator("[name=motivation]").fill("I know how to listen.")
    cv = {"name": "CV.pdf", "mimeType": "application/pdf", "buffer": documents.pdf([name])}
    page.set_input_files("[name=cv]", cv)
    page.locator("[name=read]").check()
    page.locator("input[type=date]").fill(f"{clock.today().year + 9}-01-01")
    page.locator("input[type=radio][value=yes]").check()


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("de", True), ("de", False)])
def test_from_the_list_through_a_filter_to_the_application(
    live, open_page, axe, slugs, monkeypatch, language, scripts
):
    monkeypatch.setattr(apply, "QUICKEST", 0)
    says = SAYS[language]
    page = open_page(language=language, width=390, height=844, java_script_enabled=scripts)
    page.goto("/careers/?lang=" + language)
    if scripts:
        axe(page)
        assert fits(page)

    page.locator(".filters__open").click()
    page.locator("select[name=place]").select_option("Kiel")
    page.locator(".filters__apply").click()
    page.locator(".jobs-page__set").wait_for()
    assert page.locator(".job").count() == 1
    assert says["set"] in page.locator(".jobs-page__set").inner_text()

    page.get_by_role("link", name=says["title"]).click()
    assert page.locator("h1").inner_text() == says["title"]
    button = page.locator(".apply-bar a")
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844  # in reach without scrolling
    if scripts:
        axe(page)
        assert fits(page)

    button.click()
    if scripts:
        axe(page)
    name = f"{language}{'' if scripts else 'x'} Lindemann"
    fill_in(page, name)
    page.get_by_role("button", name=says["send"]).click()
    page.wait_for_url("**/sent")

    with live.app.app_context():
        sent = [each for each in db.session.query(Application) if each.name == name]
        assert [each.language for each in sent] == [language]


@pytest.mark.parametrize(
    ("theme", "most"),
    [("light", None), ("dark", 4)],  # the dark colours are all on the first four
)
def test_every_public_page_is_for_everybody(open_page, axe, slugs, theme, most):
    page = open_page(color_scheme=theme, width=320, height=700)
    addresses = [
        f"/careers/{slugs['kiel']}",
        "/careers/",
        "/careers/?q=nothing&place=Kiel",
        "/careers/my-application/link",
        *(f"/careers/{slug}" for name, slug in slugs.items() if name != "kiel"),
        "/careers/imprint",
        "/careers/accessibility",
        "/careers/privacy",
    ]
    for address in addresses[:most]:
        page.goto(address)
        axe(page)
        assert fits(page), address


def test_the_bank_s_colour_is_on_the_button(open_page, slugs):
    colour = "getComputedStyle(document.querySelector('.apply-bar .btn-primary')).backgroundColor"
    light, dark = open_page(width=390, color_scheme="light"), open_page(width=390, color_scheme="dark")
    for page in (light, dark):
        page.goto(f"/careers/{slugs['kiel']}")

    assert light.evaluate(colour) == "rgb(10, 107, 79)"
    assert dark.evaluate(colour) not in ("rgb(10, 107, 79)", "rgb(163, 181, 255)")


def test_the_keyboard_reaches_a_job(open_page, slugs):
    page = open_page()
    page.goto("/careers/?sort=title")
    for _press in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "job__title":
            break
    page.keyboard.press("Enter")

    page.locator(".posting").wait_for()
    assert page.url.split("/careers/")[1].split("?")[0] in slugs.values()


def test_on_paper_a_job_is_its_text(open_page, slugs):
    page = open_page()
    page.goto(f"/careers/{slugs['kiel']}")
    page.emulate_media(media="print")

    for gone in (".apply-bar", ".public-bar nav", ".btn"):
        for found in page.locator(gone).all():
            assert not found.is_visible(), gone
    assert page.locator(".posting__text").is_visible()
    assert page.locator(".offer dl").is_visible()
