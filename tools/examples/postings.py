"""What the picture tool opens of postings, their coach and sets of questions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.criteria import PostingVersion, QuestionSet
from rmhr.models.postings import Posting, PostingStatus
from tools.examples import Example, Values, by_id, first

#: Moves that have a page of their own.
MOVES = (
    (PostingStatus.PUBLISHED, "close"),
    (PostingStatus.PUBLISHED, "rework"),
    (PostingStatus.CLOSED, "reopen"),
)


def _oldest(status: PostingStatus) -> Values | None:
    return by_id(first(sa.select(Posting).where(Posting.status == status).order_by(Posting.id)))


def _of_each(*statuses: PostingStatus) -> list[Values]:
    return [found for status in statuses if (found := _oldest(status))]


def _draft(_viewer: Any) -> Values | None:
    return _oldest(PostingStatus.DRAFT)


def _published(_viewer: Any) -> Values | None:
    return _oldest(PostingStatus.PUBLISHED)


def _moves(_viewer: Any) -> list[Values]:
    return [{**found, "name": name} for status, name in MOVES if (found := _oldest(status))]


def _changed(_viewer: Any) -> Values | None:
    """A posting that began another version."""
    later = sa.select(PostingVersion.posting_id).where(PostingVersion.number > 1)
    return by_id(first(sa.select(Posting).where(Posting.id.in_(later)).order_by(Posting.id)))


def _question_set(_viewer: Any) -> Values | None:
    return by_id(first(sa.select(QuestionSet).order_by(QuestionSet.id)))


EXAMPLES: dict[str, Example] = {
    "postings.show": lambda _viewer: _of_each(*PostingStatus),
    "postings.edit": lambda _viewer: _of_each(PostingStatus.DRAFT, PostingStatus.PUBLISHED),
    "postings.preview": _draft,
    "postings.coach": _draft,
    "postings.audience": _published,
    "postings.team": _published,
    "postings.versions": _changed,
    "postings.transition": _moves,
    "question_sets.edit": _question_set,
    "question_sets.delete": _question_set,
}
