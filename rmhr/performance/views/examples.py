"""What the picture tool opens: for each page with an address of its own, something that the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.models.accounts import Role, User
from rmhr.models.performance import GoalStatus, ItemStatus, ReviewStatus
from rmhr.performance import policies, queries
from rmhr.performance.views import desk
from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.items import ITEMS
from rmhr.performance.workflow.reviews import REVIEWS

Values = dict[str, Any]


def _goal(viewer: User) -> Values | None:
    found = queries.goals.first_visible(viewer)
    return {"id": found.id} if found else None


def _goal_of_a_side(viewer: User, status: GoalStatus) -> Values | None:
    found = queries.goals.first_visible(viewer, status)
    return {"id": found.id} if found and policies.SIDES(viewer, found) else None


def _goal_move(viewer: User) -> list[Values]:
    found = queries.goals.first_visible(viewer, GoalStatus.AGREED, GoalStatus.PROPOSED)
    moves = GOALS.moves(viewer, found) if found else []
    return [{"id": found.id, "name": m.transition.name} for m in moves if found and m.transition.asks][:1]


def _review(viewer: User) -> list[Values]:
    found = queries.reviews.first_visible(viewer)
    if found is None:
        return []
    return [
        {"id": found.id, **({"part": part} if part else {})} for part in ["", *desk.open_parts(viewer, found)]
    ]


def _kept_draft(viewer: User) -> Values | None:
    kept = queries.drafts.by(viewer)
    return {"id": kept[0].id} if kept else None


def _round(viewer: User) -> Values | None:
    found = queries.reviews.first_visible(viewer, *queries.reviews.OPEN)
    return {"id": found.cycle_id} if found and viewer.has(Role.HR) else None


def _review_of_others(viewer: User) -> Values | None:
    found = queries.reviews.first_visible(viewer, ReviewStatus.SELF_ASSESSMENT, ReviewStatus.MEETING)
    return {"id": found.id} if found and policies.HAND_OVER(viewer, found) else None


def _review_move(viewer: User) -> list[Values]:
    found = queries.reviews.first_visible(viewer)
    moves = REVIEWS.moves(viewer, found) if found else []
    asked = [m for m in moves if m.transition.asks and not m.blocked]
    return [{"id": found.id, "name": m.transition.name} for m in asked if found][:1]


def _item(viewer: User) -> Values | None:
    found = queries.development.first_visible(viewer)
    return {"id": found.id} if found else None


def _own_item(viewer: User) -> Values | None:
    found = queries.development.first_visible(viewer)
    mine = found and policies.STEPS(viewer, found) and found.status is ItemStatus.OPEN
    return {"id": found.id} if found and mine else None


def _item_move(viewer: User) -> list[Values]:
    found = queries.development.first_visible(viewer)
    moves = ITEMS.moves(viewer, found) if found else []
    return [{"id": found.id, "name": m.transition.name} for m in moves if found and m.transition.asks][:1]


EXAMPLES: dict[str, Callable[[User], Any]] = {
    "performance.goal": _goal,
    "performance.edit": lambda viewer: _goal_of_a_side(viewer, GoalStatus.DRAFT),
    "performance.check_in": lambda viewer: _goal_of_a_side(viewer, GoalStatus.AGREED),
    "performance.transition": _goal_move,
    "performance.review": _review,
    "performance.hand_over": _review_of_others,
    "performance.kept_draft": _kept_draft,
    "performance.cancel_cycle": _round,
    "performance_reviews.transition": _review_move,
    "performance.item": _item,
    "performance.edit_item": _own_item,
    "performance_development.transition": _item_move,
}
