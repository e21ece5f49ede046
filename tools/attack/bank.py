"""A bank of its own for an attack: the product on an empty database file, and the things of tests/pages.py."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule

from config import Testing
from rmhr import create_app
from rmhr.core.db import db
from rmhr.models.applications import Applicant


@dataclass
class Bank:
    """An application whose database is the file `folder/attack.db`; an app context is open."""

    app: Flask
    folder: Path

    def client(self, viewer: Any) -> Any:
        """A client of a colleague, of an applicant with their private link, or of a stranger (None)."""
        from tests.factories import accounts, applications

        client = self.app.test_client()
        if isinstance(viewer, Applicant):
            return applications.holder(client, viewer)
        if viewer is not None:
            signed_in = accounts.signed_in(viewer)
            with client.session_transaction() as session:
                session.update(signed_in)
        return client

    def rule(self, endpoint: str, method: str) -> Rule | None:
        """The address of this endpoint that takes this method."""
        return next(
            (rule for rule in self.app.url_map.iter_rules(endpoint) if method in (rule.methods or ())), None
        )

    def address(self, endpoint: str, values: dict[str, Any]) -> str:
        """Where an endpoint stands, with the values of its address."""
        with self.app.test_request_context():
            return url_for(endpoint, **values)

    def sends(self, client: Any, url: str, method: str = "GET", **given: Any) -> tuple[int, str, str]:
        """(status, where it leads, text) of what the product answers; 500 where it raises, as it does in tests.

        The request has a context and a session of its own, as in another process.
        """
        db.session.commit()
        with self.app.app_context():
            try:
                with client.open(url, method=method, **given) as answer:
                    text = answer.text if answer.mimetype == "text/html" else ""
                    return answer.status_code, answer.location or "", text
            except Exception as error:
                return 500, "", f"{type(error).__name__}: {error}"[:300]
            finally:
                db.session.remove()

    def keep(self, name: str = "kept") -> None:
        """Take what is stored now as that to which `restore` goes back."""
        self._let_go()
        shutil.copyfile(self.folder / "attack.db", self.folder / f"{name}.db")

    def restore(self, name: str = "kept") -> None:
        """Forget what was stored since `keep`."""
        self._let_go()
        for beside in ("-wal", "-shm"):
            (self.folder / f"attack.db{beside}").unlink(missing_ok=True)
        shutil.copyfile(self.folder / f"{name}.db", self.folder / "attack.db")

    def examples(self, only: tuple[str, ...] = ()) -> Iterator[tuple[Any, list[Any]]]:
        """Each example of tests/pages.py with its pages, made when nothing else is there; `only` names some of them."""
        shown: dict[Callable[[], Any], list[Any]] = defaultdict(list)
        for page in import_module("tests.pages").PAGES:
            if not only or page.example.__name__ in only:
                shown[page.example].append(page)
        self.keep("blank")
        for make, pages in shown.items():
            self.restore("blank")
            yield make(), pages

    def _let_go(self) -> None:
        db.session.remove()
        db.engine.dispose()


@contextmanager
def bank(**settings: Any) -> Iterator[Bank]:
    """A bank until the block ends; nothing is logged meanwhile."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with tempfile.TemporaryDirectory(prefix="rmhr-attack-") as name:
            folder = Path(name)
            app = create_app(Testing(f"sqlite:///{folder}/attack.db", folder, **settings))
            with app.app_context():
                db.create_all()
                try:
                    yield Bank(app, folder)
                finally:
                    db.session.remove()
                    db.engine.dispose()
    finally:
        logging.disable(before)
