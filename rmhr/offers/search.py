"""Offers in the search of the bar: by whom they are made to, and for which position."""

from __future__ import annotations

from rmhr.accounts.queries.search import MOST, Hit, best_first, search
from rmhr.applications import queries as applications
from rmhr.core.db import db, said_in
from rmhr.core.i18n import LANGUAGES, _
from rmhr.core.search.index import says_all
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.offers import Offer
from rmhr.models.postings import Posting
from rmhr.offers import policies, queries


@search
def _offers(viewer: User, typed: str) -> list[Hit]:
    """Those of the list that this person may see."""
    if not policies.ENTER(viewer):
        return []
    titles = [said_in(Posting.title, code) for code in LANGUAGES]
    query = (
        queries.listed(viewer)
        .join(Application, Application.id == Offer.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(says_all(typed, applications.findable.CANDIDATES.by(Application.id), *titles))
        .order_by(best_first(typed, Application.name, *titles), Offer.id.desc())
    )
    rows = db.session.scalars(query.limit(MOST)).unique()
    return [
        Hit(
            kind=_("Offers"),
            title=it.application.name,
            note=f"{it.application.posting.title}, {it.status.label}",
            endpoint="offers.show",
            values={"id": it.id},
        )
        for it in rows
    ]
