"""How often something was sent from a network address: it slows down programs, without puzzles for people."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.applications import AttemptKind, PublicAttempt

SPAN = timedelta(hours=1)
#: Sent forms within SPAN, those with mistakes too (a job centre with one address still gets through); and addresses
#: of calendars that there are not.
MOST = {AttemptKind.APPLY: 40, AttemptKind.LINK: 12, AttemptKind.FEED: 60}


def note(kind: AttemptKind, address: str) -> bool:
    """Count one more from this address; False when it was one too many.

    Counted in a transaction of its own: a form with errors is rolled back, its attempt is not.
    Nothing may have been written before this in the request.
    """
    mark = _digest(address)
    db.session.rollback()  # SQLite has one writer: this session must not hold the lock meanwhile
    with Session(db.engine) as own, own.begin():
        own.add(PublicAttempt(kind=kind, address=mark, at=clock.now()))
        own.flush()
        sent = own.scalar(
            sa.select(sa.func.count(PublicAttempt.id)).where(
                PublicAttempt.kind == kind,
                PublicAttempt.address == mark,
                PublicAttempt.at > clock.now() - SPAN,
            )
        )
    return (sent or 0) <= MOST[kind]


def _digest(address: str) -> str:
    """Addresses are personal data; to count them, a keyed digest is enough. Of IPv6, that of the network."""
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:
            address = str(ipaddress.ip_network((parsed, 64), strict=False))
    except ValueError:
        pass  # a socket has no address
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()
