"""Where this process keeps what it can make anew: in the data folder, a folder for each user of the system.

Web server, scheduler and a command that an administrator gives may run as different users: none of them stumbles over
what another may not read or write, and nobody runs what another has put there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from flask import Flask


def made(app: Flask) -> Path | None:
    """The folder, made if it is not there; None where somebody else could write into it, or where it cannot be made."""
    folder = Path(app.config["DATA_DIR"]) / f"cache-{os.geteuid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return folder if is_own and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else None
