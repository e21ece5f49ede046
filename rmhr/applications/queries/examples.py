"""What the pictures of every page are taken of."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.applications import (
    Application,
    ApplicationAnswer,
    ApplicationStatus,
    PrivateLink,
)
from rmhr.models.postings import Posting, PostingStatus


def example(*statuses: ApplicationStatus) -> Application | None:
    """Some application in one of these statuses (in any, without)."""
    query = sa.select(Application).order_by(Application.id)
    if statuses:
        query = query.where(Application.status.in_(statuses))
    return db.session.scalars(query.limit(1)).first()


def example_posting() -> Posting | None:
    """A posting that one can apply to."""
    open_now = sa.select(Posting).where(Posting.status == PostingStatus.PUBLISHED).order_by(Posting.id)
    return db.session.scalars(open_now.limit(1)).first()


def example_own() -> Application | None:
    """An open application of the person who was sent the first private link."""
    first = sa.select(PrivateLink.applicant_id).order_by(PrivateLink.id).limit(1).scalar_subquery()
    return db.session.scalars(
        sa.select(Application)
        .where(Application.applicant_id == first, Application.closed_at.is_(None))
        .order_by(Application.id)
    ).first()


def example_attached(of: Application | None = None) -> ApplicationAnswer | None:
    """Some answer that is a file, of this application where it is given."""
    query = sa.select(ApplicationAnswer).where(ApplicationAnswer.document_id.is_not(None))
    if of is not None:
        query = query.where(ApplicationAnswer.application_id == of.id)
    return db.session.scalars(query.order_by(ApplicationAnswer.id).limit(1)).first()
