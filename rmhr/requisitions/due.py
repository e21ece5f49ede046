"""What is owed around requisitions: a decision."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.requisitions import Requisition, RequisitionStatus


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
