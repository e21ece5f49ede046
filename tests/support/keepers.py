"""Real scheduler processes for a test to start and to kill (see forks.py)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Keepers:
    """Schedulers on one database. `running` are the numbers of their processes."""

    def __init__(self, source: subprocess.Popen[str], log: Path) -> None:
        self.source, self.log = source, log
        self.running: list[int] = []

    def start(self) -> int:
        """One more scheduler; the number of its process."""
        assert self.source.stdin is not None
        assert self.source.stdout is not None
        print("start", file=self.source.stdin, flush=True)
        number = self.source.stdout.readline()
        assert number, f"the schedulers could not be started: {self.said()}"
        self.running.append(int(number))
        return int(number)

    def kill(self, number: int) -> None:
        """Kill one without a warning, and see that it is gone."""
        self.running.remove(number)
        os.kill(number, signal.SIGKILL)
        _gone(number)

    def end(self) -> None:
        """Tell all to end, and wait until they have."""
        for number in self.running:
            os.kill(number, signal.SIGTERM)
        for number in self.running:
            _gone(number)
        self.running.clear()

    def said(self) -> str:
        """What they have logged."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


def _gone(number: int, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, "a process does not end"
        time.sleep(0.002)


@contextmanager
def keepers(
    database: str, folder: Path, *, smtp: str = "", now: datetime | None = None, quick: bool = False
) -> Iterator[Keepers]:
    """Ready to start schedulers on that database, whose clocks say `now`; all are gone when the block ends."""
    command = [sys.executable, "-m", "tests.support.forks", "--database", database]
    command += ["--smtp", smtp, "--folder", str(folder)]
    command += ["--shift", str((now - datetime.now(UTC)).total_seconds())] if now else []
    command += ["--quick"] if quick else []
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as source:
        made = Keepers(source, folder / "schedulers.log")
        try:
            yield made
        finally:
            for number in made.running[:]:
                made.kill(number)
            source.kill()
