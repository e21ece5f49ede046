"""docs/benchmarks.md: what was measured last, what was measured on an earlier commit, and what is aimed at.

The figures themselves stand in docs/benchmarks.json, from which the page is written.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from tools.bench.aims import AIMS
from tools.bench.banks import DATABASES, ROOT
from tools.bench.figures import FLOOR, Figures, ratio
from tools.bench.pages import PAGES, Kind
from tools.bench.sizes import SIZES

FOLDER = ROOT / "docs"
DOCUMENT, DATA = "benchmarks.md", "benchmarks.json"
#: Profiles of the slowest pages, which each run takes over into the document.
SLOWEST = Path(__file__).parent / "slowest.md"
ASIDE = {
    Kind.PUBLIC: "public",
    Kind.RECORD: "record",
    Kind.LIST: "list",
    Kind.OTHER: "",
}
#: What stands in the table of everything that is no page: measure, what it is called, its unit, a number of which is 1.
OTHERS = (
    ("seconds", "time", "s", 1.0),
    ("cpu_seconds", "CPU", "s", 1.0),
    ("first", "first run", "s", 1.0),
    ("again", "next run", "ms", 0.001),
    ("today", "Today", "ms", 0.001),
    ("told", "told", "", 1.0),
    ("asked", "statements", "", 1.0),
    ("peak", "most memory", "MB", 1.0),
    ("own", "memory of its own", "MB", 1.0),
    ("resident", "resident memory", "MB", 1.0),
    ("written", "size", "MB", 1e6),
    ("requests", "requests", "", 1.0),
    ("kilobytes", "on the wire", "KB", 1.0),
    ("growth", "with 500,000 against 5,000 open", "×", 1.0),
)


@dataclass(frozen=True)
class Run:
    """When, of what, and on which machine figures were measured."""

    date: str
    commit: str
    machine: str


@dataclass
class Kept:
    """What is known: the figures of the newest commit, those of before, and the runs that they come from."""

    runs: list[Run] = field(default_factory=list)  # the newest first
    now: Figures = field(default_factory=Figures)
    former: Figures = field(default_factory=Figures)

    def with_run(self, run: Run, found: Figures) -> Kept:
        """The same after a run. What an earlier commit came to becomes the former figures; the same one is replaced."""
        same = bool(self.runs) and self.runs[0].commit == run.commit
        former = self.former if same else Figures(self.former.values | self.now.values)
        now = Figures((self.now.values if same else {}) | found.values)
        return Kept([run, *(self.runs[1:] if same else self.runs)], now, former)


def this_run() -> Run:
    """Of today, of this checkout, on this machine. A commit with changes on it ends in a plus sign."""
    changed = _git(
        "status", "--porcelain", "--untracked-files=no", "--", ".", f":!docs/{DOCUMENT}", f":!docs/{DATA}"
    )
    commit = _git("rev-parse", "--short", "HEAD") + ("+" if changed else "")
    return Run(date.today().isoformat(), commit, machine())  # noqa: DTZ011  (the day where it is measured)


def machine() -> str:
    """ "2 × AMD EPYC, 16 GB, Linux 6.1, Python 3.11"."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{os.cpu_count()} × {model}, {memory:.0f} GB, Linux {kernel}, Python {platform.python_version()}"


def keep(folder: Path, run: Run, found: Figures) -> None:
    """Write both files, with what stood there before."""
    kept = read(folder).with_run(run, found)
    (folder / DATA).write_text(as_json(kept), encoding="utf-8")
    (folder / DOCUMENT).write_text(as_markdown(kept), encoding="utf-8")


def read(folder: Path) -> Kept:
    """What the last run has left there; nothing where there was none."""
    file = folder / DATA
    if not file.is_file():
        return Kept()
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Kept(
        [Run(**run) for run in kept["runs"]],
        Figures.from_json(kept["now"]),
        Figures.from_json(kept["former"]),
    )


