"""Private links: the secret address of an applicant's status page, as it stands in every mail to them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.mail.outbox import public_url, rehearsing
from rmhr.law import deadlines
from rmhr.models.applications import Applicant, PrivateLink

VALID_FOR = deadlines.OPEN_PRIVATE_LINK.span


def private_link(applicant: Applicant) -> str:
    """A new secret address for this person. Only the digest of its secret is kept."""
    if rehearsing():
        return public_url("status.show")
    secret = secrets.token_urlsafe(32)
    db.session.add(
        PrivateLink(applicant=applicant, digest=_digest(secret), expires_at=clock.now() + VALID_FOR)
    )
    return public_url("status.open", token=secret)


def find(secret: str) -> PrivateLink | None:
    """The link with this secret, while it is good."""
    return db.session.scalar(
        sa.select(PrivateLink).where(
            PrivateLink.digest == _digest(secret), PrivateLink.expires_at > clock.now()
        )
    )


def sent_since(applicant: Applicant, span: timedelta) -> int:
    """How many links this person was sent in the last `span`: nobody fills a mailbox from outside."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(PrivateLink.id)).where(
                PrivateLink.applicant_id == applicant.id, PrivateLink.created_at > clock.now() - span
            )
        )
        or 0
    )


def _digest(secret: str) -> str:
    """What is kept of a secret that has 256 bits of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()
