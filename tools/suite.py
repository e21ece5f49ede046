"""`make test`: the suite on SQLite, then on PostgreSQL, and in the end what had to be left out, and what failed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ROOT / "build" / "left-out.txt"
FAILED = ROOT / "build" / "failed.txt"
DATABASES = ("sqlite", "postgresql")
#: What pytest answers when no test was chosen; fine for a pass that has none of those asked for.
NOTHING_CHOSEN = 5


def main(arguments: list[str]) -> int:
    """Both passes, also when the first fails: one look shows everything."""
    jobs = "auto"
    if arguments[:1] == ["--jobs"]:
        jobs, arguments = arguments[1], arguments[2:]
    for said in (LEFT_OUT, FAILED):
        said.unlink(missing_ok=True)
    began, codes = time.monotonic(), []
    for database in DATABASES:
        print(f"\n== {database} ==", flush=True)
        options = ["-q", "-n", jobs, "--dist", "loadfile", "--no-loadscope-reorder", f"--database={database}"]
        command = [sys.executable, "-m", "pytest", *options, *arguments]
        codes.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
    print(f"\nBoth passes took {time.monotonic() - began:.0f} s.")
    for words, said in (("Left out", LEFT_OUT), ("Failed", FAILED)):
        for line in said.read_text(encoding="utf-8").splitlines() if said.exists() else []:
            print(f"{words}: {line}")
    return int(any(code not in (0, NOTHING_CHOSEN) for code in codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
