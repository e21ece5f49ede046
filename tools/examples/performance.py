"""What the picture tool opens of goals, reviews and next steps: something that whoever looks may see."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.accounts import Role, User
from rmhr.models.performance import (
    CheckIn,
    DevelopmentItem,
    Goal,
    GoalStatus,
    ItemStatus,
    Review,
    ReviewStatus,
)
from rmhr.performance import policies, queries
from rmhr.performance.views.loading import opened
from rmhr.performance.views.parts import NAMES
from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.items import ITEMS
from rmhr.performance.workflow.reviews import REVIEWS
from tools.examples import Example, Values, by_id, first


def _goal(viewer: User, *statuses: GoalStatus) -> Goal | None:
    """A goal in one of these statuses (in any, without), one with check-ins if there is one."""
    query = sa.select(Goal).outerjoin(CheckIn).where(queries.goals.visible_to(viewer))
    if statuses:
        query = query.where(Goal.status.in_(statuses))
    found: Goal | None = first(query.order_by(CheckIn.id.desc(), Goal.id))
    return found


def _goal_of_a_side(viewer: User, status: GoalStatus) -> Values | None:
    found = _goal(viewer, status)
    return by_id(found) if found and policies.SIDES(viewer, found) else None


def _goal_move(viewer: User) -> list[Values]:
    return _asking(GOALS, viewer, _goal(viewer, GoalStatus.AGREED, GoalStatus.PROPOSED))


def _review(viewer: User, *statuses: ReviewStatus) -> Review | None:
    """A review in one of these statuses (in any, without), one in which there is something to write first."""
    query = sa.select(Review).where(queries.reviews.visible_to(viewer))
    if statuses:
        query = query.where(Review.status.in_(statuses))
    writing: Any = sa.case(
        (
            sa.and_(Review.supervisor_id == viewer.id, Review.status == ReviewStatus.SUPERVISOR_ASSESSMENT),
            0,
        ),
        else_=1,
    )
    found: Review | None = first(query.order_by(writing, Review.id.desc()))
    return found


def _parts_of_a_review(viewer: User) -> list[Values]:
    """The review as it opens by itself, and each part of it that this person may open."""
    found = _review(viewer)
    if found is None:
        return []
    desk = opened(viewer, found)
    parts = [part for part in NAMES if desk.sight.anything and desk.may_open(part)]
    return [{"id": found.id}, *({"id": found.id, "part": part} for part in parts)]


def _review_of_others(viewer: User) -> Values | None:
    found = _review(viewer, ReviewStatus.SELF_ASSESSMENT, ReviewStatus.MEETING)
    return by_id(found) if found and policies.HAND_OVER(viewer, found) else None


def _kept_draft(viewer: User) -> Values | None:
    kept = queries.drafts.by(viewer)
    return by_id(kept[0]) if kept else None


def _round(viewer: User) -> Values | None:
    found = _review(viewer, ReviewStatus.SELF_ASSESSMENT, ReviewStatus.MEETING)
    return {"id": found.cycle_id} if found and viewer.has(Role.HR) else None


def _item(viewer: User) -> DevelopmentItem | None:
    """A next step, an open one if there is one."""
    is_open = sa.case((DevelopmentItem.status == ItemStatus.OPEN, 0), else_=1)
    query = sa.select(DevelopmentItem).where(queries.development.visible_to(viewer))
    found: DevelopmentItem | None = first(query.order_by(is_open, DevelopmentItem.id))
    return found


def _own_item(viewer: User) -> Values | None:
    found = _item(viewer)
    mine = found and policies.STEPS(viewer, found) and found.status is ItemStatus.OPEN
    return by_id(found) if mine else None


def _asking(flow: Any, viewer: User, thing: Any) -> list[Values]:
    """A move of a thing that asks something, if one can be made now."""
    moves = flow.moves(viewer, thing) if thing else []
    names = [move.transition.name for move in moves if move.transition.asks and not move.blocked]
    return [{"id": thing.id, "name": name} for name in names[:1]]


EXAMPLES: dict[str, Example] = {
    "performance.goal": lambda viewer: by_id(_goal(viewer)),
    "performance.edit": lambda viewer: _goal_of_a_side(viewer, GoalStatus.DRAFT),
    "performance.check_in": lambda viewer: _goal_of_a_side(viewer, GoalStatus.AGREED),
    "performance.transition": _goal_move,
    "performance.review": _parts_of_a_review,
    "performance.hand_over": _review_of_others,
    "performance_reviews.transition": lambda viewer: _asking(REVIEWS, viewer, _review(viewer)),
    "performance.kept_draft": _kept_draft,
    "performance.cancel_cycle": _round,
    "performance.item": lambda viewer: by_id(_item(viewer)),
    "performance.edit_item": _own_item,
    "performance_development.transition": lambda viewer: _asking(ITEMS, viewer, _item(viewer)),
}
