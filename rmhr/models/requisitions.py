"""What comes before a posting: who asks for how many people, and how many the bank has planned."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import GroupedEnum, LabelEnum
from rmhr.core.i18n import _
from rmhr.models.accounts import RmLevel, RmType, Unit, User


class PayPeriod(LabelEnum):
    """What a pay range is for."""

    YEAR = "year", _("a year"), "neutral", "calendar"
    MONTH = "month", _("a month"), "neutral", "calendar"


class RequisitionGroup(Enum):
    """Whether the positions of a requisition are granted."""

    ASKED = "asked"
    GRANTED = "granted"  # they take their place in the headcount plan
    REFUSED = "refused"  # or taken back


class RequisitionStatus(GroupedEnum):
    """The life of a requisition."""

    PENDING = "pending", _("Waiting for approval"), "info", "hourglass-split", RequisitionGroup.ASKED
    APPROVED = "approved", _("Approved"), "good", "check-circle-fill", RequisitionGroup.GRANTED
    ON_HOLD = "on_hold", _("On hold"), "warning", "pause-circle", RequisitionGroup.GRANTED
    REJECTED = "rejected", _("Not approved"), "bad", "x-circle", RequisitionGroup.REFUSED
    CANCELLED = "cancelled", _("Withdrawn"), "neutral", "slash-circle", RequisitionGroup.REFUSED
    FILLED = "filled", _("Filled"), "good", "person-check", RequisitionGroup.GRANTED


class RequisitionReason(LabelEnum):
    """Why somebody is needed."""

    NEW = "new", _("New position"), "neutral", "plus-circle"
    REPLACEMENT = "replacement", _("Replacement"), "neutral", "arrow-repeat"


class Requisition(Audited, Timestamps, Versioned, Base):
    """A request to fill positions. Nothing is advertised before somebody else has approved it."""

    __tablename__ = "requisition"
    __table_args__ = (
        sa.CheckConstraint("positions > 0", name="at_least_one_position"),
        sa.CheckConstraint("pay_min > 0 AND pay_min <= pay_max", name="budget_in_order"),
        sa.CheckConstraint("approver_id != requester_id", name="approved_by_somebody_else"),
        sa.Index(None, "unit_id", "status", "needed_by"),
        sa.Index(None, "status", "needed_by"),
        sa.Index(None, "created_at", "id"),
        sa.Index(None, "approver_id", "status", "decide_by"),
    )

    status: Mapped[RequisitionStatus] = mapped_column(default=RequisitionStatus.PENDING)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"))
    rm_type: Mapped[RmType]
    level: Mapped[RmLevel] = mapped_column(default=RmLevel.RM)
    positions: Mapped[int] = mapped_column(default=1)
    pay_min: Mapped[int]  # budget for one position, minor units
    pay_max: Mapped[int]
    currency: Mapped[str] = mapped_column(sa.String(3), default="EUR")
    pay_period: Mapped[PayPeriod] = mapped_column(default=PayPeriod.YEAR)
    reason: Mapped[RequisitionReason]
    replaces: Mapped[str] = mapped_column(default="", info={"private": True})  # who leaves, in words
    justification: Mapped[str] = mapped_column(default="")
    needed_by: Mapped[date]
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    approver_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    decide_by: Mapped[date]
    decided_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    decided_at: Mapped[datetime | None]
    advertise_by: Mapped[date | None]  # once approved: until when its posting should be begun
    held_until: Mapped[date | None]  # while it is on hold: when HR looks at it again
    over_plan: Mapped[str] = mapped_column(default="")  # why it was approved although no plan has room for it

    unit: Mapped[Unit] = relationship()
    requester: Mapped[User] = relationship(foreign_keys=[requester_id])
    approver: Mapped[User] = relationship(foreign_keys=[approver_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class HeadcountPlan(Audited, Timestamps, Versioned, Base):
    """How many people may be hired in a unit and all units below it, from a day until a day."""

    __tablename__ = "headcount_plan"
    __table_args__ = (
        sa.CheckConstraint("positions >= 0", name="not_negative"),
        sa.CheckConstraint("starts_on <= ends_on", name="starts_before_end"),
        sa.Index(None, "unit_id", "starts_on"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"))
    rm_type: Mapped[RmType | None]  # None: of every type together
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    positions: Mapped[int]

    unit: Mapped[Unit] = relationship()
