"""What is written of headcount plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.accounts import RmType, Unit
from rmhr.models.requisitions import HeadcountPlan
from rmhr.requisitions import policies
from rmhr.requisitions.forms.headcount import said_twice
from rmhr.requisitions.queries import headcount as queries


@operation(allow=policies.PLAN_HEADCOUNT, done=_("Headcount plan added"))
def add_plan(_actor: Actor, unit: Unit, /, **facts: Any) -> HeadcountPlan:
    """Plan positions for a unit and all units below it. Raises NotPossible for a plan that cannot be."""
    _check(unit, None, **facts)
    plan = HeadcountPlan(unit=unit, **facts)
    db.session.add(plan)
    db.session.flush()
    return plan


@operation(allow=policies.PLAN_HEADCOUNT, done=_("Headcount plan changed"))
def change_plan(_actor: Actor, plan: HeadcountPlan, /, *, unit: Unit, **facts: Any) -> HeadcountPlan:
    """Change a plan, whatever counts towards it: what was approved stays approved.

    Raises NotPossible for a plan that cannot be.
    """
    _check(unit, plan.id, **facts)
    for name, value in {**facts, "unit": unit}.items():
        setattr(plan, name, value)
    return plan


@operation(allow=policies.PLAN_HEADCOUNT, done=_("Headcount plan deleted"))
def delete_plan(_actor: Actor, plan: HeadcountPlan) -> None:
    """Delete a plan: it limits nothing any more."""
    db.session.delete(plan)


def _check(
    unit: Unit, id: int | None, *, rm_type: RmType | None, starts_on: date, ends_on: date, positions: int
) -> None:
    if ends_on < starts_on:
        raise NotPossible(gettext("The last day must not be before the first."))
    if positions < 0:
        raise NotPossible(gettext("Enter 0 or a higher number."))
    # Two who plan the same at once: the second waits here, and sees what the first has planned.
    queries.lock_unit(unit)
    with db.session.no_autoflush:
        other = queries.overlapping(unit.id, rm_type, starts_on, ends_on, id)
    if other is not None:
        raise NotPossible(said_twice(other))
