"""Escapes from the program that reads CVs: a stand-in for it, as confined as it is, tries each (`escapes.py`)."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from rmhr.core.files import extraction
from tools.attack import Figure, attack
from tools.attack.escapes import ALL, ESCAPES, Escape

START = (
    "import sys; sys.path += [sys.argv.pop(1), sys.argv.pop(1)]; from escapes import main; sys.exit(main())"
)
ENDLESS = "while True: pass"
SECRET = "a-key-that-nobody-may-read"


@dataclass(frozen=True)
class Tried:
    """What came of all escapes: what each brought (empty: nothing), the means that this system does not offer."""

    came: dict[str, str]
    missing: tuple[str, ...]
    harm: str  # what the parent found done afterwards; empty: nothing

    def held(self, each: Escape) -> bool:
        """Whether this one was refused, or harmless."""
        return not self.came[each.name]

    def testable(self, each: Escape, means: Sequence[str] = ALL) -> bool:
        """Whether this system has a means, of those in use, that should close it."""
        return "limits" in each.closed_by or bool(set(each.closed_by) & set(means) - set(self.missing))


def tried(means: Sequence[str] = ALL) -> Tried:
    """Try all escapes with these means in force. Raises RuntimeError where there is no answer."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(socket.create_server(("127.0.0.1", 0))) as server,
        closing(socket.socket(socket.AF_UNIX)) as local,
        patch.dict(os.environ, {"RMHR_SECRET_KEY": SECRET}),
    ):
        os.chmod(folder, 0o777)
        upload, outside = Path(folder, "upload"), Path(folder, "outside")
        upload.write_bytes(b"somebody's CV")
        upload.chmod(0o666)
        local.bind(f"{folder}/socket")
        local.listen()
        there = {
            "parent": os.getpid(),
            "secret": SECRET,
            "folder": folder,
            "file": str(upload),
            "means": means,
        }
        there |= {"outside": str(outside), "port": server.getsockname()[1], "socket": f"{folder}/socket"}
        folders = [str(Path(extraction.__file__).parent), str(Path(__file__).parent)]
        command = (sys.executable, "-I", "-B", "-X", "utf8", "-c", START, *folders, json.dumps(there))
        with patch.object(extraction, "COMMAND", command):
            answer = extraction.ask(b"", "pdf", extraction.WALL_TIME)
        if isinstance(answer, extraction.State):
            raise RuntimeError(f"the escapes gave no answer: {answer}")
        harm = (
            []
            if upload.is_file() and upload.read_bytes() == b"somebody's CV"
            else ["the upload is not what it was"]
        )
        harm += ["something was written"] if outside.exists() else []
        return Tried(json.loads(answer["text"]), tuple(answer["missing"]), ", ".join(harm))


@attack("child", "escapes from the program that reads CVs")
def child() -> Iterator[Figure]:
    """Each escape, what is missing here, and when a program without an end was ended."""
    found = tried()
    for name in found.missing:
        yield Figure(f"means: {name}", "this system does not offer it", skipped=True)
    for each in ESCAPES:
        came = found.came[each.name] or "refused"
        skipped = not found.testable(each)
        yield Figure(each.name, came, held=skipped or found.held(each), skipped=skipped)
    yield Figure("done to the uploads", found.harm or "nothing", held=not found.harm)
    with patch.object(extraction, "COMMAND", (sys.executable, "-I", "-c", _limited(ENDLESS))):
        began = time.monotonic()
        came = extraction.extract(b"", "pdf").state
        took = time.monotonic() - began
    yield Figure("a loop without an end", f"{came} after {took:.0f} s", held=took < extraction.WALL_TIME + 2)


def _limited(program: str) -> str:
    path = str(Path(extraction.__file__).parent)
    return (
        f"import sys; sys.path.append({path!r})\nfrom extract_child.limits import limit\nlimit()\n{program}"
    )
