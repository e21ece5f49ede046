"""A paper as HTML: its tables as the product's own, which a phone shows row by row, and its blanks marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from rmhr.core.words import TAGS
from rmhr.duties.papers.kinds import BLANK

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "table": {"class"},
    "th": {"scope"},
    "td": {"data-label"},
}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


def html(text: str) -> Markup:
    """Markdown with tables and blanks; no script, no raw HTML."""
    return Markup(_rendered(text))


@lru_cache(maxsize=200)
def _rendered(text: str) -> str:
    tokens = list(_labelled(_markdown.parse(text)))
    made = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        made, tags=TAGS | _TABLE, attributes=_ATTRIBUTES, url_schemes={"https", "http", "mailto"}
    )
    return BLANK.sub(lambda found: f"<mark>[{found[1]}]</mark>", clean)


def _labelled(tokens: Sequence[Token]) -> Iterator[Token]:
    """Each cell of a table says in which column it is."""
    heads: list[str] = []
    column = 0
    for number, token in enumerate(tokens):
        match token.type:
            case "table_open":
                heads = []
                token.attrSet("class", "table paper__table")
            case "tr_open":
                column = 0
            case "th_open":
                heads.append(_words(tokens[number + 1]))
                token.attrSet("scope", "col")
            case "td_open":
                token.attrSet("data-label", heads[column])
                column += 1
        yield token


def _words(inline: Any) -> str:
    return "".join(child.content for child in inline.children or [])
