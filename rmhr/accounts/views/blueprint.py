"""The one blueprint of this stage, and what its pages have in common."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request

from rmhr.web.blueprint import Blueprint
from rmhr.web.forms import TransitionForm

bp = Blueprint("accounts", __name__)

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


def require_token() -> None:
    """Answer 400 where a one-click deed comes without its token: from another site, or a very old page."""
    if not TransitionForm.from_request().ready():
        abort(400)
