"""The product as people meet it: served over HTTP on the loopback, on a database file of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
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

    def run(self, *command: str) -> str:
        """Run a command as `flask …` would, on the same database, and give what it printed."""
        result = self.app.test_cli_runner(catch_exceptions=False).invoke(args=list(command))
        assert result.exit_code == 0, f"flask {' '.join(command)}: {result.output}"
        return str(result.output)


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Live]:
    """Serve a new database in `folder`, with the starter content, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    config = Testing(f"sqlite:///{folder / 'live.db'}", folder / "files", WTF_CSRF_ENABLED=True, **settings)
    config.DATA_DIR.mkdir(exist_ok=True)
    app = create_app(config)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    live = Live(app, f"http://127.0.0.1:{server.server_port}")
    app.config["PUBLIC_URL"] = live.url
    with app.app_context():
        db.create_all()
        stamp()
    live.run("content", "load")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield live
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
