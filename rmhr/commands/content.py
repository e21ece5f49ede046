"""`flask content load`: the starter content of every stage, from rmhr/content; safe to repeat."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from rmhr import STAGES, _module
from rmhr.content import ContentError
from rmhr.content.loading import Loaded
from rmhr.core.db import db

cli = AppGroup("content", help="Starter content: competencies, questions, tasks, courses, KPIs, texts.")


def load_all() -> dict[str, Loaded]:
    """Bring each stage in step with its files; what became of them. What somebody has edited stays.

    Raises ContentError, with file and line, for a file that cannot be used.
    """
    modules = {stage: _module(f"rmhr.{stage}.content") for stage in STAGES}
    return {stage: module.load() for stage, module in modules.items() if module is not None}


@cli.command("load")
def load() -> None:
    """Add what is missing, let follow what nobody has edited, and list what differs."""
    try:
        done = load_all()
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    for stage, became in done.items():
        click.echo(f"{stage}: {became.added} added, {became.updated} updated")
        for what in became.kept:
            click.echo(f"  kept as it is here, other in the file: {what}")
    db.session.commit()


__all__ = ["cli", "load_all"]
