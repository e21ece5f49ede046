"""Which applications a person may see, and everything about one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, load_only, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from rmhr.accounts.queries import confidential
from rmhr.applications import answers
from rmhr.applications.stages import TO_SCREEN
from rmhr.core import clock, registry
from rmhr.core.db import FromLeft, Rows, db
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationAnswer,
    ApplicationPlace,
    Disclosure,
    ScreeningMark,
)
from rmhr.models.criteria import Criterion, PostingVersion
from rmhr.models.documents import Document
from rmhr.models.duties import BankText
from rmhr.models.postings import Posting
from rmhr.models.sourcing import Referral
from rmhr.models.system import ActorKind, AuditEntry
from rmhr.postings.queries import lists as posting_lists

#: What the history calls it that somebody has opened the CV as it was sent.
OPENED = "applications.open_original"
#: Postings with their applications, for what is asked by recruiter: most people recruit for no posting at all.
BY_POSTING = FromLeft(Posting.__table__, Application.__table__, Posting.id == Application.posting_id)
#: Who applies for what, and who fills it: what a page of one application says, and what decides who may do what.
WHO = (
    joinedload(Application.applicant, innerjoin=True),
    joinedload(Application.disclosure),
    joinedload(Application.posting, innerjoin=True).options(
        joinedload(Posting.unit, innerjoin=True),
        joinedload(Posting.hiring_manager, innerjoin=True),
        joinedload(Posting.recruiter, innerjoin=True),
    ),
)
#: The same where a list says it: the name, the title, the unit.
WHO_IN_SHORT = (
    load_only(Application.name),
    joinedload(Application.posting, innerjoin=True)
    .load_only(Posting.title)
    .joinedload(Posting.unit, innerjoin=True)
    .load_only(Unit.name),
)
#: Where the person would work, and what the posting calls these places.
_PLACES = (
    selectinload(Application.places).joinedload(ApplicationPlace.unit, innerjoin=True),
    joinedload(Application.posting, innerjoin=True).selectinload(Posting.further_places),
)
#: The ids of the applications that something makes visible to a person.
Shown = Callable[[User], Rows]


def shows_applications(shown: Shown) -> Shown:
    """Register what else makes applications visible; interviews adds those on whose panel somebody sits."""
    registry.VISIBILITY.add(registry.name_of(shown), shown)
    return shown


def visible_to(viewer: User) -> sa.Select[Any]:
    """The applications that this person may see: HR all, hiring managers those of their postings.

    Nobody sees those of which they must not know: what discretion hides is hidden whatever else would show it.
    """
    query = sa.select(Application).where(confidential.known_to(viewer))
    if viewer.has(Role.HR):
        return query
    led = sa.select(Application.id).join(Posting).where(Posting.hiring_manager_id == viewer.id)
    return query.where(
        Application.id.in_(led.union_all(*(shown(viewer) for shown in registry.VISIBILITY.values())))
    )


def get(viewer: User, id: int) -> Application:
    """One application with its person, posting and CV, or 404 where the viewer may not know."""
    query = visible_to(viewer).where(Application.id == id).options(*WHO, joinedload(Application.cv))
    return _one(query)


def these(viewer: User, ids: Sequence[int]) -> Sequence[Application]:
    """Those of these applications that this person may see, with all that decides on them."""
    query = (
        visible_to(viewer)
        .where(Application.id.in_(ids))
        .options(
            *WHO,
            joinedload(Application.disclosure).selectinload(Disclosure.steps),
            selectinload(Application.marks),
            selectinload(Application.posting_version).selectinload(PostingVersion.criteria),
        )
    )
    return db.session.scalars(query).unique().all()


def _one(query: sa.Select[Any]) -> Application:
    found: Application | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def get_own(applicant: Applicant, id: int) -> Application:
    """One of one's own applications, or 404."""
    found = db.session.scalars(
        sa.select(Application)
        .where(Application.id == id, Application.applicant_id == applicant.id)
        .options(*WHO)
    ).one_or_none()
    if found is None:
        abort(404)
    return found


def arrived(recruiter: User, first: Application) -> Sequence[Application]:
    """What came for this person's postings from that application on and waits to be screened, the oldest first."""
    query = (
        sa.select(Application)
        .join(Application.posting)
        .where(
            Application.id >= first.id,
            Application.status.in_(TO_SCREEN),
            posting_lists.recruited_by(recruiter),
            confidential.known_to(recruiter),
        )
        .options(*WHO)
        .order_by(Application.id)
    )
    return db.session.scalars(query).unique().all()


