"""`make test`, `make coverage`, `make quick`: the suite on both databases, measured or not, or what a change touches.

In the end it says what had to be left out, and what failed.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools import touched

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ROOT / "build" / "left-out.txt"
FAILED = ROOT / "build" / "failed.txt"
DATABASES = ("sqlite", "postgresql")
#: What pytest answers when no test was chosen; fine for a pass that has none of those asked for.
NOTHING_CHOSEN = 5
#: Seconds after which `make quick` begins no further test.
QUICK = 45
#: Seconds after which a pass has hung. It ends then, and every process of it says where it was.
LONGEST = 2400
#: Since then Python tells what runs for next to nothing; before, it costs half as much again.
CHEAP = (3, 12)


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 if anything fails."""
    parser = argparse.ArgumentParser(prog="make test")
    parser.add_argument("--jobs", default="auto", help="how many tests at a time")
    parser.add_argument("--coverage", action="store_true", help="measure the SQLite pass, whatever it costs")
    parser.add_argument(
        "--quick", action="store_true", help="only what the change touches, for less than a minute"
    )
    chosen, others = parser.parse_known_args(arguments)
    for said in (LEFT_OUT, FAILED):
        said.unlink(missing_ok=True)
    began = time.monotonic()
    codes = quick(chosen.jobs, others) if chosen.quick else both(chosen.jobs, chosen.coverage, others)
    print(f"\n{'It' if chosen.quick else 'Both passes'} took {time.monotonic() - began:.0f} s.")
    for words, said in (("Left out", LEFT_OUT), ("Failed", FAILED)):
        for line in said.read_text(encoding="utf-8").splitlines() if said.exists() else []:
            print(f"{words}: {line}")
    return int(any(code not in (0, NOTHING_CHOSEN) for code in codes))


def both(jobs: str, measured: bool, others: list[str]) -> list[int]:
    """Both passes, also when the first fails: one look shows everything. Parts of the suite are not measured."""
    codes = []
    for database in DATABASES:
        print(f"\n== {database} ==", flush=True)
        measures = database == "sqlite" and not others and (measured or sys.version_info >= CHEAP)
        coverage = ["--cov", "--cov-report=term:skip-covered"] if measures else []
        codes.append(run(jobs, [f"--database={database}", *coverage, *others]))
    return codes


def quick(jobs: str, others: list[str]) -> list[int]:
    """The tests near what differs from main, on SQLite, without a browser."""
    files = touched.changed()
    tests = touched.tests_near(files)
    print(f"{len(files)} files differ: {' '.join(tests)}", flush=True)
    return [run(jobs, ["-m", "not browser", f"--begin-within={QUICK}", *tests, *others])]


def run(jobs: str, options: list[str]) -> int:
    """Run pytest with these options: its exit code. A pass that hangs says where, and fails."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        jobs,
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]
    environment = os.environ | {"PYTHONFAULTHANDLER": "1"}
    if sys.version_info >= CHEAP:
        environment["COVERAGE_CORE"] = "sysmon"
    with subprocess.Popen([*command, *options], cwd=ROOT, env=environment, start_new_session=True) as running:
        try:
            return running.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            print(f"\nThis pass has not come to its end within {LONGEST} s.", flush=True)
            os.killpg(running.pid, signal.SIGABRT)
            return 1
        except KeyboardInterrupt:
            os.killpg(running.pid, signal.SIGINT)
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
