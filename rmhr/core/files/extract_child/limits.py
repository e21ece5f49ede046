"""Limits of the program: memory (bytes), processor time (seconds), open files, length of the text (characters)."""

from __future__ import annotations

import resource

MEMORY = 768 * 1024**2  # bytes of address space
CPU = 10  # seconds, then the kernel ends the process
OPEN_FILES = 64
ENOUGH_TIME = 7  # seconds, then what has been read so far is the answer
ENOUGH_TEXT = 400_000  # characters; the parent keeps half of it after tidying
MOST_FILES_IN_ZIP = 5_000
MOST_XML = 64 * 1024**2  # bytes of one part, unpacked


def limit() -> None:
    """Set the limits of this process, without the right to write files or start processes.

    To be called before the first byte is read.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))  # of no effect for root: see confine.py
