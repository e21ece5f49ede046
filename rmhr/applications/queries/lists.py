"""The list of applications: what stands in it, and what it can be narrowed to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, load_only

from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.i18n import LANGUAGES
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.core.search.index import says_all
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.applications import Applicant, Application, ApplicationPlace
from rmhr.models.documents import Document
from rmhr.models.postings import Posting
from rmhr.models.sourcing import Referral


def listed(viewer: User) -> sa.Select[Any]:
    """The list's rows. Columns load what else they need."""
    return visible_to(viewer).options(
        joinedload(Application.posting, innerjoin=True).options(*_in_short()),
        joinedload(Application.applicant, innerjoin=True).load_only(Applicant.email, Applicant.user_id),
        joinedload(Application.cv).load_only(Document.text_state),
        joinedload(Application.share_link),
        joinedload(Application.referral).options(lazyload(Referral.posting), joinedload(Referral.referrer)),
    )


def _in_short() -> list[Any]:
    """Of a posting what the list says of it: it stands in each of 50,000 rows."""
    return [
        load_only(Posting.title, Posting.rm_type, Posting.level, Posting.place),
        joinedload(Posting.unit, innerjoin=True).load_only(Unit.name),
        lazyload(Posting.hiring_manager),
        lazyload(Posting.recruiter),
    ]


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
