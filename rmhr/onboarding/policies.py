"""Who may do what with plans and their tasks."""

from __future__ import annotations

from rmhr.core.policy import access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask


@access_rule
def owner_of_the_task(user: object, task: OnboardingTask) -> bool:
    """Whoever the task was given to."""
    return isinstance(user, User) and task.owner_id == user.id


@access_rule
def supervisor_of_the_new_rm(user: object, thing: OnboardingPlan | OnboardingTask) -> bool:
    """Whoever the new RM reports to; of a plan or of one of its tasks."""
    plan = thing.plan if isinstance(thing, OnboardingTask) else thing
    employee = plan.user.employee
    return isinstance(user, User) and employee is not None and employee.supervisor_id == user.id


HR = has_role(Role.HR)
#: Who may open the list of plans: a new RM has a page of their own.
OVERSEE = has_role(Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.COMPLIANCE, Role.ADMIN, Role.RM)
DO = owner_of_the_task | HR
ADJUST = HR | supervisor_of_the_new_rm
#: What follows from an employment that begins, changes or ends: the product does it, or HR.
FOLLOW = HR | the_system
ADJUST_OR_FOLLOW = ADJUST | the_system
#: Who may remind others of their tasks from the list; of which plans, ADJUST says.
REMIND = has_role(Role.HR, Role.SUPERVISOR)
