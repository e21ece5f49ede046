"""What is written of requisitions besides their status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmhr.core.db import db
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.mail.changes import between
from rmhr.core.policy import Actor
from rmhr.models.accounts import Unit, User
from rmhr.models.requisitions import Requisition, RequisitionReason, RequisitionStatus
from rmhr.requisitions import notifications, policies
from rmhr.requisitions.queries import requisitions as queries
from rmhr.requisitions.workflow import REQUISITIONS


@operation(allow=policies.REQUEST, done=_("Requisition asked for"))
def request(actor: User, unit: Unit, *, approver: User, facts: Mapping[str, Any]) -> Requisition:
    """Ask for positions; sent twice, it is one. Raises NotPossible where somebody would decide on their own request."""
    _refuse_own(approver, actor)
    asked = {"requester_id": actor.id, "unit_id": unit.id, "approver_id": approver.id, **_plain(facts)}
    if before := double_submit.written(actor, Requisition, **asked):
        return before
    requisition = Requisition(
        requester=actor, unit=unit, approver=approver, decide_by=queries.decide_by(unit), **_plain(facts)
    )
    db.session.add(requisition)
    db.session.flush()
    outbox.queue(notifications.REQUISITION_ASKED, requisition)
    return requisition


@operation(allow=policies.CHANGE_REQUISITION, done=_("Requisition changed"))
def rework(
    actor: User,
    requisition: Requisition,
    *,
    unit: Unit,
    approver: User,
    facts: Mapping[str, Any],
) -> Requisition:
    """Change what is asked for until it is approved. While it waits, whoever decides is told.

    Raises NotPossible where it is decided on.
    """
    refuse_if_decided(requisition)
    _refuse_own(approver, actor)
    asked_before, known_before = requisition.approver, notifications.asked_for(requisition)
    for name, value in {**_plain(facts), "unit": unit, "approver": approver}.items():
        setattr(requisition, name, value)
    if requisition.status in REQUISITIONS["approve"].sources and db.session.is_modified(requisition):
        known = approver.id == asked_before.id
        if not known:
            requisition.decide_by = queries.decide_by(unit)
        db.session.flush()
        outbox.queue(
            notifications.REQUISITION_CHANGED if known else notifications.REQUISITION_ASKED,
            requisition,
            changed=between(known_before, notifications.asked_for(requisition)),
        )
    return requisition


def refuse_if_decided(requisition: Requisition) -> None:
    """Raise NotPossible where what is asked for stands: somebody has approved it, or it is over."""
    if requisition.status not in (*REQUISITIONS["approve"].sources, *REQUISITIONS["ask_again"].sources):
        raise NotPossible(
            gettext("An approved requisition cannot be changed. Withdraw it and ask for what is needed now.")
        )


def free_positions(actor: Actor) -> int:
    """Open filled requisitions again of which somebody has not come after all; say how many there were."""
    return len(one_by_one(queries.no_longer_full(), lambda it: REQUISITIONS.perform(actor, it, "free")))


def advertise_anew(requisition: Requisition) -> None:
    """What a posting leaves unfilled is to be advertised from now on; nobody was late with it until today."""
    if requisition.status is RequisitionStatus.APPROVED:
        requisition.advertise_by = queries.advertise_by(requisition)


def _refuse_own(approver: User, requester: User) -> None:
    if approver.id == requester.id:
        raise NotPossible(gettext("Somebody else than you decides on it."))


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts; nobody is replaced in a new position."""
    new = facts["reason"] is RequisitionReason.NEW
    return {**facts, "replaces": ""} if new else dict(facts)
