"""People who sign in, what they may be, and where they work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _


class Role(LabelEnum):
    """What a person does here. A person may have several roles."""

    ADMIN = "admin", _("Administrator"), "neutral", "gear"
    HR = "hr", _("HR"), "neutral", "people"
    INTERVIEWER = "interviewer", _("Interviewer"), "neutral", "chat-square-text"
    SUPERVISOR = "supervisor", _("Supervisor"), "neutral", "diagram-3"
    MENTOR = "mentor", _("Mentor"), "neutral", "signpost-split"
    RM = "rm", _("Relationship Manager"), "neutral", "person-badge"
    COMPLIANCE = "compliance", _("Compliance"), "neutral", "shield-check"


class RmType(LabelEnum):
    """The three kinds of relationship manager, by the clients they look after."""

    PERSONAL = "personal", _("Private clients"), "neutral", "house"
    BUSINESS = "business", _("Business clients"), "neutral", "shop"
    CORPORATE = "corporate", _("Corporate clients"), "neutral", "building"


class RmLevel(LabelEnum):
    """How experienced an RM is."""

    JUNIOR = "junior", _("Junior RM"), "neutral", "person"
    RM = "rm", _("RM"), "neutral", "person"
    SENIOR = "senior", _("Senior RM"), "neutral", "person"


class Theme(LabelEnum):
    """Light or dark, or as the machine is set."""

    SYSTEM = "system", _("As the system"), "neutral", "circle-half"
    LIGHT = "light", _("Light"), "neutral", "sun"
    DARK = "dark", _("Dark"), "neutral", "moon"


class UnitKind(LabelEnum):
    """What a unit is in the bank."""

    BANK = "bank", _("Bank"), "neutral", "bank"
    REGION = "region", _("Region"), "neutral", "map"
    BRANCH = "branch", _("Branch"), "neutral", "geo-alt"


class Unit(Audited, Timestamps, Versioned, Base):
    """A branch, a region, the bank: a tree."""

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("parent_id", "name"),)

    name: Mapped[str]
    kind: Mapped[UnitKind]
    place: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(
        default=""
    )  # "Elbchaussee 12"; with the postcode for maps and job boards
    postcode: Mapped[str] = mapped_column(default="")
    holiday_region: Mapped[str] = mapped_column(default="DE")  # for core.calendar: "DE-HH"
    timezone: Mapped[str] = mapped_column(default="")  # IANA name; empty: as the unit above, or the bank
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    # Who is told when something stays undone here; without one, whoever is named for the unit above.
    head_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    hr_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    compliance_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")
    head: Mapped[User | None] = relationship(foreign_keys=[head_id])
    hr: Mapped[User | None] = relationship(foreign_keys=[hr_id])
    compliance: Mapped[User | None] = relationship(foreign_keys=[compliance_id])


class User(Audited, Timestamps, Versioned, Base):
    """A person who can sign in."""

    __tablename__ = "user"
    __table_args__ = (
        # Of many, few have left: what is owed by nobody who is here any more begins with them.
        sa.Index(
            "ix_user_left_on",
            "left_on",
            sqlite_where=sa.text("left_on IS NOT NULL"),
            postgresql_where=sa.text("left_on IS NOT NULL"),
        ),
    )

    email: Mapped[str] = mapped_column(unique=True)  # always in small letters
    name: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    theme: Mapped[Theme] = mapped_column(default=Theme.SYSTEM)
    password_hash: Mapped[str] = mapped_column(
        default="", info={"private": True}
    )  # empty: cannot sign in yet
    session_key: Mapped[str] = mapped_column(
        info={"private": True}
    )  # changes with the password; ends sessions
    left_on: Mapped[date | None]

    role_rows: Mapped[list[UserRole]] = relationship(cascade="all, delete-orphan", back_populates="user")
    employee: Mapped[Employee | None] = relationship(
        back_populates="user", foreign_keys="Employee.user_id", uselist=False
    )

    # What Flask-Login asks.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether this person still works here."""
        return self.left_on is None or self.left_on >= clock.today()

    def get_id(self) -> str:
        """What the session cookie carries: the id, and the key that a new password changes."""
        return f"{self.id}.{self.session_key}"

    @property
    def roles(self) -> frozenset[Role]:
        """All roles of this person."""
        return frozenset(row.role for row in self.role_rows)

    def has(self, *roles: Role) -> bool:
        """Whether this person has at least one of `roles`."""
        return not self.roles.isdisjoint(roles)


