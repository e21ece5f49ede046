"""Mandatory training: who must take which course until when, exams and certificates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User
from rmhr.models.courses import Course, CourseVersion, ExamQuestion, Lesson


class AssignmentStatus(LabelEnum):
    """Where one person's duty to take a course stands. Late and soon follow from the dates."""

    OPEN = "open", _("Open"), "neutral", "circle"
    PASSED = "passed", _("Passed"), "good", "check-circle-fill"
    BLOCKED = "blocked", _("Not passed"), "bad", "x-circle-fill"
    REVOKED = "revoked", _("Certificate revoked"), "bad", "slash-circle"  # another duty takes its place
    DROPPED = "dropped", _("No longer required"), "neutral", "slash-circle"


class CourseState(LabelEnum):
    """How somebody stands with a course. Follows from dates and attempts, is never stored."""

    NOT_DUE = "not_due", _("Not yet due"), "neutral", "dash"
    OPEN = "open", _("Open"), "neutral", "circle"
    SOON = "soon", _("Due soon"), "warning", "clock-fill"
    LATE = "late", _("Overdue"), "bad", "exclamation-circle-fill"
    FAILED = "failed", _("Not passed"), "bad", "x-circle-fill"
    VALID = "valid", _("Valid"), "good", "check-circle-fill"
    EXPIRING = "expiring", _("Expiring"), "warning", "arrow-repeat"
    EXPIRED = "expired", _("Expired"), "bad", "exclamation-circle-fill"

    @property
    def loud(self) -> bool:
        """Whether somebody should do something about it now."""
        return self.tone in ("warning", "bad")


def _counting(name: str, *columns: str) -> sa.Index:
    """An index over the duties that no later round has taken the place of.

    The column of its condition stands in it as well: else SQLite looks into each row for that.
    """
    counts = sa.text("superseded_on IS NULL")
    return sa.Index(name, *columns, "superseded_on", sqlite_where=counts, postgresql_where=counts)


