"""`flask audit …`: seal the history, and prove that nobody touched it."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from rmhr.core.db import db
from rmhr.core.history import records
from rmhr.core.history import seal as chain

cli = AppGroup("audit", help="The history and its hash chain.")


@cli.command("seal")
def seal() -> None:
    """Seal what was recorded since the last time."""
    count = 0
    while fresh := chain.seal():
        db.session.commit()
        count += fresh
    click.echo(f"{count} entries sealed")


@cli.command("verify")
def verify() -> None:
    """Walk the chain; exit with 1 and name the first broken link if there is one."""
    found = chain.verify()
    if not found.holds:
        click.echo(
            f"The chain is broken at entry {found.broken}; {found.sealed} entries before it are intact."
        )
        raise SystemExit(1)
    if (forged := next(records.damaged(), None)) is not None:
        click.echo(
            f"The chain holds, but record {forged.id} ({forged.kind} of {forged.subject_id}) is not what was kept."
        )
        raise SystemExit(1)
    click.echo(f"The chain holds: {found.sealed} entries sealed, {found.unsealed} not sealed yet.")
