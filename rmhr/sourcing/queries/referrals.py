"""Recommendations: how far they are, whose they are, which of them still count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager

from rmhr.accounts.queries import confidential
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.folding import same_address
from rmhr.law import retention
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.applications import ApplicationGroup as Group
from rmhr.models.postings import HiringTeamMember, Posting, TeamPart
from rmhr.models.sourcing import Referral, ReferralState

#: How long it counts, and is kept where nothing came of it.
COUNTS_FOR = retention.REFERRALS.span
Row = tuple[Referral, ReferralState]
#: What whoever recommends reads of how far an application is: an end is an end, however it came.
STATES = {
    Group.NEW: ReferralState.APPLIED,
    Group.IN_SELECTION: ReferralState.IN_SELECTION,
    Group.HIRED: ReferralState.HIRED,
    Group.ENDED: ReferralState.ENDED,
}


def last_day(referral: Referral) -> date:
    """The last day on which it counts."""
    return clock.local(referral.created_at + COUNTS_FOR).date()


def state_of(status: ApplicationStatus | None) -> ReferralState:
    """How far it is, for whoever recommends; `status` is None before anybody has applied."""
    return STATES[status.group] if status is not None else ReferralState.INVITED


def _with_status(viewer: User) -> Rows:
    came = sa.and_(Application.referral_id == Referral.id, confidential.known_to(viewer))
    query: Rows = (
        sa.select(Referral, Application.status)
        .join_from(Referral, Application, came, isouter=True)
        .join(Referral.posting)
        .join(Referral.referrer)
        .options(
            contains_eager(Referral.posting),
            contains_eager(Referral.referrer),
        )
    )
    return query


def own(referrer: User) -> list[Row]:
    """What this person recommends, the latest first, each with how far it is. One query."""
    query = _with_status(referrer).where(Referral.referrer_id == referrer.id).order_by(Referral.id.desc())
    return [(referral, state_of(status)) for referral, status in db.session.execute(query).unique()]


def listed(viewer: User) -> Rows:
    """All recommendations with the status of what came of them, as far as the viewer may know, for HR's list."""
    return _with_status(viewer)


def bonus_is(wanted: str) -> sa.ColumnElement[bool]:
    """The condition of HR's list: "due" what is to be paid, "paid" what was."""
    if wanted == "paid":
        return Referral.bonus_paid_on.is_not(None)
    return sa.and_(Referral.bonus_due_on.is_not(None), Referral.bonus_paid_on.is_(None))


def get(id: int) -> Referral:
    """One of them, or 404."""
    return db.session.get(Referral, id) or abort(404)


def by_code(code: str) -> Referral:
    """The one of an invitation, or 404: whoever knows the code has read the mail."""
    found = db.session.scalars(sa.select(Referral).where(Referral.code == code)).unique().one_or_none()
    return found or abort(404)


def is_used(referral: Referral) -> bool:
    """Whether this person has applied: then it is part of the application."""
    query = sa.select(Application.id).where(Application.referral_id == referral.id)
    return db.session.scalar(query.limit(1)) is not None


def known(posting: Posting, email: str) -> Referral | None:
    """What is known already of this address for this posting."""
    query = sa.select(Referral).where(
        Referral.posting_id == posting.id, Referral.email == same_address(email)
    )
    return db.session.scalars(query).unique().one_or_none()


def made_since(referrer: User, span: timedelta) -> int:
    """How many people this colleague recommended lately."""
    query = sa.select(sa.func.count(Referral.id)).where(
        Referral.referrer_id == referrer.id, Referral.created_at > clock.now() - span
    )
    return db.session.scalar(query) or 0


def _unused() -> sa.Select[Referral]:
    came = sa.select(Application.id).where(Application.referral_id == Referral.id)
    return sa.select(Referral).where(~came.exists())


def to_credit(posting: Posting, email: str, code: str = "") -> Referral | None:
    """The recommendation by which this person comes: by its link or its address, while it counts and is unused."""
    query = _unused().where(
        Referral.posting_id == posting.id,
        Referral.created_at > clock.now() - COUNTS_FOR,
        sa.or_(Referral.email == email, Referral.code == code) if code else Referral.email == email,
    )
    by_code = sa.case((Referral.code == code, 0), else_=1)
    return db.session.scalars(query.order_by(by_code, Referral.id).limit(1)).unique().first()


def forgettable() -> Sequence[Referral]:
    """Those of which nothing came while they counted."""
    query = _unused().where(Referral.created_at <= clock.now() - COUNTS_FOR).order_by(Referral.id)
    return db.session.scalars(query).unique().all()


def earns_bonus(referrer: User, posting: Posting) -> bool:
    """Whether a bonus would be due: not to its hiring manager and recruiters, whose work it is to find people."""
    if referrer.id in (posting.hiring_manager_id, posting.recruiter_id):
        return False
    recruits = sa.select(HiringTeamMember.id).where(
        HiringTeamMember.posting_id == posting.id,
        HiringTeamMember.user_id == referrer.id,
        HiringTeamMember.part == TeamPart.RECRUITER,
    )
    return db.session.scalar(recruits.limit(1)) is None
