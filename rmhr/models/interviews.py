"""Interviews: who asks what, who saw what, and what was decided."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import RmType, User
from rmhr.models.applications import Application
from rmhr.models.competencies import Competency, Level


class InterviewQuestion(Audited, Base):
    """A question of the bank: asked word for word, with the probe that follows."""

    __tablename__ = "interview_question"

    code: Mapped[str] = mapped_column(unique=True)
    competency_id: Mapped[int] = mapped_column(
        sa.ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    text: Mapped[Words]
    probe: Mapped[Words]

    competency: Mapped[Competency] = relationship()


class Scenario(Audited, Base):
    """A simulated situation: played or worked on in an interview, with the same words and times for everybody."""

    __tablename__ = "scenario"

    code: Mapped[str] = mapped_column(unique=True)
    competency_id: Mapped[int] = mapped_column(
        sa.ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    minutes: Mapped[int]
    preparation_minutes: Mapped[int]  # of the candidate, before it begins
    text: Mapped[Words]  # the task, as the candidate gets it
    roles: Mapped[Words]  # who plays whom, and says what
    instead: Mapped[Words]  # how else it is held for somebody who does not hear, speak or see

    competency: Mapped[Competency] = relationship()
    cases: Mapped[list[ScenarioCase]] = relationship(cascade="all, delete-orphan", back_populates="scenario")
    anchors: Mapped[list[ScenarioAnchor]] = relationship(
        order_by="ScenarioAnchor.level", cascade="all, delete-orphan", back_populates="scenario"
    )


class ScenarioCase(Audited, Base):
    """What a scenario is about for one type of RM."""

    __tablename__ = "scenario_case"
    __table_args__ = (sa.UniqueConstraint("scenario_id", "rm_type"),)

    scenario_id: Mapped[int] = mapped_column(sa.ForeignKey("scenario.id", ondelete="CASCADE"))
    rm_type: Mapped[RmType]
    text: Mapped[Words]
    solution: Mapped[
        Words
    ]  # what there is to be found, for the panel alone; empty where there is nothing to find

    scenario: Mapped[Scenario] = relationship(back_populates="cases")


class ScenarioAnchor(Audited, Base):
    """The behaviour in a scenario that shows one level of its competency."""

    __tablename__ = "scenario_anchor"
    __table_args__ = (
        sa.UniqueConstraint("scenario_id", "level"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_from_1_to_5"),
    )

    scenario_id: Mapped[int] = mapped_column(sa.ForeignKey("scenario.id", ondelete="CASCADE"))
    level: Mapped[int]
    text: Mapped[Words]

    scenario: Mapped[Scenario] = relationship(back_populates="anchors")


class Round(Audited, Base):
    """A kind of interview: its length, who has to be there, and what is rated in it."""

    __tablename__ = "round"
    __table_args__ = (sa.CheckConstraint("interviewers > 0", name="somebody_interviews"),)

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name: Mapped[Words]
    about: Mapped[Words]  # what happens in it, for whoever plans it
    minutes: Mapped[int]
    interviewers: Mapped[int]  # how many people are on its panel at least
    competencies: Mapped[list[str]]  # codes, in the order of the questions
    scenarios: Mapped[list[str]]  # codes of those that can be part of it; the first is proposed


class InterviewKind(LabelEnum):
    """How people meet."""

    IN_PERSON = "in_person", _("In person"), "neutral", "geo-alt"
    VIDEO = "video", _("By video"), "neutral", "camera-video"
    PHONE = "phone", _("By phone"), "neutral", "telephone"


class InterviewStatus(LabelEnum):
    """The life of an interview."""

    PLANNED = "planned", _("Planned"), "info", "calendar-check"
    HELD = "held", _("Held"), "good", "check-circle-fill"
    CANCELLED = "cancelled", _("Cancelled"), "neutral", "x-circle"
    NO_SHOW = "no_show", _("Candidate did not come"), "warning", "person-x"


class Interview(Audited, Timestamps, Versioned, Base):
    """A meeting with a candidate."""

    __tablename__ = "interview"
    __table_args__ = (sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), index=True
    )
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id", ondelete="RESTRICT"), index=True)
    status: Mapped[InterviewStatus] = mapped_column(default=InterviewStatus.PLANNED, index=True)
    kind: Mapped[InterviewKind]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    # Dates on the bank's wall calendar, kept with the moment: a database knows neither its zone nor its holidays.
    day: Mapped[date] = mapped_column(index=True)
    score_by: Mapped[date]  # scorecards are due
    decide_by: Mapped[date]  # the decision is due, once they are in
    outcome_by: Mapped[date]  # somebody should have said whether it took place
    place: Mapped[str]  # a room, or the address of the call
    message: Mapped[str] = mapped_column(default="", info={"private": True})  # to the candidate
    uid: Mapped[str] = mapped_column(unique=True)  # of the calendar entry
    sequence: Mapped[int] = mapped_column(default=0)
    # Whether the representative body of severely disabled employees has the appointment, and at which address.
    representative_at: Mapped[str] = mapped_column(default="", info={"private": True})
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    application: Mapped[Application] = relationship()
    round: Mapped[Round] = relationship()
    planned_by: Mapped[User] = relationship()
    seats: Mapped[list[PanelSeat]] = relationship(
        cascade="all, delete-orphan", back_populates="interview", order_by="PanelSeat.id"
    )
    questions: Mapped[list[KitQuestion]] = relationship(
        cascade="all, delete-orphan", back_populates="interview", order_by="KitQuestion.position"
    )
    scenarios: Mapped[list[KitScenario]] = relationship(
        cascade="all, delete-orphan", back_populates="interview", order_by="KitScenario.id"
    )


class KitQuestion(Audited, Base):
    """A question as it was put into the kit of one interview: the same for everybody on the panel."""

    __tablename__ = "kit_question"
    __table_args__ = (sa.UniqueConstraint("interview_id", "position"),)

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id", ondelete="CASCADE"))
    position: Mapped[int]
    competency_id: Mapped[int] = mapped_column(
        sa.ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    text: Mapped[Words]
    probe: Mapped[Words]

    interview: Mapped[Interview] = relationship(back_populates="questions")
    competency: Mapped[Competency] = relationship()


class KitScenario(Audited, Base):
    """A scenario as it was put into the kit of one interview, with the case of the type of RM."""

    __tablename__ = "kit_scenario"
    __table_args__ = (sa.UniqueConstraint("interview_id", "scenario_id"),)

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id", ondelete="CASCADE"))
    scenario_id: Mapped[int] = mapped_column(sa.ForeignKey("scenario.id", ondelete="RESTRICT"), index=True)
    minutes: Mapped[int]
    preparation_minutes: Mapped[int]
    text: Mapped[Words]
    case: Mapped[Words]
    solution: Mapped[Words]
    roles: Mapped[Words]
    instead: Mapped[Words]

    interview: Mapped[Interview] = relationship(back_populates="scenarios")
    scenario: Mapped[Scenario] = relationship()


class PanelSeat(Audited, Base):
    """One interviewer in one interview."""

    __tablename__ = "panel_seat"
    __table_args__ = (sa.UniqueConstraint("interview_id", "interviewer_id"),)

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id", ondelete="CASCADE"))
    interviewer_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    interview: Mapped[Interview] = relationship(back_populates="seats")
    interviewer: Mapped[User] = relationship()
    scorecard: Mapped[Scorecard | None] = relationship(
        back_populates="seat", cascade="all, delete-orphan", uselist=False
    )


class ScorecardStatus(LabelEnum):
    """Whether an interviewer has handed in."""

    DRAFT = "draft", _("Draft"), "neutral", "pencil"
    SUBMITTED = "submitted", _("Handed in"), "good", "check-circle-fill"
    EXCUSED = "excused", _("Excused"), "neutral", "dash-circle"


class Recommendation(LabelEnum):
    """An interviewer's overall advice: four steps, no middle."""

    CLEAR_NO = "clear_no", _("Clear no"), "bad", "x-lg"
    RATHER_NO = "rather_no", _("Rather no"), "warning", "dash-lg"
    RATHER_YES = "rather_yes", _("Rather yes"), "info", "check-lg"
    CLEAR_YES = "clear_yes", _("Clear yes"), "good", "check-all"


