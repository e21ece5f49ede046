"""Takes from this program whatever it does not need: files, connections, other programs and processes.

Everything that it imports must be imported before; afterwards it opens no file. Each means that the system offers is
used, since each closes what another may leave open:

    namespaces  no network; other people's processes cannot be looked into (user, network and IPC namespace)
    chroot      the empty folder of this run is all that there is
    landlock    no file can be opened, made, changed or deleted, no TCP, no signal to others (Linux 5.13; 6.7; 6.12)
    seccomp     no socket, no program, no process, no signal, no change of a file or a limit

Sources: unshare(2), chroot(2), landlock(7), seccomp(2), capabilities(7).
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Callable
from contextlib import suppress

NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
NOBODY = 65534
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2
LANDLOCK_CREATE, LANDLOCK_RESTRICT, LANDLOCK_VERSION = 444, 446, 1
#: Rights over files that each version of Landlock knows: it refuses the others.
LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}

#: Calls that are the same everywhere: signals and files of others by pidfd, io_uring, new mounts, clone3.
_EVERYWHERE = (424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 435, 438, 442, 452, 463, 466)
#: machine: (its AUDIT_ARCH, the numbers of the calls that are refused)
REFUSED: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        (
            *(29, 41, 42, 43, 44, 46, 49, 50, 53, 56, 57, 58, 59, 62, 64, 68, 82, 83, 84, 85, 86, 87, 88),
            *(90, 91, 92, 93, 94, 101, 132, 133, 141, 155, 160, 161, 165, 166, 188, 189, 190, 197, 198, 199),
            *(200, 203, 234, 235, 248, 249, 250, 251, 258, 259, 260, 261, 263, 264, 265, 266, 268, 272, 280),
            *(288, 298, 302, 307, 308, 310, 311, 312, 314, 316, 319, 321, 322, 323),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(5, 6, 7, 14, 15, 16, 30, 33, 34, 35, 36, 37, 38, 39, 40, 41, 51, 52, 53, 54, 55, 88, 97, 117),
            *(122, 129, 130, 131, 140, 164, 186, 190, 194, 198, 199, 200, 201, 202, 203, 206, 211, 217, 218),
            *(219, 220, 221, 241, 242, 261, 268, 269, 270, 271, 272, 274, 276, 279, 280, 281, 282),
        ),
    ),
}
#: Above this number are the calls of another way to call (x32).
X32 = 0x40000000


def confine() -> list[str]:
    """Keep this process to its working folder and to what it has read; returns the means that are not offered here."""
    missing = []
    for name, use in MEANS.items():
        try:
            use()
        except (OSError, AttributeError, KeyError):  # not allowed, another system, another machine
            missing.append(name)
    return missing


def _leave_the_network() -> None:
    if _library().unshare(NEW_USER | NEW_NETWORK | NEW_IPC):
        raise OSError


def _see_nothing_else() -> None:
    """The root is the working folder; who may do so for being root is somebody else from then on."""
    os.chroot(".")
    os.chdir("/")
    if os.geteuid() == 0:
        with suppress(PermissionError):
            os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _open_nothing() -> None:
    library = _library()
    version = library.syscall(LANDLOCK_CREATE, None, 0, LANDLOCK_VERSION)
    if version < 1:
        raise OSError
    rights = (1 << LANDLOCK_RIGHTS.get(version, LANDLOCK_RIGHTS[max(LANDLOCK_RIGHTS)])) - 1
    rules = struct.pack("=Q", rights)
    if version >= 4:
        rules += struct.pack("=Q", 0b11)  # binding and connecting by TCP
    if version >= 6:
        rules += struct.pack("=Q", 0b11)  # abstract sockets and signals of others
    _give_up_privileges(library)
    number = library.syscall(LANDLOCK_CREATE, rules, len(rules), 0)
    if number < 0:
        raise OSError
    refused = library.syscall(LANDLOCK_RESTRICT, number, 0)
    os.close(number)
    if refused:
        raise OSError


def _call_nothing() -> None:
    """Refuse the calls by a program of the Berkeley Packet Filter, which the kernel runs before each."""
    arch, numbers = REFUSED[os.uname().machine]
    numbers = (*numbers, *_EVERYWHERE)
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    left = len(numbers)
    steps = [
        (load, 0, 0, 4),
        (equal, 0, left + 3, arch),
        (load, 0, 0, 0),
        (at_least, left + 1, 0, X32),
        *((equal, left - place, 0, number) for place, number in enumerate(numbers)),
        (answer, 0, 0, 0x7FFF0000),  # allowed
        (answer, 0, 0, 0x00050001),  # refused: "Operation not permitted"
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    library = _library()
    _give_up_privileges(library)
    given = Filter(len(steps), ctypes.cast(program, ctypes.c_void_p))
    if library.prctl(SET_SECCOMP, FILTER, ctypes.byref(given), 0, 0):
        raise OSError


#: In this order: each later one takes away what the earlier ones need.
MEANS: dict[str, Callable[[], None]] = {
    "namespaces": _leave_the_network,
    "chroot": _see_nothing_else,
    "landlock": _open_nothing,
    "seccomp": _call_nothing,
}


def _give_up_privileges(library: ctypes.CDLL) -> None:
    if library.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError


def _library() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise OSError
    return ctypes.CDLL(None, use_errno=True)
