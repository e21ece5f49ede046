"""Which tests a change touches: those of a folder of the product stand in a folder of the same name."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Always: they look at every file, and take seconds.
ALWAYS = ("tests/test_architecture.py", "tests/test_contracts.py", "tests/test_support.py")
#: Whose tests stand elsewhere, too. The longest beginning counts.
ELSEWHERE = {
    ".ci": ("tests/test_setup.py",),
    "Makefile": ("tests/test_setup.py",),
    "config.py": ("tests/test_config.py",),
    "migrations": ("tests/test_migrations.py",),
    "pyproject.toml": ("tests/test_config.py", "tests/test_setup.py"),
    "requirements": ("tests/test_setup.py",),
    "rmhr/__init__.py": ("tests/test_access.py", "tests/test_start.py"),
    "rmhr/commands": ("tests/test_start.py",),
    "rmhr/demo": ("tests/test_start.py",),
    "rmhr/models": ("tests/test_migrations.py",),
    "rmhr/static": ("tests/web",),
    "templates": ("tests/web",),
    "tests/pages.py": ("tests/test_pages.py",),
    "tools/bench": ("tests/bench", "tests/reminders/test_plans.py"),
    "tools": ("tests/test_setup.py", "tests/test_shots.py", "tests/test_start.py", "tests/test_touched.py"),
}


def changed() -> list[str]:
    """The files that differ from where this work left main; on main itself, from the commit before."""
    base = _git("merge-base", "HEAD", "main")
    if not base or (base == _git("rev-parse", "HEAD") and not _git("status", "--porcelain")):
        base = "HEAD~1"
    named = _git("diff", "--name-only", "--no-renames", base)
    new = _git("ls-files", "--others", "--exclude-standard")
    return sorted({*named.splitlines(), *new.splitlines()})


def tests_near(files: Iterable[str]) -> list[str]:
    """What to give to pytest for these files: ALWAYS, what is called like them, their folders."""
    nearest: list[str] = []
    folders: list[str] = []
    for file in files:
        nearest += called_like(file)
        folders += [*beside(file), *elsewhere(file)]
    return [each for each in dict.fromkeys([*ALWAYS, *nearest, *folders]) if (ROOT / each).exists()]


def called_like(file: str) -> list[str]:
    """A test itself, or the tests of the same name: tests/offers/test_views.py for rmhr/offers/views/letters.py."""
    path = Path(file)
    if path.parts[0] == "tests":
        return [file] if path.name.startswith("test_") else []
    if path.parts[0] != "rmhr" or len(path.parts) < 3:
        return []
    folder = f"tests/{path.parts[1]}"
    names = [*path.parts[2:-1], path.stem]
    return [
        found.relative_to(ROOT).as_posix()
        for name in reversed(names)
        for found in sorted((ROOT / folder).rglob(f"test_{name}.py"))
    ]


def beside(file: str) -> list[str]:
    """The tests of the folder that it is in."""
    parts = Path(file).parts
    if (
        parts[0] in ("rmhr", "templates", "tests")
        and len(parts) > 2
        and parts[1] not in ("support", "factories")
    ):
        return [f"tests/{parts[1]}"]
    return []


def elsewhere(file: str) -> tuple[str, ...]:
    """What is not called like it."""
    beginnings = [start for start in ELSEWHERE if file.startswith(start)]
    return ELSEWHERE[max(beginnings, key=len)] if beginnings else ()


def _git(*command: str) -> str:
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
