"""What is owed in training: courses to pass, and people to talk with whose attempts are used up."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts.queries.people import here
from rmhr.core.db import Rows
from rmhr.core.due.sources import N_, source
from rmhr.core.due.steps import ReminderStep
from rmhr.models.accounts import Employee, Role, User, UserRole
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.training import Assignment, AssignmentStatus, Course

#: Days around the due date on which the person alone is reminded (rmhr/content/courses.yaml, reminders) …
REMIND_ON = (-30, -14, -1)
#: … and the steps that tell others, too (the same, escalation). Each tells one more than the one before.
ESCALATION = (
    ReminderStep(-7, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR)),
    ReminderStep(1, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR)),
    ReminderStep(7, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR, EscalationLevel.HR)),
    ReminderStep(
        14,
        (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR, EscalationLevel.HR, EscalationLevel.COMPLIANCE),
    ),
    ReminderStep(30, (EscalationLevel.OWNER, EscalationLevel.COMPLIANCE, EscalationLevel.HEAD)),
)


@source(
    "training.course",
    label=N_("Mandatory courses"),
    remind_on=REMIND_ON,
    escalation=ESCALATION,
    text=N_("Pass “%(course)s”"),
    why=N_("%(reason)s; about %(minutes)s minutes"),
    verb=N_("To the course"),
    endpoint="training.show",
    icon="mortarboard",
    otherwise=N_("Compliance is told, and may restrict what you do with clients"),
    must=N_("The bank must be able to prove that you were told of mandatory courses"),
    personal=True,
)
def to_pass() -> Rows:
    """The courses that people still have to pass, or to renew."""
    return (
        sa.select(
            Assignment.id.label("subject_id"),
            Assignment.user_id.label("owner_id"),
            Assignment.due_on.label("due_on"),
            Assignment.assigned_on.label("since_on"),
            Course.name.label("course"),
            Course.minutes.label("minutes"),
            Assignment.reason.label("reason"),
        )
        .join(Course, Course.id == Assignment.course_id)
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.status == AssignmentStatus.OPEN, here())
    )


@source(
    "training.unlock",
    label=N_("Exams to unlock"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("Talk with %(person)s about “%(course)s”"),
    why=N_("All attempts are used up; you unlock another one"),
    verb=N_("To the course"),
    endpoint="training.show",
    icon="unlock",
    otherwise=N_("The exam cannot be taken again before that"),
    awaited=N_("Another attempt at “%(course)s”"),
)
def to_unlock() -> Rows:
    """Who has to unlock: the supervisor; where there is none, compliance."""
    compliance = (
        sa.select(sa.func.min(UserRole.user_id)).where(UserRole.role == Role.COMPLIANCE).scalar_subquery()
    )
    owner = sa.func.coalesce(Employee.supervisor_id, compliance)
    return (
        sa.select(
            Assignment.id.label("subject_id"),
            owner.label("owner_id"),
            Assignment.unlock_by.label("due_on"),
            Assignment.user_id.label("waits_id"),
            User.name.label("person"),
            Course.name.label("course"),
        )
        .join(Course, Course.id == Assignment.course_id)
        .join(User, User.id == Assignment.user_id)
        .outerjoin(Employee, Employee.user_id == Assignment.user_id)
        .where(
            Assignment.status == AssignmentStatus.BLOCKED,
            Assignment.unlock_by.is_not(None),
            here(),
            owner.is_not(None),
        )
    )
