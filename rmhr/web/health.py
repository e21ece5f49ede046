"""For those who run it: `/healthz` says that the process lives, `/readyz` that it can do its work."""

from __future__ import annotations

from flask import Response, current_app, jsonify
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import SCHEDULER, SILENCE
from rmhr.core.policy import anyone
from rmhr.models.system import Heartbeat, JobPause
from rmhr.web import schema
from rmhr.web.blueprint import Blueprint

bp = Blueprint("health", __name__)


@bp.get("/healthz", access=anyone)
def healthz() -> Response:
    """The process answers; it asks nothing of anyone."""
    return jsonify(status="ok")


@bp.get("/readyz", access=anyone)
def readyz() -> tuple[Response, int]:
    """Each thing that is needed, "ok" or what is wrong with it; 503 as long as one is missing.

    A job that somebody has paused is meant, and no reason to take the system out of service; but it is said.
    """
    checks, paused = {"database": _database()}, list[str]()
    if checks["database"] == "ok":
        checks |= {"migrations": _migrations(), "scheduler": _scheduler()}
        paused = _paused() if checks["migrations"] == "ok" else []
    ready = all(answer == "ok" for answer in checks.values())
    answer = jsonify(status="ok" if ready else "not ready", checks=checks, paused=paused)
    return answer, 200 if ready else 503


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return "does not answer"
    return "ok"


def _migrations() -> str:
    """Whether the tables are those that this version needs, or what to do."""
    try:
        return schema.watch().look(db.session.connection()).words or "ok"
    except SQLAlchemyError:
        return "cannot be looked up"


def _scheduler() -> str:
    try:
        seen = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == SCHEDULER))
    except SQLAlchemyError:
        return "cannot be looked up"
    if seen is None:
        return "never seen: run `flask scheduler`"
    silent = clock.now() - seen
    return "ok" if silent <= SILENCE else f"not seen for {int(silent.total_seconds() // 60)} minutes"


def _paused() -> list[str]:
    """The jobs that an administrator has paused, by name."""
    return list(db.session.scalars(select(JobPause.job).order_by(JobPause.job)))
