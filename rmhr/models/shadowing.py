"""Learning by watching: a ladder from observing to working alone, signed off by the mentor."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User


class Rung(LabelEnum):
    """The rungs of the ladder."""

    OBSERVE = "observe", _("Observe"), "neutral", "eye"
    ASSIST = "assist", _("Assist"), "neutral", "people"
    LEAD = "lead", _("Lead"), "neutral", "person-video3"


class Activity(Audited, Base):
    """Something that is watched or done: a kind of meeting or work, for some types of RM."""

    __tablename__ = "activity"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name: Mapped[Words]
    minutes: Mapped[int]  # what it takes as a rule
    with_client: Mapped[bool]  # the client must have agreed to somebody listening in


class RungRule(Audited, Base):
    """How many confirmed sessions a rung takes."""

    __tablename__ = "rung_rule"

    rung: Mapped[Rung] = mapped_column(unique=True)
    position: Mapped[int]
    sessions: Mapped[int]
    text: Mapped[Words]


class HowFar(LabelEnum):
    """How far somebody went with a point of the checklist in a session; each includes the one before."""

    SEEN = "seen", _("Seen"), "neutral", "eye"
    HELPED = "helped", _("Tried with help"), "info", "people"
    ALONE = "alone", _("Done alone"), "good", "person-check"

    def reaches(self, needed: HowFar) -> bool:
        """Whether this is as far as that."""
        order = list(HowFar)
        return order.index(self) >= order.index(needed)


class ChecklistItem(Audited, Base):
    """A point that is looked at in sessions, whatever is watched."""

    __tablename__ = "checklist_item"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    text: Mapped[Words]
    needed: Mapped[HowFar]  # before the sign-off


class ProgrammeStatus(LabelEnum):
    """The life of a shadowing programme."""

    ACTIVE = "active", _("Under way"), "info", "signpost-split"
    SIGNED_OFF = "signed_off", _("Signed off"), "good", "patch-check-fill"
    CALLED_OFF = "called_off", _("Called off"), "neutral", "slash-circle"


class ShadowingProgramme(Audited, Timestamps, Versioned, Base):
    """One RM's way up the ladder."""

    __tablename__ = "shadowing_programme"
    __table_args__ = (
        sa.CheckConstraint("mentor_id != user_id", name="not_own_mentor"),
        sa.Index(None, "starts_on", "id"),
        sa.CheckConstraint("(status = 'signed_off') = (signed_off_at IS NOT NULL)", name="sign_off_has_time"),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), unique=True)
    mentor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    status: Mapped[ProgrammeStatus] = mapped_column(default=ProgrammeStatus.ACTIVE, index=True)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    mentor: Mapped[User] = relationship(foreign_keys=[mentor_id])
    signed_off_by: Mapped[User | None] = relationship(foreign_keys=[signed_off_by_id])
    rungs: Mapped[list[ProgrammeRung]] = relationship(
        cascade="all, delete-orphan", back_populates="programme", order_by="ProgrammeRung.position"
    )
    sessions: Mapped[list[ShadowingSession]] = relationship(
        cascade="all, delete-orphan",
        back_populates="programme",
        order_by="ShadowingSession.held_on.desc(), ShadowingSession.id.desc()",
    )


class ProgrammeRung(Audited, Base):
    """How many sessions one rung of one programme takes, and until when."""

    __tablename__ = "programme_rung"
    __table_args__ = (sa.UniqueConstraint("programme_id", "rung"),)

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("shadowing_programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    rung: Mapped[Rung]
    needed: Mapped[int]
    due_on: Mapped[date]

    programme: Mapped[ShadowingProgramme] = relationship(back_populates="rungs")


class SessionMode(LabelEnum):
    """Where it happened."""

    ON_SITE = "on_site", _("On site"), "neutral", "geo-alt"
    REMOTE = "remote", _("By screen sharing"), "neutral", "display"


class SessionStatus(LabelEnum):
    """Whether the mentor has confirmed."""

    LOGGED = "logged", _("Waiting for confirmation"), "info", "hourglass-split"
    CONFIRMED = "confirmed", _("Confirmed"), "good", "check-circle-fill"
    RETURNED = "returned", _("Sent back"), "warning", "arrow-return-left"


class ShadowingSession(Audited, Timestamps, Versioned, Base):
    """One day or meeting, written up by the RM and signed off by the mentor."""

    __tablename__ = "shadowing_session"
    __table_args__ = (
        sa.CheckConstraint("minutes > 0", name="takes_time"),
        sa.CheckConstraint("(status = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_has_time"),
        sa.Index(None, "status", "confirm_by"),
    )

    programme_id: Mapped[int] = mapped_column(
        sa.ForeignKey("shadowing_programme.id", ondelete="CASCADE"), index=True
    )
    host_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="RESTRICT"), index=True)
    rung: Mapped[Rung]
    mode: Mapped[SessionMode]
    status: Mapped[SessionStatus] = mapped_column(default=SessionStatus.LOGGED)
    held_on: Mapped[date]
    minutes: Mapped[int]
    client_agreed: Mapped[bool]
    learned: Mapped[str] = mapped_column(info={"private": True})
    next_step: Mapped[str] = mapped_column(default="", info={"private": True})
    confirm_by: Mapped[date]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )  # the host, or who stands in for one who has left
    feedback: Mapped[str] = mapped_column(default="", info={"private": True})  # the host's words

    programme: Mapped[ShadowingProgramme] = relationship(back_populates="sessions")
    host: Mapped[User] = relationship(foreign_keys=[host_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    activity: Mapped[Activity] = relationship()
    observations: Mapped[list[Observation]] = relationship(
        cascade="all, delete-orphan", back_populates="session"
    )

    @property
    def called_in_history(self) -> Words:
        """What was watched or done."""
        return self.activity.name


class Observation(Audited, Base):
    """How far somebody went with one point of the checklist in one session; what was not seen has none."""

    __tablename__ = "observation"
    __table_args__ = (sa.UniqueConstraint("session_id", "item_id"),)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("shadowing_session.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("checklist_item.id", ondelete="RESTRICT"), index=True)
    how_far: Mapped[HowFar]

    session: Mapped[ShadowingSession] = relationship(back_populates="observations")
    item: Mapped[ChecklistItem] = relationship()
