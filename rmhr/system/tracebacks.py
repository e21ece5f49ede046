"""Where a job failed, line by line, for those who look after the system: without the values of anything.

What a variable held is people's data, and so may be what an error says; the lines of our own code are neither.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

#: So much is kept of it, the innermost part: that is where it failed.
LONGEST = 8000
ROOT = f"{Path(__file__).resolve().parents[2]}/"
LIBRARIES = "site-packages/"
CUT = "…\n"


def trace_of(problem: BaseException) -> str:
    """The calls that led to it, and for what it was caused by, too: the first cause first."""
    text = "\n".join("".join(_one(each)) for each in reversed(list(_causes(problem))))
    if len(text) <= LONGEST:
        return text
    kept = text[-LONGEST:]
    return CUT + kept[kept.find("\n") + 1 :]


def _causes(problem: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    here: BaseException | None = problem
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        yield here
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)


def _one(problem: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(problem.__traceback__):
        yield f"{_place(frame.filename)}:{frame.lineno} in {frame.name}\n"
        if frame.line:
            yield f"    {frame.line}\n"
    yield f"{type(problem).__name__}\n"


def _place(path: str) -> str:
    """Which file, without where this machine keeps it."""
    return path.removeprefix(ROOT).rpartition(LIBRARIES)[2]
