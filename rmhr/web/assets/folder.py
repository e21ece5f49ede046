"""Where the files that pages load lie: made from rmhr/static at the start, each called by its content.

A name that says what is in it may be kept for a year, and nothing has to be made that is there already. What former
versions were called stays for a while: a page that somebody opened before an upgrade still finds its style sheet.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import brotli
from flask import Flask, url_for
from whitenoise import WhiteNoise

from rmhr.web import private_folder, security
from rmhr.web.assets import script, sheet

SOURCES = Path(__file__).parent.parent.parent / "static"
YEAR = 365 * 24 * 60 * 60
#: Seconds for which files of former versions stay.
MONTH = 30 * 24 * 60 * 60
MAKERS: dict[str, Callable[[], str]] = {
    "rmhr.css": lambda: sheet.whole(SOURCES / "css"),
    "rmhr.js": lambda: script.whole(SOURCES / "js" / "main.js"),
    "mark.svg": lambda: (SOURCES / "mark.svg").read_text(encoding="utf-8"),
}


class Assets:
    """The files of one application. `watched`: made anew when a source changes; else once, and compressed as well."""

    def __init__(self, folder: Path, *, watched: bool) -> None:
        self.folder, self.watched = folder, watched
        self.names: dict[str, str] = {}
        self._seen: object = None
        self._lock = threading.Lock()

    def address(self, name: str) -> str:
        """The address of "rmhr.css", "rmhr.js" or "mark.svg", as they are now."""
        if self.watched:
            self.make()
        return url_for("static", filename=self.names[name])

    def make(self) -> None:
        """Make what is not there, of the sources as they are now."""
        with self._lock:
            state = _state()
            if state == self._seen and all((self.folder / name).exists() for name in self.names.values()):
                return
            self.names = {name: self._keep(name, maker().encode()) for name, maker in MAKERS.items()}
            self._seen = state
            self._sweep()

    def _keep(self, name: str, content: bytes) -> str:
        stem, _, kind = name.rpartition(".")
        path = self.folder / f"{stem}.{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        forms: dict[Path, Callable[[], bytes]] = {path: lambda: content}
        if not self.watched:
            forms[path.with_name(f"{path.name}.br")] = lambda: brotli.compress(content)
            forms[path.with_name(f"{path.name}.gz")] = lambda: gzip.compress(content, mtime=0)
        self.folder.mkdir(parents=True, exist_ok=True)
        for file, make in forms.items():
            if file.exists():
                os.utime(file)
            else:
                _write(file, make())
        return path.name

    def _sweep(self) -> None:
        oldest = time.time() - MONTH
        for path in self.folder.glob("*.*"):
            plain = path.name.removesuffix(".br").removesuffix(".gz")
            if plain not in self.names.values() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)


class _Files(WhiteNoise):
    FOREVER = YEAR


def init_app(app: Flask) -> None:
    """Templates write `asset("rmhr.css")`; in production the files are served before the application is asked."""
    # Where nobody may be trusted with the folder, one that ends with the process does as well.
    folder = (private_folder.made(app) or Path(tempfile.mkdtemp(prefix="rmhr-"))) / "assets"
    production = app.config["ENV_NAME"] == "production"
    assets = Assets(folder, watched=not production)
    app.static_folder = str(folder)
    app.jinja_env.globals["asset"] = assets.address
    if not production:
        return
    assets.make()
    app.wsgi_app = _Files(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=lambda headers, _path, _url: (
            [headers.setdefault(name, value) for name, value in security.HEADERS.items()] and None
        ),
    )


def _state() -> object:
    """What differs once a source was changed, added or taken away."""
    sources = sorted(path for path in SOURCES.rglob("*.*") if path.suffix in (".css", ".js", ".svg"))
    return [(path, info.st_mtime_ns, info.st_size) for path in sources for info in (path.stat(),)]


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, also where several processes make the same file."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    os.replace(file.name, path)
