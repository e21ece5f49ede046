"""What is owed in training: courses to pass, and people to talk with whose attempts are used up."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts.queries.people import here
from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of, working_day_after
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Role, User, UserRole
from rmhr.models.courses import CourseVersion, VersionStatus
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus
from rmhr.training.progress import given

#: Days around the due date on which the person alone is reminded …
REMIND_ON = (-30, -14, -1)
#: … and the steps that tell others, too. Each tells one more than the one before.
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
    must=N_("The bank must be able to prove that you were told of mandatory courses"),
    personal=True,
)
def to_pass() -> Rows:
    """The courses that people still have to pass, or to renew."""
    return _courses().where(Assignment.status == AssignmentStatus.OPEN)


@source(
    "training.blocked",
    label=N_("Mandatory courses without an attempt left"),
    remind_on=REMIND_ON,
    escalation=ESCALATION,
    text=N_("Agree on another attempt at “%(course)s”"),
    why=N_("Still mandatory for you, and all attempts are used up: talk to whoever unlocks another one"),
    verb=N_("To the course"),
    endpoint="training.show",
    icon="mortarboard",
    must=N_("The bank must be able to prove that you were told of mandatory courses"),
)
def to_pass_after_a_talk() -> Rows:
    """The same whose attempts are used up: they stay owed by the learner, on the same day."""
    return _courses().where(Assignment.status == AssignmentStatus.BLOCKED)


def _courses() -> Rows:
    return (
        sa.select(
            Assignment.id.label("subject_id"),
            Assignment.user_id.label("owner_id"),
            Assignment.due_on.label("due_on"),
            Assignment.assigned_on.label("since_on"),
            CourseVersion.name.label("course"),
            CourseVersion.minutes.label("minutes"),
            Assignment.reason.label("reason"),
        )
        .join(CourseVersion, CourseVersion.id == Assignment.course_version_id)
        .join(User, User.id == Assignment.user_id)
        .where(here(), given(Assignment.course_id))
    )


@source(
    "training.hand_in",
    label=N_("Exams to hand in"),
    remind_on=(-2, 0),
    text=N_("Hand in the exam of “%(course)s”"),
    why=N_("You have begun it; your answers are saved"),
    verb=N_("To the exam"),
    endpoint="training.exam",
    params={"id": "assignment"},
    icon="pencil",
    otherwise=N_("It is marked with the answers so far"),
    otherwise_by="training.hand_in_overdue",
)
def to_hand_in() -> Rows:
    """The exams that are under way."""
    return (
        sa.select(
            Attempt.id.label("subject_id"),
            Assignment.user_id.label("owner_id"),
            Attempt.hand_in_by.label("due_on"),
            Attempt.assignment_id.label("assignment"),
            CourseVersion.name.label("course"),
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(CourseVersion, CourseVersion.id == Assignment.course_version_id)
        .join(User, User.id == Assignment.user_id)
        .where(Attempt.status == AttemptStatus.RUNNING, here())
    )


def _longest_serving(role: Role) -> sa.ScalarSelect[int]:
    """Whoever has had this role longest and works here, but never the learner."""
    person = aliased(User)
    return (
        sa.select(sa.func.min(UserRole.user_id))
        .join(person, person.id == UserRole.user_id)
        .where(UserRole.role == role, _works_here(person), UserRole.user_id != Assignment.user_id)
        .correlate(Assignment)
        .scalar_subquery()
    )


def _works_here(person: Any) -> sa.ColumnElement[bool]:
    return sa.or_(person.left_on.is_(None), person.left_on >= this_day())


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
    otherwise_by="training.start_exam",
    awaited=N_("Another attempt at “%(course)s”"),
)
def to_unlock() -> Rows:
    """Who has to unlock: the supervisor; where there is none who works here, compliance, and else HR."""
    boss = aliased(User)
    owner = sa.func.coalesce(
        sa.case((_works_here(boss), boss.id)), _longest_serving(Role.COMPLIANCE), _longest_serving(Role.HR)
    )
    return (
        sa.select(
            Assignment.id.label("subject_id"),
            owner.label("owner_id"),
            Assignment.unlock_by.label("due_on"),
            Assignment.user_id.label("waits_id"),
            User.name.label("person"),
            CourseVersion.name.label("course"),
        )
        .join(CourseVersion, CourseVersion.id == Assignment.course_version_id)
        .join(User, User.id == Assignment.user_id)
        .outerjoin(Employee, Employee.user_id == Assignment.user_id)
        .outerjoin(boss, boss.id == Employee.supervisor_id)
        .where(
            Assignment.status == AssignmentStatus.BLOCKED,
            Assignment.unlock_by.is_not(None),
            here(),
            owner.is_not(None),
        )
    )


@source(
    "training.review",
    label=N_("Courses to review"),
    remind_on=(-5, 0, 3, 7),
    text=N_("Review “%(course)s”, version %(number)s"),
    why=N_("%(writer)s has sent it to you, and nobody publishes their own words"),
    verb=N_("View"),
    endpoint="training.version",
    icon="file-earmark-check",
    otherwise=N_("The version before is taught until then"),
    otherwise_by="course_versions.publish",
    awaited=N_("A second person for “%(course)s”"),
    shared=Role.COMPLIANCE,
)
def to_review() -> Rows:
    """Owed by whoever was asked; where they have left, by the longest-serving who could instead, else by the writer."""
    writer, reviewer, other, having = aliased(User), aliased(User), aliased(User), aliased(UserRole)
    second = (
        sa.select(sa.func.min(having.user_id))
        .join(other, other.id == having.user_id)
        .where(
            having.role.in_((Role.COMPLIANCE, Role.HR)),
            _works_here(other),
            having.user_id != CourseVersion.submitted_by_id,
            having.user_id != sa.func.coalesce(CourseVersion.edited_by_id, 0),
        )
        .correlate(CourseVersion)
        .scalar_subquery()
    )
    return (
        sa.select(
            CourseVersion.id.label("subject_id"),
            sa.func.coalesce(sa.case((_works_here(reviewer), reviewer.id)), second, writer.id).label(
                "owner_id"
            ),
            working_day_after(CourseVersion.submitted_at, deadlines.REVIEW_COURSE.number).label("due_on"),
            day_of(CourseVersion.submitted_at).label("since_on"),
            CourseVersion.name.label("course"),
            CourseVersion.number.label("number"),
            writer.name.label("writer"),
            writer.id.label("waits_id"),
        )
        .join(writer, writer.id == CourseVersion.submitted_by_id)
        .outerjoin(reviewer, reviewer.id == CourseVersion.reviewer_id)
        .where(CourseVersion.status == VersionStatus.IN_REVIEW)
    )
