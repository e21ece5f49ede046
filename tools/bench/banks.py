"""The banks that are measured: a database of a kind and size, its files, and the settings of a server on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import config
from tests.support import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASES = ("sqlite", "postgresql")
#: Of the bench alone: what is signed with them is thrown away.
SECRET, AUDIT = "only-for-the-bench-" * 2, "only-for-the-history-of-the-bench-"


@dataclass(frozen=True)
class Bank:
    """A database that is or will be filled, and the folder of its files."""

    database: str
    url: str
    folder: Path

    def environment(self, production: bool = True) -> dict[str, str]:
        """What a process needs to serve or fill it, whatever stands in the environment and in `.env`."""
        settings = dict.fromkeys(config.NAMES, "")
        settings |= {
            "RMHR_ENV": "production" if production else "development",
            "RMHR_SECRET_KEY": SECRET,
            "RMHR_AUDIT_KEY": AUDIT,
            "RMHR_DATABASE_URL": self.url,
            "RMHR_DATA_DIR": str(self.folder),
            "RMHR_PUBLIC_URL": "https://bench.bank.example",
        }
        return os.environ | settings

    def asks(self, work: str, *arguments: str, production: bool = True) -> Any:
        """What `python -m tools.bench.child` answers: a process of its own, so that its memory is its own."""
        command = [sys.executable, "-m", "tools.bench.child", work, *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(production),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])


Make = Callable[[str], Bank]


@contextmanager
def kept(only: str | None, folder: Path, says: Callable[[str], None]) -> Iterator[dict[str, Make]]:
    """For each kind of database that can be had, what makes an empty one by its name, until the block ends."""
    makes: dict[str, Make] = {}
    server = None
    if only != "postgresql":
        makes["sqlite"] = lambda name: _bank("sqlite", f"sqlite:///{folder / f'{name}.db'}", folder / name)
    if only != "sqlite":
        try:
            server = postgres.start()
        except (postgres.Unavailable, postgres.Unreachable) as error:
            says(f"Left out: PostgreSQL ({error})")
    if server is not None:
        url = server.url
        makes["postgresql"] = lambda name: _bank(
            "postgresql", postgres.create(url, f"rmhr_bench_{name.lower()}"), folder / f"postgresql-{name}"
        )
    try:
        yield makes
    finally:
        if server is not None:
            server.stop()


def _bank(database: str, url: str, folder: Path) -> Bank:
    folder.mkdir(parents=True, exist_ok=True)
    return Bank(database, url, folder)
