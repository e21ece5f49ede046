"""The list of applications: what stands in it, and what it can be narrowed to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.i18n import LANGUAGES
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.core.search.index import says_all
from rmhr.models.accounts import Role, Unit, User
from rmhr.models.applications import MEETS, Applicant, Application, ApplicationPlace, ScreeningMark
from rmhr.models.criteria import Criterion, Importance
from rmhr.models.documents import Document
from rmhr.models.postings import Posting
from rmhr.models.sourcing import Referral, ShareLink


def listed(viewer: User) -> Rows:
    """The list's rows: what its columns read of each. No rows of the session: a file has 50,000 of them."""
    return visible_to(viewer).with_only_columns(Application.id)


def _one(column: Any, *where: sa.ColumnElement[bool], name: str = "") -> sa.Label[Any]:
    """What another table says of an application, as a column of its row."""
    query = sa.select(column).where(*where).correlate(Application)
    return query.scalar_subquery().label(name or column.key)


def _of_posting(column: Any) -> sa.Label[Any]:
    return _one(column, Posting.id == Application.posting_id)


EMAIL = _one(Applicant.email, Applicant.id == Application.applicant_id)
TEXT_STATE = _one(Document.text_state, Document.id == Application.cv_id)
TITLE, LEVEL = _of_posting(Posting.title), _of_posting(Posting.level)
RM_TYPE, PLACE = _of_posting(Posting.rm_type), _of_posting(Posting.place)
UNIT = _one(Unit.name, Unit.id == Posting.unit_id, Posting.id == Application.posting_id, name="unit")
#: By which way it came.
WAY = (
    Application.source,
    _one(ShareLink.channel, ShareLink.id == Application.share_link_id),
    _one(ShareLink.campaign, ShareLink.id == Application.share_link_id),
    _one(
        User.name,
        User.id == Referral.referrer_id,
        Referral.id == Application.referral_id,
        name="referrer",
    ),
)
_MUST = (Criterion.version_id == Application.posting_version_id, Criterion.importance == Importance.MUST)
#: How many criteria must be met, and how many of those are: NULL before the first is judged.
MUSTS = (
    _one(sa.func.count(Criterion.id), *_MUST, name="musts"),
    _one(
        sa.func.sum(sa.case((ScreeningMark.verdict.in_(MEETS), 1), else_=0)),
        ScreeningMark.criterion_id == Criterion.id,
        ScreeningMark.application_id == Application.id,
        *_MUST,
        name="met",
    ),
)


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
