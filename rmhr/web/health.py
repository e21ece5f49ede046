"""For those who run it: `/healthz` says that the process lives, `/readyz` that it can do its work."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from flask import Response, current_app, jsonify
from sqlalchemy import insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import SCHEDULER, SILENCE
from rmhr.core.policy import anyone
from rmhr.core.trouble import Trouble, trouble
from rmhr.models.system import Heartbeat, JobPause
from rmhr.web import schema
from rmhr.web.blueprint import Blueprint

bp = Blueprint("health", __name__)

#: Bytes that must be free where the database and the files lie: a few uploads more.
ROOM = 256 * 1024 * 1024
#: Milliseconds that SQLite waits here for whoever writes.
PATIENCE = 1000
#: A row that is never kept.
PROBE = "probe"
SAID = {
    Trouble.FULL: "cannot be written to: no room is left",
    Trouble.BUSY: "cannot be written to: somebody holds the lock",
    Trouble.AWAY: "cannot be written to",
    None: "cannot be written to",
}


@bp.get("/healthz", access=anyone)
def healthz() -> Response:
    """The process answers; it asks nothing of anyone."""
    return jsonify(status="ok")


@bp.get("/readyz", access=anyone)
def readyz() -> tuple[Response, int]:
    """Each thing that is needed, "ok" or what is wrong with it; 503 as long as one is missing.

    A job that somebody has paused is meant, and no reason to take the system out of service; but it is said.
    """
    checks, paused = {"database": _database(), "files": _files()}, list[str]()
    if checks["database"] == "ok":
        checks |= {"migrations": _migrations(), "scheduler": _scheduler()}
        if checks["migrations"] == "ok":
            checks["database"] = _writing()
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


def _writing() -> str:
    """Whether a row can be written. It is taken back."""
    db.session.rollback()
    try:
        connection = db.session.connection()
        is_sqlite = connection.dialect.name == "sqlite"
        waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar() if is_sqlite else 0
        try:
            if is_sqlite:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
            with db.session.begin_nested() as savepoint:
                db.session.execute(insert(Heartbeat).values(name=PROBE, at=clock.now()))
                savepoint.rollback()
        finally:
            if is_sqlite:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={waits}")
    except SQLAlchemyError as error:
        current_app.logger.exception("the database cannot be written to")
        return SAID[trouble(error)]
    finally:
        db.session.rollback()
    return _room(Path(file).parent) if is_sqlite and (file := connection.engine.url.database) else "ok"


def _files() -> str:
    """Whether a file can be kept, and where it waits until it is."""
    folder = Path(current_app.config["DATA_DIR"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place in (folder, Path(tempfile.gettempdir())):
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"\0" * 4096)
    except OSError as error:
        current_app.logger.exception("no file can be kept")
        return SAID[trouble(error)]
    return _room(folder)


def _room(folder: Path) -> str:
    free = shutil.disk_usage(folder).free
    return "ok" if free >= ROOM else f"only {free // 2**20} MB are free"


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
