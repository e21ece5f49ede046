"""People who applied, in the search of the bar."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries.search import MOST, Hit, best_first, search
from rmhr.applications import policies
from rmhr.applications.queries import findable
from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import db
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.postings import Posting


@search
def _found(viewer: User, typed: str) -> list[Hit]:
    """For the search in the bar: people who applied, by name and e-mail."""
    if not policies.OPEN(viewer):
        return []
    order = (best_first(typed, Application.name), Application.id.desc())
    best = (
        visible_to(viewer)
        .where(findable.CANDIDATES.has(Application.id, typed))
        .with_only_columns(Application.id)
        .order_by(*order)
        .limit(MOST)
    )
    query = (
        sa.select(Application)
        .where(Application.id.in_(best))
        .options(joinedload(Application.posting, innerjoin=True).load_only(Posting.title))
        .order_by(*order)
    )
    rows = db.session.scalars(query)
    return [
        Hit(
            kind=_("Applications"),
            title=it.name,
            note=f"{it.posting.title}, {it.status.label}",
            endpoint="applications.show",
            values={"id": it.id},
        )
        for it in rows
    ]
