"""Terms offered to a candidate."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.requisitions import PayPeriod


class OfferStatus(LabelEnum):
    """The life of an offer."""

    DRAFT = "draft", _("Draft"), "neutral", "pencil"
    SENT = "sent", _("Sent"), "info", "envelope-open"
    CONDITIONAL = "conditional", _("Accepted, not hired yet"), "info", "hourglass-split"
    ACCEPTED = "accepted", _("Accepted"), "good", "check-circle-fill"
    DECLINED = "declined", _("Declined"), "bad", "x-circle"
    EXPIRED = "expired", _("Expired"), "neutral", "hourglass-bottom"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "arrow-return-left"
    RETRACTED = "retracted", _("Will not start"), "bad", "person-x"


_ALIVE = sa.text("status IN ('draft', 'sent', 'conditional', 'accepted')")


class Offer(Audited, Timestamps, Versioned, Base):
    """Pay, start and how long the offer stands."""

    __tablename__ = "offer"
    __table_args__ = (
        sa.CheckConstraint("pay > 0", name="pay_is_positive"),
        sa.Index(None, "created_at", "id"),
        sa.CheckConstraint("status IN ('draft', 'withdrawn') OR sent_at IS NOT NULL", name="sent_has_time"),
        sa.CheckConstraint(
            "status NOT IN ('conditional', 'accepted', 'declined') OR answered_at IS NOT NULL",
            name="answer_has_time",
        ),
        sa.CheckConstraint("held_up_on IS NULL OR status = 'conditional'", name="held_up_once_accepted"),
        # At most one offer of an application is alive.
        sa.Index(
            "uq_offer_alive",
            "application_id",
            unique=True,
            sqlite_where=_ALIVE,
            postgresql_where=_ALIVE,
        ),
    )

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), index=True
    )
    status: Mapped[OfferStatus] = mapped_column(default=OfferStatus.DRAFT, index=True)
    pay: Mapped[int]  # minor units
    currency: Mapped[str] = mapped_column(sa.String(3))
    pay_period: Mapped[PayPeriod]
    starts_on: Mapped[date]
    expires_on: Mapped[date]  # the last day on which it can be accepted
    supervisor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    mentor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    buddy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    message: Mapped[str] = mapped_column(default="", info={"private": True})
    range_reason: Mapped[str] = mapped_column(
        default="", info={"private": True}
    )  # why outside the posted range
    send_by: Mapped[date]  # a draft should not lie longer
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    text_id: Mapped[int | None] = mapped_column(  # the letter with which it was sent last
        sa.ForeignKey("bank_text.id", ondelete="RESTRICT"), index=True
    )
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(default="", info={"private": True})
    # Nothing of the works council is in the way, and yet nobody can be hired by it: since when, and why.
    held_up_on: Mapped[date | None]
    held_up: Mapped[Words] = mapped_column(default=lambda: Words(), info={"private": True})

    application: Mapped[Application] = relationship()
    supervisor: Mapped[User] = relationship(foreign_keys=[supervisor_id])
    mentor: Mapped[User | None] = relationship(foreign_keys=[mentor_id])
    buddy: Mapped[User | None] = relationship(foreign_keys=[buddy_id])
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
