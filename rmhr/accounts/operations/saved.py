"""Keeping a list as one likes to see it, and forgetting it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.lists import saved
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.workspace import SavedView

#: More in one menu nobody reads.
MOST = 20


@operation(allow=policies.OWN, done=_("View saved"))
def save_view(_actor: Actor, user: User, *, page: str, name: str, state: Mapping[str, str]) -> SavedView:
    """Keep a list's search, filters, order and columns under a name; what had that name is replaced.

    Raises NotPossible where there are too many.
    """
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
    named = [view for view in saved.saved_views(user, page) if view.name != saved.USUAL]
    if len(named) >= MOST and all(view.name != name for view in named):
        raise NotPossible(gettext("Delete a saved view first: there are %(most)s.", most=MOST))
    return _keep(user, page, name, state)


@operation(allow=policies.OWN, done=_("Columns chosen"))
def choose_columns(_actor: Actor, user: User, *, page: str, columns: Sequence[str]) -> None:
    """Show these columns of a list to this person from now on; without any, those that it shows to everybody."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
    if columns:
        _keep(user, page, saved.USUAL, {saved.COLUMNS: saved.BETWEEN.join(columns)})
    elif (usual := saved.saved_view_called(user, page, saved.USUAL)) is not None:
        db.session.delete(usual)


def _keep(user: User, page: str, name: str, state: Mapping[str, str]) -> SavedView:
    found = saved.saved_view_called(user, page, name)
    if found is None:
        found = SavedView(user_id=user.id, page=page, name=name)
        db.session.add(found)
    found.state = dict(state)
    return found


@operation(allow=policies.OWN_VIEW, done=_("View deleted"))
def delete_view(_actor: Actor, view: SavedView) -> None:
    """Forget it; the list itself stays as it is."""
    db.session.delete(view)
