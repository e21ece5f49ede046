"""Who has applied: found by address, account or file."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Applicant,
    Application,
)
from rmhr.models.documents import Document
from rmhr.models.postings import Posting


def by_email(email: str) -> Applicant | None:
    """The applicant with this address, whatever its capitals."""
    return db.session.scalar(sa.select(Applicant).where(Applicant.email == email.strip().lower()))


def sent_to(posting: Posting, applicant: Applicant) -> Application | None:
    """What this person sent for this posting, if anything."""
    return db.session.scalar(
        sa.select(Application).where(
            Application.posting_id == posting.id, Application.applicant_id == applicant.id
        )
    )


def applicant_of(user: User) -> Applicant | None:
    """What this colleague is as an applicant, if they have ever applied from inside."""
    return db.session.scalar(sa.select(Applicant).where(Applicant.user_id == user.id))


def sent_by(posting: Posting, user: User) -> Application | None:
    """What this colleague sent for this posting, if anything."""
    query = sa.select(Application).join(Applicant, Applicant.id == Application.applicant_id)
    return db.session.scalar(query.where(Application.posting_id == posting.id, Applicant.user_id == user.id))


def senders_of(posting: Posting, sha256: str, since: datetime) -> int:
    """How many people have sent this very file for this posting since then."""
    query = (
        sa.select(sa.func.count(sa.distinct(Application.applicant_id)))
        .join(Document, Document.id == Application.cv_id)
        .where(
            Application.posting_id == posting.id,
            Application.received_at > since,
            Document.sha256 == sha256,
        )
    )
    return db.session.scalar(query) or 0