class Scorecard(Audited, Timestamps, Versioned, Base):
    """One interviewer's ratings; nobody else of the panel sees it before their own is in."""

    __tablename__ = "scorecard"
    __table_args__ = (
        sa.CheckConstraint(
            "status != 'submitted' OR (recommendation IS NOT NULL AND submitted_at IS NOT NULL)",
            name="submitted_is_complete",
        ),
        sa.CheckConstraint("(status = 'excused') = (excuse != '')", name="excused_has_reason"),
        sa.Index(
            "ix_scorecard_draft",
            "seat_id",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        ),
    )

    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("panel_seat.id", ondelete="CASCADE"), unique=True)
    status: Mapped[ScorecardStatus] = mapped_column(default=ScorecardStatus.DRAFT)
    recommendation: Mapped[Recommendation | None]
    summary: Mapped[str] = mapped_column(default="", info={"private": True})
    submitted_at: Mapped[datetime | None]
    excuse: Mapped[str] = mapped_column(default="", info={"private": True})  # why nobody waits for it

    seat: Mapped[PanelSeat] = relationship(back_populates="scorecard")
    ratings: Mapped[list[Rating]] = relationship(cascade="all, delete-orphan", back_populates="scorecard")


_ANSWERS_ALONE = sa.text("scenario_id IS NULL")


