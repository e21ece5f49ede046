"""Onboarding plans for tests."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role, User
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask, TaskStatus
from rmhr.onboarding import content, operations
from rmhr.onboarding.workflow import PLANS, TASKS

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


def do(actor: User, task: OnboardingTask) -> None:
    """Mark a task as done; of a notification, with its day and number."""
    if task.notifies:
        TASKS.perform(actor, task, "notify", notified_on=clock.today(), notice_number="BaFin 12345")
    else:
        TASKS.perform(actor, task, "complete")


def fulfilled(**given: Any) -> OnboardingPlan:
    """A plan of which nothing that is required is open any more."""
    of = plan(**given)
    for course in {task.course_code for task in of.tasks if task.course_code}:
        operations.course_passed(SYSTEM, of.user, course_code=course)
    operations.ladder_signed_off(SYSTEM, of.user, on=clock.today())
    for task in sorted(of.tasks, key=lambda each: bool(each.requires)):
        if task.blocking and task.status is TaskStatus.OPEN:
            do(of.hr, task)
    return save(of)


def completed(**given: Any) -> OnboardingPlan:
    """A plan that has come to its end."""
    of = fulfilled(**given)
    PLANS.perform(of.hr, of, "complete")
    return save(of)
