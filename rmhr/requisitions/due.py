"""What is owed around requisitions: a decision, a posting, people by the day they are needed, a look at what waits."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts.queries.people import longest_serving_hr
from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role, Unit, User, UserRole
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.requisitions import Requisition, RequisitionStatus
from rmhr.requisitions.queries import requisitions as queries


@source(
    "requisitions.decide",
    label=N_("Requisitions to decide on"),
    remind_on=(-2, 0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("Decide on the requisition for %(where)s"),
    why=N_("%(person)s has asked you to decide"),
    verb=N_("Decide"),
    endpoint="requisitions.show",
    icon="clipboard-check",
    otherwise=N_("Nothing can be advertised until then"),
    otherwise_by="requisitions.approve",
    snooze=3,
    awaited=N_("Decision on your requisition for %(where)s"),
    shared=Role.HR,
)
def to_decide() -> Rows:
    """What somebody was asked to approve."""
    return (
        sa.select(
            Requisition.id.label("subject_id"),
            Requisition.approver_id.label("owner_id"),
            Requisition.decide_by.label("due_on"),
            day_of(Requisition.created_at).label("since_on"),
            Requisition.requester_id.label("waits_id"),
            Unit.name.label("where"),
            User.name.label("person"),
        )
        .join(Unit, Unit.id == Requisition.unit_id)
        .join(User, User.id == Requisition.requester_id)
        .where(Requisition.status == RequisitionStatus.PENDING)
    )


def _of_hr(*conditions: sa.ColumnElement[bool], due_on: Any) -> Rows:
    """Owed by whoever of HR decided on it; else by whoever is named for the unit, else by the longest-serving there.

    Three SELECTs, so that each finds what is one person's by an index.
    """
    decider, roles = aliased(User), aliased(UserRole)
    decides = (
        sa.select(decider.id)
        .join(roles, roles.user_id == decider.id)
        .where(
            decider.id == Requisition.decided_by_id,
            roles.role == Role.HR,
            sa.or_(decider.left_on.is_(None), decider.left_on >= this_day()),
        )
        .correlate(Requisition)
        .exists()
    )
    found = (
        sa.select(
            Requisition.id.label("subject_id"),
            due_on.label("due_on"),
            day_of(Requisition.decided_at).label("since_on"),
            Requisition.requester_id.label("waits_id"),
            Unit.name.label("where"),
            User.name.label("person"),
        )
        .join(Unit, Unit.id == Requisition.unit_id)
        .join(User, User.id == Requisition.requester_id)
        .where(*conditions)
    )
    owned = (
        found.add_columns(Requisition.decided_by_id.label("owner_id")).where(decides),
        found.add_columns(Unit.hr_id.label("owner_id")).where(~decides, Unit.hr_id.is_not(None)),
        found.add_columns(longest_serving_hr().label("owner_id")).where(~decides, Unit.hr_id.is_(None)),
    )
    return sa.select(sa.union_all(*owned).subquery())


@source(
    "requisitions.advertise",
    label=N_("Approved requisitions to advertise"),
    remind_on=(-1, 0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Begin the posting for %(where)s"),
    why=N_("What %(person)s asked for is approved, and positions are not advertised yet"),
    verb=N_("Advertise"),
    endpoint="requisitions.show",
    icon="megaphone",
    snooze=5,
    awaited=N_("The posting for %(where)s"),
    shared=Role.HR,
)
def to_advertise() -> Rows:
    """Approved, with positions that are neither advertised nor filled: owed by HR."""
    return _of_hr(
        Requisition.status == RequisitionStatus.APPROVED,
        queries.has_places_left(),
        due_on=sa.func.coalesce(Requisition.advertise_by, Requisition.needed_by),
    )


@source(
    "requisitions.needed",
    label=N_("Positions that are needed by a day"),
    remind_on=(-14, 0, 14),
    text=N_("See how the positions for %(where)s are filled in time"),
    why=N_("They are advertised, and somebody is needed by that day"),
    verb=N_("View"),
    endpoint="requisitions.show",
    icon="calendar-check",
    snooze=14,
    awaited=N_("Colleagues for %(where)s"),
    shared=Role.HR,
)
def needed() -> Rows:
    """Approved and advertised, with positions that are not filled: owed by HR on the day they are needed."""
    return _of_hr(
        Requisition.status == RequisitionStatus.APPROVED,
        sa.not_(queries.has_places_left()),
        due_on=Requisition.needed_by,
    )


@source(
    "requisitions.on_hold",
    label=N_("Requisitions on hold"),
    remind_on=(0, 5),
    text=N_("Resume or withdraw the requisition for %(where)s"),
    why=N_("It was put on hold until this day"),
    verb=N_("View"),
    endpoint="requisitions.show",
    icon="pause-circle",
    snooze=14,
    awaited=N_("Your requisition for %(where)s, which is on hold"),
    shared=Role.HR,
)
def on_hold() -> Rows:
    """What waits for a day: owed by HR."""
    return _of_hr(
        Requisition.status == RequisitionStatus.ON_HOLD,
        due_on=sa.func.coalesce(Requisition.held_until, Requisition.needed_by),
    )
