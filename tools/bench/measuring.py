"""The parts of the bench: each measures something of a bank, notes the figures and says them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support import chromium
from tools.bench import figures as computed
from tools.bench import lighthouse, lists, reminders, visit
from tools.bench.banks import ROOT, Bank, Make
from tools.bench.figures import FLOOR, Figures
from tools.bench.pages import PAGES
from tools.bench.servers import Looked, Server, Wrong, serving
from tools.bench.sizes import Size

#: The floor is looked at again after so many pages: a machine is not equally busy all the time.
BETWEEN = 8
#: (open things, of which their owners are reminded today)
REMINDED = ((5_000, 1_000), (500_000, 1_000), (500_000, 20_000))
STARTS = 3
CONNECTIONS, SECONDS = 8, 5  # of wrk
HEAD = f"    {'page':<46}{'CPU':>9}{'× floor':>9}{'median':>10}{'95 %':>10}{'statements':>12}{'KB':>8}{'req/s':>8}"


@dataclass
class Bench:
    """What is measured, and where it is said."""

    figures: Figures
    says: Callable[[str], None]
    page: str = ""  # only pages whose name holds this
    problems: list[str] = field(default_factory=list)

    def fill(self, bank: Bank, size: Size) -> None:
        """Make the bank."""
        self.says(f"\n{bank.database}, {size}")
        steps = bank.asks("seed", size.name, production=False)
        seconds, cpu = (sum(step[what] for step in steps) for what in ("seconds", "cpu"))
        self.figures.put(bank.database, size.name, "seed", seconds=seconds, cpu_seconds=cpu)
        self.says(f"    filled in {seconds:.0f} s ({cpu:.0f} s of CPU)")

    def pages(self, bank: Bank, size: Size, bare: Bank) -> None:
        """Every page beside the floor, and the memory of the workers after it."""
        plan = bank.asks("plan", self.page)
        bare.asks("bare", bare.url)
        with (
            serving(
                bare.environment(), "tools.bench.floor:app", "--config", "python:tools.bench.floor"
            ) as floor,
            serving(bank.environment(), "wsgi:app", ready="/healthz") as server,
        ):
            self.says(HEAD)
            floors = [floor.look("/")]
            for number, each in enumerate(plan, 1):
                self._page(bank, size, server, each, floors)
                if number % BETWEEN == 0 or number == len(plan):
                    floors.append(floor.look("/"))
            self._floor(bank, size, floor, floors)
            for place, memory in enumerate(server.memory(), 1):
                self.says(
                    f"    worker {place}: {memory.own:.0f} MB of its own, {memory.resident:.0f} MB resident"
                )
            most = max(server.memory(), key=lambda memory: memory.resident)
            self.figures.put(bank.database, size.name, "worker", own=most.own, resident=most.resident)

    def _page(self, bank: Bank, size: Size, server: Server, each: Any, floors: list[Looked]) -> None:
        name = each["name"]
        if each["status"] != 200:
            self.problem(
                f"{name} ({size.name}, {bank.database}): {each['status'] or 'there is nothing to open'}"
            )
            return
        try:
            looked = server.look(each["url"], each["cookie"])
        except (OSError, Wrong) as error:
            self.problem(f"{name} ({size.name}, {bank.database}): {error}")
            return
        rate = self._rate(server, each["url"], each["cookie"]) if _loaded(name) else None
        self._note(bank, size, name, looked, rate, statements=each["statements"], page_bytes=each["size"])
        times = looked.cpu / computed.median([floor.cpu for floor in floors])
        self.says(_line(name, looked, times, each["statements"], rate))

    def _floor(self, bank: Bank, size: Size, floor: Server, floors: list[Looked]) -> None:
        together = Looked(
            computed.median([each.cpu for each in floors]),
            [second for each in floors for second in each.times],
            floors[0].size,
        )
        rate = self._rate(floor, "/", "")
        self._note(bank, size, FLOOR, together, rate)
        self.says(_line(FLOOR, together, 1.0, 1, rate))

    def _note(
        self, bank: Bank, size: Size, name: str, looked: Looked, rate: float | None, **more: float
    ) -> None:
        if rate is not None:
            more["rps"] = rate
        self.figures.put(
            bank.database,
            size.name,
            name,
            cpu=looked.cpu,
            median=computed.median(looked.times),
            p95=computed.percentile(looked.times, 0.95),
            wire=looked.size,
            **more,
        )

    def _rate(self, server: Server, path: str, cookie: str) -> float | None:
        """Requests per second, where wrk is found."""
        program = shutil.which("wrk")
        if program is None:
            return None
        command = [program, "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Host: bench.bank.example"]
        command += ["-H", f"Cookie: {cookie}"] if cookie else []
        done = subprocess.run([*command, server.url + path], capture_output=True, text=True, check=True)
        try:
            return computed.requests_per_second(done.stdout)
        except ValueError as error:
            self.problem(f"{path}: {error}")
            return None

    def files(self, bank: Bank, size: Size) -> None:
        """The list of applications, and all of it as CSV and as a workbook."""
        self.says(f"    {lists.HEAD}")
        for what in lists.WHAT:
            for found in bank.asks("files", what):
                row = lists.Row(**found)
                self.says(f"    {row}")
                self.figures.put(
                    bank.database,
                    size.name,
                    f"applications.{row.what}",
                    seconds=row.seconds,
                    asked=row.statements,
                    peak=row.peak,
                    written=row.size,
                )

    def run(self, bank: Bank, size: Size) -> None:
        """The reminders of the bank. They write: what is measured after them has been told already."""
        names = ("reminders, all at once", "reminders, next morning")
        for name, found in zip(names, bank.asks("run"), strict=True):
            run = reminders.Run(**found)
            self.says(
                f"    {name}: {run.told:,} told in {run.seconds:.2f} s ({run.cpu:.2f} s of CPU), "
                f"{run.statements} statements"
            )
            self.figures.put(
                bank.database, size.name, name, seconds=run.seconds, cpu_seconds=run.cpu, told=run.told
            )

    def reminders(self, database: str, make: Make) -> None:
        """Reminders and Today at 5,000 and 500,000 open things."""
        self.says(f"\n{database}, open things\n    {reminders.HEAD}")
        rows = []
        for number, (open_, due) in enumerate(REMINDED):
            bank = make(f"open-{number}" if database == "sqlite" else f"open_{number}")
            row = reminders.Row(**bank.asks("remind", bank.url, str(open_), str(due), production=False))
            rows.append(row)
            self.says(f"    {row}")
            name = f"{open_:,} open, {due:,} due"
            self.figures.put(
                database,
                "",
                name,
                told=row.told,
                first=row.first,
                asked=row.statements,
                peak=row.peak,
                again=row.again,
                today=row.today,
            )
        for what, times in reminders.grown(rows[0], rows[1]).items():
            self.says(f"      {what}: 500,000 open cost {times:.2f} times what 5,000 cost")
            self.figures.put(database, "", f"reminders, {what}", growth=times)

    def visit(self, bank: Bank, size: Size) -> None:
        """What a phone loads that opens the career list for the first time."""
        path = chromium.find()
        if path is None:
            self.says("    first visit: not measured, there is no Chromium")
            return
        with serving(bank.environment(), "wsgi:app", ready="/healthz") as server:
            found = visit.first(path, f"{server.url}/careers/")
            self._judged(bank, size, server.url, path)
        kilobytes = found.received / 1000
        self.says(f"    first visit: {found.requests} requests, {kilobytes:.0f} KB on the wire")
        self.figures.put(
            bank.database, size.name, "first visit", requests=found.requests, kilobytes=kilobytes
        )

    def _judged(self, bank: Bank, size: Size, server: str, path: str) -> None:
        """What Lighthouse says of the career list and of a posting."""
        if not lighthouse.is_there():
            self.says("    Lighthouse: not measured, it is not installed (`npm install --global lighthouse`)")
            return
        plan = {each["name"]: each["url"] for each in bank.asks("plan", "visitor careers.")}
        worst = 100
        for name, url in plan.items():
            for way, points in lighthouse.points(f"{server}{url}", path):
                worst = min(worst, *points.values())
                self.says(
                    f"    {name}, {way}: {', '.join(f'{what} {most}' for what, most in points.items())}"
                )
        self.figures.put(bank.database, size.name, "Lighthouse", points=worst)

    def process(self, bank: Bank) -> None:
        """The start of the process, and how long reading a CV takes."""
        started = [_started(bank) for _turn in range(STARTS)]
        cpu, wall = min(used for used, _took in started), min(took for _used, took in started)
        self.says(f"\nstart of the process: {cpu:.2f} s of CPU, {wall:.2f} s")
        self.figures.put("", "", "start", cpu_seconds=cpu, seconds=wall)
        for family, seconds in bank.asks("extract").items():
            name = {"pdf": "CV as PDF", "zip": "CV as Word file"}[family]
            self.says(f"{name}: read in {seconds:.2f} s")
            self.figures.put("", "", name, seconds=seconds)

    def problem(self, said: str) -> None:
        """What could not be measured, and why."""
        self.problems.append(said)
        self.says(f"    {said}")


def _loaded(name: str) -> bool:
    return any(page.loaded for page in PAGES if page.name == name)


def _started(bank: Bank) -> tuple[float, float]:
    """(seconds of CPU, seconds) until the application is made; compiled beforehand, as where it is installed."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bank.folder / "compiled")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=bank.environment() | compiled
    )
    _id, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Wrong(f"the application does not start: {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - began


def _line(name: str, looked: Looked, times: float, statements: int, rate: float | None) -> str:
    per_second = "" if rate is None else f"{rate:,.0f}"
    return (
        f"    {name:<46}{looked.cpu * 1000:>6.1f} ms{times:>9.1f}{computed.median(looked.times) * 1000:>7.0f} ms"
        f"{computed.percentile(looked.times, 0.95) * 1000:>7.0f} ms{statements:>12}{looked.size / 1000:>8.1f}"
        f"{per_second:>8}"
    )
