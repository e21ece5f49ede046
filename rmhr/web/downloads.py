"""Files on their way to a person: never run, never guessed at, never kept by a cache in between."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from flask import Response, send_file

from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.core.i18n import gettext
from rmhr.models.documents import Document

#: What a stranger's file may do if a browser shows it after all: nothing.
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"
#: The viewers of browsers do not open a PDF in a sandbox; they run no page of ours either.
VIEWED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
#: How each of the two ends, and how it ends where a page of ours shows the file in a frame.
NOWHERE, IN_OUR_PAGES = "frame-ancestors 'none'", "frame-ancestors 'self'"
#: What a browser shows safely by itself. Everything else is saved, even where it was asked for inline.
SHOWN = (store.PDF.content_type, store.TXT.content_type)


def shows(document: Document) -> bool:
    """Whether a browser shows this file safely by itself."""
    return document.content_type in SHOWN


def send(document: Document, inline: bool = False, framed: bool = False) -> Response:
    """An uploaded file under its own name, to be saved; `inline`: to be looked at, where that is safe.

    `framed`: a page of ours may show it in a frame. Raises NotPossible when the file is gone from the data folder.
    """
    inline = inline and shows(document)
    try:
        response = send_file(
            store.path_of(document),
            mimetype=document.content_type,
            as_attachment=not inline,
            download_name=document.name,
            conditional=False,
            etag=False,
            max_age=None,
        )
    except FileNotFoundError:
        raise NotPossible(
            gettext("The file “%(name)s” is not there any more. Ask the administrators.", name=document.name)
        ) from None
    if document.content_type == store.TXT.content_type:
        # In whatever encoding it came: the browser finds out, nobody else should.
        response.headers["Content-Type"] = "text/plain"
    policy = VIEWED if inline and document.content_type == store.PDF.content_type else LOCKED
    if not (inline and framed):
        return _locked(response, policy)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return _locked(response, policy.replace(NOWHERE, IN_OUR_PAGES))


def send_made(
    data: bytes | BinaryIO, name: str, content_type: str = "application/pdf", inline: bool = False
) -> Response:
    """A file that the product made just now, a certificate for example. An open one is sent piece by piece.

    `content_type` has no charset: text is UTF-8, and that is said once. Raises ValueError for one that has.
    """
    if ";" in content_type:
        raise ValueError(f"{content_type}: the charset is said by what sends it")
    response = send_file(
        io.BytesIO(data) if isinstance(data, bytes) else data,
        mimetype=content_type,
        as_attachment=not inline,
        download_name=name,
        conditional=False,
        etag=False,
        max_age=None,
    )
    return _locked(response, VIEWED if inline else LOCKED)


def _locked(response: Any, policy: str) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    sent: Response = response
    return sent
