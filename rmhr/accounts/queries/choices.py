"""Whom a form lets one choose, where there may be many."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries.findable import PEOPLE
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.models.accounts import Employee, Unit, User


def people(*conditions: Any) -> Endless:
    """The people of whom this holds, by name, each with the unit: two may share a name."""
    words = sa.case((Unit.name.is_(None), User.name), else_=User.name + ", " + Unit.name)

    def rows(_viewer: Any) -> Rows:
        return (
            sa.select(User.id, words)
            .outerjoin(Employee, Employee.user_id == User.id)
            .outerjoin(Unit, Unit.id == Employee.unit_id)
            .where(*conditions)
            .order_by(by_name(User.name), User.id)
        )

    return by_words(rows, PEOPLE.by(User.id), Unit.name)


def chosen(id: int) -> User:
    """Whoever a form that offers people has chosen."""
    return db.session.get_one(User, id)
