"""What the bank and its people decide about reminders: rules, preferences, absences, what was put off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned, enum_type
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
    steps: Mapped[list[dict[str, Any]]]  # core.due.reminder_steps.ReminderStep.as_json
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


class MailFrequency(LabelEnum):
    """How often a person wants reminders as mail."""

    AT_ONCE = "at_once", _("As they arise"), "neutral", "lightning"
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
    frequency: Mapped[MailFrequency] = mapped_column(
        "rhythm", enum_type(MailFrequency, "rhythm"), default=MailFrequency.AT_ONCE
    )
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


class EscalationLevel(LabelEnum):
    """Who is told, seen from the thing that is due: its owner, then those to whom it escalates, in this order."""

    OWNER = "owner", _("The person"), "neutral", "person"
    SUPERVISOR = "supervisor", _("Supervisor"), "neutral", "diagram-3"
    HR = "hr", _("HR"), "neutral", "people"
    COMPLIANCE = "compliance", _("Compliance"), "neutral", "shield-check"
    HEAD = "head", _("Head of the unit"), "neutral", "bank"


class Basis(LabelEnum):
    """Which days a step counts."""

    CALENDAR = "calendar", _("days"), "neutral", "calendar3"
    WORKING = "working", _("working days"), "neutral", "calendar-week"


class Reminder(Base):
    """That somebody was told of something due. The unique key is the whole of "do not send twice"."""

    __tablename__ = "reminder"
    __table_args__ = (
        sa.UniqueConstraint("source", "subject_id", "owner_id", "due_on", "nudge", "recipient_id"),
    )

    source: Mapped[str]
    subject_id: Mapped[int]
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    due_on: Mapped[date]
    # core.due.reminder_steps.Occurrence.key: days after the due date, "-7", "+3w"
    occurrence: Mapped[str] = mapped_column("nudge")
    # as what the recipient was told
    level: Mapped[EscalationLevel] = mapped_column("party", enum_type(EscalationLevel, "party"))
    message_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())

    message: Mapped[Message | None] = relationship()


class ForecastRun(Base):
    """That the rules are played through for the coming days: who asked, how far that is, what came of it."""

    __tablename__ = "forecast_run"

    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    done: Mapped[int] = mapped_column(default=0)  # how many kinds of things were played through …
    kinds: Mapped[int] = mapped_column(default=0)  # … of so many; 0 until it begins
    rules: Mapped[str] = mapped_column(default="")  # what changes with every rule and stop, as it began
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)  # reminders.rules.forecasts
    finished_at: Mapped[datetime | None]

    asked_by: Mapped[User] = relationship()


class ForecastRow(Base):
    """That somebody would be told of something due. Gone with its run."""

    __tablename__ = "forecast_row"
    __table_args__ = (sa.UniqueConstraint("run_id", "number"),)

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("forecast_run.id", ondelete="CASCADE"))
    number: Mapped[int]  # in the order of days, then of who is told
    day: Mapped[date]
    source: Mapped[str]
    owner_id: Mapped[int]
    recipient_id: Mapped[int]
    due_on: Mapped[date]
    after: Mapped[int]
    basis: Mapped[Basis]
    level: Mapped[EscalationLevel]
    mailed: Mapped[bool]
