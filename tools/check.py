"""`make check`: every check, each with one line; the output of those that fail."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLASK = ("flask", "--app", "wsgi")
CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("mypy",),
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "imports": ("tools.contracts",),
    "templates": ("djlint", "templates", "--lint", "--quiet"),
    "dependencies": ("deptry", "--no-ansi", "."),
    "locks": ("tools.lock_check",),
    "translations": (*FLASK, "i18n", "check"),
    "generated documents": (*FLASK, "docs", "--check"),
}


def check(name: str) -> tuple[str, bool, str, float]:
    """Run one check: its name, whether it passed, what it said, how long it took."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *CHECKS[name]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return name, done.returncode == 0, (done.stdout + done.stderr).strip(), time.monotonic() - began


def main() -> int:
    """All checks, some at a time; 1 if any fails."""
    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, passed, said, seconds in pool.map(check, CHECKS):
            print(f"{'ok    ' if passed else 'FAILED'}  {name} ({seconds:.1f} s)", flush=True)
            if not passed:
                failed.append(name)
                print(said, flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
