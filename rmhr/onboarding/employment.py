"""Whoever becomes an RM gets a plan of the first months; what of plans hangs on a person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts import policies
from rmhr.accounts import queries as accounts
from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role, User
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask, PlanStatus, TaskStatus
from rmhr.offers import queries as offers
from rmhr.onboarding import operations, queries

#: Whoever can have a part in a plan.
ANYBODY = tuple(Role)


@EMPLOYMENT.after(EmploymentKind.BEGINS.value, EmploymentKind.CHANGES.value, order=30)
def open_plan_of_a_new_rm(_actor: Actor, event: EmploymentEvent) -> OnboardingPlan | None:
    """Whoever begins as an RM, or becomes one, has a plan; once, and not where its months are long over.

    Of somebody who came by an offer, mentor, buddy and HR are those of the offer.
    """
    user, employee = event.user, event.user.employee
    if employee is None or employee.rm_type is None or not user.has(Role.RM):
        return None
    over = queries.complete_by(event.on) < clock.today()
    if over or event.was("rm_type") or queries.of(user) is not None:
        return None
    offer = offers.accepted(employee.application_id)
    recorder = event.recorded_by if event.recorded_by and event.recorded_by.has(Role.HR) else None
    hr = recorder or accounts.people.hr_for(user) or event.recorded_by
    hr_id = offer.made_by_id if offer else hr.id if hr else None
    if hr_id is None:
        return None
    return operations.open_for(
        SYSTEM,
        user,
        starts_on=event.on,
        mentor_id=offer.mentor_id if offer else None,
        buddy_id=offer.buddy_id if offer else None,
        hr_id=hr_id,
        offer_id=offer.id if offer else None,
    )


@EMPLOYMENT.after(EmploymentKind.CHANGES.value, order=35)
def adjust_to_other_clients(_actor: Actor, event: EmploymentEvent) -> None:
    """Another kind of RM has other tasks: those that are missing come, those that nobody has begun go."""
    if event.was("rm_type"):
        words, employee = gettext("Looks after other clients now."), event.user.employee
        if employee is None or not operations.gives_advice(employee):
            operations.end_advice_for(SYSTEM, event.user, on=event.on, reason=words)
        operations.adjust_for(SYSTEM, event.user, reason=words, since=event.on)


@EMPLOYMENT.after(EmploymentKind.RESCHEDULED.value, order=30)
def begin_on_another_day(_actor: Actor, event: EmploymentEvent) -> None:
    """Plan, ladder and courses count from the new first day."""
    if event.user.employee is not None:
        operations.begin_on(SYSTEM, event.user, starts_on=event.user.employee.started_on)


@EMPLOYMENT.after(EmploymentKind.RETURNS.value, order=30)
def leave_time_after_an_absence(_actor: Actor, event: EmploymentEvent) -> None:
    """What was due meanwhile is due some time after the first day back."""
    operations.postpone_for(SYSTEM, event.user, back_on=event.on)


@EMPLOYMENT.after(EmploymentKind.LEAVES.value, order=30)
def call_off_of_a_leaver(_actor: Actor, event: EmploymentEvent) -> None:
    """Nobody owes anything for somebody who is not there, except what BaFin has to be told of it."""
    words = gettext("Has left.")
    operations.end_advice_for(SYSTEM, event.user, on=event.on, reason=words)
    operations.call_off_for(SYSTEM, event.user, reason=words)


def _plans(column: Any) -> Rows:
    new = aliased(User)
    return (
        sa.select(column.label("user_id"), OnboardingPlan.id.label("subject_id"), new.name.label("what"))
        .join(new, new.id == OnboardingPlan.user_id)
        .where(OnboardingPlan.status == PlanStatus.ACTIVE, column.is_not(None))
    )


def _tasks() -> Rows:
    return (
        sa.select(
            OnboardingTask.owner_id.label("user_id"),
            OnboardingTask.id.label("subject_id"),
            OnboardingTask.text.label("what"),
            OnboardingTask.plan_id.label("plan"),
        )
        .join(OnboardingPlan, OnboardingPlan.id == OnboardingTask.plan_id)
        .where(
            OnboardingTask.status == TaskStatus.OPEN,
            queries.stands(),
            OnboardingTask.owner_id != OnboardingPlan.user_id,
        )
    )


@hangs(
    "onboarding.tasks",
    label=_("Tasks for new colleagues"),
    find=_tasks,
    endpoint="onboarding.show",
    params={"id": "plan"},
    roles=ANYBODY,
)
@operation(allow=policies.MANAGE, done=_("Task handed over"))
def hand_over_tasks(_actor: Actor, person: User, *, successor: User) -> int:
    """Give open tasks in the plans of others to the successor: how many."""
    found = db.session.scalars(
        sa.select(OnboardingTask)
        .join(OnboardingPlan, OnboardingPlan.id == OnboardingTask.plan_id)
        .where(
            OnboardingTask.owner_id == person.id,
            OnboardingTask.status == TaskStatus.OPEN,
            queries.stands(),
            OnboardingPlan.user_id != person.id,
        )
    ).unique()
    done = 0
    for task in found.all():
        task.owner = successor
        audit.mention(task.plan, successor.name)
        done += 1
    return done


def _hand_over_plans(column: Any, person: User, successor: User) -> int:
    found = db.session.scalars(
        sa.select(OnboardingPlan).where(
            column == person.id,
            OnboardingPlan.status == PlanStatus.ACTIVE,
            OnboardingPlan.user_id != successor.id,
        )
    ).unique()
    done = 0
    for plan in found.all():
        setattr(plan, column.key, successor.id)
        audit.mention(plan, successor.name)
        done += 1
    return done


@hangs(
    "onboarding.mentoring",
    label=_("New colleagues whose mentor they are"),
    find=lambda: _plans(OnboardingPlan.mentor_id),
    endpoint="onboarding.show",
    roles=(Role.MENTOR,),
)
@operation(allow=policies.MANAGE, done=_("Mentor handed over"))
def hand_over_mentoring(_actor: Actor, person: User, *, successor: User) -> int:
    """Name the successor as mentor in plans that are under way: how many."""
    return _hand_over_plans(OnboardingPlan.mentor_id, person, successor)


@hangs(
    "onboarding.accompanying",
    label=_("New colleagues whose buddy they are"),
    find=lambda: _plans(OnboardingPlan.buddy_id),
    endpoint="onboarding.show",
    roles=(Role.RM,),
)
@operation(allow=policies.MANAGE, done=_("Buddy handed over"))
def hand_over_accompanying(_actor: Actor, person: User, *, successor: User) -> int:
    """Name the successor as buddy in plans that are under way: how many."""
    return _hand_over_plans(OnboardingPlan.buddy_id, person, successor)


@hangs(
    "onboarding.looking_after",
    label=_("Onboarding plans that they handle for HR"),
    find=lambda: _plans(OnboardingPlan.hr_id),
    endpoint="onboarding.show",
    roles=(Role.HR,),
)
@operation(allow=policies.MANAGE, done=_("HR of the onboarding handed over"))
def hand_over_looking_after(_actor: Actor, person: User, *, successor: User) -> int:
    """Name the successor as HR in plans that are under way: how many."""
    return _hand_over_plans(OnboardingPlan.hr_id, person, successor)
