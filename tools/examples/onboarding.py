"""What the picture tool opens of onboarding: a plan, and a task to finish with a remark."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.models.accounts import User
from rmhr.models.onboarding import OnboardingPlan, TaskStatus
from rmhr.onboarding import queries
from tools.examples import Example, Values, by_id, first


def _plan(viewer: User) -> OnboardingPlan | None:
    """The newest plan that this person may open."""
    query = sa.select(OnboardingPlan).where(queries.visible_to(viewer))
    found: OnboardingPlan | None = first(query.order_by(OnboardingPlan.id.desc()))
    return found


def _task_of_one_s_own(viewer: User) -> Values | None:
    plan = _plan(viewer)
    mine = [
        task
        for task in (plan.tasks if plan else [])
        if task.owner_id == viewer.id and task.status is TaskStatus.OPEN and not task.course_code
    ]
    return {"id": mine[0].id, "name": "complete_with_remark"} if mine else None


EXAMPLES: dict[str, Example] = {
    "onboarding.show": lambda viewer: by_id(_plan(viewer)),
    "onboarding.transition": lambda viewer: by_id(_plan(viewer), name="call_off"),
    "onboarding.first_day": lambda viewer: by_id(_plan(viewer)),
    "onboarding_tasks.transition": _task_of_one_s_own,
}
