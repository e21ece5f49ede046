"""What supervisors had written in reviews that are with somebody else now: each reads their own, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.performance import Review, ReviewDraft

_OF_REVIEW = joinedload(ReviewDraft.review)
#: With whom the review is about, with whom it is now, and its round.
_WITH_REVIEW = (
    _OF_REVIEW.joinedload(Review.user).joinedload(User.employee),
    _OF_REVIEW.joinedload(Review.supervisor),
    _OF_REVIEW.joinedload(Review.cycle),
)


def of(review: Review, author: User) -> ReviewDraft | None:
    """What this person had written in a review that is with somebody else now."""
    return db.session.scalar(
        sa.select(ReviewDraft).where(ReviewDraft.review_id == review.id, ReviewDraft.author_id == author.id)
    )


def within(review: Review) -> Sequence[ReviewDraft]:
    """What former supervisors had written in a review."""
    return db.session.scalars(sa.select(ReviewDraft).where(ReviewDraft.review_id == review.id)).all()


def by(author: User) -> Sequence[ReviewDraft]:
    """What this person had written in reviews that are with somebody else now."""
    query = sa.select(ReviewDraft).where(ReviewDraft.author_id == author.id).order_by(ReviewDraft.id.desc())
    return db.session.scalars(query.options(*_WITH_REVIEW)).unique().all()


def get(author: User, id: int) -> ReviewDraft:
    """One's own of these, or 404."""
    query = sa.select(ReviewDraft).where(ReviewDraft.id == id, ReviewDraft.author_id == author.id)
    found: ReviewDraft | None = db.session.scalars(query.options(*_WITH_REVIEW)).unique().one_or_none()
    if found is None:
        abort(404)
    return found
