"""How applicants come to a posting: links that are shared, and colleagues who recommend somebody."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.postings import Posting

#: Feeds whose readers bring people, by what stands in their addresses instead of a code, and the channel that it is.
FEEDS = {"indeed": "Indeed"}


class SourceKind(LabelEnum):
    """By which way an application came."""

    DIRECT = "direct", _("Career site"), "neutral", "globe"
    SHARED = "shared", _("Shared link"), "neutral", "share"
    REFERRAL = "referral", _("Referred"), "info", "person-heart"
    INTERNAL = "internal", _("Internal"), "info", "building"


class ReferralState(LabelEnum):
    """How far a recommendation is, as far as whoever recommends may know. Nothing that is stored."""

    INVITED = "invited", _("Invited"), "neutral", "envelope"
    APPLIED = "applied", _("Has applied"), "info", "inbox"
    IN_SELECTION = "in_selection", _("In selection"), "info", "bookmark-check"
    HIRED = "hired", _("Hired"), "good", "check-circle-fill"
    ENDED = "ended", _("Ended"), "neutral", "slash-circle"


class ShareLink(Audited, Timestamps, Versioned, Base):
    """An address of a posting for one channel and campaign: who comes by it is credited to it."""

    __tablename__ = "share_link"
    __table_args__ = (sa.UniqueConstraint("posting_id", "channel", "campaign"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(unique=True)  # what stands in the address: ?via=…
    channel: Mapped[str]  # "LinkedIn"
    campaign: Mapped[str] = mapped_column(default="")  # "Spring 2027"; may be empty
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    posting: Mapped[Posting] = relationship()
    made_by: Mapped[User] = relationship()


class Referral(Audited, Timestamps, Base):
    """That a colleague recommends somebody for a posting. How far it is, the application says."""

    __tablename__ = "referral"
    __table_args__ = (
        sa.UniqueConstraint("posting_id", "email"),
        sa.Index(None, "created_at", "id"),
        sa.CheckConstraint(
            "bonus_paid_on IS NULL OR bonus_due_on IS NOT NULL", name="paid_only_what_was_due"
        ),
    )

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="RESTRICT"))
    referrer_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(unique=True)  # what stands in the invitation's address: ?via=…
    name: Mapped[str] = mapped_column(info={"private": True})
    email: Mapped[str] = mapped_column(info={"private": True})  # in small letters
    language: Mapped[str] = mapped_column(sa.String(2))
    note: Mapped[str] = mapped_column(default="", info={"private": True})  # why this person fits, for HR
    bonus_due_on: Mapped[date | None]  # once the person has been hired
    bonus_paid_on: Mapped[date | None]

    posting: Mapped[Posting] = relationship()
    referrer: Mapped[User] = relationship()
