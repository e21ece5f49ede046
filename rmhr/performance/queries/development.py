"""Next steps as each person may see them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload

from rmhr.accounts import queries as accounts
from rmhr.core.db import Rows, db
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.competencies import Competency
from rmhr.models.performance import DevelopmentItem, ItemStatus, Review, ReviewStatus


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """One's own, one's team's; HR those that come from no review, or from a signed one."""
    mine = sa.or_(
        DevelopmentItem.user_id == viewer.id,
        DevelopmentItem.user_id.in_(accounts.people.team_ids(viewer).correlate(None)),
    )
    if not viewer.has(Role.HR):
        return mine
    signed = sa.select(Review.id).where(Review.status == ReviewStatus.SIGNED).correlate(None)
    return sa.or_(mine, DevelopmentItem.review_id.is_(None), DevelopmentItem.review_id.in_(signed))


def overview(viewer: User) -> Rows:
    """The next steps that this person may see."""
    return (
        sa.select(DevelopmentItem)
        .join(User, User.id == DevelopmentItem.user_id)
        .where(visible_to(viewer))
        .options(contains_eager(DevelopmentItem.user), joinedload(DevelopmentItem.competency))
    )


def get(viewer: User, id: int) -> DevelopmentItem:
    """One next step, or 404."""
    query = (
        sa.select(DevelopmentItem)
        .where(DevelopmentItem.id == id, visible_to(viewer))
        .options(
            joinedload(DevelopmentItem.user).joinedload(User.employee).joinedload(Employee.supervisor),
            joinedload(DevelopmentItem.competency),
            joinedload(DevelopmentItem.review).joinedload(Review.cycle),
        )
    )
    found: DevelopmentItem | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def open_of(user: User) -> Sequence[DevelopmentItem]:
    """The next steps of a person that are open."""
    query = sa.select(DevelopmentItem).where(
        DevelopmentItem.user_id == user.id, DevelopmentItem.status == ItemStatus.OPEN
    )
    return db.session.scalars(query.order_by(DevelopmentItem.id)).unique().all()


def competencies() -> Sequence[Competency]:
    """All competencies in their order."""
    return db.session.scalars(sa.select(Competency).order_by(Competency.position, Competency.id)).all()
