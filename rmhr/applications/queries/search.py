"""People who applied, in the search of the bar."""

from __future__ import annotations

from sqlalchemy.orm import contains_eager

from rmhr.accounts.queries.search import MOST, Hit, best_first, says_all, search
from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import db
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Applicant,
    Application,
)


@search
def _found(viewer: User, typed: str) -> list[Hit]:
    """For the search in the bar: people who applied, by name and e-mail."""
    query = (
        visible_to(viewer)
        .join(Application.applicant)
        .where(says_all(typed, Application.name, Applicant.email))
        .options(contains_eager(Application.applicant))
        .order_by(best_first(typed, Application.name), Application.id.desc())
    )
    rows = db.session.scalars(query.limit(MOST)).unique()
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
