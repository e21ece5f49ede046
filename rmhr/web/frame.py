"""What the layout around every page needs: language, theme, areas, the bank's name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, has_request_context, request, session
from werkzeug.local import LocalProxy

from rmhr.core import bank
from rmhr.core.i18n import DEFAULT, LANGUAGES, OWN_NAMES, language
from rmhr.version import VERSION
from rmhr.web import caching, nav
from rmhr.web.application import once
from rmhr.web.auth import colleague, person_key
from rmhr.web.forms import csrf_field
from rmhr.web.icons import brand_mark, icon
from rmhr.web.panels import Slot, panels_of

#: Where the session keeps a visitor's choice.
CHOSEN = "language"
#: What reads the same in every language.
SAME_IN_ALL = frozenset({"static", "bootstrap.static", "careers.colours", "careers.logo"})


def chosen_language() -> str:
    """The language of this page: the link's, the person's own, the visitor's choice, or what the browser prefers."""
    if not has_request_context():
        return DEFAULT
    if (user := colleague()) is not None:
        if session.get(CHOSEN) != user.language:
            session[CHOSEN] = user.language  # known also while the database is not to be had
        return user.language
    wanted = request.args.get("lang", "")
    if wanted in LANGUAGES:
        if not caching.keeps_pages():  # those set no cookie: their links carry the language
            session[CHOSEN] = wanted
        return wanted
    if session.get(CHOSEN) in LANGUAGES:
        return str(session[CHOSEN])
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT


def _carry_language(endpoint: str, values: dict[str, Any]) -> None:
    """On a page that sets no cookie a link carries the language that its own address asks for."""
    wanted = request.args.get("lang") if has_request_context() else None
    if wanted not in LANGUAGES or endpoint in SAME_IN_ALL:
        return
    if caching.keeps_pages() and colleague() is None:
        values.setdefault("lang", wanted)


def _languages() -> list[tuple[str, str, str, bool]]:
    """(code, own name, this page in that language, whether it is the present one)."""
    here = language()
    # Written by hand: url_for would take `?endpoint=` or `?_external=` for its own.
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    kept = asked if request.method == "GET" else []
    return [
        (code, OWN_NAMES[code], f"?{urlencode([*kept, ('lang', code)])}", code == here) for code in LANGUAGES
    ]


def _around() -> dict[str, Any]:
    """A page is written once; a dialog gets it without the frame (X-Fragment)."""
    person = colleague()
    areas = nav.areas_of(person)
    fragment = has_request_context() and request.headers.get("X-Fragment") == "1"
    tabs = [area for area in areas if area.tab][:5]
    return {
        "layout": f"layouts/{'fragment' if fragment else 'base'}.html",
        "public_layout": f"layouts/{'fragment' if fragment else 'public'}.html",
        "person_key": person_key(),
        "areas": areas,
        "tabs": tabs if len(tabs) > 2 else [],
        "languages": _languages(),
        "language": language(),
        "theme": person.theme.value if person else "system",
        "bell": {"count": 0, "shown": "0", "words": ""},
        "product_version": VERSION,
        "bank_name": LocalProxy(bank.name),  # not asked for where a page does not say it
    }


def init_app(app: Flask) -> None:
    """Give every template what its layout needs."""
    app.context_processor(_around)
    app.url_defaults(_carry_language)
    app.jinja_env.globals.update(
        csrf_field=csrf_field,
        once=once,
        icon=icon,
        brand_mark=brand_mark,
        panels_of=panels_of,
        slots=Slot,
    )
