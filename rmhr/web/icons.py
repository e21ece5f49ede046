"""Icons as SVG in the page, read from the Bootstrap Icons that the Bootstrap-Flask wheel brings along."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

#: Our own sign: the sun over water, in five strokes.
BRAND = Markup(
    '<svg class="brand__mark" viewBox="0 2 24 24" aria-hidden="true" fill="none" stroke="currentColor"'
    ' stroke-width="1.5" stroke-linecap="round"><path d="M2 19.25h20M4.5 15.25h15M7.5 11.25h9"/>'
    '<path d="M8.2 7.6a4.6 4.6 0 0 1 7.6 0"/></svg>'
)


class UnknownIcon(LookupError):
    """There is no drawing of that name."""


@cache
def _sprite() -> str:
    folder = files("flask_bootstrap") / "static" / "bootstrap5" / "icons"
    return (folder / "bootstrap-icons.svg").read_text(encoding="utf-8")


@cache
def _drawing(name: str) -> tuple[str, str]:
    """The viewBox and the paths of one drawing. Only what is used is looked at: there are two thousand."""
    sprite = _sprite()
    at = sprite.find(f'id="{name}"')
    if at < 0:
        raise UnknownIcon(f"there is no icon called {name!r} in Bootstrap Icons")
    start = sprite.rfind("<symbol", 0, at)
    opening, closing = sprite.index(">", at), sprite.index("</symbol>", at)
    box = re.search(r'viewBox="([^"]+)"', sprite[start:opening])
    return box[1] if box else "0 0 16 16", sprite[opening + 1 : closing].strip()


@cache
def _svg(name: str, size: str | None, label: str | None) -> Markup:
    box, paths = _drawing(name)
    kind = Markup("icon icon--{}").format(size) if size else "icon"
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="{}" viewBox="{}" {}>{}</svg>').format(kind, box, spoken, Markup(paths))


def icon(name: str, size: str | None = None, label: object = None) -> Markup:
    """The drawing `name` as SVG. `size` is "small" or "large"; a `label` is read aloud."""
    return _svg(name, size, str(label) if label else None)


def brand_mark() -> Markup:
    """The bank's sign, drawn in the colour of the words beside it."""
    return BRAND
