"""How each person of a team stands: training, onboarding, goals, review. One query each, however large the team is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.onboarding import OnboardingPlan, PlanStatus
from rmhr.models.performance import Goal, GoalStatus, Review, ReviewCycle, ReviewStatus
from rmhr.models.training import CourseState
from rmhr.onboarding import queries as onboarding
from rmhr.performance.queries import goals as goal_queries
from rmhr.performance.queries import reviews as review_queries
from rmhr.performance.queries.goals import Progress
from rmhr.training import queries as training


@dataclass
class Onboarding:
    """A plan under way, in numbers."""

    done: int
    all: int
    late: int


@dataclass
class Standing:
    """One person of a team."""

    person: User
    courses: list[CourseState] = field(default_factory=list)
    plan: Onboarding | None = None  # while it is under way
    goals: list[Progress] = field(default_factory=list)  # proposed and agreed
    review: Review | None = None  # the newest one that was not called off

    @property
    def next_goal(self) -> date | None:
        """When the first of the goals is due."""
        return min((each.goal.due_on for each in self.goals), default=None)


def standings(viewer: User, people: Sequence[User]) -> list[Standing]:
    """How these people stand, as far as the viewer may see it, in their order."""
    found = {person.id: Standing(person) for person in people}
    for id, courses in training.standing.by_course(people).items():
        found[id].courses = [each.state for each in courses.values()]
    plans = onboarding.overview(viewer).where(
        OnboardingPlan.user_id.in_(found), OnboardingPlan.status == PlanStatus.ACTIVE
    )
    for plan, open_ones, late, total in db.session.execute(plans).unique():
        found[plan.user_id].plan = Onboarding(total - open_ones, total, late)
    for id, goals in _goals(viewer, found).items():
        found[id].goals = goals
    reviews = (
        review_queries.overview(viewer)
        .where(Review.user_id.in_(found), Review.status != ReviewStatus.CANCELLED)
        .order_by(ReviewCycle.starts_on, Review.id)
    )
    for review in db.session.scalars(reviews).unique():
        found[review.user_id].review = review
    return list(found.values())


def _goals(viewer: User, ids: Collection[int]) -> dict[int, list[Progress]]:
    wanted = goal_queries.overview(viewer).where(
        Goal.user_id.in_(ids), Goal.status.in_((GoalStatus.PROPOSED, GoalStatus.AGREED))
    )
    found: dict[int, list[Progress]] = defaultdict(list)
    for row in db.session.execute(wanted).unique():
        found[row[0].user_id].append(goal_queries.progress(row))
    return found
