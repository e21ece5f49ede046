"""Which applications a person may see, and what the pages need of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.accounts.queries import SEARCHES, Hit
from rmhr.core.db import db
from rmhr.core.i18n import _
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationAnswer,
    ApplicationPlace,
    ApplicationStatus,
    PrivateLink,
    RejectionReason,
    ScreeningMark,
)
from rmhr.models.criteria import PostingVersion
from rmhr.models.documents import Document
from rmhr.models.postings import Posting, PostingStatus
from rmhr.models.sources import Referral
from rmhr.postings.queries import discretion

S = ApplicationStatus
#: Still with the people who screen.
TO_SCREEN = (S.RECEIVED, S.SCREENING)
#: So many of a kind the search in the bar shows.
MOST = 8
#: What else makes an application visible to a person; interviews adds those on whose panel they sit.
VISIBLE: list[Callable[[User], sa.ColumnElement[bool]]] = []


def visible_to(viewer: User) -> sa.Select[Any]:
    """The applications that this person may see: HR all, hiring managers those of their postings.

    Nobody sees those of which they must not know: what discretion hides is hidden whatever else would show it.
    """
    query = (
        sa.select(Application)
        .join(Application.posting)
        .where(discretion.known_to(viewer))
        .options(contains_eager(Application.posting))
    )
    if viewer.has(Role.HR):
        return query
    return query.where(
        sa.or_(Posting.hiring_manager_id == viewer.id, *(condition(viewer) for condition in VISIBLE))
    )


def get(viewer: User, id: int) -> Application:
    """One application with its person, posting and CV, or 404 where the viewer may not know."""
    query = visible_to(viewer).where(Application.id == id).options(joinedload(Application.cv))
    return _one(query)


def _one(query: sa.Select[Any]) -> Application:
    found: Application | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def get_own(applicant: Applicant, id: int) -> Application:
    """One of one's own applications, or 404."""
    found = db.session.scalars(
        sa.select(Application).where(Application.id == id, Application.applicant_id == applicant.id)
    ).one_or_none()
    if found is None:
        abort(404)
    return found


def _places(posting: Any = joinedload) -> tuple[Any, Any]:
    """Where the person would work, and what the posting calls these places; `posting`: how that is loaded."""
    return (
        selectinload(Application.places),
        posting(Application.posting).selectinload(Posting.further_places),
    )


def own(applicant: Applicant) -> Sequence[Application]:
    """All that this person sent, newest first."""
    return db.session.scalars(
        sa.select(Application)
        .where(Application.applicant_id == applicant.id)
        .options(joinedload(Application.cv), _answers(), *_places())
        .order_by(Application.received_at.desc(), Application.id.desc())
    ).all()


def record(viewer: User, id: int) -> Application:
    """`get`, with everything that its page shows: answers, marks, criteria."""
    query = (
        visible_to(viewer)
        .where(Application.id == id)
        .options(
            joinedload(Application.cv),
            joinedload(Application.rejection_reason),
            joinedload(Application.share_link),
            joinedload(Application.referral).lazyload(Referral.posting),
            _answers(),
            selectinload(Application.pay_notices),
            *_places(contains_eager),
            selectinload(Application.marks).options(
                joinedload(ScreeningMark.criterion), joinedload(ScreeningMark.marked_by)
            ),
            selectinload(Application.posting_version).selectinload(PostingVersion.criteria),
        )
    )
    return _one(query)


def _answers() -> Any:
    return selectinload(Application.answers).options(
        joinedload(ApplicationAnswer.question),
        joinedload(ApplicationAnswer.document).load_only(Document.size),
    )


def attached(application: Application, answer_id: int) -> Document:
    """The file of one of this application's answers, or 404."""
    found = db.session.scalar(
        sa.select(Document)
        .join(ApplicationAnswer, ApplicationAnswer.document_id == Document.id)
        .where(ApplicationAnswer.id == answer_id, ApplicationAnswer.application_id == application.id)
    )
    if found is None:
        abort(404)
    return found


def listed(viewer: User, statuses: Sequence[ApplicationStatus] = ()) -> sa.Select[Any]:
    """The list's rows, narrowed to some statuses; person and CV are joined, so that they can be searched."""
    query = (
        visible_to(viewer)
        .join(Application.applicant)
        .join(Application.cv)
        .options(
            contains_eager(Application.applicant),
            contains_eager(Application.cv).load_only(Document.text_state),
            joinedload(Application.share_link),
            joinedload(Application.referral).lazyload(Referral.posting),
            selectinload(Application.marks),
            selectinload(Application.posting_version).selectinload(PostingVersion.criteria),
        )
    )
    return query.where(Application.status.in_(statuses)) if statuses else query


#: For the list: what it can be ordered by, searched in, and its key.
KEY = Application.id
SORTS = {
    "applied": Application.received_at,
    "stage": Application.status_since,
    "name": Applicant.name,
}
SEARCH = (Applicant.name, Applicant.email, Document.text)
POSTING = Application.posting_id
STATUS = Application.status
SOURCE = Application.source


def would_work_in(chosen_unit: str) -> sa.ColumnElement[bool]:
    """Whoever would take this place: they chose it, or the posting names no other."""
    unit_id = int(chosen_unit)
    chosen = sa.select(ApplicationPlace.application_id).where(ApplicationPlace.unit_id == unit_id)
    several = sa.select(ApplicationPlace.application_id)
    return sa.or_(
        Application.id.in_(chosen),
        sa.and_(Posting.unit_id == unit_id, Application.id.not_in(several)),
    )