def own(applicant: Applicant) -> Sequence[Application]:
    """All that this person sent, newest first."""
    return db.session.scalars(
        sa.select(Application)
        .where(Application.applicant_id == applicant.id)
        .options(*WHO, joinedload(Application.cv), _answers(), *_PLACES)
        .order_by(Application.received_at.desc(), Application.id.desc())
    ).all()


class Record(NamedTuple):
    """An application with everything that its page shows, and whether whoever looks has opened the CV today."""

    application: Application
    opened: bool


def record(viewer: User, id: int) -> Record:
    """The application with answers, marks and criteria; 404 where the viewer may not know. Four queries."""
    query = (
        visible_to(viewer)
        .where(Application.id == id)
        .add_columns(_opened_by(viewer, Application.id).label("opened"))
        .options(
            *WHO,
            joinedload(Application.cv),
            joinedload(Application.privacy_text, innerjoin=True).load_only(BankText.number),
            joinedload(Application.reading),
            joinedload(Application.rejection_reason),
            joinedload(Application.share_link),
            joinedload(Application.referral).lazyload(Referral.posting),
            joinedload(Application.posting_version, innerjoin=True),
            _answers(),
        )
    )
    found = db.session.execute(query).unique().one_or_none() or abort(404)
    _load_what_is_short(found.Application)
    _load_judgement(found.Application)
    return Record(found.Application, found.opened)


def _load_what_is_short(application: Application) -> None:
    """Where the person would work, and what they were told of pay: a few rows of two columns, together in one query."""
    places = joinedload(Application.posting, innerjoin=True).load_only(Posting.id)
    query = (
        sa.select(Application)
        .where(Application.id == application.id)
        .options(
            load_only(Application.id),
            joinedload(Application.places).joinedload(ApplicationPlace.unit),
            places.joinedload(Posting.further_places),
            joinedload(Application.pay_notices),
        )
    )
    db.session.scalars(query).unique().one()


def _load_judgement(application: Application) -> None:
    """The criteria of the posting with the marks that it was given, in one query."""
    mark = sa.and_(ScreeningMark.criterion_id == Criterion.id, ScreeningMark.application_id == application.id)
    query = (
        sa.select(Criterion, ScreeningMark)
        .outerjoin(ScreeningMark, mark)
        .where(Criterion.version_id == application.posting_version_id)
        .options(joinedload(ScreeningMark.marked_by))
        .order_by(Criterion.position)
    )
    found: Sequence[Any] = db.session.execute(query).all()
    set_committed_value(application.posting_version, "criteria", [criterion for criterion, _mark in found])
    marks = sorted((mark for _criterion, mark in found if mark is not None), key=lambda it: it.criterion_id)
    set_committed_value(application, "marks", marks)


def _answers() -> Any:
    return selectinload(Application.answers).options(
        joinedload(ApplicationAnswer.question),
        joinedload(ApplicationAnswer.document).load_only(Document.size),
    )


def original_opened(viewer: User, application: Application) -> bool:
    """Whether the history says already that this person has opened the CV as it was sent today. One query."""
    return bool(db.session.scalar(sa.select(_opened_by(viewer, sa.literal(application.id)))))


def _opened_by(viewer: User, id: Any) -> sa.Exists:
    return (
        sa.select(AuditEntry.id)
        .where(
            AuditEntry.subject_type == Application.__tablename__,
            AuditEntry.subject_id == id,
            AuditEntry.action == OPENED,
            AuditEntry.actor_kind == ActorKind.USER,
            AuditEntry.actor_id == viewer.id,
            AuditEntry.at >= clock.moment(clock.today()),
        )
        .correlate(Application)
        .exists()
    )


def answered(application: Application) -> list[answers.Answer]:
    """What an applicant answered, in the order of the questions, in the language of the reader."""
    return answers.read(application, lambda _answer: "")


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


def others_of(viewer: User, application: Application) -> Sequence[Application]:
    """What else came from this address, as far as the viewer may see it, the latest first."""
    return db.session.scalars(
        visible_to(viewer)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(Applicant.email == application.email, Application.id != application.id)
        .options(joinedload(Application.posting, innerjoin=True))
        .order_by(Application.received_at.desc())
    ).all()


def to_screen(viewer: User) -> Sequence[int]:
    """The applications that wait for screening, by number, the most urgent first."""
    return db.session.scalars(
        visible_to(viewer)
        .with_only_columns(Application.id)
        .where(Application.status.in_(TO_SCREEN))
        .order_by(Application.screen_by, Application.id)
    ).all()
