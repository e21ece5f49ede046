"""The name of the bank, as it stands on every page, in every mail and in every PDF; and from whom mails come."""

from __future__ import annotations

import sqlalchemy as sa
from flask import current_app, g

from rmhr.core.db import db
from rmhr.models.careers import CareerSite


def name() -> str:
    """Returns what is set for the career site, else RMHR_BANK_NAME. At most one query a request or job."""
    if "bank_name" not in g:
        remember(db.session.scalar(sa.select(set_name())) or "")
    found: str = g.bank_name
    return found


def set_name() -> sa.ScalarSelect[str]:
    """The name as it is set, for a statement that asks for more: NULL where none is."""
    return sa.select(CareerSite.name).limit(1).scalar_subquery()


def sender() -> tuple[str, str]:
    """Returns name and address from which mails come, as an administrator has set them, else as the product is set up.

    One query.
    """
    row = db.session.execute(sa.select(CareerSite.sender_name, CareerSite.sender_address)).first()
    set_name, address = row if row is not None else ("", "")
    return set_name or name(), address or current_app.config["MAIL_FROM"]


def remember(set_: str) -> None:
    """Use this name for the rest of the request or job without a query; "" stands for RMHR_BANK_NAME."""
    g.bank_name = set_ or current_app.config["BANK_NAME"]


def forget() -> None:
    """Let the next `name()` ask the database again: the name was changed."""
    g.pop("bank_name", None)
