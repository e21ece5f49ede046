"""`flask demo …`: a bank with people in every role and work in every stage, on an empty database."""

from __future__ import annotations

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

from rmhr.commands.content import load_all
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history.seal import seal
from rmhr.models.accounts import User
from rmhr.models.system import Message, MessageStatus

cli = AppGroup("demo", help="The demo bank.")


def build_all() -> bool:
    """Build the demo bank stage by stage; False where there are people already. The caller commits."""
    from rmhr.demo import STEPS, building  # nobody else waits for it: a start takes long enough

    if db.session.scalar(sa.select(User.id).limit(1)) is not None:
        return False
    with building.built_today():
        with clock.at(building.at_work(building.day(-253), 8)):
            load_all()
        for step in STEPS:
            step.build()
    # Nothing of the demo bank leaves the house, even where a mail server is set.
    waiting = sa.update(Message).where(Message.state == MessageStatus.WAITING)
    db.session.execute(waiting.values(state=MessageStatus.KEPT))
    return True


@cli.command("build")
def build() -> None:
    """Build the demo bank, if the database is empty. Refused in production."""
    if current_app.config["ENV_NAME"] == "production":
        raise click.ClickException("There is no demo bank in production.")
    if not build_all():
        click.echo("There are people already; the demo bank was not built.")
        return
    db.session.commit()
    while seal():
        db.session.commit()
    click.echo("The demo bank is open.")


@cli.command("people")
def people() -> None:
    """Who can sign in to the demo bank."""
    from rmhr.demo.accounts import SIGN_INS

    if db.session.scalar(sa.select(User.id).where(User.email == SIGN_INS[0].email)) is None:
        return
    password = current_app.config["DEMO_PASSWORD"]
    width = max(len(each.email) for each in SIGN_INS)
    for each in SIGN_INS:
        click.echo(f"  {each.email:<{width}}  {each.what}")
    click.echo(f"  password: {password}")