def places(viewer: User) -> list[tuple[int, str]]:
    """The units in which people have applied to work, by name. One query."""
    seen = visible_to(viewer).with_only_columns(Application.id, Posting.unit_id).order_by(None).subquery()
    chosen = sa.select(ApplicationPlace.unit_id).join(seen, seen.c.id == ApplicationPlace.application_id)
    rows = db.session.execute(
        sa.select(Unit.id, Unit.name)
        .where(sa.or_(Unit.id.in_(sa.select(seen.c.unit_id)), Unit.id.in_(chosen)))
        .order_by(Unit.name, Unit.id)
    )
    return [(id, name) for id, name in rows]


def counts(viewer: User) -> dict[ApplicationStatus, int]:
    """How many applications stand where. One query."""
    query = (
        visible_to(viewer)
        .with_only_columns(Application.status, sa.func.count(Application.id))
        .group_by(Application.status)
    )
    return {status: int(number) for status, number in db.session.execute(query)}


def postings(viewer: User) -> list[tuple[int, str]]:
    """The postings that have applications which this person may see: what the list can be narrowed to."""
    having = visible_to(viewer).with_only_columns(Application.posting_id)
    found = db.session.scalars(sa.select(Posting).where(Posting.id.in_(having)).order_by(Posting.id.desc()))
    return [(posting.id, f"{posting.title}, {posting.unit.name}") for posting in found]


def to_screen(viewer: User) -> Sequence[int]:
    """The applications that wait for screening, by number, the most urgent first."""
    return db.session.scalars(
        visible_to(viewer)
        .with_only_columns(Application.id)
        .where(Application.status.in_(TO_SCREEN))
        .order_by(Application.screen_by, Application.id)
    ).all()


def by_email(email: str) -> Applicant | None:
    """The applicant with this address, whatever its capitals."""
    return db.session.scalar(sa.select(Applicant).where(Applicant.email == email.strip().lower()))


def sent_to(posting: Posting, applicant: Applicant) -> Application | None:
    """What this person sent for this posting, if anything."""
    return db.session.scalar(
        sa.select(Application).where(
            Application.posting_id == posting.id, Application.applicant_id == applicant.id
        )
    )


def applicant_of(user: User) -> Applicant | None:
    """What this colleague is as an applicant, if they have ever applied from inside."""
    return db.session.scalar(sa.select(Applicant).where(Applicant.user_id == user.id))


def sent_by(posting: Posting, user: User) -> Application | None:
    """What this colleague sent for this posting, if anything."""
    query = sa.select(Application).join(Applicant, Applicant.id == Application.applicant_id)
    return db.session.scalar(query.where(Application.posting_id == posting.id, Applicant.user_id == user.id))


def senders_of(posting: Posting, sha256: str, since: datetime) -> int:
    """How many people have sent this very file for this posting since then."""
    query = (
        sa.select(sa.func.count(sa.distinct(Application.applicant_id)))
        .join(Document, Document.id == Application.cv_id)
        .where(
            Application.posting_id == posting.id,
            Application.received_at > since,
            Document.sha256 == sha256,
        )
    )
    return db.session.scalar(query) or 0


def others_of(viewer: User, application: Application) -> Sequence[Application]:
    """What else this person has sent us, as far as the viewer may see it."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Application.applicant_id == application.applicant_id, Application.id != application.id)
        .order_by(Application.received_at.desc())
    ).all()


def reasons() -> Sequence[RejectionReason]:
    """Why applications are refused, in the order of the form."""
    return db.session.scalars(sa.select(RejectionReason).order_by(RejectionReason.position)).all()


def reason(code: str) -> RejectionReason:
    """The reason with this code. Raises LookupError where there is none."""
    found = db.session.scalar(sa.select(RejectionReason).where(RejectionReason.code == code))
    if found is None:
        raise LookupError(f"there is no rejection reason {code!r}")
    return found


def _found(viewer: User, typed: str) -> list[Hit]:
    """For the search in the bar: people who applied, by name and e-mail."""
    query = visible_to(viewer).join(Application.applicant).options(contains_eager(Application.applicant))
    for word in typed.split()[:8]:
        query = query.where(
            sa.or_(*(c.icontains(word, autoescape=True) for c in (Applicant.name, Applicant.email)))
        )
    rows = db.session.scalars(query.order_by(Application.id.desc()).limit(MOST)).unique()
    return [
        Hit(
            kind=_("Applications"),
            title=it.applicant.name,
            note=f"{it.posting.title}, {it.status.label}",
            endpoint="applications.show",
            values={"id": it.id},
        )
        for it in rows
    ]


SEARCHES.append(_found)


# What the pictures of every page are taken of.


def example(*statuses: ApplicationStatus) -> Application | None:
    """Some application in one of these statuses (in any, without)."""
    query = sa.select(Application).order_by(Application.id)
    if statuses:
        query = query.where(Application.status.in_(statuses))
    return db.session.scalars(query.limit(1)).first()


def example_posting() -> Posting | None:
    """A posting that one can apply to."""
    open_now = sa.select(Posting).where(Posting.status == PostingStatus.PUBLISHED).order_by(Posting.id)
    return db.session.scalars(open_now.limit(1)).first()


def example_own() -> Application | None:
    """An open application of the person who was sent the first private link."""
    first = sa.select(PrivateLink.applicant_id).order_by(PrivateLink.id).limit(1).scalar_subquery()
    return db.session.scalars(
        sa.select(Application)
        .where(Application.applicant_id == first, Application.closed_at.is_(None))
        .order_by(Application.id)
    ).first()


def example_attached(of: Application | None = None) -> ApplicationAnswer | None:
    """Some answer that is a file, of this application where it is given."""
    query = sa.select(ApplicationAnswer).where(ApplicationAnswer.document_id.is_not(None))
    if of is not None:
        query = query.where(ApplicationAnswer.application_id == of.id)
    return db.session.scalars(query.order_by(ApplicationAnswer.id).limit(1)).first()
