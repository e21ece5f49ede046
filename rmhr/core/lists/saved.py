"""Lists as somebody likes to see them: the views that each person has named, and the columns that they have chosen."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort

from rmhr.core.db import db
from rmhr.core.folding import by_name
from rmhr.models.accounts import User
from rmhr.models.workspace import SavedView

#: The name of what a list looks like to a person without any view: the columns that they have chosen.
USUAL = ""
#: In a view's state and in an address: the names of the columns, with this between them.
COLUMNS, BETWEEN = "columns", ","


def saved_views(user: User, page: str) -> Sequence[SavedView]:
    """What this person has saved of a list, by name; what has none comes first. One query."""
    query = sa.select(SavedView).where(SavedView.user_id == user.id, SavedView.page == page)
    return db.session.scalars(query.order_by(by_name(SavedView.name), SavedView.id)).all()


def saved_view(user: User, id: int) -> SavedView:
    """One of this person's own, or 404."""
    found = db.session.get(SavedView, id)
    return found if found is not None and found.user_id == user.id else abort(404)


def saved_view_called(user: User, page: str, name: str) -> SavedView | None:
    """What this person has saved of that list under that name."""
    query = sa.select(SavedView).where(
        SavedView.user_id == user.id, SavedView.page == page, SavedView.name == name
    )
    return db.session.scalar(query)
