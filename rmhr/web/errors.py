"""One page for each way of saying no, in the reader's language, with the way back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from rmhr.core.db import db
from rmhr.core.errors import DomainError, NotAllowed, Stale
from rmhr.core.i18n import gettext
from rmhr.models.accounts import User
from rmhr.web import brand, logs
from rmhr.web.auth import me


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _page(status: int, message: str | None = None) -> ResponseReturnValue:
    if _wants_json():
        title = HTTPStatus(status).phrase
        return jsonify(type="about:blank", title=title, status=status, detail=message or title), status
    known = isinstance(me(), User)
    values: dict[str, Any] = {} if known else {"layout": "layouts/public.html"}
    if message:
        return render_template("refused.html", status=status, message=message, **values), status
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
