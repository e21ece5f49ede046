"""Lena's first weeks: most of it done in time, one thing late; and the old hands have no plan."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock
from rmhr.demo.building import at_work, hired
from rmhr.models.onboarding import OnboardingTask, TaskStatus
from rmhr.onboarding import queries
from rmhr.onboarding.workflow import TASKS

#: What is still open although its day has passed.
LATE = {"w1_people"}


def build() -> None:
    """Whoever had something to do until last week has done it, on the day before it was due."""
    lena = hired("lena")
    plan = queries.of(lena) if lena else None
    if plan is None:
        return
    for task in list(plan.tasks):
        if _is_done(task):
            with clock.at(at_work(task.due_on - timedelta(days=1), 15, 40)):
                _do(task)


def _do(task: OnboardingTask) -> None:
    if task.notifies:
        TASKS.perform(task.owner, task, "notify", notified_on=clock.today(), notice_number="WA 31-2026-0417")
    else:
        TASKS.perform(task.owner, task, "complete")


def _is_done(task: OnboardingTask) -> bool:
    past = task.due_on < clock.today() - timedelta(days=1)
    return past and not task.course_code and task.code not in LATE and task.status is TaskStatus.OPEN
