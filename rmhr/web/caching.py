"""What is kept of the public pages: by a visitor's browser and whatever stands between, and by this process."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, g, request, session

from rmhr.core import clock, public_state
from rmhr.core.i18n import language
from rmhr.web.auth import colleague

#: Seconds for which a page need not be asked for again; a view may say another number by itself.
PAGE, FEED, PICTURE = 60, 900, 86_400
#: What makes a page somebody's own.
TOKEN = b'name="csrf_token"'
#: Where Flask keeps in the session what the next page tells.
TOLD = "_flashes"
#: Bytes of pages that a process keeps.
ROOM = 8_000_000
PAGES = "public pages"


@dataclass(frozen=True)
class Made:
    """A page as it was made for a stranger."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Pages:
    """The pages of one state of what they are made of, by what else they depend on; the oldest goes for the newest."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._taken = room, 0
        self._lock = Lock()
        self._state: Any = None
        self._made: OrderedDict[Any, Made] = OrderedDict()

    def find(self, state: Any, key: Any) -> Made | None:
        """The page for this key, where it was made in this state."""
        with self._lock:
            if state != self._state or key not in self._made:
                return None
            self._made.move_to_end(key)
            return self._made[key]

    def keep(self, state: Any, key: Any, made: Made) -> None:
        """Keep it; those of another state go."""
        with self._lock:
            if state != self._state:
                self._made.clear()
                self._state, self._taken = state, 0
            if key in self._made or len(made.body) > self._room:
                return
            self._made[key] = made
            self._taken += len(made.body)
            while self._taken > self._room:
                _key, gone = self._made.popitem(last=False)
                self._taken -= len(gone.body)


def keeps_pages() -> bool:
    """Whether the blueprint of this request has pages that are the same for every stranger (see `for_visitors`)."""
    return for_visitors in current_app.after_request_funcs.get(request.blueprint, ())


def as_made_before() -> Response | None:
    """The page as it was made for another stranger, as long as nothing of it has changed. For `before_request`.

    One query. Not for people who are signed in, and not where there is something to be told.
    """
    pages: Pages | None = current_app.extensions[PAGES]
    own = colleague() is not None or TOLD in session
    if pages is None or own or request.method not in ("GET", "HEAD"):
        return None
    g.page_state = public_state.stamp(), clock.today()
    g.page_key = request.url_root, request.full_path, language(), request.headers.get("X-Fragment")
    found = pages.find(g.page_state, g.page_key)
    return Response(found.body, found.status, list(found.headers)) if found else None


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
    if "page_key" in g:
        made = Made(response.status_code, tuple(response.headers.items()), response.get_data())
        current_app.extensions[PAGES].keep(g.page_state, g.page_key, made)
    if response.status_code == 200:
        response.make_conditional(request)
    return response


def init_app(app: Flask) -> None:
    """Keep pages in production: elsewhere templates change, and tests take back what they wrote."""
    app.extensions[PAGES] = Pages() if app.config["ENV_NAME"] == "production" else None
