"""What becomes of a plan when an employment begins, changes, pauses or ends, and when a course is passed.

The operations that end in `_for` may be called whichever way something came about, and twice: what is done already
stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import news, outbox
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.offers import Offer
from rmhr.models.onboarding import (
    LASTING,
    OnboardingPlan,
    OnboardingTask,
    PlanStatus,
    TaskKind,
    TaskOwner,
    TaskStatus,
    TaskTemplate,
)
from rmhr.offers.workflow import FLOW as OFFERS
from rmhr.onboarding import notifications, policies, queries
from rmhr.onboarding.workflow import PLANS, TASKS

#: The tasks of a plan, the new RM's own and those of everybody else.
OWED = asking.Owed(
    ("onboarding.own", "onboarding.part", "onboarding.notification", "onboarding.clock"), "plan"
)


@operation(allow=policies.FOLLOW, done=_("Onboarding plan opened"))
def open_for(
    actor: Actor,
    user: User,
    /,
    *,
    starts_on: date,
    hr_id: int | None = None,
    mentor_id: int | None = None,
    buddy_id: int | None = None,
    offer_id: int | None = None,
) -> OnboardingPlan | None:
    """The plan of somebody who becomes an RM. Where there is one it stays, and follows the first day.

    None for somebody who is no RM. `hr_id`: who looks after it; without it, whoever is named for the unit.
    """
    employee = user.employee
    if employee is None or employee.rm_type is None:
        return None
    queries.lock(user)
    plan = queries.of(user)
    if plan is None:
        hr = hr_id or employee.unit.hr_id or accounts.people.first(Role.HR).id
        return open_plan(
            SYSTEM,
            employee,
            starts_on=starts_on,
            hr_id=hr,
            mentor_id=mentor_id,
            buddy_id=buddy_id,
            offer_id=offer_id,
        )
    if plan.status is PlanStatus.CALLED_OFF:
        PLANS.perform(actor, plan, "reopen")
    begin_on(actor, user, starts_on=starts_on)
    return plan


@operation(allow=the_system, done=_("Onboarding plan opened"))
def open_plan(
    actor: Actor,
    employee: Employee,
    *,
    hr_id: int,
    starts_on: date | None = None,
    mentor_id: int | None = None,
    buddy_id: int | None = None,
    offer_id: int | None = None,
) -> OnboardingPlan:
    """The plan of a new RM: a task per template, each with its owner and a working day as its due date."""
    first = starts_on or employee.started_on
    plan = OnboardingPlan(
        user=employee.user,
        starts_on=first,
        complete_by=queries.complete_by(first),
        mentor_id=mentor_id,
        buddy_id=buddy_id,
        hr_id=hr_id,
        offer_id=offer_id,
    )
    _add_tasks(plan, employee)
    db.session.add(plan)
    news.tell(notifications.ACCOMPANIES, plan, actor)
    return plan


def _add_tasks(plan: OnboardingPlan, employee: Employee, *, since: date | None = None) -> None:
    """A task for each template that concerns this kind of RM and that the plan does not have yet.

    `since`: the day from which they count, where that is not the first one. A plan that is completed gets only what
    outlasts it.
    """
    completed = plan.status is PlanStatus.COMPLETED
    for template in queries.templates():
        if template.kind is TaskKind.CHANGE or (completed and template.kind not in LASTING):
            continue
        if _concerns(template, employee):
            _add(plan, employee, template, since or plan.starts_on)


def _add(plan: OnboardingPlan, employee: Employee, template: TaskTemplate, since: date) -> None:
    """A task of this template, unless the plan has it already."""
    if template.code in {task.code for task in plan.tasks}:
        return
    plan.tasks.append(
        OnboardingTask(
            code=template.code,
            phase=template.phase,
            kind=template.kind,
            owner_role=template.owner,
            owner_id=owners_of(plan, employee)[template.owner],
            text=template.text,
            blocking=template.blocking,
            course_code=template.course_code,
            requires=template.requires,
            due_on=queries.due_of(template, since, employee.unit.holiday_region),
        )
    )


def _concerns(template: TaskTemplate, employee: Employee) -> bool:
    return not template.rm_types or (
        employee.rm_type is not None and employee.rm_type.value in template.rm_types
    )


def gives_advice(employee: Employee) -> bool:
    """Whether the starter tasks of investment advice concern this kind of RM."""
    return any(
        template.kind is TaskKind.NOTIFICATION and _concerns(template, employee)
        for template in queries.templates()
    )


def owners_of(plan: OnboardingPlan, employee: Employee) -> dict[TaskOwner, int]:
    """Whose task each kind of task is now, by id."""
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


# The first day.


@operation(allow=policies.FOLLOW, done=_("First day moved"))
def begin_on(actor: Actor, user: User, /, *, starts_on: date, note: str = "") -> OnboardingPlan | None:
    """The first day is this one: plan, ladder and courses follow. Where it is that already, nothing happens."""
    plan = queries.of(user)
    if plan is None or plan.status is not PlanStatus.ACTIVE or plan.starts_on == starts_on:
        return plan
    PLANS.perform(actor, plan, "move_first_day", starts_on=starts_on, note=note)
    return plan


@dataclass(frozen=True)
class Moved:
    """A day that moves with the first one: what lies on it, and the day before and after."""

    words: Any
    before: date
    after: date


def moved_with(actor: Actor, plan: OnboardingPlan, starts_on: date) -> list[Moved]:
    """What would move to which day if this were the first one. Nothing of it stays."""
    before = queries.relative_dates(plan.user)
    with outbox.rehearsal():
        PLANS.perform(actor, plan, "move_first_day", starts_on=starts_on)
        after = {each.key: each.on for each in queries.relative_dates(plan.user)}
    return sorted(
        (
            Moved(each.words, each.on, after[each.key])
            for each in before
            if after.get(each.key, each.on) != each.on
        ),
        key=lambda each: each.after,
    )


# What changes while the plan is under way.


@operation(allow=policies.FOLLOW, done=_("Onboarding plan adjusted"))
def adjust_for(
    actor: Actor, user: User, /, *, reason: str, since: date | None = None
) -> OnboardingPlan | None:
    """Type of RM, unit or supervisor have changed: tasks that are missing come, open ones that concern others go.

    The supervisor's open tasks are the present one's. `since`: the day of the change, from which law's days count.
    """
    plan, employee = queries.of(user), user.employee
    if plan is None or plan.status is PlanStatus.CALLED_OFF or employee is None:
        return plan
    if plan.status is PlanStatus.COMPLETED:
        _add_tasks(plan, employee, since=since)
    else:
        _add_tasks(plan, employee)
    theirs = {template.code for template in queries.templates() if not _concerns(template, employee)}
    boss = owners_of(plan, employee)[TaskOwner.SUPERVISOR]
    for task in plan.tasks:
        if task.status is not TaskStatus.OPEN or not task.stands or task.kind is TaskKind.CHANGE:
            continue
        if task.code in theirs:
            TASKS.perform(actor, task, "drop", note=reason)
        elif task.owner_role is TaskOwner.SUPERVISOR and task.owner_id != boss:
            task.owner_id = boss
    return plan


@operation(allow=policies.FOLLOW, done=_("Onboarding tasks handed over"))
def hand_over(_actor: Actor, user: User, /, *, successor: User) -> int:
    """What this person has to do in plans of others that are under way is somebody else's now; say how many tasks."""
    tasks = queries.open_tasks_of(user)
    for task in tasks:
        task.owner_id = successor.id
    for plan in queries.guided_by(user):
        for part in ("mentor_id", "buddy_id", "hr_id"):
            if getattr(plan, part) == user.id:
                setattr(plan, part, successor.id)
    return len(tasks)


