"""What the bank and its people decide about reminders: rules, preferences, absences, what was put off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.system import Message


class ReminderRule(Audited, Timestamps, Base):
    """When who is reminded of one kind of due thing, from a day on. The latest that has begun is in force."""

    __tablename__ = "reminder_rule"
    __table_args__ = (
        sa.Index(None, "source", "valid_from"),
        sa.CheckConstraint("reason != ''", name="has_reason"),
    )

    source: Mapped[str]  # the due source's name
    valid_from: Mapped[date]
    steps: Mapped[list[dict[str, Any]]]  # core.cadence.Step, as it writes itself down
    reason: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    withdrawn_at: Mapped[datetime | None]  # taken back before it began

    made_by: Mapped[User] = relationship()


class ReminderStop(Audited, Timestamps, Base):
    """The kill switch: nothing is sent about this kind of due thing while the row is there."""

    __tablename__ = "reminder_stop"
    __table_args__ = (sa.CheckConstraint("reason != ''", name="has_reason"),)

    source: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    stopped_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    stopped_by: Mapped[User] = relationship()


class Rhythm(LabelEnum):
    """How often a person wants reminders as mail."""

    AT_ONCE = "at_once", _("As they come"), "neutral", "lightning"
    DAILY = "daily", _("One mail a day"), "neutral", "calendar-day"
    WEEKLY = "weekly", _("One mail a week, on its first working day"), "neutral", "calendar-week"


class ReminderPreference(Audited, Timestamps, Versioned, Base):
    """How a person wants to be reminded. Without a row: as they come, in the bank's hours, everything."""

    __tablename__ = "reminder_preference"
    __table_args__ = (
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_the_day"),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 24", name="opens_before_it_closes"),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.AT_ONCE)
    hour: Mapped[int] = mapped_column(default=7)  # of the daily or weekly mail, on the person's wall clock
    opens: Mapped[int] = mapped_column(default=7)  # outside of these hours nothing is sent
    closes: Mapped[int] = mapped_column(default=19)
    silent: Mapped[list[str]] = mapped_column(default=list)  # sources that stay in the inbox, not mailed
    chat: Mapped[bool] = mapped_column(default=False)  # also to the bank's chat, where there is one


class Absence(Audited, Timestamps, Base):
    """From when until when (both included) a person is away, and who stands in."""

    __tablename__ = "absence"
    __table_args__ = (
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint("deputy_id IS NULL OR deputy_id != user_id", name="somebody_else_stands_in"),
        sa.Index(None, "user_id", "starts_on"),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    deputy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    deputy: Mapped[User | None] = relationship(foreign_keys=[deputy_id])


class Digest(Base):
    """That a person had their one mail of that day. The unique key keeps it one."""

    __tablename__ = "digest"
    __table_args__ = (sa.UniqueConstraint("user_id", "day"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    day: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())


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


class Webhook(Audited, Timestamps, Versioned, Base):
    """Where messages go besides mail: a chat's or another system's address, signed as Standard Webhooks has it."""

    __tablename__ = "webhook"

    name: Mapped[str]
    url: Mapped[str] = mapped_column(info={"private": True})  # chats put their secret into the address
    secret: Mapped[str] = mapped_column(info={"private": True})  # "whsec_" and base64
    active: Mapped[bool] = mapped_column(default=True)


class DeliveryStatus(LabelEnum):
    """What became of a call of a webhook."""

    WAITING = "waiting", _("Waiting"), "info", "hourglass-split"
    SENT = "sent", _("Delivered"), "good", "check-circle-fill"
    FAILED = "failed", _("Not delivered"), "bad", "exclamation-circle-fill"


class WebhookDelivery(Base):
    """One message to one webhook. Its `event` goes along as webhook-id: who gets it twice can tell."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        sa.UniqueConstraint("webhook_id", "message_id"),
        sa.Index(None, "state", "next_attempt_at"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
    )

    webhook_id: Mapped[int] = mapped_column(sa.ForeignKey("webhook.id", ondelete="CASCADE"))
    message_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    event: Mapped[str] = mapped_column(unique=True)  # "msg_…"
    body: Mapped[str]
    state: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    answer: Mapped[str] = mapped_column(default="")  # the last answer or error
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    sent_at: Mapped[datetime | None]

    webhook: Mapped[Webhook] = relationship()
    message: Mapped[Message | None] = relationship()


class JobPause(Audited, Timestamps, Base):
    """A job of the scheduler that an administrator has paused."""

    __tablename__ = "job_pause"
    __table_args__ = (sa.CheckConstraint("reason != ''", name="has_reason"),)

    job: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    paused_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    paused_by: Mapped[User] = relationship()


class Bounce(Audited, Timestamps, Base):
    """An address that does not take mail: the server refused it for good, or the mail came back."""

    __tablename__ = "bounce"

    address: Mapped[str] = mapped_column(unique=True, info={"private": True})  # in small letters
    said: Mapped[str] = mapped_column(info={"private": True})  # what the server said
    times: Mapped[int] = mapped_column(default=1)
