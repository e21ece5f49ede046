"""How gunicorn serves the product: settings, and that no two processes share a connection."""

from __future__ import annotations

import os
import runpy
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from config import Testing
from rmhr import create_app
from rmhr.core.db import db

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240


def settings() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.fixture
def served(fresh_database: str, tmp_path: Path) -> Flask:
    """The product on a real engine."""
    return create_app(Testing(fresh_database, tmp_path / "files"))


def test_there_are_workers_for_all_cores_and_never_one_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    for cores, workers in ((1, 2), (2, 2), (8, 8)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _process, cores=cores: set(range(cores)))
        assert settings()["workers"] == workers
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    assert settings()["workers"] == 3
    assert settings()["preload_app"] is True


def test_no_connection_is_open_before_the_fork(served: Flask):
    settings()["when_ready"](SimpleNamespace(app=SimpleNamespace(wsgi=lambda: served)))
    with served.app_context():
        assert db.engine.pool.checkedin() == db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_worker_leaves_connections_from_before_the_fork_alone(served: Flask):
    with served.app_context():
        with db.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
            before: Any = connection.connection.dbapi_connection
        pool = db.engine.pool
        settings()["post_worker_init"](SimpleNamespace(wsgi=served))
        assert db.engine.pool is not pool
        before.cursor().execute("SELECT 1")  # the process that opened it goes on with it
        before.close()
        db.engine.dispose()


def worker_pids(master: int) -> set[int]:
    return {int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()}


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.once
def test_a_worker_that_dies_is_replaced_by_one_that_serves(tmp_path: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RMHR_")}
    given = {
        "RMHR_PORT": str(port),
        "RMHR_DATABASE_URL": f"sqlite:///{tmp_path}/rmhr.db",
        "RMHR_DATA_DIR": str(tmp_path / "files"),
        "WEB_CONCURRENCY": "2",
    }
    command = [sys.executable, "-m", "gunicorn", "--log-level", "critical", "wsgi:app"]
    with subprocess.Popen(command, cwd=ROOT, env=kept | given, stderr=subprocess.DEVNULL) as server:
        try:
            until(lambda: answers(port))
            until(lambda: len(worker_pids(server.pid)) == 2)
            first = worker_pids(server.pid)
            os.kill(min(first), 9)
            until(lambda: len(worker_pids(server.pid) - first) == 1)
            until(lambda: answers(port))
            # All that is open anew is the socket, which they share: files of the database each has for itself.
            for pid in worker_pids(server.pid):
                files = [os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir() if file.exists()]
                assert not any(file.endswith("rmhr.db") for file in files)
        finally:
            server.terminate()
