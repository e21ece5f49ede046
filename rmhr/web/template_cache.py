"""Templates as Python has compiled them, kept on disk: the first page of a new process costs what the next one does."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from rmhr.version import VERSION
from rmhr.web import private_folder

PREFIX = "templates-"


def init_app(app: Flask) -> None:
    """Keep them in a folder for this version of the product, of Jinja and of Python.

    What is kept says of which text it is, so a template that was changed is compiled anew by itself. Applications with
    data folders of their own, as tests have them, may be given one place for all.
    """
    folder = app.config["TEMPLATES_DIR"] or private_folder.made(app)
    if folder is None:
        app.logger.warning(
            "each process compiles templates anew: the data folder has no place for this user alone"
        )
        return
    app.jinja_env.bytecode_cache = _Kept(str(_place(folder)))


def _place(folder: Path) -> Path:
    """The folder of these versions; those of all others go."""
    name = f"{PREFIX}{VERSION}-jinja{version('jinja2')}-{sys.implementation.cache_tag}"
    for other in folder.glob(f"{PREFIX}*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    place = folder / name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


class _Kept(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it where there is room; no page fails because there is none."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
