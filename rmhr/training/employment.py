"""Whoever becomes an RM, or looks after other clients from a day on, has the courses that are mandatory for it."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role
from rmhr.models.training import Assignment
from rmhr.training import operations


@EMPLOYMENT.after(EmploymentKind.BEGINS.value, EmploymentKind.CHANGES.value, order=50)
def assign_what_is_mandatory_now(_actor: Any, event: EmploymentEvent) -> list[Assignment]:
    """The courses of this kind of RM that the person does not have yet."""
    employee = event.user.employee
    if employee is None or employee.rm_type is None or not event.user.has(Role.RM):
        return []
    return operations.assign_required(SYSTEM, employee)
