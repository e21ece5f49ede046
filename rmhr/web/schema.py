"""No page is made from a database that is not what this version needs: each says so instead, until it is."""

from __future__ import annotations

from flask import Flask, Response, abort, after_this_request, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from rmhr.core.db import db, reading
from rmhr.core.schema import Watch
from rmhr.web import auth, brand

#: Seconds after which a browser or a proxy may try again.
TRY_AGAIN = 60


def watch() -> Watch:
    """What this process knows of its database."""
    kept: Watch = current_app.extensions["rmhr.schema"]
    return kept


def look_at_start(app: Flask) -> None:
    """For the web server, when a process begins: what is wrong stands in the log before anybody comes."""
    with app.app_context():
        try:
            _look()
        except SQLAlchemyError:
            app.logger.exception("the database does not answer")


def _look() -> bool:
    with db.engine.connect() as connection:
        return watch().look(connection).is_fine


def _gate() -> None:
    """Before every request. Where the database is as it should be, it asks nobody."""
    if watch().is_fine or request.blueprint == "health" or (request.endpoint or "").endswith("static"):
        return
    reading.set(True)  # whoever looks waits for no writer
    try:
        fine = _look()
    except SQLAlchemyError:
        return  # the page will find out, and say so
    if not fine:
        # Not even who is asking can be looked up, nor what the bank is called.
        g._login_user = auth.login_manager.anonymous_user()
        brand.without_database()
        after_this_request(_try_again)
        abort(503)


def _try_again(response: Response) -> Response:
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def init_app(app: Flask) -> None:
    """Register before anything that asks the database. Most tests make their tables without migrations."""
    app.extensions["rmhr.schema"] = Watch(app.extensions["migrate"].directory)
    if not app.config["TESTING"]:
        app.before_request(_gate)
