"""Requisitions and headcount plans."""

from __future__ import annotations

from datetime import date, timedelta

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.requisitions import HeadcountPlan, Requisition, RequisitionReason, RequisitionStatus
from rmhr.requisitions import operations
from tests.factories.accounts import unit, user
from tests.factories.postings import headcount_plan, posting, requisition
from tests.kinds import Edit, NextStep, Opened, Pair, Twice, deletes


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


def _decided() -> Opened:
    boss, decides = user(Role.SUPERVISOR), user(Role.HR)
    row = requisition(status=RequisitionStatus.PENDING, requester=boss, approver=decides)

    def meanwhile() -> None:
        facts = {"justification": "Theirs", "reason": RequisitionReason.NEW}
        operations.requisitions.rework(boss, row, unit=row.unit, approver=decides, facts=facts)

    sent = {"note": "What I typed"}
    return Opened(row, decides, f"/requisitions/{row.id}/reject", sent, meanwhile, lambda: row.status)


EDITS = [
    Edit("requisitions.edit", _requisition),
    Edit("requisitions.transition", _decided, name="reject"),
    Edit("headcount.edit", _plan),
    deletes("headcount.delete", _plan),
]


def _all_advertised() -> Requisition:
    row = requisition(positions=1)
    posting(requisition=row, openings=1)
    return row


NEXT_STEPS = [
    NextStep("requisitions", "pending", lambda: requisition(status=RequisitionStatus.PENDING)),
    NextStep("requisitions", "approved", requisition),
    NextStep("requisitions", "approved", _all_advertised),
    NextStep("requisitions", "on_hold", lambda: requisition(status=RequisitionStatus.ON_HOLD)),
]


def _asked_twice() -> Twice:
    boss, decides, where = user(Role.SUPERVISOR), user(Role.HR), unit()
    sent = {
        "rm_type": "personal",
        "level": "junior",
        "unit_id": where.id,
        "positions": "1",
        "needed_by": (clock.today() + timedelta(days=90)).isoformat(),
        "reason": "new",
        "justification": "Enquiries wait",
        "pay_min": "50000",
        "pay_max": "60000",
        "currency": "EUR",
        "pay_period": "year",
        "approver_id": decides.id,
    }
    return Twice(
        (boss, "/requisitions/new", sent),
        (boss, "/requisitions/new", sent),
        lambda id=where.id: db.session.query(Requisition).filter_by(unit_id=id).count(),
    )


def _planned_twice() -> Twice:
    hr, other, where = user(Role.HR), user(Role.HR), unit()
    sent = {
        "unit_id": where.id,
        "rm_type": "",
        "positions": "2",
        "starts_on": "2031-01-01",
        "ends_on": "2031-12-31",
    }
    return Twice(
        (hr, "/requisitions/headcount/new", sent),
        (other, "/requisitions/headcount/new", sent),
        lambda id=where.id: db.session.query(HeadcountPlan).filter_by(unit_id=id).count(),
    )


PAIRS = [Pair("requisitions.new", _asked_twice), Pair("headcount.new", _planned_twice)]