class UserRole(Audited, Base):
    """That a person has a role."""

    __tablename__ = "user_role"
    __table_args__ = (sa.UniqueConstraint("user_id", "role"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(index=True)

    user: Mapped[User] = relationship(back_populates="role_rows")


class RoleRequestStatus(LabelEnum):
    """How far a role is that needs a second person."""

    ASKED = "asked", _("Asked for"), "warning", "hourglass-split"
    GIVEN = "given", _("Given"), "good", "check-circle-fill"
    DECLINED = "declined", _("Not given"), "neutral", "x-circle"
    WITHDRAWN = "withdrawn", _("Withdrawn"), "neutral", "slash-circle"


class RoleRequest(Audited, Timestamps, Versioned, Base):
    """That somebody shall have a role that only two people together can give."""

    __tablename__ = "role_request"
    __table_args__ = (
        sa.CheckConstraint("user_id != asked_by_id", name="not_for_oneself"),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id != user_id AND decided_by_id != asked_by_id)",
            name="second_person",
        ),
        sa.CheckConstraint(
            "status NOT IN ('given', 'declined') OR decided_by_id IS NOT NULL", name="decided_by_somebody"
        ),
        sa.Index(
            "uq_role_request_user_id_role",
            "user_id",
            "role",
            unique=True,
            sqlite_where=sa.text("status = 'asked'"),
            postgresql_where=sa.text("status = 'asked'"),
        ),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    status: Mapped[RoleRequestStatus] = mapped_column(default=RoleRequestStatus.ASKED, index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])

    @property
    def called_in_history(self) -> Any:
        """Which role."""
        return self.role.label


