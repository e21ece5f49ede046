"""`make bench`: the figures of the product beside a bare page, on both databases, in a small and in a large bank.

It writes docs/benchmarks.md, the former figures beside the new ones; a part of it changes what it measures. With
`--page` it is a look at a few pages, and nothing is written.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from rmhr.commands import i18n
from tools.bench import report
from tools.bench.aims import AIMS
from tools.bench.banks import DATABASES, Make, kept
from tools.bench.figures import Figures
from tools.bench.measuring import Bench
from tools.bench.servers import Wrong
from tools.bench.sizes import SIZES

PARTS = ("pages", "files", "run", "visit", "reminders", "process")
#: What is measured in the large bank alone, if there is one.
ONCE = ("files", "run", "visit")


def main() -> int:
    """Measure, print, write; 1 where something could not be measured. A missed aim is no failure."""
    given = _options()
    says = partial(print, flush=True)
    if shutil.which("wrk") is None and "pages" in given.part:
        says("Requests per second: not measured, there is no wrk (as root on Debian, `apt install wrk`).")
    i18n.compile_all()
    bench = Bench(Figures(), says, given.page)
    sizes = [size for size in SIZES if given.size in (None, size)]
    with (
        tempfile.TemporaryDirectory(prefix="rmhr-bench-") as name,
        kept(given.only, Path(name), says) as makes,
    ):
        for database, make in makes.items():
            try:
                _measure(bench, database, make, sizes, given.part)
            except Wrong as error:
                bench.problem(f"{database}: {error}")
        if "process" in given.part and makes:
            bench.process(next(iter(makes.values()))("start"))
    for verdict in (aim.judge(bench.figures) for aim in AIMS):
        says(f"{verdict.aim.name:<46}{verdict.limit:<20}{verdict.said:<34}{verdict.worst_said}")
    run = report.this_run()
    if given.json:
        Path(given.json).write_text(report.as_json(report.Kept([run], bench.figures)), encoding="utf-8")
    if not given.page:
        report.keep(report.FOLDER, run, bench.figures)
        says(f"\nWritten: {report.FOLDER / report.DOCUMENT}")
    says("".join(f"Not measured: {problem}\n" for problem in bench.problems), end="")
    return bool(bench.problems)


def _measure(bench: Bench, database: str, make: Make, sizes: list[str], parts: list[str]) -> None:
    for name in sizes:
        size = SIZES[name]
        wanted = [part for part in parts if part == "pages" or (part in ONCE and name == sizes[-1])]
        if not wanted:
            continue
        bank = make(name)
        bench.fill(bank, size)
        if "pages" in wanted:
            bench.pages(bank, size, make(f"floor_{name}"))
        if "files" in wanted:
            bench.files(bank, size)
        if "visit" in wanted:
            bench.visit(bank, size)
        if "run" in wanted:
            bench.run(bank, size)
    if "reminders" in parts:
        bench.reminders(database, make)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--size", choices=SIZES, help="one bank only")
    parser.add_argument("--only", choices=DATABASES, help="one database only")
    parser.add_argument(
        "--page", default="", metavar="TEXT", help="only pages whose name holds this, and nothing else"
    )
    parser.add_argument("--part", action="append", choices=PARTS, help="only this; may be given again")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    given = parser.parse_args()
    given.part = given.part or (["pages"] if given.page else list(PARTS))
    return given


if __name__ == "__main__":
    sys.exit(main())
