"""Goals and reviews in the search of the bar: one's own, and those that one may see of others."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.accounts import queries as accounts
from rmhr.accounts.queries.search import MOST, Hit, best_first, search
from rmhr.core.db import db, said_in
from rmhr.core.folding import says
from rmhr.core.i18n import LANGUAGES, _
from rmhr.core.search.words import MOST_WORDS
from rmhr.core.words import day_bare
from rmhr.models.accounts import User
from rmhr.models.performance import Goal, Review, ReviewCycle
from rmhr.performance import policies, queries


@search
def _goals(viewer: User, typed: str) -> list[Hit]:
    """By what is aimed at, and by whom."""
    if not policies.SEE(viewer):
        return []
    query = (
        sa.select(Goal)
        .join(Goal.user)
        .where(queries.goals.visible_to(viewer), queries.findable.GOALS.has(Goal.id, typed))
        .options(contains_eager(Goal.user))
        .order_by(best_first(typed, Goal.title, User.name), Goal.due_on.desc(), Goal.id)
    )
    rows = db.session.scalars(query.limit(MOST)).unique()
    return [
        Hit(
            kind=_("Goals"),
            title=it.title or it.measure,
            note=", ".join([it.user.name, str(it.status.label), day_bare(it.due_on)]),
            endpoint="performance.goal",
            values={"id": it.id},
        )
        for it in rows
    ]


def _names(typed: str) -> sa.ColumnElement[bool]:
    """Whether each of these words is said of whose review it is, or of its round: there are few rounds."""
    titles = [said_in(ReviewCycle.title, code) for code in LANGUAGES]

    def said(word: str) -> sa.ColumnElement[bool]:
        rounds = sa.select(ReviewCycle.id).where(sa.or_(*(says(title, word) for title in titles)))
        return sa.or_(
            accounts.findable.PEOPLE.has(Review.user_id, word), Review.cycle_id.in_(rounds.correlate(None))
        )

    return sa.and_(sa.true(), *(said(word) for word in typed.split()[:MOST_WORDS]))


@search
def _reviews(viewer: User, typed: str) -> list[Hit]:
    """By whose they are, and by what their round is called."""
    if not policies.SEE(viewer):
        return []
    rounds = [said_in(ReviewCycle.title, code) for code in LANGUAGES]
    query = (
        queries.reviews.overview(viewer)
        .where(_names(typed))
        .order_by(best_first(typed, User.name, *rounds), Review.id.desc())
    )
    rows = db.session.scalars(query.limit(MOST)).unique()
    return [
        Hit(
            kind=_("Reviews"),
            title=it.user.name,
            note=f"{it.cycle.title}, {it.status.label}",
            endpoint="performance.review",
            values={"id": it.id},
        )
        for it in rows
    ]
