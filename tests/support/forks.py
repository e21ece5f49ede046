"""`python -m tests.support.forks …`: real schedulers within milliseconds, as often as a test kills them.

The application is imported once, here, where there is no thread and no connection; each scheduler is a fork of this
process that runs `flask scheduler`. It reads "start" on its input and answers with the number of the new process.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.cli import ScriptInfo

from config import Testing
from rmhr import create_app
from rmhr.core import clock
from rmhr.core.mail import delivery
from rmhr.core.registry import JOBS
from rmhr.reminders import jobs
from rmhr.system import cli, scheduler
from tests.support.due_things import only_goals

#: What the schedulers have to do, and how often, in seconds.
WORK = {"reminders.send": 0.15, "mail.deliver": 0.1}


def main() -> None:
    """Set up what is as a deployment of this test would set it; then fork on demand until the input ends."""
    parser = argparse.ArgumentParser()
    for name in ("--database", "--smtp", "--folder"):
        parser.add_argument(name, required=True)
    parser.add_argument("--shift", type=float, default=0.0, help="seconds by which the clock is moved")
    parser.add_argument(
        "--quick", action="store_true", help="only remind and deliver, often and in small steps"
    )
    options = parser.parse_args()
    shift = timedelta(seconds=options.shift)
    clock.now = lambda: datetime.now(UTC) + shift
    app = create_app(Testing(options.database, Path(options.folder), SMTP_URL=options.smtp))
    if options.quick:
        _hurry()
    only_goals(pytest.MonkeyPatch())
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            _serve(app, Path(options.folder))
        print(child, flush=True)


def _hurry() -> None:
    """Short pauses and small steps, so that there is always something going on when a process is killed."""
    work = {name: JOBS[name] for name in WORK}
    for name, job in work.items():
        object.__setattr__(job, "every", timedelta(seconds=WORK[name]))
    scheduler.JOBS = work
    scheduler.TRY_AGAIN, scheduler.STAGGER = 0.05, 0.02
    jobs.PEOPLE = 2
    delivery.BACK_OFF = (0.002,) * 500
    delivery.LEASE = timedelta(seconds=1.5)


def _serve(app: Flask, folder: Path) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with (folder / "schedulers.log").open("a", encoding="utf-8") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    try:
        cli.keep_time.main(args=[], obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    """No scheduler outlives the test, however that ends."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main()
