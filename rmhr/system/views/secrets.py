"""Mails as administrators look at them: without what opens other people's doors."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from rmhr.core.patterns import Pattern
from rmhr.web.logs import SECRET_ARGUMENTS

HIDDEN = "•••"
#: Letters and figures in such a row are no word.
RANDOM = Pattern(r"[A-Za-z0-9_-]{24,}")
#: What belongs to an address that a text names.
PATH = Pattern(r"/[^\s\"'<>]*")


def hides_links() -> bool:
    """Whether private links are nobody's business but the recipient's.

    They are where mail is sent. Where it is only kept, this page is how a link reaches the one it is for.
    """
    return bool(current_app.config["SMTP_URL"])


def shown(text: str) -> str:
    """The text, without the secret part of private links where those are to be hidden."""
    if hides_links():
        for secret in sorted(set(_secrets(text)), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
    return text


def _secrets(text: str) -> Iterator[str]:
    """What opens a door, in the addresses of our own pages that a text names."""
    own = current_app.config["PUBLIC_URL"]
    parts = urlsplit(own)
    adapter = current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
    for rest in text.split(own)[1:]:
        if not (found := PATH.match(rest)):
            continue
        address = found[0]
        path = address.split("?")[0].split("#")[0]
        yield from RANDOM.findall(address)
        try:
            _endpoint, values = adapter.match(path, method="GET")
        except HTTPException:
            continue
        yield from (str(value) for name, value in values.items() if name in SECRET_ARGUMENTS)
