"""What is said about courses, and to whom."""

from __future__ import annotations

from rmhr.accounts import queries as accounts
from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import Role, User
from rmhr.models.training import Assignment


def unlockers(assignment: Assignment) -> list[User]:
    """Who can unlock: the supervisor; where there is none, compliance."""
    employee = assignment.user.employee
    if employee is not None and employee.supervisor is not None:
        return [employee.supervisor]
    return [user for user in accounts.people.with_role(Role.COMPLIANCE) if user.id != assignment.user_id]


PASSED = Notice(
    name="training.passed",
    subject=_("Passed: %(course)s"),
    to=lambda assignment: [assignment.user],
    context=lambda assignment, _to: {"course": str(assignment.course.name)},
)
BLOCKED = Notice(
    name="training.blocked",
    subject=_("%(person)s has no attempts left at “%(course)s”"),
    to=unlockers,
    context=lambda assignment, _to: {"person": assignment.user.name, "course": str(assignment.course.name)},
)
UNLOCKED = Notice(
    name="training.unlocked",
    subject=_("You can take the exam “%(course)s” again"),
    to=lambda assignment: [assignment.user],
    context=lambda assignment, _to: {"course": str(assignment.course.name)},
)
