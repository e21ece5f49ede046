"""The set-up: targets, locks, what a failed start says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import lock_check

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
TARGETS = {"help", "run", "reset", "test", "quick", "coverage", "check", "fix", "shots", "lock"}


def test_help_is_the_default_and_lists_every_target_with_a_line() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = dict(re.findall(r"^\s+make ([a-z-]+)\s+(.+)$", told, re.MULTILINE))

    assert set(listed) >= TARGETS
    declared = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert declared - set(listed) == {"venv", "venv-dev"}, "every target for people has a line in the help"


def test_ci_runs_the_checks_and_the_suite() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make check test")


def test_the_locks_are_in_step() -> None:
    assert lock_check.main() == 0


def test_a_lock_that_is_out_of_step_is_noticed() -> None:
    asked = lock_check.entries(
        "# why\n-c other.txt\nflask==3.1.3   # the framework\npsycopg[binary]==3.3.9\npyyaml\n"
    )
    assert asked == {"flask": "3.1.3", "psycopg": "3.3.9", "pyyaml": None}
    locked = lock_check.entries(
        "flask==3.1.2\n    # via -r requirements.in\nPyYAML==6.0.3 ; python_version > '3'\n"
    )
    assert lock_check.differences(asked, locked) == ["flask==3.1.3", "psycopg==3.3.9"]


@pytest.mark.parametrize(
    "command", [("flask", "--app", "wsgi", "routes"), ("gunicorn", "--check-config", "wsgi:app")]
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "RMHR_TIMEZONE": "Mars/Olympus"}, timeout=60,
    )  # fmt: skip
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if "RMHR_" in line or "Traceback" in line]
    assert lines == [
        "rmhr cannot start: RMHR_TIMEZONE must be the name of a zone like Europe/Berlin, not 'Mars/Olympus'."
    ]


def test_reset_deletes_nothing_without_a_yes(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "rmhr.db").write_text("people")
    (tmp_path / "tools").mkdir()
    script = tmp_path / "tools" / "reset.py"
    script.write_bytes((ROOT / "tools" / "reset.py").read_bytes())

    def reset(answer: str) -> int:
        command = [sys.executable, str(script)]
        return subprocess.run(command, input=answer, text=True, capture_output=True, check=False).returncode

    assert (reset("y\n"), (tmp_path / "instance" / "rmhr.db").exists()) == (1, True)
    assert (reset(""), (tmp_path / "instance" / "rmhr.db").exists()) == (1, True)
    assert (reset("yes\n"), (tmp_path / "instance").exists()) == (0, False)
