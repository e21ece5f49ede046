"""What a hostile file might try once it has taken over the program that reads it. Run inside that program.

It is given, as JSON in its first argument, what there is to reach: {"parent": pid, "secret": …, "folder": of uploads,
"file": one of them, "outside": a path to write, "port": of a server, "socket": path of another, "means": those to use}.
It answers as that program does; the text says what came of each try.
"""

from __future__ import annotations

import codecs
import ctypes
import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: The means of confine.py, by what they close.
ALL = ("namespaces", "chroot", "landlock", "seccomp")
FILES = ("chroot", "landlock")
CHANGES = ("chroot", "landlock", "seccomp")
LIMITS = ("limits",)


class Reached(Exception):
    """A try that came through."""


@dataclass(frozen=True)
class Escape:
    """One try, and the means each of which closes it; "limits" are those of limits.py, which are always there."""

    name: str
    closed_by: tuple[str, ...]
    run: Callable[[dict[str, Any]], Any]


def _own_environment(there: dict[str, Any]) -> Any:
    return [name for name, value in os.environ.items() if there["secret"] in value or name.startswith("RMHR")]


def _descriptors(_there: dict[str, Any]) -> Any:
    found = []
    for number in range(3, 64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


def _environment(there: dict[str, Any]) -> Any:
    with open(f"/proc/{there['parent']}/environ", "rb") as file:
        return file.read(1)


def _memory(there: dict[str, Any]) -> Any:
    with open(f"/proc/{there['parent']}/mem", "rb") as file:
        return file


def _files_of_the_parent(there: dict[str, Any]) -> Any:
    return os.listdir(f"/proc/{there['parent']}/fd")


def _lists(there: dict[str, Any]) -> Any:
    return os.listdir(there["folder"])


def _reads(there: dict[str, Any]) -> Any:
    with open(there["file"], "rb") as file:
        return file.read(1)


def _deletes(there: dict[str, Any]) -> Any:
    os.unlink(there["file"])
    return "deleted"


def _renames(there: dict[str, Any]) -> Any:
    os.rename(there["file"], there["file"] + ".gone")
    os.rename(there["file"] + ".gone", there["file"])
    return "renamed"


def _truncates(there: dict[str, Any]) -> Any:
    os.truncate(there["file"], 0)
    return "emptied"


def _writes(there: dict[str, Any]) -> Any:
    with open(there["outside"], "wb") as file:
        return file.name


def _fills_the_disk(_there: dict[str, Any]) -> Any:
    with open("filled", "wb") as file:
        return file.write(bytes(1024**2))


def _connects(there: dict[str, Any]) -> Any:
    with socket.create_connection(("127.0.0.1", there["port"]), timeout=2) as there_is:
        return there_is


def _connects_locally(there: dict[str, Any]) -> Any:
    with socket.socket(socket.AF_UNIX) as there_is:
        there_is.connect(there["socket"])
        return there_is


def _sends(there: dict[str, Any]) -> Any:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there_is:
        return there_is.sendto(b"x", ("127.0.0.1", there["port"]))


def _starts(_there: dict[str, Any]) -> Any:
    return subprocess.run([sys.executable, "-c", ""], check=True, timeout=5)


def _forks(_there: dict[str, Any]) -> Any:
    for _one in range(100):
        if (pid := os.fork()) == 0:
            os._exit(0)
        os.waitpid(pid, 0)
    return "a hundred"


def _signals(there: dict[str, Any]) -> Any:
    os.kill(there["parent"], 0)
    return "a signal"


def _slows(there: dict[str, Any]) -> Any:
    os.setpriority(os.PRIO_PROCESS, there["parent"], os.getpriority(os.PRIO_PROCESS, there["parent"]))
    return "the parent"


def _raises_limits(_there: dict[str, Any]) -> Any:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
    return "may write"


def _takes_memory(_there: dict[str, Any]) -> Any:
    return len(bytearray(2 * 1024**3))


def _unshares(_there: dict[str, Any]) -> Any:
    if ctypes.CDLL(None, use_errno=True).unshare(0x10000000):
        raise PermissionError
    return "a namespace"


ESCAPES = [
    Escape("its own environment", LIMITS, _own_environment),
    Escape("descriptors that it inherited", LIMITS, _descriptors),
    Escape("the environment of the parent", ("namespaces", *FILES), _environment),
    Escape("the memory of the parent", ("namespaces", *FILES), _memory),
    Escape("the open files of the parent", FILES, _files_of_the_parent),
    Escape("listing uploads", FILES, _lists),
    Escape("reading an upload", FILES, _reads),
    Escape("renaming an upload", CHANGES, _renames),
    Escape("emptying an upload", FILES, _truncates),
    Escape("deleting an upload", CHANGES, _deletes),
    Escape("writing elsewhere", FILES, _writes),
    Escape("filling the disk", LIMITS, _fills_the_disk),
    Escape("a connection by TCP", ("namespaces", "seccomp"), _connects),
    Escape("a connection to a local socket", ("chroot", "seccomp"), _connects_locally),
    Escape("a datagram", ("namespaces", "seccomp"), _sends),
    Escape("starting a program", ("chroot", "landlock", "seccomp"), _starts),
    Escape("a hundred processes", ("seccomp",), _forks),
    Escape("a signal to the parent", ("seccomp",), _signals),
    Escape("the priority of the parent", ("seccomp",), _slows),
    Escape("other limits for itself", ("seccomp",), _raises_limits),
    Escape("two gigabytes of memory", LIMITS, _takes_memory),
    Escape("a namespace of its own", ("seccomp",), _unshares),
]


def main() -> int:
    """Try everything; answer in the form of the program that reads files."""
    from extract_child import confine  # type: ignore[import-not-found]  # on the path of that program alone
    from extract_child.limits import limit  # type: ignore[import-not-found]

    there = json.loads(sys.argv[1])
    codecs.lookup("idna")  # what a connection needs is loaded now
    limit()
    for name in set(confine.MEANS) - set(there["means"]):
        del confine.MEANS[name]
    missing = confine.confine()
    came = {each.name: _came_of(each, there) for each in ESCAPES}
    sys.stdout.write(json.dumps({"state": "found", "text": json.dumps(came), "missing": missing}))
    return 0


def _came_of(each: Escape, there: dict[str, Any]) -> str:
    """Empty where it was refused, or brought nothing."""
    try:
        return str(each.run(there) or "")
    except (OSError, MemoryError, ValueError, subprocess.SubprocessError):
        return ""
