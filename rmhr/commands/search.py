"""`flask search …`: the words by which things are found."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from rmhr.core.db import db
from rmhr.core.search import index

cli = AppGroup("search", help="The words by which things are found.")


@cli.command("rebuild")
def rebuild() -> None:
    """Index everything anew: after a copy was restored by other means, or rows were changed beside the product."""
    count = index.rebuild(db.session.connection())
    db.session.commit()
    click.echo(f"{count} things are found by their words")
