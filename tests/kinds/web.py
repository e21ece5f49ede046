"""Saved views, and what is done to many things at once."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.workspace import SavedView
from tests.factories.accounts import user
from tests.kinds import Pair, Twice


def _two_views() -> Twice:
    person = user(Role.HR)
    sent = {"page": "applications.index", "name": "To screen", "state": "view=screen"}
    return Twice(
        (person, "/saved-views", sent),
        (person, "/saved-views", sent),
        lambda: db.session.scalar(sa.select(sa.func.count(SavedView.id))) or 0,
    )


PAIRS = [Pair("accounts.save_view", _two_views)]

NO_EDIT = {
    "accounts.delete_view": "one click; the list stays as it is",
    "bulk.go_on": "each thing carries the version that was seen, and is left out where it has changed",
    "bulk.undo": "each thing that has changed since is left out, with the reason",
}
NO_PAIR = {
    "bulk.go_on": "a run has one key; what one piece has done the next does not do again",
    "bulk.undo": "as bulk.go_on",
}
