"""What the system itself keeps account of: the CPU time and the memory of processes, from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")  # a second


@dataclass(frozen=True)
class Memory:
    """Memory of one process, in MB: all that it has in use, and what it shares with nobody."""

    resident: float
    own: float


def ticks(stat: str) -> int:
    """CPU time in user and in kernel mode, as /proc/<pid>/stat says it: the name before may hold any sign."""
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def parent(stat: str) -> int:
    """Which process has started it."""
    return int(stat.rpartition(")")[2].split()[1])


def memory(rollup: str) -> Memory:
    """What /proc/<pid>/smaps_rollup says."""
    lines = (line.split() for line in rollup.splitlines() if line.endswith(" kB"))
    kilobytes = {name.rstrip(":"): int(value) for name, value, _unit in lines}
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(kilobytes["Rss"] / 1024, own / 1024)


def cpu(processes: Iterable[int]) -> float:
    """Seconds of CPU that these processes have used so far."""
    return sum(ticks((PROC / str(process) / "stat").read_text()) for process in processes) / TICKS


def memory_of(process: int) -> Memory:
    """The memory of a process that runs."""
    return memory((PROC / str(process) / "smaps_rollup").read_text())


def children(process: int) -> list[int]:
    """The processes that this one has started and that run."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue  # ended meanwhile
        if parent(stat) == process:
            found.append(int(folder.name))
    return sorted(found)
