"""What happens when somebody is hired, and when a course is passed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking, calendar
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.policy import the_system
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask, TaskOwner, TaskStatus, TaskTemplate
from rmhr.onboarding import policies, queries
from rmhr.onboarding.workflow import TASKS

#: The tasks of a plan, the new RM's own and those of everybody else.
OWED = asking.Owed(("onboarding.own", "onboarding.part"), "plan")


@operation(allow=the_system, done=_("Onboarding plan opened"))
def open_plan(
    _actor: Any,
    employee: Employee,
    *,
    hr_id: int,
    mentor_id: int | None = None,
    buddy_id: int | None = None,
    offer_id: int | None = None,
) -> OnboardingPlan:
    """The plan of a new RM: a task per template, each with its owner and a working day as its due date."""
    plan = OnboardingPlan(
        user=employee.user,
        starts_on=employee.started_on,
        mentor_id=mentor_id,
        buddy_id=buddy_id,
        hr_id=hr_id,
        offer_id=offer_id,
    )
    owners = _owners(plan, employee)
    for template in queries.templates():
        if template.rm_types and (
            employee.rm_type is None or employee.rm_type.value not in template.rm_types
        ):
            continue
        plan.tasks.append(
            OnboardingTask(
                code=template.code,
                phase=template.phase,
                owner_role=template.owner,
                owner_id=owners[template.owner],
                text=template.text,
                blocking=template.blocking,
                course_code=template.course_code,
                due_on=due_date(template, employee),
            )
        )
    db.session.add(plan)
    return plan


def due_date(template: TaskTemplate, employee: Employee) -> date:
    """The template's day, on a working day of the person's place, and not before today.

    What is due before the start moves forward to an earlier working day, what is due after it to a later one.
    """
    region = employee.unit.holiday_region
    day = employee.started_on + timedelta(days=template.due_days)
    if template.due_days < 0:
        day = calendar.add_working_days(day + timedelta(days=1), -1, region)
    return calendar.next_working_day(max(day, clock.today()), region)


def _owners(plan: OnboardingPlan, employee: Employee) -> dict[TaskOwner, int]:
    supervisor = employee.supervisor_id or plan.hr_id
    return {
        TaskOwner.NEW_RM: employee.user.id,
        TaskOwner.SUPERVISOR: supervisor,
        TaskOwner.HR: plan.hr_id,
        TaskOwner.BUDDY: plan.buddy_id or supervisor,
        TaskOwner.MENTOR: plan.mentor_id or supervisor,
        TaskOwner.IT: _somebody(Role.ADMIN, plan.hr_id),
        TaskOwner.COMPLIANCE: _somebody(Role.COMPLIANCE, plan.hr_id),
    }


def _somebody(role: Role, otherwise: int) -> int:
    try:
        return accounts.people.first(role).id
    except LookupError:
        return otherwise


@operation(allow=policies.ADJUST, done=_("Reminder sent"))
def remind(actor: User, plan: OnboardingPlan, /) -> str:
    """Remind whoever has an open task in this plan that is due; their names. Raises NotPossible where nobody has."""
    return OWED.ask(actor, plan)


@operation(allow=the_system, done=_("Tasks ticked for a passed course"))
def course_passed(actor: Any, user: User, *, course_code: str) -> int:
    """Tick what waited for this course in this person's plan; say how many tasks."""
    plan = queries.of(user)
    waiting = [
        task
        for task in (plan.tasks if plan else [])
        if task.course_code == course_code and task.status is TaskStatus.OPEN
    ]
    for task in waiting:
        TASKS.perform(actor, task, "pass_course")
    return len(waiting)
