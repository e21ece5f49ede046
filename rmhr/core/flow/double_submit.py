"""A form that was sent twice writes its row once: a double click, a slow line, the browser's back button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import Base, db
from rmhr.models.accounts import User

Row = TypeVar("Row", bound=Base)

#: What is the same in everything is meant a second time only if it comes later than this.
WITHIN = timedelta(minutes=1)


def written(actor: User, model: type[Row], **values: Any) -> Row | None:
    """The row of exactly these values that was made a moment ago, or None.

    Two requests of one person at the same moment come one after the other here.
    """
    db.session.execute(sa.select(User.id).where(User.id == actor.id).with_for_update())
    made: Any = model.__table__.c.created_at
    # JSON, as of a text in two languages, cannot be compared by every database.
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    found = db.session.scalars(
        sa.select(model)
        .where(made > clock.now() - WITHIN, *(getattr(model, name) == value for name, value in plain.items()))
        .order_by(model.id.desc())
    ).unique()
    return next(
        (row for row in found if all(getattr(row, name) == value for name, value in values.items())), None
    )
