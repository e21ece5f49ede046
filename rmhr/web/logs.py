"""Logs: one line per request with an id that the answer carries too; JSON in production."""

from __future__ import annotations

import logging
import sys
import time
import uuid
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request
from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

from rmhr.core.patterns import Pattern
from rmhr.web import head

HEADER = "X-Request-ID"
#: An id that a proxy in front may give; anything else could write what it likes into our lines.
ACCEPTABLE_ID = Pattern(r"[A-Za-z0-9_-]{8,64}")
#: Values in an address that open a door: the line says that they were there, not what they were.
SECRET_ARGUMENTS = frozenset({"token", "key", "secret"})
#: What probes ask every few seconds says nothing when it is well.
QUIET_ENDPOINTS = frozenset({"health.healthz", "health.readyz", "static"})

log = structlog.stdlib.get_logger("rmhr.request")


def init_app(app: Flask) -> None:
    """Set up logging and write one line per request. Register first, so that it surrounds the rest."""
    configure(json_lines=app.config["ENV_NAME"] == "production")
    app.before_request(_begin)
    app.after_request(_end)


def configure(*, json_lines: bool, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every line of this process, ours and the libraries', through one formatter to `stream`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Tracebacks without the values of variables, which here are people's data.
    if json_lines:
        last: list[Processor] = [
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        plain = structlog.dev.plain_traceback
        last = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    handler.set_name("rmhr")
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if other.get_name() != "rmhr"]
    root.addHandler(handler)
    root.setLevel(level)
    for chatty in ("werkzeug", "apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def request_id() -> str:
    """The id of the request being served, for an error page to name; "" outside of a request."""
    return str(get_contextvars().get("request_id", ""))


def _begin() -> None:
    clear_contextvars()
    given = request.headers.get(HEADER, "")
    bind_contextvars(request_id=given if ACCEPTABLE_ID.fullmatch(given) else uuid.uuid4().hex)
    g.request_began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    if request.endpoint in QUIET_ENDPOINTS and response.status_code < 400:
        return response
    # A probe that says "not yet" is an answer, not an error.
    broken = response.status_code >= 500 and request.endpoint not in QUIET_ENDPOINTS
    level = logging.ERROR if broken else logging.INFO
    log.log(level, "request", **_facts(response))
    return response


def _facts(response: Response) -> dict[str, Any]:
    began = g.get("request_began")
    facts: dict[str, Any] = {
        "method": request.environ.get(head.ASKED, request.method),
        "path": _path(),
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000, 1) if began is not None else None,
        "endpoint": request.endpoint,
    }
    # Only who was loaded anyway, and by the key that the session knows: a log line must not ask the database.
    state = inspect(g.get("_login_user"), raiseerr=False)
    if isinstance(state, InstanceState) and state.identity:
        facts["user"] = state.identity[0]
    return facts


def _path() -> str:
    """The path without its query (people search for names) and without what opens a private link."""
    path = request.path
    for name, value in (request.view_args or {}).items():
        if name in SECRET_ARGUMENTS:
            path = path.replace(str(value), f"<{name}>")
    return path
