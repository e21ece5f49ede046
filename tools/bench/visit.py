"""The first visit: the career list on a phone, with nothing kept from before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support import chromium

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}


@dataclass
class Visit:
    """What a browser asked for, and how many bytes came over the wire, headers included."""

    requests: int = 0
    received: int = 0


def first(path: str, url: str) -> Visit:
    """Open an address with the Chromium at `path`, until nothing more is asked for."""
    visit = Visit()
    with chromium.running(path) as browser:
        context = browser.new_context(**PHONE)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda event: _asked(visit, event))
        session.on("Network.loadingFinished", lambda event: _received(visit, event))
        page.goto(url, wait_until="networkidle")
        context.close()
    return visit


def _asked(visit: Visit, event: dict[str, Any]) -> None:
    visit.requests += not event["request"]["url"].startswith("data:")


def _received(visit: Visit, event: dict[str, Any]) -> None:
    visit.received += int(event["encodedDataLength"])
