"""One page for each way of saying no, in the reader's language, with the way back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from rmhr.core.db import db
from rmhr.core.errors import DomainError, NotAllowed, Stale
from rmhr.core.i18n import gettext
from rmhr.models.accounts import User
from rmhr.web import brand, logs
from rmhr.web.auth import visitor

#: So many characters are typed again without a sigh.
WORTH_KEEPING = 20
#: Fields of forms that no page gives back.
NEVER_SHOWN = {"csrf_token", "password", "present"}


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _sent() -> list[tuple[str, str]]:
    """What one of our own pages sent, so that it can be sent again; without secrets and files."""
    from_here = urlsplit(request.origin or "").netloc == request.host
    if not from_here or (request.content_length or 0) > current_app.config["MAX_FORM_MEMORY_SIZE"]:
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_SHOWN]


def _typed() -> list[str]:
    """The texts among it that nobody likes to write a second time."""
    return [value for _name, value in _sent() if len(value) > WORTH_KEEPING]


def _page(status: int, message: str | None = None) -> ResponseReturnValue:
    if _wants_json():
        title = HTTPStatus(status).phrase
        return jsonify(type="about:blank", title=title, status=status, detail=message or title), status
    known = isinstance(visitor(), User)
    values: dict[str, Any] = {} if known else {"layout": "layouts/public.html"}
    if message:
        return render_template(
            "refused.html", status=status, message=message, typed=_typed(), **values
        ), status
    if status == HTTPStatus.UNAUTHORIZED:
        return render_template("signed_out.html", sent=_sent(), typed=_typed(), **values), status
    return render_template("error.html", code=status, request_id=logs.request_id(), **values), status


def _refused(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    if isinstance(error, NotAllowed):
        return _page(403, str(error))
    return _page(409, str(error))


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return _refused(Stale(gettext("Somebody else has just changed this. Please look again.")))


def _http(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code)


def _broken(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    current_app.logger.exception("unhandled", exc_info=error)
    brand.without_database()
    return _page(500)


def init_app(app: Flask) -> None:
    """Register the handlers. In tests and with the debugger an unexpected error is raised, not dressed up."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(HTTPException, _http)
    if not app.config["TESTING"]:
        app.register_error_handler(Exception, _broken)
