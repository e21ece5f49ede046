"""Requests to the works council, what belongs to them, and whether somebody may be hired without waiting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.accounts.queries import confidential
from rmhr.applications import queries as applications
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.duties.queries import bank
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationAnswer, ApplicationStatus
from rmhr.models.council import (
    CouncilRequest,
    CouncilStatus,
    ProvisionalHiring,
    ProvisionalStatus,
)
from rmhr.models.duties import Answer
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import Posting

#: With these the person may be hired.
GIVEN = (CouncilStatus.CONSENTED, CouncilStatus.DEEMED, CouncilStatus.REPLACED)
#: Where the offer has come to nothing, these have lost their point.
PENDING = (CouncilStatus.TO_ASK, CouncilStatus.ASKED, CouncilStatus.REFUSED, CouncilStatus.IN_COURT)
#: Whose hiring is still to come, or has just come.
ALIVE = (OfferStatus.DRAFT, OfferStatus.SENT, OfferStatus.CONDITIONAL)
#: Whose documents are not handed over: they do not apply any more, or another form of theirs counts.
NOT_AMONG = (ApplicationStatus.WITHDRAWN, ApplicationStatus.REPLACED)

_ABOUT = (
    joinedload(CouncilRequest.offer, innerjoin=True).options(
        joinedload(Offer.application, innerjoin=True).options(*applications.applications.WHO),
        joinedload(Offer.made_by, innerjoin=True),
    ),
    joinedload(CouncilRequest.asked_by),
    joinedload(CouncilRequest.provisional),
)


def needed() -> bool | None:
    """Whether a works council has to consent before somebody is hired; None while the bank has not said."""
    said = bank.said()
    if said.works_council is Answer.OPEN:
        return None
    return said.works_council is Answer.YES and said.more_than_twenty is not Answer.NO


def standing(offer: Offer) -> CouncilRequest | None:
    """The request of an offer that was not withdrawn."""
    query = (
        sa.select(CouncilRequest)
        .where(CouncilRequest.offer_id == offer.id, CouncilRequest.status != CouncilStatus.WITHDRAWN)
        .options(*_ABOUT)
    )
    return db.session.scalars(query).unique().one_or_none()


def may_be_hired(offer: Offer) -> bool:
    """Whether nothing of the works council is in the way: none is needed, it has consented, or it cannot wait."""
    wanted = needed()
    if wanted is not True:
        return wanted is False
    request = standing(offer)
    if request is None:
        return False
    hiring = request.provisional
    return request.status in GIVEN or (hiring is not None and hiring.status is not ProvisionalStatus.ENDED)


def get(viewer: User, id: int) -> CouncilRequest:
    """One request, or 404 where the viewer must not know of the application."""
    query = (
        sa.select(CouncilRequest)
        .join(Offer, Offer.id == CouncilRequest.offer_id)
        .where(CouncilRequest.id == id, Offer.application_id.not_in(confidential.hidden_from(viewer)))
        .options(*_ABOUT)
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def hiring(viewer: User, id: int) -> ProvisionalHiring:
    """One provisional hiring, or 404."""
    found = db.session.get(ProvisionalHiring, id) or abort(404)
    get(viewer, found.request_id)
    return found


def over() -> Sequence[CouncilRequest]:
    """Requests whose week is over without an answer."""
    query = (
        sa.select(CouncilRequest)
        .where(CouncilRequest.status == CouncilStatus.ASKED, CouncilRequest.answer_by < clock.today())
        .options(*_ABOUT)
    )
    return db.session.scalars(query.order_by(CouncilRequest.id)).unique().all()


def without_request() -> Sequence[Offer]:
    """Offers that are under way and about which there is no request yet."""
    has_one = (
        sa.select(CouncilRequest.id)
        .where(CouncilRequest.offer_id == Offer.id, CouncilRequest.status != CouncilStatus.WITHDRAWN)
        .correlate(Offer)
        .exists()
    )
    query = (
        sa.select(Offer)
        .where(Offer.status.in_(ALIVE), ~has_one)
        .options(joinedload(Offer.application, innerjoin=True).options(*applications.applications.WHO))
    )
    return db.session.scalars(query.order_by(Offer.id)).unique().all()


# What is handed over.


def _of_posting(posting: Posting) -> sa.ColumnElement[bool]:
    return sa.and_(Application.posting_id == posting.id, Application.status.not_in(NOT_AMONG))


def among(viewer: User, posting: Posting) -> Sequence[Application]:
    """All who apply for a posting, also those who were rejected, with what they sent; as far as the viewer may know."""
    answers: Any = selectinload(Application.answers)
    query = (
        applications.applications.visible_to(viewer)
        .where(_of_posting(posting))
        .options(
            joinedload(Application.applicant, innerjoin=True),
            joinedload(Application.cv, innerjoin=True),
            joinedload(Application.posting, innerjoin=True),
            answers.options(joinedload(ApplicationAnswer.question), joinedload(ApplicationAnswer.document)),
        )
        .order_by(Application.received_at, Application.id)
    )
    return db.session.scalars(query).unique().all()


def listed_among(viewer: User, posting: Posting) -> Sequence[Any]:
    """(name, status, files): the same people as a page lists them. One query."""
    attached = (
        sa.select(sa.func.count(ApplicationAnswer.id))
        .where(ApplicationAnswer.application_id == Application.id, ApplicationAnswer.document_id.is_not(None))
        .correlate(Application)
        .scalar_subquery()
    )
    query = applications.applications.visible_to(viewer).where(_of_posting(posting))
    return db.session.execute(
        query.with_only_columns(Application.name, Application.status, (attached + 1).label("files")).order_by(
            Application.received_at, Application.id
        )
    ).all()


def hidden_among(viewer: User, posting: Posting) -> int:
    """How many of them the viewer must not know of."""
    all_of_them = sa.select(sa.func.count(Application.id)).where(_of_posting(posting))
    theirs = all_of_them.where(confidential.known_to(viewer))
    counted: tuple[int, int] = tuple(
        db.session.execute(sa.select(all_of_them.scalar_subquery(), theirs.scalar_subquery())).one()
    )
    return counted[0] - counted[1]
