"""People who applied, in the search of the bar."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.accounts.queries.search import Hit, search
from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import db
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Applicant,
    Application,
)

#: So many of a kind the search in the bar shows.
MOST = 8


@search
def _found(viewer: User, typed: str) -> list[Hit]:
    """For the search in the bar: people who applied, by name and e-mail."""
    query = visible_to(viewer).join(Application.applicant).options(contains_eager(Application.applicant))
    for word in typed.split()[:8]:
        query = query.where(
            sa.or_(*(c.icontains(word, autoescape=True) for c in (Application.name, Applicant.email)))
        )
    rows = db.session.scalars(query.order_by(Application.id.desc()).limit(MOST)).unique()
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
