"""What the picture tool measures on a page."""

from __future__ import annotations

from typing import Any

import pytest

from tools.shots.look import CLOSE

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

PAGE = """<!doctype html><style>* {{ margin: 0; }} p, li, summary {{ font: 14px/20px sans-serif; }} {style}</style>
<main>{body}</main>"""
GROUND = ".notice { background: #eee; padding: 12px; }"


@pytest.mark.parametrize(
    ("style", "body", "found"),
    [
        ("", "<p>Words</p><ul><li>One</li></ul>", ["p / ul"]),
        ("ul { margin-top: 12px; }", "<p>Words</p><ul><li>One</li></ul>", []),
        ("ul { padding-top: 12px; }", "<p>Words</p><ul><li>One</li></ul>", []),
        (GROUND, "<p>Words</p><div class=notice><p>One</p></div>", ["p / div.notice"]),
        ("", "<p>Words</p><p>Lines of one paragraph after the other</p>", []),
        ("main { display: flex; }", "<p>Words</p><ul><li>Beside it</li></ul>", []),
        ("", "<p>Words</p><ul hidden><li>One</li></ul>", []),
    ],
)  # fmt: skip
def test_what_stands_too_close_is_found(chromium: Any, style: str, body: str, found: list[str]) -> None:
    page = chromium.new_page()
    page.set_content(PAGE.format(style=style, body=body))
    assert page.evaluate(CLOSE) == found
    page.close()
