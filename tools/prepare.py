"""Bring the database to the newest state: translations, migrations, starter content, demo bank if empty.

What is printed to standard output is the list of people of the demo; progress goes to standard error.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from rmhr.core.db import db
from rmhr.models.accounts import User


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


def main() -> None:
    """Every step of a start; each is idempotent."""
    from wsgi import app

    with_demo = app.config["DEMO_PASSWORD"] is not None
    run(app, "i18n", "compile")
    run(app, "db", "upgrade")
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
