"""Courses: what identifies one, its versions with all that they teach, their lessons of blocks, their questions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User
from rmhr.models.documents import Document


class Blocked(LabelEnum):
    """What an RM may not do before a course is passed."""

    CLIENT_CONTACT = "client_contact", _("own client contact"), "bad", "person-lock"
    ACCOUNT_OPENING = "account_opening", _("account opening"), "bad", "lock"
    SELL_PRODUCT = "sell_product", _("product sales"), "bad", "lock"
    CLIENT_DATA_ACCESS = "client_data_access", _("access to client data"), "bad", "lock"
    UNSUPERVISED_ADVICE = "unsupervised_advice", _("advice without supervision"), "bad", "lock"
    SYSTEM_ACCESS = "system_access", _("access to systems"), "bad", "lock"
    MORTGAGE_ADVICE = "mortgage_advice", _("mortgage advice"), "bad", "lock"


class CourseArea(LabelEnum):
    """What a course is about."""

    PRODUCTS = "products", _("Product knowledge"), "neutral", "box"
    COMPLIANCE = "compliance", _("Compliance"), "neutral", "shield-check"
    SERVICE = "service", _("Customer service"), "neutral", "chat-dots"
    ETHICS = "ethics", _("Ethics"), "neutral", "compass"
    REGULATION = "regulation", _("Regulation"), "neutral", "bank"


class CourseKind(LabelEnum):
    """How a course is taken."""

    E_LEARNING = "e_learning", _("E-learning"), "neutral", "laptop"
    CLASSROOM = "classroom", _("Classroom course"), "neutral", "people"
    WORKSHOP = "workshop", _("Workshop"), "neutral", "easel"
    DOCUMENT = "document", _("Document to read"), "neutral", "file-earmark-text"
    EXTERNAL = "external", _("External course"), "neutral", "box-arrow-up-right"
    ON_THE_JOB = "on_the_job", _("On-the-job training"), "neutral", "briefcase"


class CourseAudience(LabelEnum):
    """Who sees a course besides whoever looks after it."""

    KEEPERS = "keepers", _("HR, compliance, supervisors and administrators"), "neutral", "person-gear"
    LEARNERS = "learners", _("besides, whoever has to take it"), "neutral", "mortarboard"
    EVERYBODY = "everybody", _("all colleagues"), "neutral", "people-fill"


class CourseStatus(LabelEnum):
    """Whether a course is still given."""

    ACTIVE = "active", _("Active"), "good", "check-circle-fill"
    RETIRED = "retired", _("Retired"), "neutral", "archive"


class Stand(LabelEnum):
    """How a course stands. Follows from its status and its versions, is never stored."""

    DRAFT = "draft", _("In preparation"), "info", "pencil"
    IN_REVIEW = "in_review", _("First version in review"), "info", "hourglass-split"
    GIVEN = "given", _("Published"), "good", "check-circle-fill"
    RETIRED = "retired", _("Retired"), "neutral", "archive"


class CpdRegime(LabelEnum):
    """Under which rules the time of a course counts as continuing education."""

    IDD = "idd", _("Insurance distribution (IDD)"), "neutral", "umbrella"
    MIFID = "mifid", _("Securities (MiFID II)"), "neutral", "graph-up"
    INTERNAL = "internal", _("Internal"), "neutral", "building"


class VersionStatus(LabelEnum):
    """The life of one version of a course."""

    DRAFT = "draft", _("Draft"), "info", "pencil"
    IN_REVIEW = "in_review", _("In review"), "info", "hourglass-split"
    PUBLISHED = "published", _("Published"), "good", "check-circle-fill"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "arrow-return-left"


class CountsFor(LabelEnum):
    """Whom a new version concerns besides those who begin the course from now on."""

    BEGINNERS = (
        "beginners",
        _("Nobody else: whoever holds a certificate keeps it to its end"),
        "neutral",
        "person",
    )
    HOLDERS = "holders", _("Whoever holds a certificate takes what has changed as well"), "neutral", "people"


class Course(Audited, Timestamps, Versioned, Base):
    """A course: what stays the same whatever its versions teach."""

    __tablename__ = "course"
    __table_args__ = (
        sa.CheckConstraint("(status = 'retired') = (retired_on IS NOT NULL)", name="retired_has_day"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    area: Mapped[CourseArea]
    kind: Mapped[CourseKind] = mapped_column(default=CourseKind.E_LEARNING)
    provider: Mapped[str] = mapped_column(default="")  # empty: the bank itself
    audience: Mapped[CourseAudience] = mapped_column(default=CourseAudience.KEEPERS)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    status: Mapped[CourseStatus] = mapped_column(default=CourseStatus.ACTIVE)
    retired_on: Mapped[date | None]

    owner: Mapped[User | None] = relationship()
    versions: Mapped[list[CourseVersion]] = relationship(
        back_populates="course",
        foreign_keys="CourseVersion.course_id",
        cascade="all, delete-orphan",
        order_by="CourseVersion.number",
    )
    #: The version that is taught to whoever begins now.
    current: Mapped[CourseVersion | None] = relationship(
        primaryjoin=(
            "and_(CourseVersion.course_id == Course.id, CourseVersion.status == 'published', "
            "CourseVersion.replaced_at.is_(None))"
        ),
        viewonly=True,
        uselist=False,
    )


#: What a version teaches and by which rules: these columns are never changed once it is published.
TEACHES = (
    "name",
    "short",
    "objectives",
    "rm_types",
    "due_days",
    "interval_months",
    "minutes",
    "pass_mark",
    "max_attempts",
    "wait_hours",
    "questions_per_exam",
    "blocks",
    "cpd",
)

_TAUGHT = sa.text("status = 'published' AND replaced_at IS NULL")
_ON_ITS_WAY = sa.text("status IN ('draft', 'in_review')")


class CourseVersion(Audited, Timestamps, Versioned, Base):
    """One version of a course. Once it is published, what it teaches is never changed."""

    __tablename__ = "course_version"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "number"),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_is_percent"),
        sa.CheckConstraint("max_attempts > 0", name="at_least_one_attempt"),
        sa.CheckConstraint("status != 'published' OR published_at IS NOT NULL", name="published_has_time"),
        sa.CheckConstraint(
            "published_by_id IS NULL OR published_by_id != submitted_by_id",
            name="published_by_a_second_person",
        ),
        sa.CheckConstraint("counts_for != 'beginners' OR change_by IS NULL", name="only_holders_have_a_day"),
        # One version of a course is taught, and at most one is on its way.
        sa.Index(
            "uq_course_version_taught",
            "course_id",
            unique=True,
            sqlite_where=_TAUGHT,
            postgresql_where=_TAUGHT,
        ),
        sa.Index(
            "uq_course_version_on_its_way",
            "course_id",
            unique=True,
            sqlite_where=_ON_ITS_WAY,
            postgresql_where=_ON_ITS_WAY,
        ),
    )

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id", ondelete="CASCADE"))
    number: Mapped[int]
    status: Mapped[VersionStatus] = mapped_column(default=VersionStatus.DRAFT)
    name: Mapped[Words]
    short: Mapped[Words]  # for the heads of narrow columns
    objectives: Mapped[Words]
    rm_types: Mapped[list[str]]  # values of RmType
    due_days: Mapped[int]  # calendar days from the first working day
    interval_months: Mapped[int]  # valid for
    minutes: Mapped[int]  # as it is stated; what it takes is measured (training/length.py)
    pass_mark: Mapped[int]  # per cent
    max_attempts: Mapped[int]
    wait_hours: Mapped[int]  # between attempts
    questions_per_exam: Mapped[int]
    blocks: Mapped[list[str]]  # values of Blocked: what may not be done before it is passed
    cpd: Mapped[dict[str, Any]] = mapped_column(default=dict)  # minutes by the value of a CpdRegime

    reason: Mapped[str] = mapped_column(default="")  # what is new in it, and why
    counts_for: Mapped[CountsFor] = mapped_column(default=CountsFor.BEGINNERS)
    change_by: Mapped[date | None]  # until when holders take what has changed
    edited_by_id: Mapped[int | None] = mapped_column(  # None: as the product brought it
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    submitted_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    submitted_at: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(  # who was asked to look at it
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    # None of a published one: the product brought it, or it was there before courses had versions.
    published_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    replaced_at: Mapped[datetime | None]  # since when a later version is taught
    settled_at: Mapped[datetime | None]  # when others whom it concerns were told: it stays from then on

    course: Mapped[Course] = relationship(back_populates="versions", foreign_keys=[course_id])
    edited_by: Mapped[User | None] = relationship(foreign_keys=[edited_by_id])
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    reviewer: Mapped[User | None] = relationship(foreign_keys=[reviewer_id])
    published_by: Mapped[User | None] = relationship(foreign_keys=[published_by_id])
    lessons: Mapped[list[Lesson]] = relationship(
        primaryjoin="and_(Lesson.course_version_id == CourseVersion.id, Lesson.deleted_at.is_(None))",
        cascade="save-update, merge, delete",
        passive_deletes=True,
        back_populates="taught",
        order_by="Lesson.position, Lesson.id",
    )
    questions: Mapped[list[ExamQuestion]] = relationship(
        primaryjoin=(
            "and_(ExamQuestion.course_version_id == CourseVersion.id, ExamQuestion.deleted_at.is_(None))"
        ),
        cascade="save-update, merge, delete",
        passive_deletes=True,
        back_populates="taught",
        order_by="ExamQuestion.position, ExamQuestion.id",
    )

    @property
    def blocked(self) -> list[Blocked]:
        """What may not be done before it is passed, with its words."""
        return [member for member in Blocked if member.value in self.blocks]

    @property
    def is_taught(self) -> bool:
        """Whether whoever begins the course now takes this version."""
        return self.status is VersionStatus.PUBLISHED and self.replaced_at is None

    @property
    def called_in_history(self) -> Any:
        """ "Version 2"."""
        return _("Version %(number)s", number=self.number)


class Lesson(Audited, Versioned, Base):
    """A chapter of a version."""

    __tablename__ = "lesson"
    __table_args__ = (sa.UniqueConstraint("course_version_id", "code"),)

    course_version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id", ondelete="CASCADE"))
    code: Mapped[str]  # the same in the next version: what has changed is told lesson by lesson
    position: Mapped[int]
    title: Mapped[Words]
    rm_types: Mapped[list[str]]  # empty: for all
    deleted_at: Mapped[datetime | None]  # of a draft: it can be brought back until that is published

    taught: Mapped[CourseVersion] = relationship(back_populates="lessons")
    parts: Mapped[list[LessonBlock]] = relationship(
        primaryjoin="and_(LessonBlock.lesson_id == Lesson.id, LessonBlock.deleted_at.is_(None))",
        cascade="save-update, merge, delete",
        passive_deletes=True,
        back_populates="lesson",
        order_by="LessonBlock.position, LessonBlock.id",
    )

    @property
    def called_in_history(self) -> Any:
        """Its title."""
        return self.title


class BlockKind(LabelEnum):
    """What a lesson is made of."""

    HEADING = "heading", _("Heading"), "neutral", "type-h2"
    TEXT = "text", _("Text"), "neutral", "text-left"
    PICTURE = "picture", _("Picture"), "neutral", "image"
    ATTACHMENT = "attachment", _("Attachment"), "neutral", "paperclip"
    CHECK = "check", _("Short check"), "neutral", "question-circle"
    CASE = "case", _("Case"), "neutral", "signpost-split"


class LessonBlock(Audited, Versioned, Base):
    """A part of a lesson: a heading, text, picture, attachment, short check, or a case with choices that lead on."""

    __tablename__ = "lesson_block"
    __table_args__ = (
        sa.Index(None, "lesson_id", "position"),
        sa.CheckConstraint(
            "kind NOT IN ('picture', 'attachment') OR document_id IS NOT NULL", name="file_is_there"
        ),
    )

    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lesson.id", ondelete="CASCADE"))
    code: Mapped[str]  # the same in the next version
    position: Mapped[int]
    kind: Mapped[BlockKind]
    # A heading, a text (Markdown), the words for who cannot see a picture, the name of a file, a question, a story.
    text: Mapped[Words]
    # Check: {"options": [{id, en, de}], "correct": [ids], "why": {en, de}}.
    # Case: {"steps": [{id, en, de, "choices": [{en, de, "to": id of a step or ""}]}]}; the first one follows the story.
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    document_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("document.id", ondelete="RESTRICT"), index=True
    )
    deleted_at: Mapped[datetime | None]

    lesson: Mapped[Lesson] = relationship(back_populates="parts")
    document: Mapped[Document | None] = relationship()


class QuestionType(LabelEnum):
    """How an exam question is answered."""

    SINGLE = "single", _("One answer is right"), "neutral", "ui-radios"
    MULTIPLE = "multiple", _("One or more answers are right"), "neutral", "ui-checks"
    TRUE_FALSE = "true_false", _("True or false"), "neutral", "toggle-on"


class ExamQuestion(Audited, Versioned, Base):
    """A question of the bank of a version, with the right answers and why they are right."""

    __tablename__ = "exam_question"
    __table_args__ = (sa.UniqueConstraint("course_version_id", "code"),)

    course_version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id", ondelete="CASCADE"))
    code: Mapped[str]  # the same in the next version
    position: Mapped[int]
    type: Mapped[QuestionType]
    rm_types: Mapped[list[str]]  # empty: for all
    text: Mapped[Words]
    options: Mapped[list[dict[str, Any]]]  # [{id, en, de}]
    correct: Mapped[list[str]]  # ids of options
    explanation: Mapped[Words]
    deleted_at: Mapped[datetime | None]

    taught: Mapped[CourseVersion] = relationship(back_populates="questions")

    @property
    def choices(self) -> dict[str, Words]:
        """The words of each option by its id, in the order of the bank."""
        return {
            str(option["id"]): Words({code: text for code, text in option.items() if code != "id"})
            for option in self.options
        }

    @property
    def called_in_history(self) -> Any:
        """Its text."""
        return self.text


@sa.event.listens_for(CourseVersion, "before_update")
def _stays_as_published(_mapper: object, _connection: object, version: CourseVersion) -> None:
    """Somebody was taught and examined by it."""
    attrs = sa.inspect(version).attrs
    if version.published_at is not None and any(attrs[name].history.has_changes() for name in TEACHES):
        raise RuntimeError("what a published version teaches is never changed")


def _part_stays(_mapper: object, connection: sa.Connection, part: Any) -> None:
    if part.deleted_at is not None and not sa.inspect(part).attrs.deleted_at.history.has_changes():
        return  # it was deleted while the version was a draft, and is no part of what is taught
    found = sa.select(CourseVersion.published_at)
    if isinstance(part, LessonBlock):
        found = found.join(Lesson, Lesson.course_version_id == CourseVersion.id)
        found = found.where(Lesson.id == part.lesson_id, Lesson.deleted_at.is_(None))
    else:
        found = found.where(CourseVersion.id == part.course_version_id)
    if connection.scalar(found) is not None:
        raise RuntimeError(f"a published version is never changed, nor is a part of it: {part!r}")


for _part in (Lesson, LessonBlock, ExamQuestion):
    for _what in ("before_update", "before_delete"):
        sa.event.listen(_part, _what, _part_stays)
