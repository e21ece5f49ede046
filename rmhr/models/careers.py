"""How the public career site looks, what it says of the bank, and from whom its mails come."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.i18n import Words
from rmhr.models.documents import Document


class CareerSite(Audited, Timestamps, Versioned, Base):
    """What an administrator has set. One row; while there is none, the site looks as the product does."""

    __tablename__ = "career_site"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    name: Mapped[str] = mapped_column(default="")  # of the bank; "": as the product is set up
    logo_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("document.id", ondelete="RESTRICT"), unique=True
    )
    accent: Mapped[str] = mapped_column(sa.String(7), default="")  # "#0b5cad" in the light; "": as drawn
    accent_dark: Mapped[str] = mapped_column(sa.String(7), default="")  # the same in the dark
    headline: Mapped[Words]
    introduction: Mapped[Words]  # Markdown, above the list of jobs
    imprint_url: Mapped[str] = mapped_column(default="")  # "": our own page
    privacy_url: Mapped[str] = mapped_column(default="")
    imprint: Mapped[Words]  # Markdown, what our own page says besides
    contact_email: Mapped[str] = mapped_column(default="")
    # Whom mails come from: "" for the name of the bank, and for the address that the product is set up with.
    sender_name: Mapped[str] = mapped_column(default="", server_default="")
    sender_address: Mapped[str] = mapped_column(default="", server_default="")
    shows_count: Mapped[bool] = mapped_column(default=False)  # how many have applied, on each posting

    logo: Mapped[Document | None] = relationship()


class PublicState(Base):
    """Which state public pages are in: another one as soon as something is written that they are made of. One row."""

    __tablename__ = "public_state"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"), {"info": {"derived": True}})

    stamp: Mapped[str]
