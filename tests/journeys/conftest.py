"""A bank of its own for each story: served, with a mail server, on the day on which the story begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from rmhr.core import clock
from tests.journeys.story import BEGIN
from tests.support.bank import Bank
from tests.support.smtp import server


@pytest.fixture
def bank(live: Any, open_page_on: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Bank]]:
    """`bank("de")` is a bank whose people read German."""
    with ExitStack() as stack:

        def opened(language: str) -> Bank:
            post = stack.enter_context(server())
            monkeypatch.setitem(live.app.config, "SMTP_URL", post.url)
            made = Bank(live, post, language, open_page_on(live), clock.moment(BEGIN, 9))
            monkeypatch.setattr(clock, "now", lambda: made.time)
            made.populate()
            return made

        yield opened
