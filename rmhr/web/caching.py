"""What a visitor's browser, and whatever stands between, may keep of the public pages."""

from __future__ import annotations

from flask import Response, current_app, request, session

from rmhr.web.auth import colleague

#: Seconds for which a page need not be asked for again; a view may say another number by itself.
PAGE, FEED, PICTURE = 60, 900, 86_400
#: What makes a page somebody's own.
TOKEN = b'name="csrf_token"'


def keeps_pages() -> bool:
    """Whether the blueprint of this request has pages that are the same for every stranger (see `for_visitors`)."""
    return for_visitors in current_app.after_request_funcs.get(request.blueprint, ())


def for_visitors(response: Response) -> Response:
    """Let a page that is the same for every stranger be kept and asked for by its ETag; leave all others alone.

    Not for people who are signed in, not with a token in it, not where the answer sets a cookie. For `after_request`
    of a blueprint.
    """
    own = colleague() is not None or session.modified
    if own or request.method not in ("GET", "HEAD") or response.status_code not in (200, 410):
        return response
    response.direct_passthrough = False
    if TOKEN in response.get_data():
        return response
    response.cache_control.public = True
    if response.cache_control.max_age is None:
        response.cache_control.max_age = PAGE
    response.vary.update(("Accept-Language", "Cookie"))
    if response.status_code == 200:
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
