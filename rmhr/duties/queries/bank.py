"""What the bank has said of itself, and whether that is enough for a job to go public."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rmhr.core import bank
from rmhr.core.db import db
from rmhr.duties import gaps as missing
from rmhr.duties.gaps import Gap
from rmhr.duties.queries import texts
from rmhr.models.careers import CareerSite
from rmhr.models.duties import BankDuties, TextKind


def row() -> BankDuties | None:
    """What is filled in; None before anything is. At most one query a request."""
    return bank.duties()


def said() -> BankDuties:
    """The same; before anything is filled in, a row that says nothing and is not stored."""
    return row() or missing.nothing_said()


def own_imprint() -> bool:
    """Whether the imprint is a page of the career site, and none that the bank has elsewhere."""
    return not db.session.scalar(sa.select(CareerSite.imprint_url).limit(1))


def gaps() -> Sequence[Gap]:
    """What is missing of it. Two queries."""
    return missing.gaps(row(), own_imprint=own_imprint())


def why_not_public() -> str | None:
    """Why no job can go public yet, or None. Two queries."""
    imprint = sa.select(CareerSite.imprint_url).limit(1).scalar_subquery()
    elsewhere, approved = db.session.execute(
        sa.select(imprint, texts.approved_at(TextKind.PRIVACY_NOTICE))
    ).one()
    return missing.why_not_public(row(), notice=approved is not None, own_imprint=not elsewhere)