@operation(allow=policies.FOLLOW, done=_("Onboarding postponed after an absence"))
def postpone_for(_actor: Actor, user: User, /, *, back_on: date) -> int:
    """After a long absence there is time again for what would have been due meanwhile; say for how many tasks."""
    plan, employee = queries.of(user), user.employee
    if plan is None or plan.status is not PlanStatus.ACTIVE or employee is None:
        return 0
    day = queries.working_day(deadlines.BACK_FROM_ABSENCE.after(back_on), employee.unit.holiday_region)
    own = [
        task
        for task in plan.tasks
        if task.status is TaskStatus.OPEN and task.owner_id == user.id and task.due_on < day
    ]
    for task in own:
        task.due_on = day
    plan.complete_by = max(plan.complete_by, day)
    return len(own)


@operation(allow=policies.FOLLOW, done=_("Onboarding called off"))
def call_off_for(actor: Actor, user: User, /, *, reason: str) -> OnboardingPlan | None:
    """The person leaves or does not come: a plan that is under way ends, and nobody owes anything of it."""
    plan = queries.of(user)
    if plan is not None and plan.status is PlanStatus.ACTIVE:
        PLANS.perform(actor, plan, "call_off", note=reason)
    return plan


@operation(allow=policies.FOLLOW, done=_("End of investment advice to be notified"))
def end_advice_for(actor: Actor, user: User, /, *, on: date, reason: str) -> OnboardingTask | None:
    """The person gives no investment advice any more: BaFin is told so where it was told that they do.

    Clocks that ran are of no use. It may be called twice.
    """
    plan, employee = queries.of(user), user.employee
    if plan is None or employee is None:
        return None
    for task in plan.tasks:
        if task.kind in LASTING and task.status is TaskStatus.OPEN and task.stands:
            TASKS.perform(actor, task, "drop", note=reason)
    told = any(task.kind is TaskKind.NOTIFICATION and task.status is TaskStatus.DONE for task in plan.tasks)
    if not told:
        return None
    for template in queries.templates():
        if template.kind is TaskKind.CHANGE:
            _add(plan, employee, template, on)
    return next((task for task in plan.tasks if task.kind is TaskKind.CHANGE), None)


