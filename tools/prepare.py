"""Bring the database to the newest state: translations, migrations, starter content, demo bank if empty.

A database that the migrations do not lead from is left as it is, and the start ends with a sentence that says why.
Of a SQLite file that they change a copy is kept beside it.

What is printed to standard output is the list of people of the demo; progress goes to standard error.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sqlite3
import sys
import time
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from rmhr.core import clock, schema
from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.web.schema import watch
from tools.reset import INSTANCE


def run(app: Flask, *command: str) -> str:
    """What `flask …` prints. In this process, since each process would load the application again."""
    began, said = time.perf_counter(), io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            app.cli.main(args=list(command), standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
    except click.ClickException as error:
        print(said.getvalue(), file=sys.stderr)
        raise SystemExit(f"flask {' '.join(command)}: {error.format_message()}") from error
    print(f"  {' '.join(command):<14} {time.perf_counter() - began:5.1f} s", file=sys.stderr)
    return said.getvalue()


def upgrade(app: Flask) -> None:
    """Do what the migrations say. Raises SystemExit with what to do instead where they do not lead on from here."""
    with app.app_context(), db.engine.connect() as connection:
        found = schema.look(connection, watch().migrations)
        url = connection.engine.url
    if found.is_fine:
        return
    if not found.can_be_upgraded:
        own = INSTANCE in Path(str(url.database)).parents
        deleted = "; `make reset` deletes it" if own else ""
        raise SystemExit(f"{found.details}\nIt is {url.render_as_string(hide_password=True)}{deleted}")
    if found.state is schema.State.BEHIND:
        with app.app_context():
            copy = keep_copy(found.revision)
        kept = f"as it was, it is kept as {copy}" if copy else "it is not kept as it was: pg_dump does that"
        print(f"The database is upgraded from {found.revision}; {kept}", file=sys.stderr)
    run(app, "db", "upgrade")


def keep_copy(revision: str) -> Path | None:
    """Copy the file of a SQLite database, with all that is committed; None for a server, which has its own ways."""
    if db.engine.dialect.name != "sqlite":
        return None
    path = Path(str(db.engine.url.database))
    copy = path.with_name(f"{path.stem}-{revision}-{clock.local(clock.now()):%Y%m%d-%H%M%S}{path.suffix}")
    with (
        contextlib.closing(sqlite3.connect(path)) as here,
        contextlib.closing(sqlite3.connect(copy)) as there,
    ):
        here.backup(there)
    shutil.copymode(path, copy)
    return copy


def main() -> None:
    """Every step of a start; each is idempotent."""
    from wsgi import app

    with_demo = app.config["DEMO_PASSWORD"] is not None
    run(app, "i18n", "compile")
    upgrade(app)
    run(app, "content", "load")
    with app.app_context():
        empty = db.session.scalar(select(User.id).limit(1)) is None
        db.session.rollback()
    if with_demo:
        if empty:
            run(app, "demo", "build")
        print(run(app, "demo", "people"))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
