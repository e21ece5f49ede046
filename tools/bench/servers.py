"""gunicorn as in production, on a free port of the loopback, and a client that keeps time."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tools.bench import accounting
from tools.bench.banks import ROOT

WORKERS = 2
PATIENCE = 120.0  # seconds until it must answer
GRACE = 15.0
#: What a browser sends: pages are measured as they go over the wire.
HEADERS = {
    "Accept": "text/html",
    "Accept-Encoding": "gzip, br",
    "Accept-Language": "en",
    "Host": "bench.bank.example",
}
#: A page is asked so often before it counts; then until this much CPU was used, so long, or so often.
WARM, LEAST, MOST = 3, 5, 200
ENOUGH, LONGEST = 0.5, 6.0  # seconds of CPU, seconds


class Wrong(Exception):
    """A page did not open, or no server answered; the message says which and how."""


@dataclass
class Looked:
    """One page, asked again and again."""

    cpu: float  # seconds of CPU of all workers, for each request
    times: list[float] = field(default_factory=list)  # seconds, of each
    size: int = 0  # bytes on the wire, without headers


@dataclass
class Server:
    """A gunicorn that answers."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        """The processes that make pages."""
        return accounting.children(self.process.pid)

    def memory(self) -> list[accounting.Memory]:
        """Of each worker."""
        return [accounting.memory_of(worker) for worker in self.workers()]

    def look(self, path: str, cookie: str = "") -> Looked:
        """Ask for a page over one connection. Raises Wrong where it does not answer 200."""
        headers = HEADERS | ({"Cookie": cookie} if cookie else {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            for _turn in range(WARM):
                size = _ask(connection, path, headers)
            workers, found = self.workers(), Looked(0.0, size=size)
            before, began = accounting.cpu(workers), time.perf_counter()
            used = 0.0
            while len(found.times) < LEAST or (
                used < ENOUGH and len(found.times) < MOST and time.perf_counter() - began < LONGEST
            ):
                asked = time.perf_counter()
                _ask(connection, path, headers)
                found.times.append(time.perf_counter() - asked)
                used = accounting.cpu(workers) - before
        finally:
            connection.close()
        found.cpu = used / len(found.times)
        return found


def _ask(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> int:
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != 200:
        raise Wrong(f"{path} answers {answer.status}")
    return size


@contextmanager
def serving(
    environment: dict[str, str], application: str, *options: str, ready: str = "/"
) -> Iterator[Server]:
    """Serve until the block ends; `ready` is asked until it answers. Raises Wrong where nothing answers."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--log-level", "critical"]
    command += ["--bind", f"127.0.0.1:{port}", *options, application]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    server = Server(process, port)
    try:
        _wait(server, ready)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: Server, path: str) -> None:
    began: float = time.monotonic()
    said: Any = "nothing"
    while time.monotonic() - began < PATIENCE:
        if server.process.poll() is not None:
            raise Wrong(f"gunicorn has ended with {server.process.returncode}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
            _ask(connection, path, HEADERS)
            return
        except (OSError, http.client.HTTPException, Wrong) as error:
            said = error
            time.sleep(0.2)
        finally:
            connection.close()
    raise Wrong(f"gunicorn does not answer: {said}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
