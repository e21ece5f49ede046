"""Why applications are refused."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.applications import (
    RejectionReason,
)


def reasons() -> Sequence[RejectionReason]:
    """Why applications are refused, in the order of the form."""
    return db.session.scalars(sa.select(RejectionReason).order_by(RejectionReason.position)).all()


def reason(code: str) -> RejectionReason:
    """The reason with this code. Raises LookupError where there is none."""
    found = db.session.scalar(sa.select(RejectionReason).where(RejectionReason.code == code))
    if found is None:
        raise LookupError(f"there is no rejection reason {code!r}")
    return found
