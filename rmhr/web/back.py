"""Addresses of ours that something from outside goes into: the way back, and what stood in an address before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for

#: Characters that browsers drop from an address or take for something else.
_TRICKS = frozenset("\\\t\r\n\x00 ")


def own_path(wanted: str | None, otherwise: str) -> str:
    """`wanted` if it is a path of ours, else `otherwise`: no link to our sign-in sends anybody elsewhere."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or _TRICKS & set(wanted):
        return otherwise
    parts = urlsplit(wanted)
    return otherwise if parts.scheme or parts.netloc else wanted


def came_from(otherwise: str) -> str:
    """The path of ours from which this request was sent."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return otherwise
    return own_path(parts.path + (f"?{parts.query}" if parts.query else ""), otherwise)


def here(**more: Any) -> str:
    """The address of this page with what is named here set, or taken off where it is None."""
    query = {name: value for name, value in request.args.items() if name not in more}
    query |= {name: str(value) for name, value in more.items() if value is not None}
    return with_query(request.endpoint or "", query, **(request.view_args or {}))


def with_query(endpoint: str, query: Mapping[str, str], **values: Any) -> str:
    """The address of a page with a query whose names come from outside.

    url_for would take `_external`, `_anchor`, `_method` and the like among them for its own.
    """
    address = url_for(endpoint, **values)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address
