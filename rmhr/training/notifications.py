"""What is said about courses, and to whom."""

from __future__ import annotations

from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core.due.sources import N_
from rmhr.core.i18n import _, gettext
from rmhr.core.mail.news import News, headline
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import Role, User
from rmhr.models.courses import CourseVersion
from rmhr.training import queries


def unlockers(assignment: Any) -> list[User]:
    """Who can unlock: the supervisor; where there is none who works here, compliance, and else HR."""
    employee = assignment.user.employee
    if employee is not None and employee.supervisor is not None and employee.supervisor.is_active:
        return [employee.supervisor]
    for role in (Role.COMPLIANCE, Role.HR):
        if found := [user for user in accounts.people.with_role(role) if user.id != assignment.user_id]:
            return found
    return []


def _learner_and_supervisor(assignment: Any) -> list[User]:
    people = (assignment.user, assignment.user.employee and assignment.user.employee.supervisor)
    return [person for person in people if person is not None and person.is_active]


ASSIGNED = News(
    name="training.assigned",
    label=N_("Courses that are assigned to you"),
    concerns=(Role.RM,),
    subject="%(headline)s",
    to=lambda assignment: [assignment.user],
    since=queries.assignments.assigned_since,
    context=lambda assignments, _to: {
        "headline": headline(
            assignments,
            gettext(
                "A course for you: %(course)s",
                course=str(assignments[-1].taught.name),
            ),
            gettext("%(number)s courses for you", number=len(assignments)),
        )
    },
)
PASSED = Notice(
    name="training.passed",
    subject=_("Passed: %(course)s"),
    to=lambda assignment: [assignment.user],
    context=lambda assignment, _to: {"course": str(assignment.taught.name)},
)
BLOCKED = Notice(
    name="training.blocked",
    subject=_("%(person)s has no attempts left at “%(course)s”"),
    to=unlockers,
    context=lambda assignment, _to: {"person": assignment.user.name, "course": str(assignment.taught.name)},
)
UNLOCKED = Notice(
    name="training.unlocked",
    subject=_("You can take the exam “%(course)s” again"),
    to=lambda assignment: [assignment.user],
    context=lambda assignment, _to: {"course": str(assignment.taught.name)},
)
REVOKED = Notice(
    name="training.revoked",
    subject=_("Certificate revoked: %(course)s"),
    to=_learner_and_supervisor,
    context=lambda assignment, _to: {
        "course": str(assignment.taught.name),
        "person": assignment.user.name,
    },
)


def _writers(version: CourseVersion) -> list[User]:
    people = {each.id: each for each in (version.submitted_by, version.edited_by) if each is not None}
    return [each for each in people.values() if each.is_active]


def _version(version: CourseVersion, _to: Any) -> dict[str, Any]:
    return {"course": str(version.name), "number": version.number}


VERSION_TO_REVIEW = Notice(
    name="training.version_to_review",
    subject=_("To review: %(course)s, version %(number)s"),
    to=lambda version: [version.reviewer] if version.reviewer is not None else [],
    context=_version,
)
VERSION_RETURNED = Notice(
    name="training.version_returned",
    subject=_("Sent back: %(course)s, version %(number)s"),
    to=_writers,
    context=_version,
)
VERSION_PUBLISHED = Notice(
    name="training.version_published",
    subject=_("Published: %(course)s, version %(number)s"),
    to=_writers,
    context=_version,
)
