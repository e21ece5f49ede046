"""HEAD answers as GET does, without the body: the same headers, to the letter (RFC 9110, 9.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

#: Where the environment says what was really asked: for the log.
ASKED = "rmhr.method"
Answer = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class HeadAsGet:
    """Asks the application as GET and leaves out what it answers: no page has to think of HEAD."""

    def __init__(self, app: Answer) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self.app(environ, start_response)
        body = self.app({**environ, "REQUEST_METHOD": "GET", ASKED: "HEAD"}, start_response)
        if (close := getattr(body, "close", None)) is not None:
            close()
        return []


def init_app(app: Flask) -> None:
    """Put it before the application, behind what serves files."""
    app.wsgi_app = HeadAsGet(app.wsgi_app)  # type: ignore[method-assign]
