"""What machines read: feeds for job boards, sitemap, robots.txt.

A feed in one language speaks that of `?lang=`, else that of the reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from rmhr.careers import feeds, queries
from rmhr.careers.views.blueprint import feeds as bp
from rmhr.core.i18n import DEFAULT, LANGUAGES, speaking
from rmhr.core.policy import anyone
from rmhr.web import caching
from rmhr.web.brand import brand

bp.before_request(caching.as_made_before)
bp.after_request(caching.for_visitors)


@bp.get("/careers/feed.xml", access=anyone)
def rss() -> ResponseReturnValue:
    """RSS 2.0."""
    with _asked_language():
        return _sent(feeds.rss(queries.told(), brand().name, queries.last_change()), "application/rss+xml")


@bp.get("/careers/indeed.xml", access=anyone)
def indeed() -> ResponseReturnValue:
    """What Indeed reads, in every language that there is."""
    return _sent(feeds.indeed(queries.told(), brand().name, queries.last_change()), "application/xml")


@bp.get("/careers/jobs.json", access=anyone)
def jobs() -> ResponseReturnValue:
    """The same as JSON. Any page may read it: it is what everybody can read."""
    with _asked_language():
        response = jsonify(feeds.listed(queries.told(), brand().name, queries.last_change()))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.cache_control.max_age = caching.FEED
    return response


@bp.get("/sitemap.xml", access=anyone)
def sitemap() -> ResponseReturnValue:
    """Every public page, for search engines."""
    return _sent(feeds.sitemap(queries.addresses(), queries.last_change()), "application/xml")


@bp.get("/robots.txt", access=anyone)
def robots() -> ResponseReturnValue:
    """What search engines may read."""
    return _sent(feeds.robots().encode(), "text/plain")


@contextmanager
def _asked_language() -> Iterator[None]:
    """A feed has no memory: no cookie is read or set."""
    asked = request.args.get("lang", "")
    best = request.accept_languages.best_match(LANGUAGES) or DEFAULT
    with speaking(asked if asked in LANGUAGES else best):
        yield


def _sent(data: bytes, kind: str) -> Response:
    response = Response(data, content_type=f"{kind}; charset=utf-8")
    response.cache_control.max_age = caching.FEED
    return response
