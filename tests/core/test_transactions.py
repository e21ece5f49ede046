"""When a transaction begins: whoever only reads does not wait, and whoever may write does from the start."""

from __future__ import annotations

import pytest

from rmhr.core.db import reading

pytestmark = pytest.mark.both


def test_what_a_thread_does_after_a_page_may_write_again(browser):
    """Else it would begin as a reader, and SQLite refuses a reader that writes while somebody else does."""
    browser().get("/careers/")

    assert reading.get() is False