class Assignment(Audited, Timestamps, Versioned, Base):
    """One person's duty to pass one course until a day."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.CheckConstraint("(status = 'passed') = (passed_on IS NOT NULL)", name="passed_has_date"),
        sa.CheckConstraint("(status = 'passed') = (valid_until IS NOT NULL)", name="passed_has_end"),
        sa.CheckConstraint("(status = 'blocked') = (unlock_by IS NOT NULL)", name="blocked_has_date"),
        sa.Index(None, "user_id", "status", "due_on"),
        # How a whole bank stands is read from these alone: what is owed, and what holds now. What a later round has
        # taken the place of is in neither of the last two, however many years there are of it.
        sa.Index(None, "status", "due_on", "user_id", "course_id"),
        sa.Index(None, "course_id", "status", "user_id"),
        _counting("ix_assignment_standing", "user_id", "course_id", "status", "due_on", "valid_until"),
        _counting("ix_assignment_ending", "valid_until", "user_id", "course_id"),
        # The few that are blocked are found without the many that are open.
        sa.Index(
            "ix_assignment_unlock_by",
            "unlock_by",
            sqlite_where=sa.text("unlock_by IS NOT NULL"),
            postgresql_where=sa.text("unlock_by IS NOT NULL"),
        ),
        sa.UniqueConstraint("user_id", "course_id", "cycle"),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id", ondelete="RESTRICT"), index=True)
    course_version_id: Mapped[int] = mapped_column(  # what is taught, or was
        sa.ForeignKey("course_version.id", ondelete="RESTRICT"), index=True
    )
    cycle: Mapped[int] = mapped_column(default=1)  # 1 the first time, 2 the first renewal …
    status: Mapped[AssignmentStatus] = mapped_column(default=AssignmentStatus.OPEN)
    reason: Mapped[Words]  # why this person must take it
    assigned_on: Mapped[date]
    due_on: Mapped[date]
    passed_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    # Since when another round of the same course, passed as well, holds longer: this one says nothing any more.
    superseded_on: Mapped[date | None]
    extra_attempts: Mapped[int] = mapped_column(default=0)  # granted by the supervisor or compliance
    unlock_by: Mapped[date | None]  # until when somebody should talk with the person and unlock it
    notice_text_id: Mapped[int | None] = (
        mapped_column(  # the privacy notice that was in force when it was assigned
            sa.ForeignKey("bank_text.id", ondelete="RESTRICT"), index=True
        )
    )

    user: Mapped[User] = relationship()
    course: Mapped[Course] = relationship()
    taught: Mapped[CourseVersion] = relationship()
    lessons_read: Mapped[list[LessonRead]] = relationship(
        cascade="all, delete-orphan", back_populates="assignment"
    )
    attempts: Mapped[list[Attempt]] = relationship(
        cascade="all, delete-orphan", back_populates="assignment", order_by="Attempt.number"
    )
    certificate: Mapped[Certificate | None] = relationship(back_populates="assignment", uselist=False)


class LessonRead(Audited, Base):
    """That a lesson was worked through."""

    __tablename__ = "lesson_read"
    __table_args__ = (sa.UniqueConstraint("assignment_id", "lesson_id"),)

    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id", ondelete="CASCADE"))
    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lesson.id", ondelete="RESTRICT"), index=True)
    read_at: Mapped[datetime]

    assignment: Mapped[Assignment] = relationship(back_populates="lessons_read")
    lesson: Mapped[Lesson] = relationship()


class AttemptStatus(LabelEnum):
    """Where an attempt at an exam stands."""

    RUNNING = "running", _("Under way"), "info", "pencil"
    PASSED = "passed", _("Passed"), "good", "check-circle-fill"
    FAILED = "failed", _("Not passed"), "bad", "x-circle-fill"
    ABANDONED = "abandoned", _("Broken off"), "neutral", "slash-circle"  # the duty ended before it did


class Attempt(Audited, Timestamps, Versioned, Base):
    """One try at an exam: the questions drawn, and when it was handed in."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("assignment_id", "number"),
        sa.CheckConstraint(
            "status IN ('running', 'abandoned') OR (submitted_at IS NOT NULL AND score IS NOT NULL)",
            name="marked",
        ),
        # A double click and a second tab find the attempt that is under way; they never open another one.
        sa.Index(
            "uq_attempt_running",
            "assignment_id",
            unique=True,
            sqlite_where=sa.text("status = 'running'"),
            postgresql_where=sa.text("status = 'running'"),
        ),
        sa.Index(None, "status", "assignment_id"),
    )

    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id", ondelete="CASCADE"))
    course_version_id: Mapped[int] = mapped_column(  # what is asked about
        sa.ForeignKey("course_version.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    status: Mapped[AttemptStatus] = mapped_column(default=AttemptStatus.RUNNING)
    started_at: Mapped[datetime]
    hand_in_by: Mapped[date]  # after this day it is marked as it stands
    submitted_at: Mapped[datetime | None]
    score: Mapped[int | None]  # per cent, rounded down

    assignment: Mapped[Assignment] = relationship(back_populates="attempts")
    taught: Mapped[CourseVersion] = relationship()
    answers: Mapped[list[AttemptAnswer]] = relationship(
        cascade="all, delete-orphan", back_populates="attempt", order_by="AttemptAnswer.position"
    )

    @property
    def called_in_history(self) -> Any:
        """ "Attempt 2"."""
        return _("Attempt %(number)s", number=self.number)


class AttemptAnswer(Audited, Versioned, Base):
    """One drawn question of an attempt, and what was chosen."""

    __tablename__ = "attempt_answer"
    __table_args__ = (sa.UniqueConstraint("attempt_id", "position"),)

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("exam_question.id", ondelete="RESTRICT"), index=True
    )
    order: Mapped[list[str]]  # ids of the options as they were shuffled
    chosen: Mapped[list[str]]  # ids of options
    right: Mapped[bool | None]  # None until it is marked

    attempt: Mapped[Attempt] = relationship(back_populates="answers")
    question: Mapped[ExamQuestion] = relationship()


class Certificate(Audited, Timestamps, Base):
    """The proof that a course was passed."""

    __tablename__ = "certificate"

    code: Mapped[str] = mapped_column(unique=True)  # printed on it, checked at /certificates/<code>
    assignment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("assignment.id", ondelete="RESTRICT"), unique=True
    )
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    score: Mapped[int]  # per cent
    revoked_on: Mapped[date | None]
    revoked_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )

    assignment: Mapped[Assignment] = relationship(back_populates="certificate")
    revoked_by: Mapped[User | None] = relationship(foreign_keys=[revoked_by_id])
