"""Pages for what went wrong, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("de", 390)])
def test_a_page_that_is_not_there_says_so(open_page: Any, axe: Any, language: str, width: int) -> None:
    page = open_page(language=language, width=width)

    answer = page.goto("/no/such/page")

    assert answer.status == 404
    assert page.evaluate("document.documentElement.lang") == language
    assert page.get_by_role("heading", level=1).inner_text()
    axe(page)
