"""`flask audit …`: seal the history, and prove that nobody touched it."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from rmhr.core.db import db
from rmhr.core.history import anchors, records
from rmhr.core.history import seal as chain
from rmhr.core.i18n import speaking

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
@click.option(
    "--anchors",
    "known",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A file with anchors: that of another machine, or mails that were kept. May be given again.",
)
def verify(known: tuple[Path, ...]) -> None:
    """Walk the chain; exit with 1 and name the first damage if there is one: change, removal, insertion, cut."""
    given = [
        each for file in known for each in anchors.read(file.read_text(encoding="utf-8", errors="replace"))
    ]
    if known and not given:
        click.echo("There is no anchor in what was given.")
        raise SystemExit(1)
    found = chain.verify(given)
    if found.damage is not None:
        with speaking("en"):
            where = f"{found.missing} of them" if found.missing else f"entry {found.broken}"
            click.echo(f"{found.damage.label}: {where}; {found.sealed} entries before that are intact.")
        raise SystemExit(1)
    if (forged := next(records.damaged(), None)) is not None:
        click.echo(
            f"The chain holds, but record {forged.id} ({forged.kind} of {forged.subject_id}) is not what was kept."
        )
        raise SystemExit(1)
    click.echo(f"The chain holds: {found.sealed} entries sealed, {found.unsealed} not sealed yet.")
