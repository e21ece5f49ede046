"""Goals are written down, changed while they are drafts, and looked at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.law import deadlines
from rmhr.models.accounts import User
from rmhr.models.performance import CheckIn, Confidence, Goal, GoalStatus
from rmhr.performance import policies
from rmhr.performance.queries.check_ins import next_check_in


@operation(allow=policies.SET, done=_("Goal written down"))
def set_goal(actor: User, person: User, /, **data: Any) -> Goal:
    """A draft; sent twice, it is the same. Raises NotPossible for somebody who has no supervisor to agree it with."""
    employee = person.employee
    if employee is None or employee.supervisor_id is None:
        raise NotPossible(gettext("There is no supervisor to agree goals with. Ask HR to enter one."))
    if before := double_submit.written(actor, Goal, user_id=person.id, **data):
        return before
    today = clock.today()
    goal = Goal(
        user_id=person.id,
        supervisor_id=employee.supervisor_id,
        proposed_by_id=actor.id,
        propose_by=deadlines.PROPOSE_GOAL.after(today),
        starts_on=today,
        **data,
    )
    db.session.add(goal)
    db.session.flush()
    return goal


@operation(allow=policies.SIDES, done=_("Goal changed"))
def change_goal(_actor: Actor, goal: Goal, /, **data: Any) -> Goal:
    """Change a draft. What is proposed or agreed stays as it is: raises NotPossible."""
    if goal.status is not GoalStatus.DRAFT:
        raise NotPossible(
            gettext(
                "This goal is “%(status)s” and stays as it is. Withdraw it and set a new one.",
                status=goal.status.label,
            )
        )
    for name, value in data.items():
        setattr(goal, name, value)
    db.session.flush()
    db.session.expire(goal, ["kpi"])
    return goal


@operation(allow=policies.SIDES, done=_("Check-in recorded"))
def check_in(
    actor: User, goal: Goal, *, value: Decimal, confidence: Confidence, comment: str = ""
) -> CheckIn:
    """Record a new value of a goal, and when the next one is due. Sent twice, it is one.

    Raises NotPossible for a goal that is not agreed, or is over.
    """
    if goal.status is not GoalStatus.AGREED:
        raise NotPossible(gettext("Only an agreed goal has check-ins."))
    given = {"value": value, "confidence": confidence, "comment": comment}
    if before := double_submit.written(actor, CheckIn, goal_id=goal.id, by_id=actor.id, **given):
        return before
    row = CheckIn(goal=goal, by=actor, on=clock.today(), **given)
    goal.check_in_by = next_check_in(goal)
    # Whoever has the goal before them sees that it holds something else now, also on the day of the last check-in.
    flag_modified(goal, "check_in_by")
    db.session.add(row)
    return row
