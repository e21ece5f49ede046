"""Offers, for those who may know what is paid; and for the candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.accounts.queries import confidential
from rmhr.applications.queries.applications import WHO, WHO_IN_SHORT
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import Posting
from rmhr.models.requisitions import Requisition
from rmhr.requisitions.queries import requisitions

#: An application has one of these at the most.
ALIVE = (OfferStatus.DRAFT, OfferStatus.SENT, OfferStatus.CONDITIONAL, OfferStatus.ACCEPTED)
#: These hold a position, and nobody is hired by them yet.
PROMISED = (OfferStatus.SENT, OfferStatus.CONDITIONAL)
#: Among whom somebody will work, and besides to whom an offer is made.
_AMONG = (
    joinedload(Offer.supervisor, innerjoin=True),
    joinedload(Offer.mentor),
    joinedload(Offer.buddy),
    joinedload(Offer.made_by, innerjoin=True),
)
_ABOUT = (joinedload(Offer.application, innerjoin=True).options(*WHO), *_AMONG)
#: What a list says of that while an offer is a draft: what was sent says it itself.
_IN_SHORT = joinedload(Offer.application, innerjoin=True).options(*WHO_IN_SHORT)


#: The candidate, for what is ordered by: a list that is ordered otherwise does not ask.
CANDIDATE = (
    sa.select(Application.name)
    .where(Application.id == Offer.application_id)
    .correlate(Offer)
    .scalar_subquery()
)


def visible_to(viewer: User) -> sa.Select[Any]:
    """HR sees all offers, a hiring manager those to the people whom they will lead."""
    query = sa.select(Offer).where(Offer.application_id.not_in(confidential.hidden_from(viewer)))
    if viewer.has(Role.HR):
        return query
    led = sa.select(Application.id).join(Posting).where(Posting.hiring_manager_id == viewer.id)
    return query.where(Offer.application_id.in_(led))


def get(viewer: User, id: int) -> Offer:
    """One offer, or 404 where the viewer may not know of it."""
    query = visible_to(viewer).where(Offer.id == id).options(*_ABOUT)
    found: Offer | None = db.session.scalars(query).unique().one_or_none()
    return found or abort(404)


def get_own(applicant: Applicant, id: int) -> Offer:
    """An offer to this candidate, once it was sent; 404 for anything else."""
    query = (
        sa.select(Offer)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.id == id, Application.applicant_id == applicant.id, Offer.sent_at.is_not(None))
        .options(*_ABOUT)
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def listed(viewer: User) -> sa.Select[Any]:
    """The offers of a list."""
    return visible_to(viewer).options(_IN_SHORT)


def of_application(application: Application) -> Sequence[Offer]:
    """All offers of an application, the latest first."""
    query = sa.select(Offer).where(Offer.application_id == application.id).options(*_AMONG)
    return db.session.scalars(query.order_by(Offer.id.desc())).unique().all()


def sent_to(applicant: Applicant) -> dict[int, Offer]:
    """The latest offer that this person was sent, by application."""
    query = (
        sa.select(Offer)
        .join(Application, Application.id == Offer.application_id)
        .where(Application.applicant_id == applicant.id, Offer.sent_at.is_not(None))
        .options(*_AMONG)
        .order_by(Offer.id)
    )
    return {offer.application_id: offer for offer in db.session.scalars(query)}


def alive(application: Application) -> Offer | None:
    """The one offer of an application that is written, open or accepted, if any."""
    query = sa.select(Offer).where(
        Offer.application_id == application.id,
        Offer.status.in_(ALIVE),
    )
    return db.session.scalars(query).unique().one_or_none()


def accepted(application_id: int | None) -> Offer | None:
    """The offer by which somebody came; None for those who came another way."""
    query = sa.select(Offer).where(
        Offer.application_id == application_id, Offer.status == OfferStatus.ACCEPTED
    )
    return db.session.scalars(query).unique().one_or_none() if application_id else None


def promised(posting: Posting, but_for: int | None = None) -> int:
    """How many positions of a posting are accepted, or offered to somebody who may still accept."""
    return requisitions.filled_of(posting) + _sent(Posting.id == posting.id, but_for)


def promised_of(requisition: Requisition, but_for: int | None = None) -> int:
    """The same for all postings of a requisition together."""
    filled = requisitions.progress([requisition.id])[requisition.id].filled
    return filled + _sent(Posting.requisition_id == requisition.id, but_for)


def _sent(of: Any, but_for: int | None) -> int:
    query = (
        sa.select(sa.func.count(Offer.id))
        .join(Application, Application.id == Offer.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Offer.status.in_(PROMISED), of)
    )
    if but_for is not None:
        query = query.where(Offer.id != but_for)
    return db.session.scalar(query) or 0


def not_hired_yet() -> Sequence[Offer]:
    """Accepted offers by which nobody is hired yet."""
    query = sa.select(Offer).where(Offer.status == OfferStatus.CONDITIONAL).options(*_ABOUT)
    return db.session.scalars(query.order_by(Offer.id)).unique().all()


def overdue() -> Sequence[Offer]:
    """Open offers whose last day is over."""
    query = sa.select(Offer).where(Offer.status == OfferStatus.SENT, Offer.expires_on < clock.today())
    query = query.options(*_ABOUT)
    return db.session.scalars(query.order_by(Offer.id)).unique().all()


def people_for(application: Application) -> tuple[list[User], list[User], list[User]]:
    """(supervisors, mentors, buddies) among whom one chooses. The hiring manager can always lead, while here."""
    manager = application.posting.hiring_manager
    supervisors = list(accounts.people.with_role(Role.SUPERVISOR))
    if manager not in supervisors and manager.is_active:
        supervisors.insert(0, manager)
    return supervisors, list(accounts.people.with_role(Role.MENTOR)), list(accounts.people.with_role(Role.RM))
