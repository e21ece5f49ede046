"""Advertised jobs: their texts in two languages, their places, the people who fill them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import GroupedEnum, LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import RmLevel, RmType, Unit, User
from rmhr.models.competencies import CompetencyProfile
from rmhr.models.criteria import Criterion, PostingVersion, Question
from rmhr.models.requisitions import PayPeriod, Requisition


class PostingGroup(Enum):
    """How far a posting is, in a word."""

    UNREAD = "unread"  # nobody outside has read it yet
    OPEN = "open"  # one can apply to it, now or soon again
    OVER = "over"


class PostingStatus(GroupedEnum):
    """The life of a posting."""

    DRAFT = "draft", _("Draft"), "neutral", "pencil", PostingGroup.UNREAD
    IN_APPROVAL = "in_approval", _("In approval"), "info", "hourglass-split", PostingGroup.UNREAD
    APPROVED = "approved", _("Approved"), "info", "check2-circle", PostingGroup.UNREAD
    PUBLISHED = "published", _("Open"), "good", "broadcast", PostingGroup.OPEN
    PAUSED = "paused", _("Paused"), "warning", "pause-circle", PostingGroup.OPEN
    CLOSED = "closed", _("Closed"), "neutral", "lock", PostingGroup.OVER
    ARCHIVED = "archived", _("Archived"), "neutral", "archive", PostingGroup.OVER


class Audience(LabelEnum):
    """Who reads a posting once it is open."""

    PUBLIC = "public", _("Public"), "neutral", "globe"
    INTERNAL = "internal", _("Colleagues only"), "neutral", "building"


class SectionKind(LabelEnum):
    """The parts of a posting's text, in the order of the page."""

    CULTURE = "culture", _("Our culture"), "neutral", "people"
    VISION = "vision", _("Our vision"), "neutral", "binoculars"
    MISSION = "mission", _("Our mission"), "neutral", "compass"
    SUMMARY = "summary", _("The job in brief"), "neutral", "card-text"
    RESPONSIBILITIES = "responsibilities", _("Your responsibilities"), "neutral", "list-check"
    REQUIREMENTS = "requirements", _("What you need"), "neutral", "check2-square"
    EXPERIENCE = "experience", _("Experience"), "neutral", "briefcase"
    CERTIFICATIONS = "certifications", _("Certifications"), "neutral", "patch-check"
    INTERPERSONAL = "interpersonal", _("Interpersonal skills"), "neutral", "chat-heart"
    EXPECTATIONS = "expectations", _("What we expect"), "neutral", "bullseye"
    NICE_TO_HAVE = "nice_to_have", _("What would be nice to have"), "neutral", "plus-circle"
    BENEFITS = "benefits", _("What we offer"), "neutral", "gift"
    PROCESS = "process", _("How the application works"), "neutral", "signpost"
    EQUAL_OPPORTUNITY = "equal_opportunity", _("Equal opportunities"), "neutral", "people"
    PRIVACY = "privacy", _("Data protection"), "neutral", "shield-lock"


class Employment(LabelEnum):
    """Hours of the job."""

    FULL_TIME = "full_time", _("Full time"), "neutral", "clock"
    PART_TIME = "part_time", _("Part time"), "neutral", "clock-history"
    EITHER = "either", _("Full time or part time"), "neutral", "clock"


class RemoteWork(LabelEnum):
    """How much of the work can be done from elsewhere."""

    NONE = "none", _("On site"), "neutral", "building"
    PARTLY = "partly", _("Partly from home"), "neutral", "house-door"
    FULLY = "fully", _("Wholly from home"), "neutral", "house-check"


