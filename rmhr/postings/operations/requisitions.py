"""What is written of requisitions and headcount plans besides their status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmhr.core import outbox
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import _, gettext
from rmhr.core.operation import operation
from rmhr.models.accounts import Unit, User
from rmhr.models.requisitions import Requisition
from rmhr.postings import notifications, policies
from rmhr.postings.queries import requisitions as queries


@operation(allow=policies.REQUEST, done=_("Requisition asked for"))
def request(actor: User, unit: Unit, *, approver: User, facts: Mapping[str, Any]) -> Requisition:
    """Ask for positions. Raises NotPossible where somebody would decide on their own request."""
    if approver.id == actor.id:
        raise NotPossible(gettext("Somebody else than you decides on it."))
    requisition = Requisition(
        requester=actor, unit=unit, approver=approver, decide_by=queries.decide_by(unit), **facts
    )
    db.session.add(requisition)
    db.session.flush()
    outbox.queue(notifications.REQUISITION_ASKED, requisition)
    return requisition
