"""`flask accounts …`: the first administrator of a real installation."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from rmhr.accounts import operations, queries
from rmhr.core.db import db
from rmhr.core.folding import same_address
from rmhr.core.mail.outbox import public_url
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role

cli = AppGroup("accounts", help="People and how they get in.")


@cli.command("create-admin")
@click.argument("email")
@click.argument("name")
@click.option("--language", type=click.Choice(["en", "de"]), default="en", show_default=True)
def create_admin(email: str, name: str, language: str) -> None:
    """Make NAME an administrator who signs in with EMAIL, and print the link that sets the password."""
    from email_validator import EmailNotValidError, validate_email  # no other command needs it

    try:
        address = same_address(validate_email(email, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an e-mail address: {error}") from None
    if not name.strip():
        raise click.ClickException("The name is missing.")
    user = queries.people.by_email(address)
    if user is not None and user.password_hash:
        raise click.ClickException(
            f"{address} has an account already. Use “Forgotten your password?” on the sign-in page."
        )
    if user is None:
        user = operations.people.add_administrator(
            SYSTEM, None, name=name.strip(), email=address, language=language
        )
    else:
        operations.people.grant(SYSTEM, user, role=Role.ADMIN)
    secret = operations.access.send_invitation(SYSTEM, user)
    link = public_url("accounts.password", token=secret)
    db.session.commit()
    click.echo(f"{user.name} is an administrator. This link sets the password; it works once, for 14 days:")
    click.echo(link)
