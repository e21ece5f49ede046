"""One page for each way of saying no, in the reader's language, with the way back."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, jsonify, render_template, request, session
from flask.typing import ResponseReturnValue
from markupsafe import escape
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from rmhr.core.db import db
from rmhr.core.errors import DomainError, NotAllowed, Stale
from rmhr.core.i18n import ask_again, gettext, language, speaking
from rmhr.core.trouble import Trouble, met, trouble
from rmhr.models.accounts import User
from rmhr.web import auth, brand, logs, sensitive
from rmhr.web.auth import visitor

#: A page, or a form once more: answers that show something.
SHOWS = (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)

#: So many characters are typed again without a sigh.
WORTH_KEEPING = 20
#: Fields of forms that no page gives back.
NEVER_SHOWN = {"csrf_token", "password", "present"}
#: Seconds after which a browser, a proxy or a script may try again.
TRY_AGAIN = 30


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _sent() -> list[tuple[str, str]]:
    """What one of our own pages sent, so that it can be sent again; without secrets and files."""
    if urlsplit(request.origin or "").netloc != request.host:
        return []
    try:
        fields = list(request.form.items(multi=True))
    except (HTTPException, OSError):  # it could not even be read
        return []
    return [(name, value) for name, value in fields if name not in NEVER_SHOWN]


def _files() -> list[str]:
    """The files that came with it, by name: a page cannot send them again."""
    try:
        return [file.filename for file in request.files.values() if file.filename]
    except (HTTPException, OSError):
        return []


def _typed() -> list[str]:
    """The texts among it that nobody likes to write a second time."""
    return [value for _name, value in _sent() if len(value) > WORTH_KEEPING]


def _page(status: int, message: str | None = None, way: tuple[str, str] = ("", "")) -> ResponseReturnValue:
    """The page that says so, in the product's frame; a plain one where not even that can be drawn.

    `way`: an address where what is needed now is found, and the words of the link.
    """
    try:
        return _drawn(status, message, way)
    except Exception as error:
        what = trouble(error)
        if what is not None:
            return unavailable(error, what)
        if current_app.config["TESTING"]:
            raise
        current_app.logger.exception("the error page cannot be drawn", exc_info=error)
        return _bare(status)


#: Said in both languages: which one is spoken may be what cannot be found out.
BARE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{status}</title></head><body>
<h1>Something went wrong</h1>
<p>Nothing was changed. Please try again in a moment.</p>
<h1 lang="de">Etwas ist schiefgegangen</h1>
<p lang="de">Nichts wurde ge&auml;ndert. Bitte versuchen Sie es gleich noch einmal.</p>
<p><a href="/">rmhr</a> {number}</p>
</body></html>
"""


def _bare(status: int) -> ResponseReturnValue:
    """A page that asks for nothing: no template, no catalogue, no database, no session."""
    return BARE.format(status=status, number=escape(logs.request_id() or "")), status


def _drawn(status: int, message: str | None, way: tuple[str, str]) -> ResponseReturnValue:
    session.pop("_flashes", None)  # what was not done is not said to be
    if _wants_json():
        title = HTTPStatus(status).phrase
        return jsonify(type="about:blank", title=title, status=status, detail=message or title), status
    known = isinstance(visitor(), User)
    values: dict[str, Any] = {} if known else {"layout": "layouts/public.html"}
    if message:
        return render_template(
            "refused.html", status=status, message=message, typed=_typed(), way=way, **values
        ), status
    if status == HTTPStatus.UNAUTHORIZED:
        page = render_template("signed_out.html", sent=_sent(), typed=_typed(), files=_files(), **values)
        return page, status
    return render_template("error.html", code=status, request_id=logs.request_id(), **values), status


def _refused(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    return _page(403 if isinstance(error, NotAllowed) else 409, str(error), (error.url, error.verb))


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return _refused(Stale(gettext("Somebody else has just changed this. Please look again.")))


def _http(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code)


def _met(error: IntegrityError) -> ResponseReturnValue:
    """Two at once: one of them was first, and the other is told. Raises what nobody can come to by being late."""
    if not met(error):
        if current_app.config["TESTING"]:
            raise error
        return _broken(error)
    current_app.logger.warning("two at once", exc_info=error)
    return _refused(
        Stale(
            gettext(
                "Somebody else has just done this, or changed what it needs. Please look at how things "
                "stand now."
            )
        )
    )


def unavailable(error: BaseException, what: Trouble) -> ResponseReturnValue:
    """The page for what could not be done just now. It asks no database: not even who is asking."""
    spoken = _spoken()
    current_app.logger.exception("unavailable", exc_info=error)
    _let_go()
    session.pop("_flashes", None)
    headers = {"Retry-After": str(TRY_AGAIN)}
    with speaking(spoken):
        if _wants_json():
            title = HTTPStatus.SERVICE_UNAVAILABLE.phrase
            detail = gettext("Nothing was saved. Please send it again in a moment.")
            return jsonify(type="about:blank", title=title, status=503, detail=detail), 503, headers
        fragment = request.headers.get("X-Fragment") == "1"
        page = render_template(
            "unavailable.html",
            layout=f"layouts/{'fragment' if fragment else 'public'}.html",
            full=what is Trouble.FULL,
            sent=_sent(),
            typed=_typed(),
            files=_files(),
        )
    return page, 503, headers


def _spoken() -> str:
    """The language of whoever is asking, as far as it is known without the database."""
    user = sa.inspect(g.get("_login_user"), raiseerr=False)
    known = user.dict.get("language") if user is not None else None
    if known:
        return str(known)
    _let_go()
    return language()


def _let_go() -> None:
    """From here on nobody is signed in and nothing is looked up."""
    with suppress(SQLAlchemyError):
        db.session.rollback()
    g._login_user = auth.login_manager.anonymous_user()
    g.pop("actor", None)
    ask_again()
    brand.without_database()


def _cannot_be_kept(error: Exception) -> ResponseReturnValue:
    """What was sent is no value that a database has: a number without end, half a sign, a day that there is not."""
    current_app.logger.warning("what was sent cannot be kept", exc_info=error)
    db.session.rollback()
    return _page(400)


def _unless_broken(error: Exception) -> ResponseReturnValue:
    what = trouble(error)
    if what is not None:
        return unavailable(error, what)
    if current_app.config["TESTING"]:
        raise error
    return _broken(error)


def _broken(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    current_app.logger.exception("unhandled", exc_info=error)
    brand.without_database()
    return _page(500)


def commit(response: Response) -> Response:
    """One commit per request, where it changed something and went well. A GET changes nothing.

    What it showed that is sensitive is told. What cannot be committed is answered like what fails in a view.
    """
    if request.method in ("GET", "HEAD", "OPTIONS") or response.status_code >= 400:
        with suppress(SQLAlchemyError):
            if response.is_streamed:
                db.session.rollback()
            else:  # What a finished page has read is let go of; a rollback would mark each to be read again.
                db.session.close()
        if response.status_code not in SHOWS or not g.get("shown"):
            return response
    try:
        sensitive.tell()
        db.session.commit()
    except Exception as error:
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def init_app(app: Flask) -> None:
    """Register the handlers. In tests and with the debugger an unexpected error is raised, not dressed up."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _met)
    for unfit in (DataError, OverflowError, UnicodeError):
        app.register_error_handler(unfit, _cannot_be_kept)
    for kind in (DBAPIError, NoConnection, OSError):
        app.register_error_handler(kind, _unless_broken)
    if not app.config["TESTING"]:
        app.register_error_handler(Exception, _broken)
