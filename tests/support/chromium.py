"""A Chromium for the browser tests and the pictures: the one of the system, or Playwright's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: The shell comes first: it draws no window, which costs the whole browser more than the pages do.
#: No sandbox because the suite may run as root in a container, and it opens nothing but our own pages.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]


def find() -> str | None:
    """Where a Chromium is, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), Path.home() / ".cache" / "ms-playwright"]
    for cache in caches:
        if cache and (found := sorted(Path(cache).glob("chromium*/chrome-linux*/*"), reverse=True)):
            for place in found:
                if place.name in ("chrome", "headless_shell", "chrome-headless-shell"):
                    return str(place)
    return None


@contextmanager
def running(path: str) -> Iterator[Browser]:
    """The Chromium at `path`, started; each caller makes contexts of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
