"""What the works council is asked before somebody is hired, its answer, and a hiring that does not wait for it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.offers import Offer


class CouncilStatus(LabelEnum):
    """The life of a request for the works council's consent (section 99 BetrVG)."""

    TO_ASK = "to_ask", _("Not asked yet"), "neutral", "pencil"
    ASKED = "asked", _("Asked: the week is running"), "info", "hourglass-split"
    CONSENTED = "consented", _("Consent given"), "good", "check-circle-fill"
    DEEMED = "deemed", _("Consent deemed given"), "good", "check-circle"
    REFUSED = "refused", _("Consent refused"), "bad", "x-circle"
    IN_COURT = "in_court", _("Before the labour court"), "warning", "bank"
    REPLACED = "replaced", _("Consent replaced by the court"), "good", "check-circle-fill"
    REJECTED = "rejected", _("Not replaced by the court"), "bad", "x-octagon"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "arrow-return-left"


class RefusalGround(LabelEnum):
    """On what the works council may refuse (section 99(2) BetrVG), by number."""

    LAW = "no_1", _("No. 1: against a law, a collective or works agreement, a court decision or an order")
    GUIDELINE = "no_2", _("No. 2: against a guideline for selection (section 95)")
    OTHERS = "no_3", _("No. 3: other employees would be dismissed or worse off without need")
    PERSON = "no_4", _("No. 4: the person concerned would be worse off without need")
    NOT_ADVERTISED = "no_5", _("No. 5: the position was not advertised within the bank (section 93)")
    PEACE = "no_6", _("No. 6: the person would disturb the peace in the bank")


_OPEN = sa.text("status != 'withdrawn'")


class CouncilRequest(Audited, Timestamps, Versioned, Base):
    """One request for consent to one hiring. An offer has one at the most that was not withdrawn."""

    __tablename__ = "council_request"
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('to_ask', 'withdrawn') OR (asked_on IS NOT NULL AND answer_by IS NOT NULL)",
            name="asked_has_days",
        ),
        sa.CheckConstraint(
            "status NOT IN ('refused', 'in_court', 'replaced', 'rejected') OR ground IS NOT NULL",
            name="refusal_has_ground",
        ),
        sa.Index(
            "uq_council_request_standing",
            "offer_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.Index(None, "status", "answer_by"),
    )

    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offer.id", ondelete="RESTRICT"), index=True)
    status: Mapped[CouncilStatus] = mapped_column(default=CouncilStatus.TO_ASK)
    ask_by: Mapped[date]  # so that the week is over when the offer has to be answered
    grouping: Mapped[str] = mapped_column(default="")  # the pay group that is intended
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    asked_on: Mapped[date | None]  # when the council had everything
    answer_by: Mapped[date | None]  # the last day of its week
    answered_on: Mapped[date | None]  # when its answer was received
    ground: Mapped[RefusalGround | None]
    answer: Mapped[str] = mapped_column(default="", info={"private": True})  # its reasons, as it wrote them
    decide_by: Mapped[date | None]  # after a refusal: until when HR says what follows
    court_on: Mapped[date | None]  # when the court was asked to replace the consent
    judged_on: Mapped[date | None]  # when its decision became final

    offer: Mapped[Offer] = relationship()
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    provisional: Mapped[ProvisionalHiring | None] = relationship(
        back_populates="request", cascade="all, delete-orphan", single_parent=True
    )


class ProvisionalStatus(LabelEnum):
    """What became of a hiring that did not wait for consent (section 100 BetrVG)."""

    INFORMED = "informed", _("Council informed"), "info", "envelope"
    DISPUTED = "disputed", _("Urgency disputed"), "warning", "exclamation-triangle"
    IN_COURT = "in_court", _("Before the labour court"), "warning", "bank"
    STANDS = "stands", _("Kept up"), "good", "check-circle-fill"
    ENDED = "ended", _("Has to end"), "bad", "x-octagon"


class ProvisionalHiring(Audited, Timestamps, Versioned, Base):
    """A hiring carried out before the works council has consented, since it cannot wait."""

    __tablename__ = "provisional_hiring"
    __table_args__ = (
        sa.CheckConstraint(
            "status != 'disputed' OR (disputed_on IS NOT NULL AND court_by IS NOT NULL)",
            name="dispute_has_days",
        ),
    )

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("council_request.id", ondelete="CASCADE"), unique=True
    )
    status: Mapped[ProvisionalStatus] = mapped_column(default=ProvisionalStatus.INFORMED)
    reason: Mapped[str] = mapped_column(info={"private": True})  # why it cannot wait, as the council reads it
    informed_on: Mapped[date]
    look_by: Mapped[date]  # until when HR says whether the council disputes it
    disputed_on: Mapped[date | None]
    court_by: Mapped[date | None]
    court_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_by: Mapped[date | None]  # the last day on which the person may work

    request: Mapped[CouncilRequest] = relationship(back_populates="provisional")

    @property
    def called_in_history(self) -> object:
        """It belongs to a request."""
        return _("Provisional hiring")
