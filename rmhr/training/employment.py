"""The courses that are mandatory for an RM from a day on; and what of courses hangs on a person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies as accounts_policies
from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role, User
from rmhr.models.courses import Course, CourseStatus, CourseVersion, VersionStatus
from rmhr.models.training import Assignment
from rmhr.training import operations, queries


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


@hangs(
    "training.courses",
    label=_("Courses that they own"),
    find=lambda: _courses(Course.owner_id),
    endpoint="training.course",
    roles=(Role.HR, Role.COMPLIANCE),
)
@operation(allow=accounts_policies.MANAGE, done=_("Course handed over"))
def hand_over_courses(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor look after the courses: how many."""
    found = db.session.scalars(sa.select(Course).where(Course.owner_id == person.id)).all()
    for course in found:
        course.owner = successor
        audit.mention(course, successor.name)
    return len(found)


def _courses(owner_id: Any) -> Rows:
    return (
        sa.select(owner_id.label("user_id"), Course.id.label("subject_id"), CourseVersion.name.label("what"))
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(queries.courses.newest(), Course.status == CourseStatus.ACTIVE)
    )


@hangs(
    "training.reviews",
    label=_("Courses that they review"),
    find=lambda: sa.select(
        CourseVersion.reviewer_id.label("user_id"),
        CourseVersion.id.label("subject_id"),
        CourseVersion.name.label("what"),
    ).where(CourseVersion.status == VersionStatus.IN_REVIEW),
    endpoint="training.version",
    roles=(Role.HR, Role.COMPLIANCE),
)
@operation(allow=accounts_policies.MANAGE, done=_("Review of a course handed over"))
def hand_over_reviews(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor review what was sent to this person: how many versions."""
    found = db.session.scalars(
        sa.select(CourseVersion).where(
            CourseVersion.reviewer_id == person.id, CourseVersion.status == VersionStatus.IN_REVIEW
        )
    ).all()
    for version in found:
        version.reviewer = successor
        audit.mention(version, successor.name)
    return len(found)
