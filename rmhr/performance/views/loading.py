"""A review as one person opens it: as it is now, as it was kept, or a former edition; and what they write in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, request

from rmhr.core.history.records import Read
from rmhr.models.accounts import User
from rmhr.models.competencies import Competency
from rmhr.models.performance import Review, ReviewRating, ReviewText, Side
from rmhr.performance import queries, records
from rmhr.performance.views.parts import Desk
from rmhr.web.auth import me
from rmhr.web.numbers import whole


def opened(viewer: User, review: Review, edition: int | None = None) -> Desk:
    sight = queries.reviews.sight(viewer, review)
    editions = records.REVIEW.editions(review) if edition or review.status in records.KEPT else None
    seen = _edition(review, editions or [], edition) if edition else records.review_seen(review, editions)
    rated = [] if seen.concluded else [each for each, _level in queries.reviews.rated(review)]
    if edition:
        sight = replace(sight, reads_self=True, reads_supervisor=True, reads_meeting=True, writes=False)
    return Desk(review, viewer, sight, rated, seen, edition, editions)


def _edition(review: Review, editions: Sequence[Read], number: int) -> Read:
    """What both had signed before the review was opened again, or 404."""
    before = records.signed_before(review, editions)
    return next((each for each in before if each.edition == number), None) or abort(404)


def load(id: int) -> Desk:
    """The review of the address as this person works on it; while it is written in, nobody else writes in it."""
    if request.method == "POST":
        queries.reviews.lock(id)
    edition = whole(request.args.get("edition")) if request.method == "GET" else None
    return opened(me(), queries.reviews.get(me(), id), edition)


def rating_of(desk: Desk, competency: Competency) -> ReviewRating:
    """One's own level and evidence for a competency; an empty one, which is not stored, where nothing is written."""
    known = queries.reviews.ratings(desk.review, desk.side).get(competency.id)
    return known or ReviewRating(side=desk.side, competency_id=competency.id, level=None, evidence="")


def text_of(desk: Desk, side: Side) -> ReviewText:
    """The words of one side; empty ones, which are not stored, where nothing is written."""
    return queries.reviews.text_of(desk.review, side) or ReviewText(side=side, text="")


def number(desk: Desk) -> int:
    """Which competency: the wanted one, else the first that is not complete."""
    first = desk.incomplete[0] if desk.incomplete else 1
    return whole(request.args.get("n", str(first)), len(desk.competencies)) or abort(404)
