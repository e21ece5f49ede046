"""What a phone loads that comes for the first time, and what it loads after: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rmhr.core.db import db
from tests.factories.postings import posting
from tests.support.live import Live, served

pytestmark = pytest.mark.browser

MOST_REQUESTS, MOST_BYTES = 12, 120 * 1024
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True, "device_scale_factor": 3}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The product as a bank runs it, with as many jobs as a list shows at once."""
    with served(tmp_path_factory.mktemp("bank"), ENV_NAME="production") as live:
        with live.app.app_context():
            for _ in range(25):
                posting()
            db.session.commit()
        yield live


@pytest.fixture
def visit(bank: Live, open_page_on: Any) -> Callable[[str], tuple[list[str], int]]:
    """`visit(path)` opens it on one phone; gives what was asked of the server, and how many bytes came."""
    page = open_page_on(bank)(**PHONE)
    line = page.context.new_cdp_session(page)
    asked: dict[str, str] = {}
    came: dict[str, int] = {}

    def remember(event: Any) -> None:
        if event["request"]["url"].startswith("http"):
            asked[event["requestId"]] = event["request"]["url"].removeprefix(bank.url)

    line.on("Network.requestWillBeSent", remember)
    line.on("Network.requestServedFromCache", lambda event: asked.pop(event["requestId"], None))
    line.on(
        "Network.responseReceived",
        lambda event: event["response"].get("fromDiskCache") and asked.pop(event["requestId"], None),
    )
    line.on(
        "Network.loadingFinished",
        lambda event: came.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    line.send("Network.enable")

    def open_(path: str) -> tuple[list[str], int]:
        asked.clear()
        came.clear()
        page.goto(path, wait_until="networkidle")
        return list(asked.values()), sum(came[number] for number in asked if number in came)

    return open_


def first_posting(bank: Live) -> str:
    with bank.app.test_client() as client:
        found = client.get("/careers/?lang=en").text.partition('href="/careers/relationship-manager-')[2]
    return f"/careers/relationship-manager-{found.partition(chr(34))[0]}"


def test_a_first_visit_is_small(visit: Any):
    asked, size = visit("/careers/")
    assert asked[0] == "/careers/"
    kinds = sorted(path.rpartition(".")[2] for path in asked[1:])
    assert {"css", "js"} <= set(kinds)
    assert len(asked) <= MOST_REQUESTS, asked
    assert 10_000 < size <= MOST_BYTES


def test_the_next_page_loads_itself_alone(visit: Any, bank: Live):
    path = first_posting(bank)
    visit("/careers/")
    asked, size = visit(path)
    assert asked == [path]
    assert size < 30_000


def test_a_posting_is_small_as_well(visit: Any, bank: Live):
    asked, size = visit(first_posting(bank))
    assert len(asked) <= MOST_REQUESTS, asked
    assert size <= MOST_BYTES