class Posting(Audited, Timestamps, Versioned, Base):
    """One advertised job."""

    __tablename__ = "posting"
    __table_args__ = (
        sa.CheckConstraint("openings > 0", name="at_least_one_opening"),
        sa.Index(None, "created_at", "id"),
        sa.CheckConstraint(
            "pay_min IS NULL OR pay_max IS NULL OR pay_min <= pay_max", name="pay_range_in_order"
        ),
        sa.CheckConstraint(
            "(usual_min IS NULL) = (usual_max IS NULL) AND (usual_min IS NULL OR usual_min <= usual_max)",
            name="usual_pay_in_order",
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in_approval', 'approved') OR published_at IS NOT NULL",
            name="published_has_time",
        ),
        sa.CheckConstraint(
            "opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on", name="opens_before_it_closes"
        ),
        sa.CheckConstraint("(status = 'in_approval') = (approve_by IS NOT NULL)", name="approval_has_date"),
        sa.CheckConstraint("approved_by_id IS NULL OR approved_by_id != submitted_by_id", name="four_eyes"),
        sa.Index(None, "status", "closes_on"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    requisition_id: Mapped[int] = mapped_column(
        sa.ForeignKey("requisition.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[Words]
    rm_type: Mapped[RmType] = mapped_column(index=True)
    level: Mapped[RmLevel] = mapped_column(default=RmLevel.RM)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    status: Mapped[PostingStatus] = mapped_column(default=PostingStatus.DRAFT)
    audience: Mapped[Audience] = mapped_column(default=Audience.PUBLIC)
    employment: Mapped[Employment] = mapped_column(default=Employment.FULL_TIME)
    hours: Mapped[Words]  # "39 a week, part time from 28"
    place: Mapped[str]
    remote_work: Mapped[RemoteWork] = mapped_column(default=RemoteWork.NONE)
    remote: Mapped[Words]  # "up to 2 days from home", may be empty
    starts: Mapped[Words]  # "from 1 February 2027"
    openings: Mapped[int] = mapped_column(default=1)  # in all places together
    pay_min: Mapped[int | None]  # minor units
    pay_max: Mapped[int | None]
    usual_min: Mapped[int | None]  # where most people begin, within the range
    usual_max: Mapped[int | None]
    currency: Mapped[str] = mapped_column(sa.String(3), default="EUR")
    pay_period: Mapped[PayPeriod] = mapped_column(default=PayPeriod.YEAR)
    pay_shown: Mapped[bool] = mapped_column(default=True)  # on the page; else in the mail to each applicant
    pay_variable: Mapped[Words]  # what comes on top
    pay_agreement: Mapped[Words]  # the collective agreement that applies
    pay_criteria: Mapped[Words]  # by what the place within the range is found
    opens_on: Mapped[
        date | None
    ]  # the first day on which it is open, once approved; None: when HR publishes it
    closes_on: Mapped[date | None]  # the last day on which one can apply
    closes_when_filled: Mapped[bool] = mapped_column(default=True)  # else the recruiter is asked
    answer_days: Mapped[int] = mapped_column(default=3)  # working days until an application has been read
    offer_days: Mapped[int | None]  # working days from the deadline to an offer, as the page says it
    agency_on: Mapped[date | None]  # when the employment agency was told (section 164(1) SGB IX)
    hiring_manager_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    recruiter_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    contact_phone: Mapped[str] = mapped_column(default="")
    submitted_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    approve_by: Mapped[date | None]  # while it waits: until when somebody should have answered
    approved_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    # Until when its next step should be done: a draft submitted, an approved one published, of a closed one the last
    # applications answered.
    step_by: Mapped[date | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    requisition: Mapped[Requisition] = relationship()
    unit: Mapped[Unit] = relationship()
    hiring_manager: Mapped[User] = relationship(foreign_keys=[hiring_manager_id])
    recruiter: Mapped[User] = relationship(foreign_keys=[recruiter_id])
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    sections: Mapped[list[PostingSection]] = relationship(
        cascade="all, delete-orphan", back_populates="posting", order_by="PostingSection.id"
    )
    further_places: Mapped[list[PostingPlace]] = relationship(
        cascade="all, delete-orphan", back_populates="posting", order_by="PostingPlace.position"
    )
    versions: Mapped[list[PostingVersion]] = relationship(
        cascade="all, delete-orphan", order_by="PostingVersion.number"
    )
    team: Mapped[list[HiringTeamMember]] = relationship(
        cascade="all, delete-orphan", back_populates="posting", order_by="HiringTeamMember.id"
    )
    #: What its type of RM needs.
    profiles: Mapped[list[CompetencyProfile]] = relationship(
        primaryjoin=lambda: foreign(CompetencyProfile.rm_type) == Posting.rm_type, viewonly=True, uselist=True
    )

    @property
    def is_open(self) -> bool:
        """Whether one can apply today. Its last day may be over before the scheduler has closed it."""
        return (
            self.status is PostingStatus.PUBLISHED
            and self.closes_on is not None
            and self.closes_on >= clock.today()
        )

    @property
    def is_paused(self) -> bool:
        """Whether it takes applications again later."""
        return self.status is PostingStatus.PAUSED and (
            self.closes_on is None or self.closes_on >= clock.today()
        )

    @property
    def is_public(self) -> bool:
        """Whether strangers can apply today."""
        return self.is_open and self.audience is Audience.PUBLIC

    @property
    def days_open(self) -> int | None:
        """For how many days it is or was open; None where it never was."""
        if self.published_at is None:
            return None
        until = clock.local(self.closed_at).date() if self.closed_at else clock.today()
        return (until - clock.local(self.published_at).date()).days

    @property
    def recruiters(self) -> list[User]:
        """Whoever hears what applicants do: the recruiter, and those who help."""
        helping = [each.user for each in self.team if each.part is TeamPart.RECRUITER]
        return [self.recruiter, *helping]

    @property
    def has_been_out(self) -> bool:
        """Whether anybody can have come to it: also where it was taken back to draft after that."""
        return self.published_at is not None

    @property
    def contact(self) -> User | None:
        """Whom applicants ask: the recruiter; after one who left, whoever helps or leads, until somebody takes over."""
        if self.recruiter.is_active:
            return self.recruiter
        return next((each for each in (*self.recruiters, self.hiring_manager) if each.is_active), None)

    @property
    def current(self) -> PostingVersion:
        """The criteria and questions that hold for whoever applies now."""
        return self.versions[-1]

    @property
    def criteria(self) -> list[Criterion]:
        """What whoever applies now is screened for."""
        return self.current.criteria

    @property
    def questions(self) -> list[Question]:
        """What whoever applies now is asked."""
        return self.current.questions

    @property
    def texts(self) -> dict[SectionKind, Words]:
        """Its parts by kind; what has no text is not among them."""
        return {each.kind: each.text for each in self.sections}

    def section(self, kind: SectionKind) -> Words:
        """The text of one part; empty words where there is none."""
        return next((each.text for each in self.sections if each.kind is kind), Words())


class PostingSection(Audited, Base):
    """One part of a posting's text."""

    __tablename__ = "posting_section"
    __table_args__ = (sa.UniqueConstraint("posting_id", "kind"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    kind: Mapped[SectionKind]
    text: Mapped[Words]  # Markdown

    posting: Mapped[Posting] = relationship(back_populates="sections")


class PostingPlace(Audited, Base):
    """Another place where the same job can be done; applicants say which they would take."""

    __tablename__ = "posting_place"
    __table_args__ = (
        sa.UniqueConstraint("posting_id", "position"),
        sa.UniqueConstraint("posting_id", "unit_id"),
    )

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    position: Mapped[int]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    place: Mapped[str]

    posting: Mapped[Posting] = relationship(back_populates="further_places")
    unit: Mapped[Unit] = relationship()


class TeamPart(LabelEnum):
    """What somebody does for a posting besides its hiring manager and its recruiter."""

    RECRUITER = "recruiter", _("Recruiter"), "neutral", "person-workspace"
    INTERVIEWER = "interviewer", _("Interviewer"), "neutral", "chat-square-text"


class HiringTeamMember(Audited, Base):
    """One more person who helps to fill a posting."""

    __tablename__ = "hiring_team_member"
    __table_args__ = (sa.UniqueConstraint("posting_id", "user_id"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    part: Mapped[TeamPart]

    posting: Mapped[Posting] = relationship(back_populates="team")
    user: Mapped[User] = relationship()


class FindingNote(Audited, Timestamps, Base):
    """Why a posting says something all the same that the coach would say otherwise."""

    __tablename__ = "finding_note"
    __table_args__ = (sa.UniqueConstraint("posting_id", "finding"),)

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id", ondelete="CASCADE"))
    finding: Mapped[str]  # which check, where, on which word: "age_words:summary-de:jung"
    note: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    posting: Mapped[Posting] = relationship()
    written_by: Mapped[User] = relationship()
