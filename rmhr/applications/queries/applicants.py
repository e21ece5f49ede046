"""Who has applied: found by address, account or file; and what came from one address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.folding import same_address
from rmhr.models.accounts import User
from rmhr.models.applications import OVER, Applicant, Application, ApplicationStatus
from rmhr.models.documents import Document
from rmhr.models.postings import Posting


def outside(email: str) -> Applicant | None:
    """Whoever applied from outside with this address, whatever its capitals; never a colleague from inside."""
    return db.session.scalar(
        sa.select(Applicant).where(Applicant.email == same_address(email), Applicant.user_id.is_(None))
    )


def at(email: str) -> Sequence[Applicant]:
    """Everybody with this address, whatever its capitals: from outside, and a colleague from inside."""
    query = sa.select(Applicant).where(Applicant.email == same_address(email))
    return db.session.scalars(query.order_by(Applicant.id)).all()


def alive(posting: Posting, applicant: Applicant) -> Application | None:
    """What this person sent for this posting and is neither over nor replaced: one at the most."""
    return db.session.scalar(_sent(posting, applicant).where(Application.status.not_in(OVER)))


def other_form(application: Application) -> Application | None:
    """The latest other form of the same person for the same posting that another one has taken the place of."""
    query = (
        sa.select(Application)
        .where(
            Application.posting_id == application.posting_id,
            Application.applicant_id == application.applicant_id,
            Application.status == ApplicationStatus.REPLACED,
            Application.id != application.id,
        )
        .order_by(Application.id.desc())
    )
    return db.session.scalars(query.limit(1)).unique().first()


def beside(application: Application) -> Application | None:
    """What is to be looked at beside it: the form that took its place, else the one whose place it took."""
    if application.status is ApplicationStatus.REPLACED:
        counts = alive(application.posting, application.applicant)
        if counts is not None:
            return counts
    return other_form(application)


def number_since(posting: Posting, applicant: Applicant, since: datetime) -> int:
    """How many forms came from this address for this posting since then."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(Application.id)).where(
                Application.posting_id == posting.id,
                Application.applicant_id == applicant.id,
                Application.received_at > since,
            )
        )
        or 0
    )


def latest_of(applicant: Applicant) -> Application | None:
    """What this person sent last: in its words and name they are written to."""
    query = sa.select(Application).where(Application.applicant_id == applicant.id)
    return db.session.scalars(query.order_by(Application.id.desc()).limit(1)).unique().first()


def _sent(posting: Posting, applicant: Applicant) -> sa.Select[Application]:
    return sa.select(Application).where(
        Application.posting_id == posting.id, Application.applicant_id == applicant.id
    )


def applicant_of(user: User) -> Applicant | None:
    """What this colleague is as an applicant, if they have ever applied from inside."""
    return db.session.scalar(sa.select(Applicant).where(Applicant.user_id == user.id))


def sent_by(posting: Posting, user: User) -> Application | None:
    """What this colleague sent from inside for this posting and is not over, if anything."""
    query = sa.select(Application).join(Applicant, Applicant.id == Application.applicant_id)
    return db.session.scalar(
        query.where(
            Application.posting_id == posting.id,
            Applicant.user_id == user.id,
            Application.status.not_in(OVER),
        )
    )


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
