"""`flask reminders`: remind now, see who would be reminded now or soon."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import AppGroup

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import speaking
from rmhr.reminders import engine
from rmhr.reminders.rules import forecast_totals, simulator

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
    ahead = simulator.forecast(days)
    if ahead.capped:
        click.echo(f"Only the first {simulator.MOST} things are looked at.")
    for day, mails in forecast_totals.mails(ahead).items():
        if mails:
            click.echo(f"{day:%Y-%m-%d %a}  {mails:>6} mail{'' if mails == 1 else 's'}")
    for level, number in forecast_totals.per_level(ahead).items():
        if number:
            click.echo(f"{level.label}: {number} reminder{'' if number == 1 else 's'}")
    for told in forecast_totals.most_told(ahead):
        click.echo(f"{told.name}: {told.mails} mail{'' if told.mails == 1 else 's'}")
    click.echo(f"{len(ahead.reminders)} reminders to {forecast_totals.people(ahead)} people in {days} days.")
    click.echo("Nothing was changed.")
    db.session.rollback()


def _show(day: date) -> None:
    """A table: to whom, what, until when, which reminder. In the language in which each person would be told."""
    reminders = engine.waiting(day)
    rows = [("To", "As", "Due", "Reminder", "What")]
    for reminder in reminders:
        with speaking(reminder.recipient.language):
            due_on, step = (
                reminder.due.on.isoformat(),
                f"{reminder.occurrence.after:+d} {reminder.occurrence.basis.label}",
            )
            rows.append(
                (reminder.recipient.email, str(reminder.level.label), due_on, step, reminder.due.what)
            )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows if reminders else []:
        click.echo("  ".join([*(row[column].ljust(widths[column]) for column in range(4)), row[4]]))
    mails = len({(reminder.recipient.id, reminder.mailed) for reminder in reminders})
    click.echo(f"{len(reminders)} reminders in {mails} mails would go out on {day.isoformat()}.")
    click.echo("Nothing was changed.")
