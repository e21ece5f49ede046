"""The way back: to a page of ours, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

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
