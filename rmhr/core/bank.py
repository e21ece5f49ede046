"""What stands of the bank on every page and in every mail and PDF: its name, its sender, what a letter must say."""

from __future__ import annotations

import sqlalchemy as sa
from flask import current_app, g

from rmhr.core.db import db
from rmhr.core.i18n import gettext
from rmhr.models.careers import CareerSite
from rmhr.models.duties import BankDuties


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


def duties() -> BankDuties | None:
    """Returns what the bank has said of itself; None before it has. One query a request or job, once it has."""
    found = db.session.get(BankDuties, 1)
    g.bank_duties = found  # held, so that the session knows it when it is asked again
    return found


def particulars() -> list[str]:
    """Returns the lines that a letter to somebody outside must carry (sections 80 AktG, 35a GmbHG, 25a GenG).

    None of them while the bank has said nothing of itself.
    """
    said = duties()
    if said is None:
        return []
    register = " ".join(filter(None, (said.register_court, said.register_number)))
    lines = (
        ", ".join(filter(None, (said.name, said.address))),
        gettext("Seat: %(town)s", town=said.seat) if said.seat else "",
        gettext("Register: %(register)s", register=register) if register else "",
        gettext("Management: %(people)s", people=said.management) if said.management else "",
        gettext("Chair of the supervisory board: %(person)s", person=said.board_chair)
        if said.board_chair
        else "",
    )
    return [line for line in lines if line]


def remember(set_: str) -> None:
    """Use this name for the rest of the request or job without a query; "" stands for RMHR_BANK_NAME."""
    g.bank_name = set_ or current_app.config["BANK_NAME"]


def forget() -> None:
    """Let the next `name()` ask the database again: the name was changed."""
    g.pop("bank_name", None)
