"""Plans of the first months and their tasks."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.onboarding import TaskOwner
from rmhr.onboarding import operations
from rmhr.onboarding.workflow import PLANS, TASKS
from tests.factories.onboarding import completed, fulfilled, plan
from tests.kinds import Edit, NextStep, Opened


def _task(of, owner=TaskOwner.NEW_RM):
    return next(each for each in of.tasks if each.owner_role is owner and not each.course_code)


def _remark() -> Opened:
    of = plan()
    task = _task(of)

    def meanwhile() -> None:
        TASKS.perform(of.hr, task, "complete_with_remark", comment="Theirs")
        TASKS.perform(of.hr, task, "reopen")

    sent = {"comment": "With Ilse in the branch"}
    address = f"/onboarding/tasks/{task.id}/complete_with_remark"
    return Opened(task, task.owner, address, sent, meanwhile, lambda: (task.status, task.comment))


def _plan() -> Opened:
    of = completed()

    def meanwhile() -> None:
        PLANS.perform(of.hr, of, "reopen", note="Theirs")
        PLANS.perform(of.hr, of, "complete")

    sent = {"note": "The probation was prolonged"}
    return Opened(of, of.hr, f"/onboarding/{of.id}/reopen", sent, meanwhile, lambda: of.status)


def _first_day() -> Opened:
    of = plan()
    day, other = of.starts_on + timedelta(days=7), of.starts_on + timedelta(days=14)

    def meanwhile() -> None:
        operations.begin_on(SYSTEM, of.user, starts_on=other)

    sent = {
        "starts_on": day.isoformat(),
        "shown": day.isoformat(),
        "note": "The former employer lets her go later",
    }
    return Opened(
        of,
        of.hr,
        f"/onboarding/{of.id}/first-day",
        sent,
        meanwhile,
        lambda: of.starts_on,
        other.isoformat(),
    )


EDITS = [
    Edit("onboarding_tasks.transition", _remark, name="complete_with_remark"),
    Edit("onboarding.transition", _plan, name="reopen"),
    Edit("onboarding.first_day", _first_day),
]
NO_EDIT = {"onboarding.bulk": "reminds; it changes no stored text, and each thing says what was seen of it"}


def _decision_after_a_course():
    """The course is passed; what the supervisor decides after it is owed by them."""
    of = plan()
    task = next(each for each in of.tasks if each.course_code == "mifid")
    with audit.acting(SYSTEM, "tests.arrange"):
        for other in of.tasks:
            if other is not task:
                TASKS.perform(of.hr, other, "drop", note="Not in this test")
    operations.course_passed(SYSTEM, of.user, course_code="mifid")
    return task


NEXT_STEPS = [
    NextStep("onboarding", "active", fulfilled),
    NextStep("onboarding_tasks", "open", _decision_after_a_course),
]
