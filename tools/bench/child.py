"""`python -m tools.bench.child WORK …`: one piece of the bench in a process of its own; prints what came of it as JSON.

The settings are those of the environment.
"""

from __future__ import annotations

import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict
from typing import Any

from config import Config
from rmhr import create_app
from rmhr.core.files import extraction
from tools.bench import floor, lists, pages, reminders, seeds
from tools.bench.seeds.rows import day, moment, working_day
from tools.bench.sizes import SIZES

EXTRACTED = 5


def _app(**settings: Any) -> Any:
    config = Config.from_env()
    for name, value in settings.items():
        setattr(config, name, value)
    return create_app(config)


def seed(size: str) -> Any:
    """Fill the database; the steps, which are printed as they pass."""
    took = []
    for step in seeds.build(_app(), SIZES[size]):
        print(
            f"    {step.name:<14}{step.seconds:>7.1f} s, {step.cpu:.1f} s of CPU", file=sys.stderr, flush=True
        )
        took.append(asdict(step))
    return took


def bare(url: str) -> Any:
    """Fill the database of the floor."""
    floor.fill(url)
    return None


def plan(pattern: str) -> Any:
    """The pages whose name holds this, opened once as whoever opens them."""
    return [asdict(each) for each in pages.opened(_app(), pages.chosen(pattern))]


def files(what: str) -> Any:
    """The pages or a file of the list of applications."""
    return [asdict(row) for row in lists.measured(_app(CSRF_ENABLED=False), what)]


def remind(url: str, open_: str, due: str) -> Any:
    """A row of the bench of reminders, on a database of its own."""
    return asdict(reminders.measured(url, int(open_), int(due)))


def run() -> Any:
    """Two runs of the reminders of this bank: one that says all that nobody was told so far, and the next morning's."""
    app = _app()
    first = working_day(1)
    days = (first, working_day((first - day()).days + 1))
    return [asdict(reminders.run_at(app, moment(on, 9))) for on in days]


def extract() -> Any:
    """The median of reading a CV: what somebody who applies waits for."""
    from tests.support import documents

    found = {}
    for family, data in (("pdf", documents.pdf(pages=3)), ("zip", documents.word())):
        took = []
        for _turn in range(EXTRACTED):
            began = time.perf_counter()
            read = extraction.extract(data, family)
            took.append(time.perf_counter() - began)
            assert read.state is extraction.State.FOUND
        found[family] = statistics.median(took)
    return found


WORKS: dict[str, Callable[..., Any]] = {
    work.__name__: work for work in (seed, bare, plan, files, remind, run, extract)
}


def main() -> int:
    """Do it; whatever is printed meanwhile goes to standard error."""
    work, *arguments = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    with redirect_stdout(sys.stderr):
        found = WORKS[work](*arguments)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
