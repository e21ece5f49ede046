"""`flask content load`: the starter content of every stage, from rmhr/content; safe to repeat."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from rmhr import STAGES, _module
from rmhr.core.db import db

cli = AppGroup("content", help="Starter content: competencies, questions, tasks, courses, KPIs, texts.")


def load_all() -> dict[str, int]:
    """Load what is missing of each stage; say how many rows were added. Changes nothing that is there."""
    added = {}
    for stage in STAGES:
        if (module := _module(f"rmhr.{stage}.content")) is not None:
            added[stage] = module.load()
    return added


@cli.command("load")
def load() -> None:
    """Add what is missing; change nothing that is there."""
    for stage, count in load_all().items():
        click.echo(f"{stage}: {count} added")
    db.session.commit()


__all__ = ["cli", "load_all"]
