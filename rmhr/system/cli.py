"""`flask scheduler` keeps time until it is told to end; `flask mail bounced` reads what came back."""

from __future__ import annotations

import os
import signal
import sys
import threading

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from rmhr.core import schema
from rmhr.core.db import db
from rmhr.core.due.jobs import STOPPING
from rmhr.core.mail import bounces
from rmhr.system import delivery_reports, scheduler
from rmhr.web.schema import watch


@click.command("scheduler")
@with_appcontext
def keep_time() -> None:
    """Run the scheduler until it is told to end. A second one waits and takes over.

    It does not start on a database that is not what this version needs.
    """
    found = schema.look(db.session.connection(), watch().migrations)
    db.session.rollback()
    if not found.is_fine:
        raise click.ClickException(found.details)
    # Signals are waited for, not handled: a handler may run in the middle of anything.
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    quiet: list[bool] = []
    keeper = threading.Thread(target=lambda: quiet.append(scheduler.serve(app, STOPPING)), name="scheduler")
    keeper.start()
    while keeper.is_alive() and signal.sigtimedwait(ends, 0.5) is None:
        pass
    STOPPING.set()
    keeper.join()
    if not quiet:
        raise SystemExit(1)
    if not quiet[0]:
        # A job hangs, on a mail server perhaps. What it was at is rolled back, and done after the next start.
        scheduler.log.warning("ending although a job still runs")
        os._exit(0)


mail = AppGroup("mail", help="What comes back from mail servers.")


@mail.command("bounced")
def bounced() -> None:
    """Read a delivery status notification from standard input and note which addresses take no mail.

    For the mail server to hand over what arrives at the sender's address. What is no such notification, or tells of
    people to whom we have never written, changes nothing and is no error: it must not bounce in turn.
    """
    noted = 0
    for failed in delivery_reports.failed(sys.stdin.buffer.read(delivery_reports.LONGEST + 1)):
        address = next(filter(bounces.known, failed.addresses), None)
        if address is not None:
            bounces.refused(address, failed.said)
            noted += 1
    db.session.commit()
    click.echo(f"{noted} address{'' if noted == 1 else 'es'} noted.")


commands = [keep_time, mail]