def as_json(kept: Kept) -> str:
    """One figure a line, in the order of its name, so that a change can be read."""
    flat = {
        "runs": [asdict(run) for run in kept.runs],
        "now": _rounded(kept.now),
        "former": _rounded(kept.former),
    }
    return json.dumps(flat, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _rounded(figures: Figures) -> dict[str, float]:
    return {name: float(f"{value:.4g}") for name, value in figures.as_json().items()}


def as_markdown(kept: Kept) -> str:
    """The page."""
    return "\n".join([*_head(kept), *_aims(kept), *_slowest(), *_pages(kept), *_others(kept)]) + "\n"


def _head(kept: Kept) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield (
        "Written by `make bench` ([how to run it](development.md#to-measure)). In brackets stands what was measured "
        "last on an earlier commit."
    )
    yield ""
    yield "| measured | commit | machine |"
    yield "| --- | --- | --- |"
    for run in kept.runs:
        yield f"| {run.date} | {run.commit} | {run.machine} |"
    yield ""
    for size in SIZES.values():
        yield f"* {size}; the demo bank's own besides"
    yield (
        "* **CPU**: of all workers for one request, by the system's account. **× floor**: how many times that of a "
        "bare page of Flask (25 rows, 17 KB, one query by an index) under the same gunicorn in the same run"
    )
    yield "* **median**, **95 %**: seconds until the answer is read, one request at a time"
    yield "* **KB**: on the wire, as a browser asks for it. **req/s**: by `wrk`, eight connections, two workers"
    yield ""


def _aims(kept: Kept) -> Iterator[str]:
    yield "## What is aimed at"
    yield ""
    yield "| | aim | now | before | the worst |"
    yield "| --- | --- | --- | --- | --- |"
    for aim in AIMS:
        now, former = aim.judge(kept.now), aim.judge(kept.former)
        yield f"| {aim.name} | {now.limit} | {now.said} | {former.said if former.measured else ''} | {now.worst_said} |"
    yield ""


def _slowest() -> Iterator[str]:
    """Why the slowest pages are slow: written by hand, since no figure says it."""
    yield "## The slowest that remain"
    yield ""
    yield from SLOWEST.read_text(encoding="utf-8").splitlines()
    yield ""


def _pages(kept: Kept) -> Iterator[str]:
    known = set(kept.now.subjects("cpu")) | set(kept.former.subjects("cpu"))
    for database in DATABASES:
        for size in SIZES:
            rows = [
                (name, kind)
                for name, kind in ((FLOOR, ""), *((page.name, ASIDE[page.kind]) for page in PAGES))
                if (database, size, name) in known
            ]
            if rows:
                yield f"## Pages, {size}, {database}"
                yield ""
                yield "| page | kind | CPU ms | × floor | L : S | statements | median ms | 95 % ms | KB | req/s |"
                yield "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |"
                yield from (_page(kept, database, size, name, kind) for name, kind in rows)
                yield ""


def _page(kept: Kept, database: str, size: str, name: str, kind: str) -> str:
    def cell(form: str, of: Callable[[Figures], float | None]) -> str:
        return beside(form, of(kept.now), of(kept.former))

    def plain(measure: str, form: str, unit: float = 1.0) -> str:
        return cell(form, lambda figures: ratio(figures.get(database, size, name, measure), unit))

    cells = [
        name,
        kind,
        plain("cpu", ",.1f", 0.001),
        cell(",.1f", lambda figures: figures.above_floor(database, size, name)),
        cell(".2f", lambda figures: figures.growth(database, name)) if size == "L" and name != FLOOR else "",
        plain("statements", ",.0f"),
        plain("median", ",.0f", 0.001),
        plain("p95", ",.0f", 0.001),
        plain("wire", ",.1f", 1000),
        plain("rps", ",.0f"),
    ]
    return f"| {' | '.join(cells)} |"


def _others(kept: Kept) -> Iterator[str]:
    names = {page.name for page in PAGES} | {FLOOR}
    keys = sorted({key[:3] for key in (*kept.now.values, *kept.former.values)} - _of_pages(kept, names))
    if not keys:
        return
    yield "## Files, reminders, memory, start"
    yield ""
    yield "| what | bank | |"
    yield "| --- | --- | --- |"
    for database, size, subject in keys:
        said = []
        for measure, label, unit, one in OTHERS:
            now, former = (
                ratio(figures.get(database, size, subject, measure), one)
                for figures in (kept.now, kept.former)
            )
            if now is not None or former is not None:
                said.append(f"{label} {beside(',.4g', now, former)} {unit}".rstrip())
        yield f"| {subject} | {', '.join(filter(None, (size, database)))} | {'; '.join(said)} |"
    yield ""


def _of_pages(kept: Kept, names: set[str]) -> set[tuple[str, str, str]]:
    return {key[:3] for key in (*kept.now.values, *kept.former.values) if key[2] in names}


def beside(form: str, now: float | None, former: float | None) -> str:
    """ "12.3 (35.0)": the former figure stays in brackets; a dash where one is missing."""
    if now is None and former is None:
        return ""
    said = "–" if now is None else format(now, form)
    return said if former is None else f"{said} ({format(former, form)})"


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
