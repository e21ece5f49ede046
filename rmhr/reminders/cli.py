"""`flask reminders`: remind now, see who would be reminded now or soon."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import AppGroup

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import speaking
from rmhr.reminders import engine
from rmhr.reminders.rules import counts, simulator

cli = AppGroup("reminders", help="Remind people of what is due.")


@cli.command("send")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Do as if today were this day.")
@click.option("--dry-run", is_flag=True, help="Show who would be told what; change and send nothing.")
def send(on: datetime | None, dry_run: bool) -> None:
    """Queue the reminders that are due."""
    day = on.date() if on else clock.today()
    if dry_run:
        _show(day)
        db.session.rollback()
        return
    count = 0
    for some in engine.batches(engine.waiting(day)):
        count += engine.send(some)
        db.session.commit()
    click.echo(f"{count} reminder{'' if count == 1 else 's'} queued.")


@cli.command("simulate")
@click.option("--days", type=click.IntRange(1, 90), default=simulator.DAYS, show_default=True)
def simulate(days: int) -> None:
    """Show who would be told how often if nothing were done meanwhile; nothing is changed."""
    ahead = simulator.outlook(days)
    if ahead.capped:
        click.echo(f"Only the first {simulator.MOST} things are looked at.")
    for day, mails in counts.mails(ahead).items():
        if mails:
            click.echo(f"{day:%Y-%m-%d %a}  {mails:>6} mail{'' if mails == 1 else 's'}")
    for party, number in counts.per_party(ahead).items():
        if number:
            click.echo(f"{party.label}: {number} reminder{'' if number == 1 else 's'}")
    for told in counts.most_told(ahead):
        click.echo(f"{told.name}: {told.mails} mail{'' if told.mails == 1 else 's'}")
    click.echo(f"{len(ahead.tellings)} reminders to {counts.people(ahead)} people in {days} days.")
    click.echo("Nothing was changed.")
    db.session.rollback()


def _show(day: date) -> None:
    """A table: to whom, what, until when, which nudge. In the language in which each person would be told."""
    nudges = engine.waiting(day)
    rows = [("To", "As", "Due", "Nudge", "What")]
    for nudge in nudges:
        with speaking(nudge.recipient.language):
            due_on, step = nudge.due.on.isoformat(), f"{nudge.beat.after:+d} {nudge.beat.basis.label}"
            rows.append((nudge.recipient.email, str(nudge.party.label), due_on, step, nudge.due.what))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows if nudges else []:
        click.echo("  ".join([*(row[column].ljust(widths[column]) for column in range(4)), row[4]]))
    mails = len({(nudge.recipient.id, nudge.mailed) for nudge in nudges})
    click.echo(f"{len(nudges)} reminders in {mails} mails would go out on {day.isoformat()}.")
    click.echo("Nothing was changed.")
