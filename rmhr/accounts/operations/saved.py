"""Keeping a list as one likes to see it, and forgetting it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies, queries
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.workspace import SavedView

#: More in one menu nobody reads.
MOST = 20


@operation(allow=policies.OWN, done=_("View saved"))
def save_view(_actor: Any, user: User, *, page: str, name: str, state: Mapping[str, str]) -> SavedView:
    """Keep a list's search, filters and order under a name; what had that name is replaced.

    Raises NotPossible where there are too many.
    """
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
    found = queries.saved.saved_view_called(user, page, name)
    if found is None:
        if len(queries.saved.saved_views(user, page)) >= MOST:
            raise NotPossible(gettext("Delete a saved view first: there are %(most)s.", most=MOST))
        found = SavedView(user_id=user.id, page=page, name=name)
        db.session.add(found)
    found.state = dict(state)
    return found


@operation(allow=policies.OWN_VIEW, done=_("View deleted"))
def delete_view(_actor: Any, view: SavedView) -> None:
    """Forget it; the list itself stays as it is."""
    db.session.delete(view)
