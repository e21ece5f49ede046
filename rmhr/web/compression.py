"""Answers that are sent smaller, and those that are not: docs/decisions/0019-what-a-page-loads.md.

How small an answer becomes tells whoever watches the line whether two things in it are alike (BREACH). So what is
somebody's own is sent as it is wherever the address or a form can put words into it; nobody can guess a secret there.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli
from flask import Flask, Response, request, session

from rmhr.core.i18n import LANGUAGES
from rmhr.web.caching import TOKEN

#: What browsers show or read as text. Files to take home and pictures are small already, or sent row by row.
KINDS = frozenset(
    {
        "text/html",
        "text/css",
        "text/plain",
        "text/xml",
        "application/json",
        "application/ld+json",
        "application/rss+xml",
        "application/xml",
    }
)
#: What is smaller fits into the first packet anyway.
WORTHWHILE = 1024
#: In this order, where the browser takes both: what is sent to many is made as small as is worth it once, what is
#: somebody's own as small as it becomes in a tenth of a millisecond.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, compresslevel=5, mtime=0),
}
AT_ONCE: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=1),
    "gzip": lambda body: gzip.compress(body, compresslevel=1, mtime=0),
}
#: Pages with a key that stays good: in their text, or in their address under one of these names.
SHOW_KEYS = frozenset({"webhooks.show"})
ADDRESSED_BY_KEYS = frozenset({"token", "secret"})


def init_app(app: Flask) -> None:
    """Compress what may be. Registered before what makes answers ready, so that it comes after it."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Send it smaller, if it is text, worthwhile, understood, and gives nothing away."""
    if response.mimetype not in KINDS or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    encoding = next((name for name in ENCODINGS if request.accept_encodings.quality(name) > 0), None)
    if encoding is None or response.status_code in (204, 206, 304) or gives_away(response):
        return response
    body = response.get_data()
    if len(body) >= WORTHWHILE:
        # What is the same for everybody is sent to many.
        shared = response.cache_control.public
        response.set_data(_shared(encoding, body) if shared else AT_ONCE[encoding](body))
        response.headers["Content-Encoding"] = encoding
    return response


@lru_cache(maxsize=64)
def _shared(encoding: str, body: bytes) -> bytes:
    return ENCODINGS[encoding](body)


def gives_away(response: Response) -> bool:
    """Whether its size could tell a secret: it is somebody's own, and others can put words into it."""
    if not (session or TOKEN in response.get_data()):
        return False
    return _has_a_key() or request.method != "GET" or _words_come_along()


def _has_a_key() -> bool:
    return request.endpoint in SHOW_KEYS or not ADDRESSED_BY_KEYS.isdisjoint(request.view_args or ())


def _words_come_along() -> bool:
    """Whether the address carries what a page could repeat. That `lang` is one of two says nothing."""
    return any(name != "lang" or value not in LANGUAGES for name, value in request.args.items(multi=True))
