"""`make run`: prepare the database, then web server and scheduler, together until Ctrl-C or one ends."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from config import Config, ConfigError

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds until both must be ready
GRACE = 12.0  # seconds that both have to end
Process = subprocess.Popen[bytes]


def main() -> int:
    """Start, wait, stop; the exit code says whether it was meant."""
    try:
        config = Config.from_env()
    except ConfigError as error:
        print(f"rmhr cannot start: {error}", file=sys.stderr)
        return 3
    if not _is_free(config.PORT):
        other = f"RMHR_PORT={config.PORT + 1} make run"
        print(
            f"Port {config.PORT} is taken: stop what listens there, or choose another: {other}",
            file=sys.stderr,
        )
        return 1
    print("Preparing the database …", file=sys.stderr)
    prepared = subprocess.run(
        [sys.executable, "-m", "tools.prepare"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if prepared.returncode:
        return prepared.returncode
    return _Pair(config.PORT, prepared.stdout).run()


class _Pair:
    """The web server and the scheduler. They live and end together."""

    def __init__(self, port: int, people: str) -> None:
        self.port, self.people = port, people
        self.stopping = False
        self.processes: dict[str, Process] = {}

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        bind = f"127.0.0.1:{self.port}"
        self._start(
            "web", "gunicorn", "--no-control-socket", "--log-level", "warning", "--bind", bind, "wsgi:app"
        )
        self._start("scheduler", "flask", "--app", "wsgi", "scheduler")
        announced, began = False, time.monotonic()
        while not self.stopping:
            ended = [name for name, process in self.processes.items() if process.poll() is not None]
            if ended:
                print(f"The {ended[0]} ended by itself; stopping.", file=sys.stderr)
                self._end_all()
                return 1
            if not announced:
                ready, answer = readiness(self.port)
                if ready or time.monotonic() - began > PATIENCE:
                    announced = True
                    self._announce(ready, answer)
            time.sleep(0.2)
        print("\nStopping …", file=sys.stderr)
        self._end_all()
        return 0

    def _start(self, name: str, module: str, *arguments: str) -> None:
        # A session of its own: Ctrl-C reaches this process alone, which then ends both in order.
        command = [sys.executable, "-m", module, *arguments]
        self.processes[name] = subprocess.Popen(command, cwd=ROOT, start_new_session=True)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _announce(self, ready: bool, answer: str) -> None:
        address = f"http://127.0.0.1:{self.port}/"
        if not ready:
            print(f"Not ready after {PATIENCE:.0f} s: {answer}. Going on at {address}", file=sys.stderr)
            return
        print(f"\nrmhr is ready: {address}")
        if self.people:
            print(f"\n{self.people.rstrip()}")
        print("\nCtrl-C stops it.", flush=True)

    def _end_all(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def readiness(port: int) -> tuple[bool, str]:
    """Whether /readyz says yes, and what it says otherwise."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        checks = json.loads(response.read())["checks"]
    except (OSError, ValueError, KeyError, http.client.HTTPException) as error:
        return False, f"/readyz does not answer ({error})"
    finally:
        connection.close()
    wrong = [f"{name} {answer}" for name, answer in checks.items() if answer != "ok"]
    return response.status == 200, ", ".join(wrong)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    # Until both run, being told to end is the same as Ctrl-C: what is under way is ended too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nStopped before it was ready.", file=sys.stderr)
        sys.exit(130)
