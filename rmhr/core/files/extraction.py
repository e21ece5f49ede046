"""The text of an uploaded file, read in a child process with limits on time and memory and no access to the data.

Source of the limits: the slowest honest CV takes 0.2 s and 120 MB; the limits leave room and still let a web
server with two such children live on a small machine.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from rmhr.core.letters import normal

#: The folder goes to the end of the path: nothing in it may stand in for a module of Python itself.
START = "import sys; sys.path.append(sys.argv.pop(1)); from extract_child.main import main; sys.exit(main())"
#: `-I`: neither the environment nor the working folder decides what is imported.
COMMAND = (sys.executable, "-I", "-B", "-X", "utf8", "-c", START, str(Path(__file__).parent))
WALL_TIME = 20.0  # seconds, waiting for a free place included
AT_ONCE = 2  # children per web process
MOST_TEXT = 200_000  # characters
MOST_ANSWER = 8 * 1024**2  # bytes; six for each character at worst, and the child sends twice as many
#: What keeps the child from everything else, see `extract_child/confine.py`.
MEANS = ("namespaces", "chroot", "landlock", "seccomp")
BROKEN = 70  # exit status of a child that misses its libraries

#: What PDF writers put for "f" and "i" in one piece; NFC leaves them alone.
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
#: A hyphen that only the end of the line needed, as Word, HTML and PDFium (U+FFFE, U+0002) write it.
_SOFT_HYPHENS = ("\u00ad", "\ufffe", "\x02")
#: Joins what belongs together (emoji, Persian, Indic scripts); every other invisible character goes.
_JOINERS = "\u200c\u200d"

_places = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


class State(StrEnum):
    """What came of reading a file."""

    FOUND = "found"  # there is text
    NONE = "none"  # it opens, but holds no text: a scan, or empty pages
    ENCRYPTED = "encrypted"  # it wants a password
    DAMAGED = "damaged"  # it does not open
    TOO_SLOW = "too_slow"  # it was still being read when its time was over
    OTHER = "other"  # it opens, but is not a PDF, Word or OpenDocument text; `kind` says what it is


@dataclass(frozen=True)
class Extracted:
    """What a file holds; `pages` only of a PDF.

    `kind`: pdf, docx or odt; of OTHER, what it is: macros, template, office or zip.
    """

    state: State
    text: str = ""
    pages: int | None = None
    kind: str = ""


class ExtractionBroken(RuntimeError):
    """The child could not start: the installation is at fault, not the file."""


def extract(data: bytes, family: str) -> Extracted:
    """Read a file of the family "pdf" or "zip" (Word, OpenDocument) in a child process.

    Never takes longer than WALL_TIME, never raises because of what is in the file.
    Raises ExtractionBroken when no file at all could be read.
    """
    answer = ask(data, family, WALL_TIME)
    if isinstance(answer, State):
        return Extracted(answer)
    state, text = State(answer["state"]), tidy(answer.get("text", ""))
    if state is State.FOUND and not any(character.isalnum() for character in text):
        state, text = State.NONE, ""
    return Extracted(state, text, answer.get("pages"), answer.get("kind", ""))


def ask(data: bytes, family: str, seconds: float) -> dict[str, Any] | State:
    """What the child answers, within so many seconds, half of them spent on waiting for a free place at most.

    Raises ExtractionBroken when it could not start.
    """
    deadline = time.monotonic() + seconds
    if not _places.acquire(timeout=seconds / 2):
        return State.TOO_SLOW
    try:
        return _ask_child(data, family, deadline)
    finally:
        _places.release()


def tidy(text: str) -> str:
    """The text as a person would type it: NFC, plain letters, nothing invisible, MOST_TEXT at most."""
    text = (
        text[: 4 * MOST_TEXT]
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n")
        .replace("\v", "\n")
    )
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _joined(text.split("\n")).translate(LIGATURES)
    text = normal("".join(c for c in text if _visible(c)))
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()[:MOST_TEXT]


def _joined(lines: list[str]) -> str:
    """The lines as one text again, without the ends of lines that part a word."""
    out: list[str] = []
    for line in lines:
        words = line.strip(" \t")
        out += [words[:-1]] if words.endswith(_SOFT_HYPHENS) else [words, "\n"]
    return "".join(out)


def _visible(character: str) -> bool:
    """Not a control, half of a pair, icon of a private font, or mark that turns the direction of reading."""
    return character in "\n\t" or character in _JOINERS or unicodedata.category(character)[0] != "C"


def _ask_child(data: bytes, family: str, deadline: float) -> dict[str, Any] | State:
    """Start the child, wait for its answer, leave nothing of it behind."""
    with tempfile.TemporaryDirectory(prefix="rmhr-") as folder:
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            child = subprocess.Popen(
                [*COMMAND, family],
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"TMPDIR": folder},
                close_fds=True,
                process_group=0,
            )
        with child:
            try:
                said = _listen(child, deadline)
                if said is not None:
                    child.wait(timeout=max(deadline - time.monotonic(), 1))
            except subprocess.TimeoutExpired:
                said = None
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
    if said is None or child.returncode == -signal.SIGXCPU:
        return State.TOO_SLOW
    if child.returncode == BROKEN or (child.returncode > 0 and not said):
        raise ExtractionBroken(f"reading ended with {child.returncode}")
    try:
        answer: dict[str, Any] = json.loads(said)
        State(answer["state"])
        _warn(tuple(name for name in MEANS if name in answer.get("missing", ())))
        return answer
    except (ValueError, LookupError, TypeError):
        _log.warning("reading a %s file ended with %s", family, child.returncode)
        return State.DAMAGED


@cache
def _warn(missing: tuple[str, ...]) -> None:
    """Say once what this system does not offer; the README says what that means."""
    if missing:
        _log.warning(
            "files from outside are read without %s: see “The program that reads CVs”", ", ".join(missing)
        )


def _listen(child: subprocess.Popen[bytes], deadline: float) -> bytes | None:
    """All that the child says, MOST_ANSWER at most; None when its time is over first."""
    assert child.stdout
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while len(said) <= MOST_ANSWER:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return None
            chunk = os.read(child.stdout.fileno(), 64 * 1024)
            if not chunk:
                return bytes(said)
            said += chunk
    os.killpg(child.pid, signal.SIGKILL)  # it would talk for ever
    return b""
