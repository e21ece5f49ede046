"""What the bank is called, on every page, in every mail and on every paper."""

from __future__ import annotations

import sqlalchemy as sa
from flask import current_app, g

from rmhr.core.db import db
from rmhr.models.careers import CareerSite


def name() -> str:
    """As an administrator has set it for the career site, else RMHR_BANK_NAME. Asked for once a request or job."""
    if "bank_name" not in g:
        remember(db.session.scalar(sa.select(CareerSite.name)) or "")
    found: str = g.bank_name
    return found


def remember(set_: str) -> None:
    """What has been set is known already, or ("") must not be asked for: the database may be broken."""
    g.bank_name = set_ or current_app.config["BANK_NAME"]


def forget() -> None:
    """It has just been changed: what is said from now on says the new one."""
    g.pop("bank_name", None)
