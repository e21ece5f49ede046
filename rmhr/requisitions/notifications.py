"""What is said to whom about requisitions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.changes import Fact
from rmhr.core.mail.outbox import Notice
from rmhr.core.words import day_long, money_range
from rmhr.models.accounts import User
from rmhr.models.requisitions import Requisition


def _approver(requisition: Requisition) -> Iterable[User]:
    return [requisition.approver]


def _requester(requisition: Requisition) -> Iterable[User]:
    return [requisition.requester]


def _asked(requisition: Requisition, _recipient: Any) -> dict[str, Any]:
    return {"what": str(requisition.rm_type.label), "where": requisition.unit.name}


def asked_for(requisition: Requisition) -> list[Fact]:
    """What somebody decides on: where one of it changes, they hear from what to what."""
    budget = (requisition.pay_min, requisition.pay_max, requisition.currency)
    return [
        Fact(_("Needed"), requisition.rm_type, lambda kind: kind.label),
        Fact(_("Level"), requisition.level, lambda level: level.label),
        Fact(_("Unit"), requisition.unit.name),
        Fact(_("Positions"), requisition.positions),
        Fact(_("Needed by"), requisition.needed_by, day_long),
        Fact(_("Budget"), budget, lambda sums: money_range(*sums)),
        Fact(_("Paid"), requisition.pay_period, lambda period: period.label),
        Fact(_("Reason"), requisition.reason, lambda reason: reason.label),
        Fact(_("Replaces"), requisition.replaces),
        Fact(_("Why"), requisition.justification),
    ]


REQUISITION_ASKED = Notice(
    name="requisitions.asked",
    subject=_("Please decide: %(what)s, %(where)s"),
    to=_approver,
    context=_asked,
)


REQUISITION_CHANGED = Notice(
    name="requisitions.changed",
    subject=_("Changed, please decide: %(what)s, %(where)s"),
    to=_approver,
    context=_asked,
)


REQUISITION_APPROVED = Notice(
    name="requisitions.approved",
    subject=_("Your requisition is approved: %(what)s, %(where)s"),
    to=_requester,
    context=_asked,
)


REQUISITION_REJECTED = Notice(
    name="requisitions.rejected",
    subject=_("Your requisition is not approved: %(what)s, %(where)s"),
    to=_requester,
    context=_asked,
)


REQUISITION_HELD = Notice(
    name="requisitions.held",
    subject=_("Your requisition is on hold: %(what)s, %(where)s"),
    to=_requester,
    context=_asked,
)
