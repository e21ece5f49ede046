"""Certificates, by their codes."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.training import Certificate


def certified(code: str) -> Certificate | None:
    """The certificate of this code, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    if not plain or len(plain) > 40:
        return None
    typed = "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    return db.session.scalars(sa.select(Certificate).where(Certificate.code == typed)).unique().one_or_none()
