"""What people decide on Today: what is put off, what is asked for, the secret address of a calendar."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps
from rmhr.models.accounts import User


class Snooze(Audited, Timestamps, Base):
    """Something that its owner has put off until a day: not on the list, and not reminded of, before it."""

    __tablename__ = "snooze"
    __table_args__ = (
        sa.UniqueConstraint("owner_id", "source", "subject_id", "due_on"),
        sa.CheckConstraint("until >= due_on OR until >= made_on", name="into_the_future"),
    )

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    source: Mapped[str]
    subject_id: Mapped[int]
    due_on: Mapped[date]
    made_on: Mapped[date]
    until: Mapped[date]  # on this day it is back


class Ask(Audited, Base):
    """That somebody who waits for a thing asked its owner for it. Limited, so that it stays polite."""

    __tablename__ = "ask"
    __table_args__ = (sa.Index(None, "source", "subject_id", "owner_id"),)

    source: Mapped[str]
    subject_id: Mapped[int]
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date]
    asker_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=lambda: clock.now())


class CalendarFeed(Audited, Timestamps, Base):
    """The secret address of a person's calendar. Only its digest is kept; a new one ends the old."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    digest: Mapped[str] = mapped_column(unique=True, info={"private": True})

    user: Mapped[User] = relationship()
