"""The product as people meet it: served over HTTP on the loopback, on a database file of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request, template_rendered
from flask_migrate import stamp
from werkzeug.serving import make_server

from config import Testing
from rmhr import create_app
from rmhr.core.db import db


@dataclass
class Live:
    """A served application: open `url` in a browser; arrange and look `with live.app.app_context()`."""

    app: Flask
    url: str
    folder: Path
    #: Which template was last answered at each path.
    templates: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str) -> str:
        """Run a command as `flask …` would, on the same database, and give what it printed."""
        result = self.app.test_cli_runner(catch_exceptions=False).invoke(args=list(command))
        assert result.exit_code == 0, f"flask {' '.join(command)}: {result.output}"
        return str(result.output)

    def begin_anew(self) -> None:
        """Forget what was stored since the server began: rows and files."""
        self._let_go()
        for beside in ("-wal", "-shm"):
            self.folder.joinpath(f"live.db{beside}").unlink(missing_ok=True)
        shutil.copyfile(self.folder / "blank.db", self.folder / "live.db")
        shutil.rmtree(self.folder / "files")
        shutil.copytree(self.folder / "blank-files", self.folder / "files")

    def remember(self) -> None:
        """Take what is stored now as that with which all tests begin."""
        self._let_go()
        shutil.copyfile(self.folder / "live.db", self.folder / "blank.db")
        shutil.copytree(self.folder / "files", self.folder / "blank-files")

    def _let_go(self) -> None:
        """Close every connection: the last one writes into the file what is still beside it."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _note_template(self, _app: Flask, template: Any, **_context: Any) -> None:
        if has_request_context() and template.name.endswith(".html") and "/emails/" not in template.name:
            self.templates[request.path] = template.name


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Live]:
    """Serve a new database in `folder`, with the starter content, until the block ends."""
    config = Testing(f"sqlite:///{folder / 'live.db'}", folder / "files", CSRF_ENABLED=True, **settings)
    config.DATA_DIR.mkdir(parents=True)
    app = create_app(config)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    live = Live(app, f"http://127.0.0.1:{server.server_port}", folder)
    app.config["PUBLIC_URL"] = live.url
    with app.app_context():
        db.create_all()
        stamp()
    live.run("content", "load")
    live.remember()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with template_rendered.connected_to(live._note_template, app):
            yield live
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
