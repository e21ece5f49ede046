"""Sets of questions that many postings ask, as they are read."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort

from rmhr.core.db import db
from rmhr.core.folding import by_name, same
from rmhr.models.criteria import QuestionSet


def all() -> Sequence[QuestionSet]:
    """Every set, by name."""
    return db.session.scalars(sa.select(QuestionSet).order_by(by_name(QuestionSet.name))).all()


def find(id: int | None) -> QuestionSet | None:
    """The set with this number, if there is one."""
    return None if id is None else db.session.get(QuestionSet, id)


def get(id: int) -> QuestionSet:
    """One set, or 404."""
    found = find(id)
    if found is None:
        abort(404)
    return found


def name_is_free(name: str, but_for: int | None = None) -> bool:
    """Whether no other set is called that, whatever its capitals."""
    query = sa.select(QuestionSet.id).where(same(QuestionSet.name, name))
    if but_for is not None:
        query = query.where(QuestionSet.id != but_for)
    return db.session.scalar(query.limit(1)) is None
