"""One page in the browser: its pictures, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from tests.support.pages import accessibility, watch
from tools.shots.tour import Stop
from tools.shots.words import English, problems

HEIGHTS = {1440: 900, 390: 844}
LOCALES = {"en": "en-GB", "de": "de-DE"}

#: Functions that run in the page: see there.
TEXTS, OVERFLOW, CLOSE = (
    (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8")
    for name in ("texts", "overflow", "close")
)


@dataclass(frozen=True)
class Way:
    """How to look at each page."""

    base: str
    cookie_name: str
    widths: tuple[int, ...]
    themes: tuple[str, ...]
    folder: Path
    stored: re.Pattern[str]
    english: English


@dataclass(frozen=True)
class Problem:
    """Something wrong on a page, and where it was seen."""

    stop: Stop
    seen: str  # "1440 light en"
    what: str


def look(browser: Browser, stop: Stop, language: str, way: Way) -> list[Problem]:
    """Open a page once in a language, and take its picture at every width in every theme."""
    size: Any = {"width": way.widths[0], "height": HEIGHTS[way.widths[0]]}
    theme: Any = way.themes[0]
    context = browser.new_context(
        base_url=way.base,
        locale=LOCALES[language],
        viewport=size,
        color_scheme=theme,
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    seen = watch(context, way.base.removeprefix("http://"))
    if stop.cookie:
        context.add_cookies([{"name": way.cookie_name, "value": stop.cookie, "url": way.base}])
    found: list[Problem] = []
    try:
        page = context.new_page()
        answer = page.goto(stop.url, wait_until="load")
        spoken = page.evaluate("document.documentElement.lang")
        if answer and answer.status >= 400 and not stop.name.startswith("error."):
            found.append(Problem(stop, language, f"answers {answer.status}"))
        if spoken != language:
            found.append(Problem(stop, language, f"speaks {spoken!r} instead of {language!r}"))
        found += [Problem(stop, language, what) for what in _words(page, language, way)]
        for width in way.widths:
            for theme in way.themes:
                where = f"{width} {theme} {language}"
                found += [
                    Problem(stop, where, what) for what in _capture(page, stop, width, theme, language, way)
                ]
        found += [Problem(stop, language, what) for what in seen.take()]
    except BrowserError as error:
        found.append(Problem(stop, language, f"the browser gave up: {str(error).splitlines()[0]}"))
    finally:
        context.close()
    return found


def picture(stop: Stop, width: int, theme: str, language: str) -> str:
    """The path of a picture inside the album."""
    return f"{stop.role}/{stop.name}-{width}-{theme}-{language}.png"


def _words(page: Page, language: str, way: Way) -> list[str]:
    texts: list[str] = page.evaluate(TEXTS)
    found = problems(texts, way.stored)
    if language == "de":
        found += [f"not translated: {text!r}" for text in way.english.found(texts)]
    return found


def _capture(page: Page, stop: Stop, width: int, theme: Any, language: str, way: Way) -> list[str]:
    found = []
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    if excess := page.evaluate(OVERFLOW):
        found.append(f"{excess[0]} px too wide, furthest out: {excess[1]}")
    if theme == way.themes[0]:
        found += [f"no room between {pair}" for pair in page.evaluate(CLOSE)]
    # What axe looks at does not depend on the language.
    if language == "en" and stop.scan:
        found += accessibility(page)
    page.screenshot(path=way.folder / picture(stop, width, theme, language), full_page=True)
    return found
