"""The list of applications: what stands in it, and what it can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.i18n import LANGUAGES
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.core.search.index import says_all
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.applications import (
    MEETS,
    Applicant,
    Application,
    ApplicationPlace,
    ApplicationStatus,
    ScreeningMark,
)
from rmhr.models.criteria import Criterion, Importance
from rmhr.models.documents import Document, TextState
from rmhr.models.postings import Posting
from rmhr.models.sourcing import Referral, ShareLink, SourceKind

#: Of an application's row what the list says.
_OWN = (
    Application.id,
    Application.name,
    Application.phone,
    Application.status,
    Application.status_since,
    Application.received_at,
    Application.screen_by,
    Application.interview_by,
    Application.source,
    Application.supervisor_may_know,
    Application.posting_id,
    Application.share_link_id,
    Application.referral_id,
)


class Cv(NamedTuple):
    """Of a CV what the list says of it."""

    text_state: TextState


@dataclass(slots=True)
class Line:
    """An application as the list tells of it. No row of the session: there are 50,000 of them in a file."""

    id: int
    name: str
    email: str
    phone: str
    status: ApplicationStatus
    status_since: datetime
    received_at: datetime
    screen_by: date
    interview_by: date | None
    source: SourceKind
    supervisor_may_know: bool
    cv: Cv
    musts: (
        tuple[int, int] | None
    )  # (met, all) of the criteria that must be met; None before the first is judged
    posting: Any  # its title, rm_type, level and place, and the name of its unit
    share_link: ShareLink | None
    referral: Referral | None


def listed(viewer: User) -> Rows:
    """The list's rows, as `lines` reads them."""
    email = sa.select(Applicant.email).where(Applicant.id == Application.applicant_id)
    text_state = sa.select(Document.text_state).where(Document.id == Application.cv_id)
    musts = sa.select(sa.func.count(Criterion.id)).where(
        Criterion.version_id == Application.posting_version_id, Criterion.importance == Importance.MUST
    )
    # Of what is judged: NULL before the first is.
    met = sa.func.sum(sa.case((ScreeningMark.verdict.in_(MEETS), 1), else_=0))
    judged = musts.join(ScreeningMark).where(ScreeningMark.application_id == Application.id)
    told = {
        "email": email,
        "text_state": text_state,
        "musts": musts,
        "met": judged.with_only_columns(met, maintain_column_froms=True),
    }
    return visible_to(viewer).with_only_columns(
        *_OWN, *(query.correlate(Application).scalar_subquery().label(name) for name, query in told.items())
    )


def lines(_viewer: User, rows: Sequence[Any]) -> list[Line]:
    """The rows of a page or of a piece of a file, with what several of them share. Three queries at most."""
    unit = Unit.name.label("unit")
    postings = sa.select(Posting.id, Posting.title, Posting.rm_type, Posting.level, Posting.place, unit)
    referrals = sa.select(Referral).options(
        lazyload(Referral.posting), joinedload(Referral.referrer, innerjoin=True).load_only(User.name)
    )
    posting = _these(postings.join(Posting.unit), Posting.id, {row.posting_id for row in rows})
    link = _these(sa.select(ShareLink), ShareLink.id, {row.share_link_id for row in rows})
    referral = _these(referrals, Referral.id, {row.referral_id for row in rows})
    return [
        Line(
            id=row.id,
            name=row.name,
            email=row.email,
            phone=row.phone,
            status=row.status,
            status_since=row.status_since,
            received_at=row.received_at,
            screen_by=row.screen_by,
            interview_by=row.interview_by,
            source=row.source,
            supervisor_may_know=row.supervisor_may_know,
            cv=Cv(row.text_state),
            musts=None if row.met is None else (row.met, row.musts),
            posting=posting[row.posting_id],
            share_link=link.get(row.share_link_id),
            referral=referral.get(row.referral_id),
        )
        for row in rows
    ]


def _these(query: Rows, key: Any, wanted: set[int | None]) -> dict[int | None, Any]:
    """The things with these numbers, or the columns of them, by number. One query, none where there is none."""
    ids = wanted - {None}
    rows = db.session.execute(query.where(key.in_(ids))) if ids else ()
    return {it.id: it for it in (row[0] if len(row) == 1 else row for row in rows)}


def would_work_in(unit_id: int) -> sa.ColumnElement[bool]:
    """Whoever would take this place: they chose it, or the posting names no other."""
    chosen = sa.select(ApplicationPlace.application_id).where(ApplicationPlace.unit_id == unit_id)
    several = sa.select(ApplicationPlace.application_id)
    return sa.or_(
        Application.id.in_(chosen),
        sa.and_(
            Application.posting_id.in_(sa.select(Posting.id).where(Posting.unit_id == unit_id)),
            Application.id.not_in(several),
        ),
    )


def _places(viewer: User) -> Rows:
    """The units in which people have applied to work, by name."""
    seen = visible_to(viewer)
    offered = sa.select(Posting.id).where(Posting.unit_id == Unit.id, _has_some(viewer, seen)).correlate(Unit)
    chosen = (
        seen.join(ApplicationPlace, ApplicationPlace.application_id == Application.id)
        .where(ApplicationPlace.unit_id == Unit.id)
        .correlate(Unit)
    )
    return (
        sa.select(Unit.id, Unit.name)
        .where(sa.or_(offered.exists(), chosen.exists()))
        .order_by(by_name(Unit.name), Unit.id)
    )


def _has_some(viewer: User, seen: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """The condition of a posting that there is one of these applications for it.

    Whoever sees all is asked about each posting, and of the first application that is found; whoever sees few, which
    postings these are for.
    """
    if viewer.has(Role.HR):
        return seen.where(Application.posting_id == Posting.id).correlate(Posting).exists()
    return Posting.id.in_(seen.with_only_columns(Application.posting_id))


def _postings(viewer: User) -> Rows:
    """The postings that have applications which this person may see, with their unit, the latest first."""
    return (
        sa.select(Posting.id, Posting.title, Unit.name)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(_has_some(viewer, visible_to(viewer)))
        .order_by(Posting.id.desc())
    )


def _postings_called(viewer: User, typed: str, most: int) -> list[tuple[int, str]]:
    titles = [sa.type_coerce(Posting.title, sa.JSON)[code].as_string() for code in LANGUAGES]
    return _named(_postings(viewer).where(says_all(typed, *titles, Unit.name)).limit(most))


def _posting(viewer: User, id: int) -> tuple[int, str] | None:
    return next(iter(_named(_postings(viewer).where(Posting.id == id))), None)


def _named(query: Rows) -> list[tuple[int, str]]:
    return [(id, f"{title}, {unit}") for id, title, unit in db.session.execute(query)]


#: The postings to which the list can be narrowed: one query, whatever their number.
POSTINGS = Endless(_postings_called, _posting)
#: The places, in the same way.
PLACES = by_words(_places, Unit.name)
