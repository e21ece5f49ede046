"""Pages in the browser that remember what a person would not see: errors, refused content, other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

#: What axe is asked: all its rules. Without `preload`: it would fetch the style sheets anew and put them
#: inline, which the page's CSP refuses aloud.
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
#: A page that answers 4xx on purpose, or is without a connection, makes the browser say so on its console.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
)


@dataclass
class Watch:
    """What went wrong on the pages of one browser context, in words."""

    host: str
    problems: list[str] = field(default_factory=list)

    def take(self) -> list[str]:
        """The problems so far; the list starts anew."""
        taken, self.problems = self.problems, []
        return taken


def watch(context: BrowserContext, host: str) -> Watch:
    """Collect console errors (violations of the CSP are among them), script errors and requests elsewhere."""
    seen = Watch(host)

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            seen.problems.append(f"console: {message.text}")

    def request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != host:
            seen.problems.append(f"request to another host: {url.scheme}://{url.netloc}")

    context.on("console", console)
    context.on("weberror", lambda error: seen.problems.append(f"script: {error.error}"))
    context.on("request", request)
    return seen


def appearance(page: Page) -> tuple[bool, ...]:
    """As what a page is shown: on a phone, dark, with something to correct, with a dialog open."""
    shown: list[bool] = page.evaluate(
        """() => [
            window.innerWidth < 600,
            document.documentElement.dataset.bsTheme === "dark",
            document.querySelector("[aria-invalid=true]") !== null,
            document.querySelector("dialog[open]") !== null,
        ]"""
    )
    return tuple(shown)


def accessibility(page: Page) -> list[str]:
    """What axe finds on the page as it is now: one line per finding, with the first place."""
    results = Axe().run(page, options=AXE_OPTIONS).response
    return [_finding(violation) for violation in results["violations"]]


def _finding(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    first = " ".join(str(part) for part in nodes[0]["target"]) if nodes else "?"
    more = f" and {len(nodes) - 1} more" if len(nodes) > 1 else ""
    return f"axe {violation['id']} ({violation['impact']}): {violation['help']}: {first}{more}"
