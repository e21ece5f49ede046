"""`make run`, from nothing: both processes start, answer, and end together."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.serve import readiness

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
#: Alone it takes some ten seconds; beside everything else on a busy machine, many times that.
PATIENCE = 240


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database of these starts lies: the first start fills it, the second finds it."""
    return tmp_path_factory.mktemp("start")


class Start:
    """One `make run` without the set-up of .venv, on a free port."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RMHR_")}
        given = {
            "RMHR_PORT": str(self.port),
            "RMHR_DATABASE_URL": f"sqlite:///{folder / 'rmhr.db'}",
            "RMHR_DATA_DIR": str(folder / "files"),
        }
        self.output = folder / f"output-{self.port}"
        with self.output.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tools.serve"],
                cwd=ROOT, env=kept | given | settings, stdout=output, stderr=output,
            )  # fmt: skip

    def said(self) -> str:
        """Everything that it printed so far."""
        return self.output.read_text(encoding="utf-8")

    def wait(self) -> None:
        """Until it says that it is ready."""
        deadline = time.monotonic() + PATIENCE
        while "rmhr is ready" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said() + readiness(self.port)[1]
            time.sleep(0.1)

    def get(self, path: str) -> int:
        """The status of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    def children(self) -> set[int]:
        """The processes that it started."""
        pid = self.process.pid
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """A start that is ready."""
    start = Start(folder)
    try:
        start.wait()
        yield start
    finally:
        start.process.send_signal(signal.SIGTERM)
        start.process.wait(30)


def test_it_starts_from_nothing_and_ends_on_control_c(start: Start) -> None:
    assert f"http://127.0.0.1:{start.port}/" in start.said()
    assert "@bank.example" in start.said(), "it says who can sign in"
    assert (start.get("/healthz"), start.get("/readyz"), start.get("/careers/")) == (200, 200, 200)
    children = start.children()
    assert len(children) == 2
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")[-1] for pid in children]
    assert commands.count(b"scheduler") == 1

    start.process.send_signal(signal.SIGINT)

    assert start.process.wait(30) == 0
    assert "Traceback" not in start.said()
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def test_the_next_start_keeps_the_data_and_ends_when_one_half_dies(start: Start) -> None:
    assert "demo build" not in start.said()
    os.kill(max(start.children()), signal.SIGKILL)

    assert start.process.wait(30) == 1
    assert "ended by itself" in start.said()
    assert readiness(start.port)[0] is False


def test_a_port_that_is_taken_is_named(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        start = Start(folder, RMHR_PORT=str(port))
        assert start.process.wait(30) == 1
    assert f"Port {port} is taken" in start.said()


def test_a_wrong_setting_is_named_before_anything_is_made(folder: Path) -> None:
    start = Start(folder, RMHR_SMTP_URL="mail.bank.example")
    assert start.process.wait(30) == 3
    assert start.said().startswith("rmhr cannot start: RMHR_SMTP_URL must look like")
