"""Alembic's entry point; `flask db …` calls it inside an app context.

Nothing is migrated that is not what it says it is (rmhr/core/schema.py): a step on other tables makes them worse.
`flask db current` and `flask db stamp`, with which such a database is looked at and mended, work on any.
"""

import click
from alembic import context
from alembic.util import CommandError
from flask import current_app

from rmhr.core import schema
from rmhr.core.search import index, tables

migrate = current_app.extensions["migrate"]


def refuse_an_unknown_past(engine, directory):
    """Raises CommandError with what to do instead."""
    with engine.connect() as connection:
        found = schema.look(connection, directory)
    if found.state in (schema.State.AHEAD, schema.State.UNKNOWN):
        raise CommandError(found.details)


def hold_foreign_keys(connection, *, held):
    """SQLite changes a table by making it anew: dropping the old one would delete what points to it."""
    if connection.dialect.name == "sqlite":
        # Inside of a transaction it would be ignored, and SQLAlchemy begins one by itself.
        connection.rollback()
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if held else 'OFF'}")


def check_foreign_keys(*, ctx, **_):
    """After each step and before it is committed, since nobody has looked meanwhile."""
    if ctx.dialect.name == "sqlite":
        broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise CommandError(f"This step leaves a row of {broken[0]} that points to no row of {broken[2]}.")


def keep_words_in_step(connection, triggers):
    """What is found by its words is indexed as this version does it; another version goes on as it did."""
    if schema.revision_of(connection) == schema.newest(migrate.directory):
        index.fill(connection)
    else:
        tables.put_back(connection, triggers)


with migrate.db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        on_version_apply=check_foreign_keys,
        **migrate.configure_args,
    )
    command = context.get_context().opts["fn"].__name__
    if command not in ("display_version", "do_stamp"):
        refuse_an_unknown_past(migrate.db.engine, migrate.directory)
    moves = command in ("upgrade", "downgrade")
    hold_foreign_keys(connection, held=False)
    try:
        with context.begin_transaction():
            triggers = tables.take_away(connection) if moves else []
            with schema.steps_of(context.get_context()):
                context.get_context().run_migrations()
            if moves:
                keep_words_in_step(connection, triggers)
        if moves:
            click.echo(f"The database is at {schema.revision_of(connection) or 'its beginning'}.")
    finally:
        hold_foreign_keys(connection, held=True)