class Rating(Audited, Timestamps, Base):
    """A level for one competency, with what was seen: in the answers, or in a scenario."""

    __tablename__ = "rating"
    __table_args__ = (
        sa.UniqueConstraint("scorecard_id", "scenario_id"),
        sa.Index(
            "ix_rating_answers",
            "scorecard_id",
            "competency_id",
            unique=True,
            sqlite_where=_ANSWERS_ALONE,
            postgresql_where=_ANSWERS_ALONE,
        ),
    )

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        sa.ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    scenario_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("scenario.id", ondelete="RESTRICT"), index=True
    )  # None: in the answers to the questions
    level: Mapped[Level | None]  # None: not yet rated
    notes: Mapped[str] = mapped_column(default="", info={"private": True})
    evidence: Mapped[str] = mapped_column(default="", info={"private": True})

    scorecard: Mapped[Scorecard] = relationship(back_populates="ratings")
    competency: Mapped[Competency] = relationship()


class Outcome(LabelEnum):
    """What the panel's work led to."""

    HIRE = "hire", _("Hire"), "good", "hand-thumbs-up"
    HOLD = "hold", _("Keep open"), "warning", "pause-circle"
    NO = "no", _("Do not hire"), "bad", "x-circle"


class Decision(Audited, Base):
    """The decision about a candidate, with its reason. A later one replaces an earlier one in force."""

    __tablename__ = "decision"
    __table_args__ = (sa.CheckConstraint("reason != ''", name="has_reason"),)

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), index=True
    )
    outcome: Mapped[Outcome]
    reason: Mapped[str] = mapped_column(info={"private": True})
    panel_mean: Mapped[int | None]  # of the scorecards when it was decided, in hundredths
    deviates: Mapped[bool] = mapped_column(default=False)  # knowingly against what the scorecards say
    tell_by: Mapped[date]  # until when the candidate should hear of it
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    decided_at: Mapped[datetime]

    application: Mapped[Application] = relationship()
    decided_by: Mapped[User] = relationship()
