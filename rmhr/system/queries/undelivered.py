"""Mail that did not reach anybody: what could not be sent, and what went to an address that takes none."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased

from rmhr.core.db import Rows, db
from rmhr.models.applications import Applicant, Application
from rmhr.models.system import Bounce, Message, MessageStatus

#: So many are sent again at once.
MOST_AT_ONCE = 5000


def _did_not_arrive() -> sa.CompoundSelect[int]:
    """What failed; of what was sent to an address that takes no mail, the last before that was known, and all since.

    Each part goes by an index of its own, however much was sent; what was sent is what has a time, and no other.
    """
    sent, earlier = aliased(Message), aliased(Message)
    last_before = (
        sa.select(sa.func.max(earlier.id))
        .where(earlier.to_address == Bounce.address, earlier.sent_at <= Bounce.created_at)
        .correlate(Bounce)
        .scalar_subquery()
    )
    failed = aliased(Message)
    return sa.union_all(
        sa.select(failed.id).where(failed.state == MessageStatus.FAILED),
        sa.select(sent.id)
        .select_from(Bounce)
        .join(sent, sent.to_address == Bounce.address)
        .where(sa.or_(sent.sent_at > Bounce.created_at, sent.id == last_before)),
    )


def _narrowed(query: Any) -> Any:
    return query.outerjoin(Bounce, Bounce.address == Message.to_address).where(
        Message.id.in_(_did_not_arrive())
    )


def undelivered() -> Rows:
    """Each with whose it is and what the server said; never what it says itself."""
    application = (
        sa.select(sa.func.max(Application.id))
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(Applicant.email == Message.to_address)
        .scalar_subquery()
    )
    query: Rows = sa.select(
        Message.id,
        Message.to_name,
        Message.to_address,
        Message.subject,
        Message.language,
        Message.created_at,
        Message.state,
        (Message.state == MessageStatus.FAILED).label("failed"),
        Message.user_id,
        Bounce.id.label("bounce_id"),
        sa.case((Message.error != "", Message.error), else_=sa.func.coalesce(Bounce.said, "")).label("said"),
        sa.case((Message.user_id.is_(None), application)).label("application_id"),
    )
    narrowed: Rows = _narrowed(query)
    return narrowed


def undelivered_count() -> int:
    """How many there are. One query."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(_did_not_arrive().subquery())) or 0


def undelivered_ids() -> list[int]:
    """The oldest of them, as many as are sent again at once."""
    return list(db.session.scalars(_narrowed(sa.select(Message.id)).order_by(Message.id).limit(MOST_AT_ONCE)))


def undelivered_mail(id: int) -> Message:
    """One of them, or 404."""
    found: Message | None = db.session.scalar(_narrowed(sa.select(Message)).where(Message.id == id))
    return found or abort(404)


def bounce(id: int) -> Bounce:
    """An address that takes no mail, or 404."""
    return db.session.get(Bounce, id) or abort(404)