class Employee(Audited, Timestamps, Versioned, Base):
    """The employment of a person: where, as what, under whom, since when."""

    __tablename__ = "employee"
    __table_args__ = (
        sa.CheckConstraint("left_on IS NULL OR left_on >= started_on", name="leaves_after_start"),
        sa.CheckConstraint("supervisor_id IS NULL OR supervisor_id != user_id", name="not_own_supervisor"),
        # Most came before the product: SQLite would think an index with all of them useless, and read them all.
        sa.Index(
            "uq_employee_application_id",
            "application_id",
            unique=True,
            sqlite_where=sa.text("application_id IS NOT NULL"),
            postgresql_where=sa.text("application_id IS NOT NULL"),
        ),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    job_title: Mapped[str] = mapped_column(default="")
    rm_type: Mapped[RmType | None]
    level: Mapped[RmLevel | None]
    started_on: Mapped[date]
    left_on: Mapped[date | None]
    # How this person came to the bank; CV and history hang on it.
    application_id: Mapped[int | None] = mapped_column(sa.ForeignKey("application.id", ondelete="RESTRICT"))

    user: Mapped[User] = relationship(back_populates="employee", foreign_keys=[user_id])
    unit: Mapped[Unit] = relationship()
    supervisor: Mapped[User | None] = relationship(foreign_keys=[supervisor_id])


class EmploymentKind(LabelEnum):
    """What can happen to an employment."""

    BEGINS = "begins", _("Begins"), "info", "door-open"
    RESCHEDULED = "rescheduled", _("First day moved"), "info", "calendar3"
    CHANGES = "changes", _("Changes"), "info", "arrow-left-right"
    ABSENT = "absent", _("Long absence"), "warning", "airplane"
    RETURNS = "returns", _("Returns"), "good", "arrow-return-left"
    LEAVES = "leaves", _("Leaves"), "neutral", "box-arrow-right"


class EmploymentStatus(LabelEnum):
    """Whether it holds already."""

    PLANNED = "planned", _("Planned"), "info", "calendar3"
    EFFECTIVE = "effective", _("In force"), "good", "check-circle-fill"
    CANCELLED = "cancelled", _("Taken back"), "neutral", "slash-circle"


class EmploymentEvent(Audited, Timestamps, Versioned, Base):
    """Something that happens to an employment on a day, ahead or behind: the one way in which it changes."""

    __tablename__ = "employment_event"
    __table_args__ = (
        sa.CheckConstraint("(status = 'effective') = (effective_at IS NOT NULL)", name="effective_has_time"),
        sa.Index(None, "status", "on"),
        # The few who left something behind are found without everybody who ever left.
        sa.Index(
            "ix_employment_event_settled_at",
            "settled_at",
            sqlite_where=sa.text("kind = 'leaves' AND settled_at IS NULL"),
            postgresql_where=sa.text("kind = 'leaves' AND settled_at IS NULL"),
        ),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[EmploymentKind]
    status: Mapped[EmploymentStatus] = mapped_column(default=EmploymentStatus.PLANNED)
    on: Mapped[date]  # from this day on it holds; of somebody who leaves, the day after the last one
    # {column of the employment: [before, after]}, as JSON keeps it; of an absence {"until": [None, its last day]};
    # "left": [None, [kinds]] of what somebody was named for and could not take over, where the person is still here
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recorded_by_id: Mapped[int | None] = mapped_column(  # None: the product itself
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    effective_at: Mapped[datetime | None]
    # Of somebody who left: since when nothing hangs on them any more; else since when nothing of what was left does.
    settled_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])
    successors: Mapped[list[Successor]] = relationship(
        cascade="all, delete-orphan", back_populates="event", order_by="Successor.id"
    )

    def was(self, name: str) -> Any:
        """What stood there before; None where it does not change."""
        return self.changes.get(name, [None, None])[0]

    def becomes(self, name: str) -> Any:
        """What stands there from then on; None where it does not change."""
        return self.changes.get(name, [None, None])[1]

    @property
    def left(self) -> frozenset[str]:
        """The kinds of what a successor could not take over, as long as HR owes it; none of somebody who leaves."""
        return frozenset(self.becomes("left") or ()) if self.settled_at is None else frozenset()

    @property
    def called_in_history(self) -> Any:
        """What it is."""
        return self.kind.label


class Successor(Audited, Base):
    """Who takes over one kind of what hangs on a person, on the day of an event."""

    __tablename__ = "successor"
    __table_args__ = (sa.UniqueConstraint("event_id", "kind"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("employment_event.id", ondelete="CASCADE"))
    kind: Mapped[str]  # "postings.recruiter", see core/flow/handing_over.py
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    event: Mapped[EmploymentEvent] = relationship(back_populates="successors")
    user: Mapped[User] = relationship()


class LinkPurpose(LabelEnum):
    """What a link in a mail to a colleague is good for."""

    INVITATION = "invitation", _("Invitation"), "neutral", "envelope"
    RESET = "reset", _("New password"), "neutral", "key"


class AccessLink(Base):
    """A single-use, expiring link to set a password. Only its digest is kept."""

    __tablename__ = "access_link"
    __table_args__ = (
        # The few that somebody waits for are found without everybody who ever signed in.
        sa.Index(
            "ix_access_link_ask_on",
            "ask_on",
            sqlite_where=sa.text("used_at IS NULL"),
            postgresql_where=sa.text("used_at IS NULL"),
        ),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose]
    digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ask_on: Mapped[date | None]  # of an invitation: when to ask after it, if nobody has taken it up
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class SignIn(Base):
    """A session: that somebody signed in on a device, until they sign out there or end it from elsewhere.

    The cookie carries the secret, of which only the digest is kept; a cookie whose row has ended opens nothing.
    """

    __tablename__ = "sign_in"
    __table_args__ = (sa.Index(None, "user_id", "place"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(unique=True)
    place: Mapped[str]  # digest of the network address
    device: Mapped[str]  # "Firefox, Linux", as the browser calls itself
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    seen_at: Mapped[datetime] = mapped_column(
        default=lambda: clock.now(), index=True
    )  # to a quarter of an hour
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class FailedSignIn(Base):
    """A sign-in that failed: counted per account and per address, to slow down guessing."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (sa.Index(None, "account", "at"), sa.Index(None, "address", "at"))

    account: Mapped[str]  # digest of the e-mail address that was tried
    address: Mapped[str]  # digest of the network address
    at: Mapped[datetime] = mapped_column(default=clock.now)
