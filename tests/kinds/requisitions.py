"""Requisitions and headcount plans."""

from __future__ import annotations

from datetime import date

from rmhr.models.accounts import Role
from rmhr.models.requisitions import RequisitionReason, RequisitionStatus
from rmhr.requisitions import operations
from tests.factories.accounts import user
from tests.factories.postings import headcount_plan, requisition
from tests.kinds import Edit, NextStep, Opened


def _requisition() -> Opened:
    boss, decides = user(Role.SUPERVISOR), user(Role.HR)
    row = requisition(
        status=RequisitionStatus.PENDING, requester=boss, approver=decides, justification="At first"
    )

    def meanwhile() -> None:
        operations.requisitions.rework(
            boss,
            row,
            unit=row.unit,
            approver=decides,
            facts={"justification": "Theirs", "reason": RequisitionReason.NEW},
        )

    sent = {
        "rm_type": row.rm_type.value,
        "level": row.level.value,
        "unit_id": row.unit_id,
        "positions": row.positions,
        "needed_by": row.needed_by.isoformat(),
        "reason": RequisitionReason.NEW.value,
        "justification": "What I typed",
        "pay_min": "50000",
        "pay_max": "60000",
        "currency": row.currency,
        "pay_period": row.pay_period.value,
        "approver_id": decides.id,
    }
    return Opened(
        row, boss, f"/requisitions/{row.id}/edit", sent, meanwhile, lambda: row.justification, "Theirs"
    )


def _plan() -> Opened:
    hr = user(Role.HR)
    plan = headcount_plan()
    days = {"starts_on": date(2031, 1, 1), "ends_on": date(2031, 12, 31)}

    def meanwhile() -> None:
        operations.headcount.change_plan(hr, plan, unit=plan.unit, rm_type=None, positions=8, **days)

    sent = {
        "unit_id": plan.unit_id,
        "rm_type": "",
        "positions": "2",
        **{name: day.isoformat() for name, day in days.items()},
    }
    return Opened(
        plan, hr, f"/requisitions/headcount/{plan.id}", sent, meanwhile, lambda: plan.positions, "8"
    )


EDITS = [Edit("requisitions.edit", _requisition), Edit("headcount.edit", _plan)]

NEXT_STEPS = [
    NextStep("requisitions", status.value, lambda status=status: requisition(status=status))
    for status in (RequisitionStatus.PENDING,)
]
