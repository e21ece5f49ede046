"""Onboarding plans for tests."""

from __future__ import annotations

from typing import Any

from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.onboarding import OnboardingPlan
from rmhr.onboarding import content, operations

from . import accounts, save


def plan(**given: Any) -> OnboardingPlan:
    """The plan of a new RM, with the starter tasks, as a hire opens it. `employee`, `hr`, `mentor`, `buddy`."""
    content.load()
    employee = given.pop("employee", None) or accounts.employee()
    hr = given.pop("hr", None) or accounts.user(Role.HR)
    mentor = given.pop("mentor", None) or accounts.user(Role.MENTOR)
    buddy = given.pop("buddy", None) or accounts.user()
    opened = operations.open_plan(
        SYSTEM, employee, hr_id=hr.id, mentor_id=mentor.id, buddy_id=buddy.id, **given
    )
    return save(opened)
