"""Whoever becomes an RM, or looks after other clients from a day on, has the courses that are mandatory for it."""

from __future__ import annotations

from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core.i18n import gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role
from rmhr.models.training import Assignment
from rmhr.training import operations


@EMPLOYMENT.after(EmploymentKind.BEGINS.value, EmploymentKind.CHANGES.value, order=50)
def assign_what_is_mandatory_now(_actor: Actor, event: EmploymentEvent) -> list[Assignment]:
    """The courses of this kind of RM; of another kind than before, those of the other clients go."""
    employee = event.user.employee
    if employee is None or employee.rm_type is None or not event.user.has(Role.RM):
        return []
    if event.was("rm_type"):
        return operations.assignments.adjust_for(
            SYSTEM, event.user, reason=gettext("Looks after other clients now.")
        )
    if event.kind is EmploymentKind.BEGINS or event.becomes("rm_type"):
        return operations.assignments.open_for(SYSTEM, event.user, starts_on=event.on)
    return []


@EMPLOYMENT.after(EmploymentKind.RESCHEDULED.value, order=50)
def begin_on_another_day(_actor: Actor, event: EmploymentEvent) -> None:
    """The courses count from the new first day."""
    if event.user.employee is not None:
        operations.assignments.begin_on(SYSTEM, event.user, starts_on=event.user.employee.started_on)


@EMPLOYMENT.after(EmploymentKind.RETURNS.value, order=50)
def leave_time_after_an_absence(_actor: Actor, event: EmploymentEvent) -> None:
    """What was due meanwhile is due some time after the first day back."""
    operations.assignments.postpone_for(SYSTEM, event.user, back_on=event.on)


@EMPLOYMENT.after(EmploymentKind.LEAVES.value, order=50)
def call_off_of_a_leaver(_actor: Actor, event: EmploymentEvent) -> None:
    """Nothing is required of somebody who is not there."""
    operations.assignments.call_off_for(SYSTEM, event.user, reason=gettext("Has left."))
