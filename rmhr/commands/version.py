"""`flask version`: which rmhr this is, which migration it needs, and how its database stands."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from rmhr.core import schema
from rmhr.core.db import db
from rmhr.version import VERSION
from rmhr.web.schema import watch


@click.command("version")
@with_appcontext
def cli() -> None:
    """Say the version, the migration that it needs, and whether the database has it."""
    migrations = watch().migrations
    click.echo(f"rmhr {VERSION}, migration {schema.newest(migrations)}")
    try:
        with db.engine.connect() as connection:
            found = schema.look(connection, migrations)
    except SQLAlchemyError:
        click.echo("The database does not answer.")
        return
    click.echo(found.details or "The database is as it should be.")
