"""What is owed about accounts: invitations that nobody takes up, what somebody left behind, what could not be."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts.queries.employment import has_left
from rmhr.accounts.queries.people import here, longest_serving_hr
from rmhr.accounts.queries.roles import SECOND
from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of, working_day_after
from rmhr.law import deadlines
from rmhr.models.accounts import (
    AccessLink,
    EmploymentEvent,
    EmploymentKind,
    EmploymentStatus,
    LinkPurpose,
    Role,
    RoleRequest,
    RoleRequestStatus,
    User,
    UserRole,
)
from rmhr.models.reminders import Basis, EscalationLevel


@source(
    "accounts.left_over",
    label=N_("What somebody left behind"),
    remind_on=(0, 3, 7),
    escalation=(ReminderStep(10, (EscalationLevel.HEAD,), Basis.WORKING),),
    text=N_("Find somebody to take over what %(person)s left"),
    why=N_(
        "%(person)s has left, changed places or is away for long, and not everything has been handed over"
    ),
    verb=N_("View"),
    endpoint="accounts.person",
    icon="person-dash",
    snooze=3,
    shared=Role.HR,
)
def left_over() -> Rows:
    """What nobody has taken over of those who left, and what whoever was named could not take over of those who moved
    or are away: owed by the longest-serving in HR.
    """
    left = _left_over(EmploymentEvent.kind == EmploymentKind.LEAVES, due_on=EmploymentEvent.on)
    # Of somebody who has moved twice it is one thing: since the first time.
    moved = _left_over(
        EmploymentEvent.kind != EmploymentKind.LEAVES, has_left(), due_on=sa.func.min(EmploymentEvent.on)
    ).group_by(User.id, User.name)
    return sa.select(sa.union_all(left, moved).subquery())


def _left_over(*conditions: sa.ColumnElement[bool], due_on: Any) -> sa.Select[Any]:
    return (
        sa.select(
            User.id.label("subject_id"),
            longest_serving_hr().label("owner_id"),
            due_on.label("due_on"),
            User.name.label("person"),
        )
        .join(EmploymentEvent, EmploymentEvent.user_id == User.id)
        .where(
            *conditions,
            EmploymentEvent.status == EmploymentStatus.EFFECTIVE,
            EmploymentEvent.settled_at.is_(None),
        )
    )


@source(
    "accounts.employment",
    label=N_("Changes of employment that could not be put into force"),
    remind_on=(1, 3, 7),
    text=N_("Look at what was planned for %(person)s"),
    why=N_("Its day has come, and it could not take effect"),
    verb=N_("View"),
    endpoint="accounts.person",
    params={"id": "who"},
    icon="person-gear",
    shared=Role.HR,
)
def not_put_into_force() -> Rows:
    """Events whose day is over: owed by the longest-serving in HR."""
    return (
        sa.select(
            EmploymentEvent.id.label("subject_id"),
            longest_serving_hr().label("owner_id"),
            EmploymentEvent.on.label("due_on"),
            User.id.label("who"),
            User.name.label("person"),
        )
        .join(User, User.id == EmploymentEvent.user_id)
        .where(EmploymentEvent.status == EmploymentStatus.PLANNED, EmploymentEvent.on < this_day())
    )


@source(
    "accounts.invitation",
    label=N_("Invitations that nobody accepts"),
    remind_on=(0, 3, 7),
    text=N_("Ask %(person)s about the invitation"),
    why=N_("The account has not been opened for a week; the link in the mail expires soon"),
    verb=N_("View"),
    endpoint="accounts.person",
    params={"id": "subject_id"},
    icon="envelope",
    snooze=7,
    shared=Role.HR,
)
def invitations_not_taken_up() -> Rows:
    """Owed by whoever sent it; where that was the product itself, by the longest-serving in HR."""
    sender = aliased(User)
    still_here = sa.or_(sender.left_on.is_(None), sender.left_on >= this_day())
    return (
        sa.select(
            User.id.label("subject_id"),
            sa.func.coalesce(sender.id, longest_serving_hr()).label("owner_id"),
            AccessLink.ask_on.label("due_on"),
            day_of(AccessLink.created_at).label("since_on"),
            User.name.label("person"),
        )
        .join(AccessLink, AccessLink.user_id == User.id)
        .outerjoin(sender, sa.and_(sender.id == AccessLink.sent_by_id, still_here))
        .where(
            AccessLink.purpose == LinkPurpose.INVITATION,
            AccessLink.used_at.is_(None),
            AccessLink.ask_on.is_not(None),
            User.password_hash == "",
            here(),
        )
    )


@source(
    "accounts.role",
    label=N_("Roles that need a second person"),
    remind_on=(-2, 0, 2, 5),
    text=N_("Decide whether %(person)s gets the role %(role)s"),
    why=N_("%(asker)s has asked for it, and only two people together can give it"),
    verb=N_("View"),
    endpoint="accounts.person",
    params={"id": "who"},
    icon="shield-lock",
    otherwise=N_("The role is not given until then"),
    otherwise_by="role_requests.give",
    awaited=N_("A second person for %(role)s of %(person)s"),
    shared=Role.HR,
)
def roles_that_need_a_second_person() -> Rows:
    """Owed by the longest-serving who could agree; where nobody is left, by whoever asked, who can withdraw it."""
    person, asker, other, having = aliased(User), aliased(User), aliased(User), aliased(UserRole)
    second = (
        sa.select(sa.func.min(having.user_id))
        .join(other, other.id == having.user_id)
        .where(
            having.role.in_(SECOND),
            sa.or_(other.left_on.is_(None), other.left_on >= this_day()),
            having.user_id.not_in((RoleRequest.user_id, RoleRequest.asked_by_id)),
        )
        .correlate(RoleRequest)
        .scalar_subquery()
    )
    return (
        sa.select(
            RoleRequest.id.label("subject_id"),
            sa.func.coalesce(second, asker.id).label("owner_id"),
            working_day_after(RoleRequest.created_at, deadlines.GIVE_ROLE.number).label("due_on"),
            day_of(RoleRequest.created_at).label("since_on"),
            person.id.label("who"),
            person.name.label("person"),
            asker.name.label("asker"),
            asker.id.label("waits_id"),
            RoleRequest.role.label("role"),
        )
        .join(person, person.id == RoleRequest.user_id)
        .join(asker, asker.id == RoleRequest.asked_by_id)
        .where(RoleRequest.status == RoleRequestStatus.ASKED)
    )