@OFFERS.after("retract_acceptance", order=30)
def call_off_plan(_actor: Actor, offer: Offer) -> None:
    """Whoever will not start needs no plan."""
    employee = accounts.people.employee_for(offer.application_id)
    if employee is not None:
        words = gettext("Will not start.")
        end_advice_for(SYSTEM, employee.user, on=clock.today(), reason=words)
        call_off_for(SYSTEM, employee.user, reason=words)


@operation(allow=policies.ADJUST, done=_("Reminder sent"))
def remind(actor: User, plan: OnboardingPlan, /) -> str:
    """Remind whoever has an open task in this plan that is due; their names. Raises NotPossible where nobody has."""
    return OWED.ask(actor, plan)


# What other stages cause.


@operation(allow=the_system, done=_("Tasks ticked for a passed course"))
def course_passed(actor: Actor, user: User, *, course_code: str) -> int:
    """Tick what the new RM owed of this course; what others decide after it can be done now. Say how many tasks."""
    waiting = [task for task in _of_course(user, course_code) if task.status is TaskStatus.OPEN]
    for task in waiting:
        if task.by_course:
            TASKS.perform(actor, task, "pass_course")
        else:
            task.course_passed_on = clock.today()
    return len(waiting)


@operation(allow=the_system, done=_("Tasks opened again: a certificate was revoked"))
def course_lost(actor: Actor, user: User, *, course_code: str) -> int:
    """The course has to be passed once more: what it had ticked is open again. What others decided stays."""
    lost = [task for task in _of_course(user, course_code) if task.course_passed_on is not None]
    for task in lost:
        if task.by_course and task.status is TaskStatus.DONE:
            TASKS.perform(actor, task, "lose_course")
        elif task.status is not TaskStatus.DONE:
            task.course_passed_on = None
    return len(lost)


def _of_course(user: User, code: str) -> list[OnboardingTask]:
    plan = queries.of(user)
    if plan is None or plan.status is not PlanStatus.ACTIVE:
        return []
    return [task for task in plan.tasks if task.course_code == code]


@operation(allow=the_system, done=_("Shadowing noted in the onboarding plan"))
def ladder_signed_off(_actor: Actor, user: User, *, on: date | None) -> None:
    """Remember when the shadowing ladder was signed off, or (None) that it was opened again."""
    plan = queries.of(user)
    if plan is not None:
        plan.signed_off_on = on
